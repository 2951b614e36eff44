"""A municipality with something of everything that an export holds, and its workbooks opened."""

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal

import openpyxl

from portfolio.budgets.models import FundingSource
from portfolio.budgets.operations import set_budget_cells
from portfolio.budgets.rules import BudgetPart
from portfolio.core import history
from portfolio.core.rights import operator
from portfolio.core.timespan import Context, parse
from portfolio.exchange.export import ExportScope, create_export, make_workbook
from portfolio.forums.models import Decision, DecisionInitiative, Forum, InitiativeForum
from portfolio.organisation.models import Municipality
from portfolio.register.models import Initiative, Milestone, Portfolio
from portfolio.register.operations import set_categories
from portfolio.register.rules import InitiativeKind, Status
from tests import factories
from tests.factories import MORNING, TODAY, write

OWN, OTHER = "own", "eu"


@dataclass
class House:
    """The municipality's rows that tests name, and whatever an operator needs to write more."""

    session: object
    municipality: Municipality
    portfolio: Portfolio
    units: dict
    posts: dict
    schemes: dict
    categories: dict
    sources: dict
    items: list

    @property
    def actor(self):
        return operator(MORNING).within(self.municipality.id)

    def export(self, scope=None, language="fi", actor=None, **more):
        return create_export(
            self.session, actor or self.actor, scope or ExportScope(self.portfolio.id), language, **more
        )

    def data(self, export=None, actor=None):
        return make_workbook(self.session, export or self.export(), actor or self.actor, TODAY)

    def opened(self, export=None, actor=None):
        return openpyxl.load_workbook(io.BytesIO(self.data(export, actor)))

    def update(self, item, **values):
        """Write cells past the register's rules, so that a test may begin from any state."""
        return history.write_many(self.session, self.actor, updates=[history.Update(Initiative, item.id, values)])

    def item(self, **values):
        draft = {"title_fi": "Uusi", "kind": InitiativeKind.MEASURE, "portfolio_id": self.portfolio.id} | values
        return factories.create_initiative(self.session, municipality_id=self.municipality.id, **draft)


def table(sheet):
    """The rows of a sheet by their headings; dates as days."""
    headings = [cell.value for cell in sheet[1]]
    return [
        {heading: _plain(cell.value) for heading, cell in zip(headings, row, strict=True)}
        for row in sheet.iter_rows(min_row=2, max_col=len(headings))
    ]


def column(sheet, heading):
    """The letter of a column."""
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def make_house(session):
    """Write the municipality."""
    home = factories.create_municipality(session, code="kunta", name_fi="Kunta", bilingual=True, plan_horizon=2)
    of = {"municipality_id": home.id}
    top = factories.create_unit(session, **of, code="kunta", name_fi="Kunta")
    units = {
        "tekninen": factories.create_unit(
            session, **of, code="tekninen", name_fi="Tekninen toimiala", parent_id=top.id
        ),
        "sivistys": factories.create_unit(
            session, **of, code="sivistys", name_fi="Sivistystoimiala", name_sv="Bildningssektorn", parent_id=top.id
        ),
    }
    posts = {
        name: factories.create_post(session, **of, code=name, title_fi="Johtaja", unit_id=units[name].id)
        for name in units
    }
    portfolio = factories.create_portfolio(session, **of, code="kunta-ohjelma", prefix="K", name_fi="Ohjelma")
    schemes = {
        "luokka": factories.create_scheme(session, **of, code="luokka", name_fi="Luokka", name_sv="Klass"),
        "teema": factories.create_scheme(session, **of, code="teema", name_fi="Teema", several=True),
    }
    classes = {
        name: factories.create_category(session, **of, scheme_id=schemes[scheme].id, code=name, name_fi=text)
        for scheme, name, text in (
            *(("luokka", "hanke", "Kehittämishanke"), ("luokka", "muutos", "Laajempi muutos")),
            *(("teema", "arki", "Arki"), ("teema", "yritys", "Yritykset")),
        )
    }
    sources = {
        OWN: write(session, FundingSource, {**of, "code": OWN, "name_fi": "Oma rahoitus"}),
        OTHER: write(session, FundingSource, {**of, "code": OTHER, "name_fi": "EU", "external": True}),
    }
    house = House(session, home, portfolio, units, posts, schemes, classes, sources, [])
    _fill(house, of)
    session.commit()  # what tests write after this is a revision of its own
    return house


def _fill(house, of):
    session = house.session
    house.items = [
        house.item(
            title_fi="=Kirjasto auki",
            title_sv="Öppet bibliotek",
            unit_id=house.units["sivistys"].id,
            owner_post_id=house.posts["sivistys"].id,
            timespan=parse("syksy 2026", Context.default(TODAY)).value,
            progress=30,
            benefits=frozenset({"results", "availability"}),
            number="007",
            notes="Rivi\ntoinen",
            spearhead=True,
        ),
        house.item(title_fi="Satama", unit_id=house.units["tekninen"].id, completed_on=dt.date(2026, 2, 1)),
        house.item(title_fi="Kirjasto kiinni", kind=InitiativeKind.PROJECT),
    ]
    first, second, third = house.items
    house.update(third, status=Status.MERGED, merged_into_id=first.id)
    chosen = {house.schemes["luokka"].id: frozenset({house.categories["hanke"].id})}
    chosen[house.schemes["teema"].id] = frozenset({house.categories["arki"].id, house.categories["yritys"].id})
    set_categories(session, house.actor, {first.id: chosen})
    span = parse("viimeistään 31.12.2026", Context.default(TODAY)).value
    step = {"title_fi": "Avajaiset", "timespan": span, "receiver_post_id": house.posts["tekninen"].id}
    write(session, Milestone, {**of, "initiative_id": first.id, **step})
    own, other = house.sources[OWN].id, house.sources[OTHER].id
    set_budget_cells(
        session,
        house.actor,
        {
            (first.id, 2025, BudgetPart.OPERATING, own): {"actual": Decimal("1234567.50")},
            (first.id, 2026, BudgetPart.OPERATING, own): {"planned": Decimal(40000), "forecast": None},
            (first.id, 2026, BudgetPart.INVESTMENT, other): {"planned": None},
            (second.id, 2027, BudgetPart.OPERATING, own): {"planned": Decimal(0)},
        },
    )
    forum = write(session, Forum, {**of, "code": "kh", "name_fi": "Kunnanhallitus", "kind": "body"})
    decided = {"forum_id": forum.id, "date": dt.date(2026, 1, 17), "section": "15", "title_fi": "Päätös"}
    decision = write(session, Decision, {**of, **decided})
    write(session, DecisionInitiative, {**of, "decision_id": decision.id, "initiative_id": first.id})
    write(session, InitiativeForum, {**of, "initiative_id": first.id, "forum_id": forum.id})
    session.flush()


def latest(session):
    """The newest revision."""
    return history.latest_revision(session)


def fresh(session, item):
    """An initiative as it is now."""
    session.expire_all()
    return session.get(Initiative, item.id)


def _plain(value):
    return value.date() if isinstance(value, dt.datetime) else value

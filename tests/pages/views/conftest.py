"""A town with a register: two units one below the other, posts, a scheme of classes, and initiatives of many kinds."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.budgets.rules import BudgetPart
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.rights import operator
from portfolio.core.timespan import Context, parse
from portfolio.organisation.models import Unit
from portfolio.register.models import Initiative, InitiativeCategory
from portfolio.register.rules import InitiativeKind, Publicity, Status
from tests import factories


@dataclass
class Register:
    """What the town's register holds, by short names."""

    town: object
    engine: object
    units: dict = field(default_factory=dict)
    posts: dict = field(default_factory=dict)
    portfolios: dict = field(default_factory=dict)
    classes: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    ids: dict = field(default_factory=dict)
    scheme: object = None
    source: object = None

    @property
    def session(self):
        return self.town.session

    @property
    def home(self):
        return {"municipality_id": self.town.municipality.id}

    def add(self, name, *, classes=(), budget=..., words=None, **values):
        """Write one initiative; `words` is its time, `budget` its euros in 2026 (None: a line that knows nothing)."""
        usual = {"portfolio_id": self.portfolios["need"].id, "kind": InitiativeKind.NEED, "status": Status.UNDER_WAY}
        span = parse(words, Context.default()).value if words else None
        row = factories.create_initiative(
            self.session, **self.home, **(usual | {"title_fi": name, "timespan": span} | values)
        )
        for one in classes:
            link = {"initiative_id": row.id, "category_id": self.classes[one].id}
            factories.write(self.session, InitiativeCategory, self.home | link)
        if budget is not ...:
            line = {"initiative_id": row.id, "year": 2026, "part": BudgetPart.OPERATING, "source_id": self.source.id}
            amount = None if budget is None else Decimal(budget)
            factories.write(self.session, BudgetLine, self.home | line | {"planned": amount})
        self.rows[name], self.ids[name] = row, row.id
        return row

    def fresh(self, name):
        """Read one row as it is now, in a session of its own that holds no lock."""
        with open_session(self.engine, write=False) as session:
            return session.get(Initiative, self.ids[name])

    def change(self, row, at, **values):
        """Change one row as the operator, at a time, and commit."""
        history.write_many(self.session, operator(at), updates=[history.Update(type(row), row.id, values)])
        self.town.commit()


@pytest.fixture
def register(town, engine):
    """A register of six, of which one has been removed."""
    found = Register(town, engine)
    session, home = town.session, found.home
    below = factories.create_unit(session, **home, code="koulut", name_fi="Koulut", parent_id=town.unit.id)
    other = factories.create_unit(session, **home, code="tekniikka", name_fi="Tekniikka")
    found.units = {"sivistys": session.get(Unit, town.unit.id), "koulut": below, "tekniikka": other}
    found.posts = {
        "rehtori": factories.create_post(session, **home, title_fi="Rehtori", unit_id=below.id),
        "insinööri": factories.create_post(session, **home, title_fi="Kaupungininsinööri", unit_id=other.id),
    }
    found.portfolios = {
        "need": factories.create_portfolio(session, **home, name_fi="Tarvesalkku", prefix="T"),
        "work": factories.create_portfolio(session, **home, name_fi="Kehittämissalkku", prefix="K"),
    }
    found.scheme = factories.create_scheme(session, **home, name_fi="Näkökulma")
    found.classes = {
        name: factories.create_category(session, scheme_id=found.scheme.id, **home, name_fi=name)
        for name in ("Asukkaat", "Talous")
    }
    found.source = factories.write(session, FundingSource, home | {"code": "oma", "name_fi": "Oma"})
    _fill(found)
    town.commit()
    return found


def _fill(found):
    units, posts, work = found.units, found.posts, {"portfolio_id": found.portfolios["work"].id}
    project = {"kind": InitiativeKind.PROJECT}
    found.add(
        "Ääniviestit kouluille", words="2025", unit_id=units["koulut"].id, owner_post_id=posts["rehtori"].id,
        classes=["Asukkaat"], budget="180000", progress=45,
    )  # fmt: skip
    found.add("Öljylämmityksen loppu", words="2026–2028", unit_id=units["tekniikka"].id, budget="0", **work, **project)
    found.add("Zeppelin asemalle", status=Status.PROPOSED, spearhead=True, unit_id=units["tekniikka"].id, **work)
    found.add("Ålandsbanken yhteistyö", words="syksy 2027", classes=["Talous"], budget=None, **project)
    found.add("Avoin arkisto", words="2024", status=Status.COMPLETED, publicity=Publicity.PUBLIC, progress=100)
    removed = found.add("Poistettu kohde", words="2026")
    found.change(removed, factories.MORNING, removed=True)

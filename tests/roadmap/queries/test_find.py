import datetime as dt
from decimal import Decimal

import pytest

from portfolio.budgets import operations as budgets
from portfolio.budgets.models import FundingSource
from portfolio.budgets.rules import BudgetPart, add_up
from portfolio.core import history
from portfolio.core.rights import operator
from portfolio.organisation import operations as organisation
from portfolio.register import operations as register
from portfolio.register.models import Milestone, RecurringDeadline
from portfolio.register.rules import InitiativeFilter, Status
from portfolio.roadmap.queries import days_of, find, planned
from tests import factories
from tests.roadmap.items import create_span, day

EVERYTHING = InitiativeFilter()
TODAY = factories.TODAY


@pytest.fixture
def place(any_db):
    """A municipality with two initiatives, on each kind of database."""
    return Place(any_db)


class Place:
    def __init__(self, session):
        self.session = session
        self.id = factories.create_municipality(session).id
        self.actor = operator(factories.MORNING).within(self.id)
        self.post = factories.create_post(session, municipality_id=self.id, title_fi="Kirjastonjohtaja")
        self.scheme = factories.create_scheme(session, municipality_id=self.id)
        self.category = factories.create_category(session, municipality_id=self.id, scheme_id=self.scheme.id)
        self.library = factories.create_initiative(
            session,
            municipality_id=self.id,
            title_fi="Kirjasto",
            owner_post_id=self.post.id,
            timespan=create_span("1.3.2026", "30.9.2026"),
            categories={self.scheme.id: frozenset({self.category.id})},
        )
        self.museum = factories.create_initiative(session, municipality_id=self.id, title_fi="Museo", timespan=None)
        milestone = {"title_fi": "Avajaiset", "timespan": create_span("1.2.2027", "1.2.2027")}
        self.add(Milestone, milestone)

    def add(self, model, values):
        register.add_parts(self.session, self.actor, model, [{"initiative_id": self.library.id, **values}])

    def found(self, wanted=EVERYTHING, at=None):
        return {one.row.title_fi: one for one in find(self.session, self.id, wanted, today=TODAY, at=at)}

    def now(self):
        return history.latest_revision(self.session)


def test_each_initiative_comes_with_its_owner_classes_and_marks(place):
    place.add(RecurringDeadline, {"title_fi": "Raportti", "month": 9, "day": 30})

    library, museum = place.found()["Kirjasto"], place.found()["Museo"]

    assert library.owner.title_fi == "Kirjastonjohtaja"
    assert library.category_ids == {place.category.id}
    assert [one.title_fi for one in library.milestones] == ["Avajaiset"]
    assert [one.title_fi for one in library.deadlines] == ["Raportti"]
    assert (museum.owner, museum.category_ids, museum.milestones) == (None, frozenset(), ())


def test_the_filter_narrows_what_is_found_and_its_marks(place):
    assert place.found(InitiativeFilter(text="muse")).keys() == {"Museo"}
    assert place.found(InitiativeFilter(undated=False)).keys() == {"Kirjasto"}
    assert place.found(InitiativeFilter(text="olematon")) == {}


def test_what_is_removed_is_not_found_but_a_removed_post_still_owns(place):
    register.remove_initiatives(place.session, place.actor, [place.museum.id])
    organisation.remove_post(place.session, place.actor, place.post.id)

    assert place.found().keys() == {"Kirjasto"}
    assert place.found()["Kirjasto"].owner.title_fi == "Kirjastonjohtaja"


def test_another_municipality_is_not_found(place):
    other = factories.create_municipality(place.session).id

    assert list(find(place.session, other, EVERYTHING, today=TODAY)) == []


def test_the_past_is_found_as_it_was(place):
    place.session.commit()
    before = place.now()
    later = operator(factories.MORNING + dt.timedelta(days=1)).within(place.id)
    changes = {place.library.id: {"title_fi": "Kirjasto ja arkisto", "status": Status.APPROVED}}
    register.update_initiatives(place.session, later, changes)
    register.remove_initiatives(place.session, later, [place.museum.id])
    [milestone] = place.found()["Kirjasto ja arkisto"].milestones
    register.update_parts(place.session, later, Milestone, {milestone.id: {"title_fi": "Juhla"}})
    place.session.commit()

    past = place.found(at=before)
    assert past.keys() == {"Kirjasto", "Museo"}
    assert [one.title_fi for one in past["Kirjasto"].milestones] == ["Avajaiset"]
    assert past["Kirjasto"].owner.title_fi == "Kirjastonjohtaja"
    assert past["Kirjasto"].category_ids == {place.category.id}
    assert place.found().keys() == {"Kirjasto ja arkisto"}


def test_money_is_added_over_the_years_shown(place):
    values = {"municipality_id": place.id, "code": "own", "name_fi": "Oma"}
    source = factories.write(place.session, FundingSource, values)
    years = {2025: Decimal(1000), 2026: Decimal(200), 2027: None, 2030: Decimal(5)}
    cells = {
        (place.library.id, year, BudgetPart.OPERATING, source.id): {"planned": euros} for year, euros in years.items()
    }
    budgets.set_budget_cells(place.session, place.actor, cells)

    found = place.found().values()

    assert planned(place.session, place.id, found, range(2025, 2028)) == {
        place.library.id: add_up([Decimal(1000), Decimal(200), None])
    }
    assert planned(place.session, place.id, found, range(2040, 2041)) == {}


def test_everything_spans_initiatives_and_their_milestones(place):
    assert sorted(days_of(place.found().values())) == [
        *(day("1.3.2026"), day("30.9.2026")),
        *(day("1.2.2027"), day("1.2.2027")),
    ]

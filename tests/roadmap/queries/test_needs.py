import pytest

from portfolio.core import history
from portfolio.core.rights import operator
from portfolio.register.models import Dependency, Initiative
from portfolio.register.rules import InitiativeFilter, Status
from portfolio.roadmap.queries import find
from portfolio.roadmap.queries.needs import needs_of
from tests import factories
from tests.roadmap.items import create_span


@pytest.fixture
def place(any_db):
    """A municipality where a library needs a plan that ends after the library begins."""
    return Place(any_db)


class Place:
    def __init__(self, session):
        self.session = session
        self.id = factories.create_municipality(session).id
        self.plan = self.initiative("Kaava", create_span("1.1.2024", "31.12.2024"), title_sv="Plan")
        self.library = self.initiative("Kirjasto", create_span("1.6.2024", "31.12.2025"))
        link = {"municipality_id": self.id, "predecessor_id": self.plan.id, "successor_id": self.library.id}
        self.revision = self.write(inserts=[history.Insert(Dependency, link)]).revision_id

    def initiative(self, title, span, **facts):
        facts = {"status": Status.APPROVED, "title_fi": title, "timespan": span, **facts}
        return factories.create_initiative(self.session, municipality_id=self.id, **facts)

    def write(self, **cells):
        written = history.write_many(self.session, operator(factories.MORNING).within(self.id), **cells)
        self.session.commit()
        return written

    def needs(self, language="fi", at=None):
        found = find(self.session, self.id, InitiativeFilter(), today=factories.TODAY, at=at)
        return needs_of(self.session, self.id, found, language, at=at)


def test_a_need_says_whose_result_is_waited_for_and_that_the_times_break_it(place):
    [need] = place.needs("sv")[place.library.id]

    assert (need.id, need.title, need.broken, need.done) == (place.plan.id, "Plan", True, False)


def test_what_is_done_is_waited_for_no_more_and_breaks_nothing(place):
    place.write(updates=[history.Update(Initiative, place.plan.id, {"status": Status.COMPLETED})])

    [need] = place.needs()[place.library.id]
    assert (need.broken, need.done) == (False, True)


def test_what_was_removed_is_needed_no_more_but_was_needed_then(place):
    place.write(updates=[history.Update(Initiative, place.plan.id, {"removed": True})])

    assert place.needs() == {}
    [need] = place.needs(at=place.revision)[place.library.id]
    assert need.broken


@pytest.mark.parametrize("past", [False, True])
def test_what_is_needed_is_told_though_the_filter_leaves_it_out(place, past):
    at = place.revision if past else None
    only = InitiativeFilter(ids=frozenset({place.library.id}))
    found = find(place.session, place.id, only, today=factories.TODAY, at=at)

    needs = needs_of(place.session, place.id, found, "fi", at=at)

    assert [(need.id, need.broken) for need in needs[place.library.id]] == [(place.plan.id, True)]

"""Moving an initiative: who may, what moves along, and what is asked when somebody was quicker."""

import pytest

from portfolio.core import history
from portfolio.core.history import StaleError
from portfolio.core.problem import Refusal
from portfolio.core.timespan import Context, parse
from portfolio.register.models import Initiative, Milestone
from portfolio.register.rules import Status
from portfolio.roadmap.operations import move_initiative
from tests import factories
from tests.factories import acting

CONTEXT = Context.default()


def span(words):
    return parse(words, CONTEXT).value


class Place:
    """A municipality with an initiative in the autumn of 2026 and its milestone in October."""

    def __init__(self, session):
        self.session, self.id = session, factories.create_municipality(session).id
        self.item = factories.create_initiative(session, municipality_id=self.id, timespan=span("syksy 2026"))
        self.mark("lokakuu 2026")
        session.commit()

    def mark(self, words, **facts):
        values = {"municipality_id": self.id, "initiative_id": self.item.id, "title_fi": "Pilotti", **facts}
        factories.write(self.session, Milestone, {**values, "timespan": span(words)})

    def write(self, **cells):
        update = history.Update(Initiative, self.item.id, cells)
        history.write_many(self.session, acting(self.id, "office"), updates=[update])

    def move(self, words, *, version=None, milestones=True, actor=None):
        return move_initiative(
            self.session,
            actor or acting(self.id, "office"),
            self.item.id,
            span(words),
            version=version,
            milestones=milestones,
            context=CONTEXT,
        )

    def times(self):
        rows = [*history.rows(self.session, Initiative, self.id), *history.rows(self.session, Milestone, self.id)]
        return [row.timespan.words for row in rows]


@pytest.fixture
def place(any_db):
    return Place(any_db)


def test_milestones_left_outside_move_as_far_in_the_same_revision(place):
    revision = place.move("syksy 2027")

    assert place.times() == ["syksy 2027", "lokakuu 2027"]
    assert {one.entity for one in history.changes_in(place.session, revision)} == {"initiative", "milestone"}


def test_milestones_stay_where_nobody_asked_them_to_move_and_where_they_are_still_inside(place):
    place.move("syksy 2027", milestones=False)
    assert place.times() == ["syksy 2027", "lokakuu 2026"]

    place.mark("marraskuu 2027")
    place.move("2027")
    assert place.times() == ["2027", "lokakuu 2026", "marraskuu 2027"]


def test_the_same_time_again_writes_nothing(place):
    assert place.move("syksy 2026") is None


def test_who_was_slower_is_asked(place):
    seen = place.item.version
    place.write(title_fi="Uusi nimi")

    with pytest.raises(StaleError):
        place.move("2028", version=seen)


@pytest.mark.parametrize("cells", [{"removed": True}, {"status": Status.MERGED}])
def test_what_was_removed_or_merged_is_not_moved(place, cells):
    place.write(**cells)

    with pytest.raises(Refusal, match="cannot be moved"):
        place.move("2028")
    assert place.item.timespan == span("syksy 2026")


@pytest.mark.parametrize("roles", [("viewer",), ("reporter",)])
def test_who_may_not_edit_the_time_moves_nothing(place, roles):
    with pytest.raises((Refusal, PermissionError)):
        place.move("2028", actor=acting(place.id, *roles, unit_ids={place.item.unit_id or 999}))
    assert place.times()[0] == "syksy 2026"

from dataclasses import replace

import pytest

from portfolio.register.rules import Aspect, CellWords, Difference, ItemDifference, Shift, TimeChange
from portfolio.roadmap.bars.briefs import ChangeKind, brief_of, changes_of, kind_of
from portfolio.roadmap.bars.model import Compared
from tests.roadmap.items import create_item, create_roadmap, create_span

TIME = CellWords(Aspect.TIME, "Ajankohta", "syksy 2026", "kevät 2027")
STATUS = CellWords(Aspect.STATUS, "Tila", "Hyväksytty", "Käynnissä")
TEXT = CellWords(Aspect.TEXT, "Tavoitteet", "vanhat", "uudet")


def differing(*aspects, shift=None, told=()):
    time = TimeChange(create_span("1.1.2024"), create_span("1.6.2024"), shift) if shift else None
    return create_item(change=ItemDifference(None, frozenset(aspects), time=time), told=told)


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (differing(Aspect.JOINED), ChangeKind.JOINED),
        (differing(Aspect.LEFT), ChangeKind.LEFT),
        (differing(Aspect.ENTERED, Aspect.TIME, shift=Shift.MOVED), ChangeKind.ENTERED),
        (differing(Aspect.EXITED, Aspect.UNIT), ChangeKind.EXITED),
        (differing(Aspect.TIME, Aspect.STATUS, shift=Shift.MOVED), ChangeKind.MOVED),
        (differing(Aspect.TIME, shift=Shift.CLEARER), ChangeKind.RETIMED),
        (differing(Aspect.MONEY), ChangeKind.CHANGED),
    ],
)
def test_what_became_of_an_initiative_goes_before_what_changed_in_it(item, kind):
    assert kind_of(item) is kind


def test_changes_are_told_as_far_as_there_is_room_and_the_rest_is_counted():
    item = differing(Aspect.TIME, told=(TIME, STATUS, TEXT))

    whole = brief_of(item, 560)
    assert (whole.cells, whole.more, whole.tight) == ((TIME, STATUS), 1, False)
    narrow = brief_of(item, 260)
    assert (narrow.cells, narrow.more, narrow.tight) == ((TIME,), 2, False)
    assert brief_of(item, 100).tight


def test_where_only_texts_changed_they_are_named():
    brief = brief_of(differing(Aspect.TEXT, told=(TEXT,)), 560)
    assert (brief.cells, brief.more, brief.others) == ((), 1, "Tavoitteet")


def test_all_that_differs_is_listed_kind_by_kind_wherever_it_stands():
    moved, joined = differing(Aspect.TIME, shift=Shift.MOVED), differing(Aspect.JOINED)
    undated = differing(Aspect.TIME, shift=Shift.UNDATED)._replace(span=None)
    gone = differing(Aspect.EXITED, Aspect.STATUS, told=(STATUS,))
    roadmap = create_roadmap(create_item(), moved, undated, joined)
    assert changes_of(roadmap) == []

    compared = replace(roadmap, compared=Compared("kevät", Difference(1, None, ()), (gone,)))
    listed = changes_of(compared)
    assert [(one.kind, one.item.id) for one in listed] == [
        (ChangeKind.JOINED, joined.id),
        (ChangeKind.EXITED, gone.id),
        (ChangeKind.MOVED, moved.id),
        (ChangeKind.RETIMED, undated.id),
    ]
    assert listed[1].brief.cells == (STATUS,)

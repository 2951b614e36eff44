from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.timespan import Context, parse
from portfolio.register.rules import Aspect, Difference, Moved, Shift, judge_item, judge_time


def span(words):
    return parse(words, Context.default()).value if words else None


@dataclass(frozen=True)
class Row:
    id: int = 1
    removed: bool = False


def judged(cells=None, *, removed=False, born=False, money=None):
    return judge_item(Row(removed=removed), cells or {}, born=born, money=money or {})


@pytest.mark.parametrize(
    ("old", "new", "shift"),
    [
        ("1.8.2026–31.12.2026", "15.8.2026–31.12.2026", Shift.MOVED),
        ("syksy 2026", "syksy 2027", Shift.MOVED),
        ("syksy 2026", "15.9.2026–30.11.2026", Shift.CLEARER),
        ("2026", "syksy 2026", Shift.CLEARER),
        ("2024–2026", "1.3.2024–30.6.2026", Shift.CLEARER),
        ("2024–2026", "1.3.2025–30.6.2026", Shift.MOVED),
        ("15.9.2026–30.11.2026", "syksy 2026", Shift.VAGUER),
        ("viimeistään 31.12.2026", "1.8.2026–31.12.2026", Shift.CLEARER),
        ("2024 alkaen", "2024–2026", Shift.MOVED),
        (None, "syksy 2026", Shift.DATED),
        ("myöhemmin", "syksy 2026", Shift.DATED),
        ("syksy 2026", None, Shift.UNDATED),
        ("syksy 2026", "syksyllä 2026", Shift.REWORDED),
    ],
)
def test_a_time_has_moved_only_where_it_is_another_time(old, new, shift):
    assert judge_time(span(old), span(new)).shift is shift


def test_days_are_counted_to_the_day_only_between_days():
    change = judge_time(span("1.8.2026–31.12.2026"), span("15.8.2026–30.11.2026"))
    assert (change.start, change.end) == (Moved(14, exact=True), Moved(-31, exact=True))
    change = judge_time(span("syksy 2026"), span("syksy 2027"))
    assert (change.start, change.end) == (Moved(365, exact=False), Moved(365, exact=False))


def test_an_end_that_stands_is_not_counted():
    change = judge_time(span("2024–2025"), span("2024–2026"))
    assert (change.start, change.end) == (None, Moved(365, exact=False))


def test_an_end_that_was_open_has_no_days_to_count():
    change = judge_time(span("2024 alkaen"), span("2024–2026"))
    assert (change.shift, change.end) == (Shift.MOVED, None)


WORDS = st.sampled_from(
    ["syksy 2026", "2026", "2024–2026", "1.3.2025", "2025 alkaen", "jatkuva", "viimeistään 31.12.2026", "1/2026", ""]
)


@given(WORDS, WORDS)
def test_the_way_back_turns_every_verdict_round(old, new):
    there, back = judge_time(span(old), span(new)), judge_time(span(new), span(old))
    turned = {Shift.CLEARER: Shift.VAGUER, Shift.DATED: Shift.UNDATED}
    turned |= {value: key for key, value in turned.items()}
    assert back.shift is turned.get(there.shift, there.shift)
    if there.end is not None:
        assert back.end == Moved(-there.end.days, there.end.exact)


def test_what_was_born_or_brought_back_joined_and_what_was_removed_left():
    assert judged(born=True).aspects == {Aspect.JOINED}
    assert judged({"removed": (True, False)}).aspects == {Aspect.JOINED}
    assert judged({"removed": (False, True)}, removed=True).aspects == {Aspect.LEFT}


def test_what_came_and_went_between_or_changed_while_removed_is_not_seen():
    assert judged(born=True, removed=True) is None
    assert judged({"title_fi": ("a", "b")}, removed=True) is None


def test_each_column_belongs_to_an_aspect_and_none_is_lost():
    cells = {"title_fi": ("a", "b"), "notes": (None, "c"), "progress": (10, 20), "owner_post_id": (None, 3)}
    item = judged(cells | {"source_key": ("x", "y")}, money={2026: (None, 1)})
    assert item.aspects == {Aspect.TITLE, Aspect.TEXT, Aspect.OTHER, Aspect.OWNER, Aspect.MONEY}
    assert item.cells == cells
    assert judged({"source_key": ("x", "y")}) is None


def test_initiatives_and_shifts_are_counted_apart():
    old, new = span("2026"), span("syksy 2026")
    items = (judged({"timespan": (old, new)}), judged({"timespan": (new, span("syksy 2027")), "status": (1, 2)}))
    difference = Difference(1, None, items)
    assert (difference.count(Aspect.TIME), difference.count(Aspect.STATUS)) == (2, 1)
    assert (difference.count_shift(Shift.MOVED), difference.count_shift(Shift.CLEARER)) == (1, 1)

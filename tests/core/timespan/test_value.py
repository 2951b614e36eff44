"""The value itself: what it refuses, how it is stored, how it moves."""

import json
from datetime import date

import pytest

from portfolio.core.timespan import (
    EMPTY,
    Cadence,
    Context,
    Kind,
    MonthDay,
    Pace,
    Precision,
    Timespan,
    Yearly,
    parse,
    unread,
)

CONTEXT = Context.default(date(2023, 1, 24))


def test_the_empty_timespan_is_false_and_every_other_is_true():
    assert not EMPTY
    assert not Timespan("")
    assert unread("kun ehditään")
    assert parse("toistaiseksi", CONTEXT).value


def test_an_end_before_the_start_is_refused():
    with pytest.raises(ValueError, match="ends before it starts"):
        Timespan("", date(2024, 2, 1), date(2024, 1, 31), Precision.DAY, Precision.DAY, Kind.DURING)


def test_an_end_without_a_day_has_no_precision_and_the_other_way_round():
    with pytest.raises(ValueError, match="has a precision"):
        Timespan("", date(2024, 2, 1), kind=Kind.FROM)
    with pytest.raises(ValueError, match="has a precision"):
        Timespan("", start_precision=Precision.DAY, kind=Kind.DURING)


@pytest.mark.parametrize(
    "words",
    ["", "syksy 2026", "viimeistään 31.5.2025", "jatkuva", "kun ehditään", "esim. 1 krt/kk", "joka syksy 2024–2026"],
)
def test_what_is_stored_is_read_back_through_json(words):
    value = parse(words, CONTEXT).value
    assert Timespan.from_json(json.loads(json.dumps(value.to_json()))) == value


def test_json_names_only_what_is_known():
    assert parse("viimeistään 31.5.2025", CONTEXT).value.to_json() == {
        "words": "viimeistään 31.5.2025",
        "end": "2025-05-31",
        "end_precision": "day",
        "kind": "by",
    }


@pytest.mark.parametrize("cell", [{}, {"words": "x", "kind": "sometimes"}, {"words": "x", "kind": "by", "end": "soon"}])
def test_json_of_something_else_is_refused(cell):
    with pytest.raises((ValueError, KeyError)):
        Timespan.from_json(cell)


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        (Cadence(1, Pace.DAY), date(2024, 2, 1)),
        (Cadence(2, Pace.WEEK), date(2024, 2, 14)),
        (Cadence(1, Pace.WEEK, times=2), date(2024, 2, 3)),
        (Cadence(1, Pace.DAY, times=3), date(2024, 2, 1)),
        (Cadence(1, Pace.MONTH), date(2024, 2, 29)),
        (Cadence(1, Pace.YEAR), date(2025, 1, 31)),
        (Cadence(1, Pace.YEAR, times=2), date(2024, 7, 31)),
        (Cadence(1, Pace.MONTH, times=2), date(2024, 2, 15)),
    ],
)
def test_a_rhythm_tells_when_the_next_one_is_due(cadence, expected):
    assert cadence.after(date(2024, 1, 31)) == expected


def test_a_yearly_deadline_is_the_next_one_after_a_day():
    cadence = Cadence(1, Pace.YEAR, yearly=Yearly(None, MonthDay(9, 30)))
    assert cadence.due(date(2024, 9, 29)) == date(2024, 9, 30)
    assert cadence.due(date(2024, 9, 30)) == date(2025, 9, 30)
    assert Cadence(1, Pace.YEAR).due(date(2024, 9, 30)) is None

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.timespan import Context, parse
from portfolio.yearclock.rules import (
    ClockHead,
    Event,
    EventKind,
    Target,
    by_month,
    clashes,
    make_clocks,
    span_in_year,
)

BOARD, GROUP = ClockHead("forum:1", "Lautakunta"), ClockHead("forum:2", "Johtoryhmä")
days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
keys = st.frozensets(st.sampled_from(["forum:1", "forum:2", "portfolio:1"]))


def event(day, *clocks, last=None, title="Kokous", identity=1):
    first = dt.date.fromisoformat(day)
    end = dt.date.fromisoformat(last) if last else first
    return Event(EventKind.MEETING, title, first, end, frozenset(clocks), Target.FORUM, identity)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("30.9.2026", ("2026-09-30", "2026-09-30")),
        ("viimeistään 31.12.2026", ("2026-12-31", "2026-12-31")),
        ("syksy 2026", ("2026-08-01", "2026-12-31")),
        ("2024–2026", ("2026-01-01", "2026-12-31")),
        ("2024–2027", None),
        ("alkaen 1.6.2026", ("2026-06-01", "2026-06-01")),
        ("vuosittain 15.11.", ("2026-11-15", "2026-11-15")),
        ("jatkuva", None),
    ],
)
def test_what_is_due_in_the_year_stands_in_it(words, days):
    expected = tuple(map(dt.date.fromisoformat, days)) if days else None
    assert span_in_year(parse(words, Context()).value, 2026) == expected


def test_what_belongs_to_the_whole_municipality_stands_on_every_clock():
    clocks = make_clocks([event("2026-11-16"), event("2026-03-02", "forum:2")], [BOARD, GROUP])
    assert [[one.day.month for one in clock.events] for clock in clocks] == [[11], [3, 11]]


def test_two_clocks_clash_on_a_day_of_both_and_a_joint_meeting_does_not():
    first, second = event("2026-03-02", "forum:1"), event("2026-03-02", "forum:2", identity=2)
    joint = event("2026-04-07", "forum:1", "forum:2")
    vague = event("2026-05-01", "forum:1", last="2026-05-31")
    other = event("2026-05-31", "forum:2", identity=2)

    found = clashes(make_clocks([first, second, joint, vague, other], [BOARD, GROUP]))

    assert [(one.day, [head.title for head, _ in one.events]) for one in found] == [
        (dt.date(2026, 3, 2), ["Lautakunta", "Johtoryhmä"])
    ]


@given(st.lists(st.tuples(days, keys)))
def test_every_event_of_a_chosen_clock_is_told_once_in_its_month(drawn):
    events = [event(day.isoformat(), *clocks, identity=place) for place, (day, clocks) in enumerate(drawn)]
    clocks = make_clocks(events, [BOARD, GROUP])
    months = by_month(one for clock in clocks for one in clock.events)
    told = [one for found in months.values() for one in found]
    assert len(told) == len(set(told))
    assert set(told) == {one for one in events if not one.clocks or one.clocks & {"forum:1", "forum:2"}}
    assert all(one.day.month == month for month, found in months.items() for one in found)
    assert [one.day for one in told] == sorted(one.day for one in told)

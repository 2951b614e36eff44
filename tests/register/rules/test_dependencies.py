import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.timespan import EMPTY, Context, Kind, Timespan, parse, shift, steps_of, unread
from portfolio.register.rules import Fit, fit
from tests.roadmap.items import create_span

WRITTEN = dt.date(2023, 1, 1)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


def read(words):
    return parse(words, Context(document_date=WRITTEN)).value


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("1.1.2024–31.5.2024", "1.6.2024–31.12.2024", Fit.KEPT),
        ("1.1.2024–1.6.2024", "1.6.2024–31.12.2024", Fit.KEPT),
        ("1.1.2024–2.6.2024", "1.6.2024–31.12.2024", Fit.BROKEN),
        ("2024", "2024", Fit.UNSURE),
        ("2024", "2025", Fit.KEPT),
        ("2025", "2024", Fit.BROKEN),
        ("syksy 2024", "1.9.2024–31.12.2025", Fit.UNSURE),
        ("syksy 2024", "kevät 2024", Fit.BROKEN),
        ("viimeistään 31.12.2024", "1.3.2024–31.12.2024", Fit.UNSURE),
        ("1.1.2024–31.12.2024", "viimeistään 30.6.2024", Fit.BROKEN),
        ("jatkuva", "2025", None),
    ],
)
def test_a_time_keeps_a_dependency_may_break_it_or_surely_breaks_it(before, after, expected):
    assert fit(read(before), read(after)) is expected


def test_a_time_without_an_end_is_unsure_unless_it_begins_after_what_needs_it():
    endless = create_span("1.1.2025", kind=Kind.ONGOING)

    assert fit(endless, create_span("1.6.2025", "31.12.2025")) is Fit.UNSURE
    assert fit(endless, create_span("1.6.2024", "31.12.2024")) is Fit.BROKEN


def test_what_may_begin_later_than_it_says_does_not_surely_break_anything():
    before = create_span("1.1.2024", "31.12.2024")

    assert fit(before, create_span("1.6.2024", kind=Kind.FROM)) is Fit.UNSURE
    assert fit(before, create_span("1.6.2024", "31.12.2025", tentative=True)) is Fit.UNSURE


@pytest.mark.parametrize("nothing", [None, EMPTY, unread("joskus"), create_span(kind=Kind.ONGOING)])
def test_a_time_that_is_not_known_is_not_judged(nothing):
    known = create_span("1.1.2024", "31.12.2024")

    assert fit(nothing, known) is None
    assert fit(known, nothing) is None


@given(DAYS, DAYS, DAYS, DAYS)
def test_exact_times_are_always_judged_by_the_end_and_the_beginning(one, two, three, four):
    before, after = sorted((one, two)), sorted((three, four))

    judged = fit(_exact(*before), _exact(*after))

    assert judged is (Fit.BROKEN if after[0] < before[1] else Fit.KEPT)


@given(
    st.sampled_from(["2024", "kevät 2024", "syksy 2025", "6/2024", "2024–2026", "31.12.2025 mennessä", "2025 alkaen"]),
    st.sampled_from(["2024", "kevät 2025", "syksy 2024", "9/2024", "2024–2026", "30.6.2025 mennessä", "2026 alkaen"]),
    st.integers(1, 5),
)
def test_moving_what_comes_after_later_never_makes_it_worse(before, after, count):
    worse_to_better = [Fit.BROKEN, Fit.UNSURE, Fit.KEPT]
    here = read(after)
    moved = shift(here, count, steps_of(here)[0], Context.default())
    first, then = (fit(read(before), span) for span in (here, moved))

    assert first is not None
    assert then is not None
    assert worse_to_better.index(then) >= worse_to_better.index(first)


def _exact(first, last):
    return Timespan.from_json(
        {
            "words": "",
            "start": first.isoformat(),
            "end": last.isoformat(),
            "start_precision": "day",
            "end_precision": "day",
            "kind": "during",
        }
    )

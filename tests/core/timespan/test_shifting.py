"""Times are moved by whole units: as vague as they were, in words that tell the new time."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portfolio.core.problem import Refusal
from portfolio.core.timespan import Context, Ends, Kind, Precision, Step, Timespan, parse, shift, steps_of
from portfolio.core.timespan import shifting as module

CONTEXT = Context.default()


def moved(words: str, count: int, step: Step, ends: Ends = Ends.BOTH) -> Timespan:
    return shift(parse(words, CONTEXT).value, count, step, CONTEXT, ends)


@pytest.mark.parametrize(
    ("words", "count", "step", "after"),
    [
        ("syksy 2026", 1, Step.YEAR, "syksy 2027"),
        ("syksyllä 2026", -1, Step.YEAR, "syksyllä 2025"),
        ("2024–2026", 1, Step.YEAR, "2025–2027"),
        ("2024-2026", 2, Step.YEAR, "2026-2028"),
        ("kevät 2023 – 2025", 1, Step.YEAR, "kevät 2024 – 2026"),
        ("Q2 2026", 1, Step.QUARTER, "Q3 2026"),
        ("Q4/2026 (alustava)", 1, Step.QUARTER, "Q1/2027 (alustava)"),
        ("syksy 2026 (alustava)", 1, Step.YEAR, "syksy 2027 (alustava)"),
        ("viimeistään 31.12.2026", 1, Step.YEAR, "viimeistään 31.12.2027"),
        ("viimeistään 31.12.2026", 1, Step.DAY, "viimeistään 1.1.2027"),
        ("viimeistään 05.01.2026", 1, Step.WEEK, "viimeistään 12.01.2026"),
        ("1.1.–31.3.2026", 1, Step.WEEK, "8.1.–7.4.2026"),
        ("vuodesta 2025 alkaen", 1, Step.YEAR, "vuodesta 2026 alkaen"),
        ("vuosittain 2024–2026", 1, Step.YEAR, "vuosittain 2025–2027"),
        ("valtuustokausi 2021–2025", 1, Step.TERM, "valtuustokausi 2025–2029"),
        ("hösten 2026", 1, Step.YEAR, "hösten 2027"),
        ("senast i slutet av maj 2026", 1, Step.YEAR, "senast i slutet av maj 2027"),
        ("maj 2026 (preliminär)", 1, Step.MONTH, "juni 2026 (preliminär)"),
        ("spring 2026", 1, Step.YEAR, "spring 2027"),
        ("by 2026-12-31", 1, Step.MONTH, "by 2027-01-31"),
        ("from May 2026 onwards", 1, Step.MONTH, "from June 2026 onwards"),
        ("29.2.2024", 1, Step.YEAR, "28.2.2025"),
    ],
)
def test_a_time_moves_in_its_own_words(words: str, count: int, step: Step, after: str) -> None:
    span = moved(words, count, step)
    assert span.words == after
    assert parse(after, CONTEXT).value == span


@pytest.mark.parametrize(
    ("words", "ends", "count", "after"),
    [
        ("2024–2026", Ends.END, 1, "2024–2027"),
        ("2024–2026", Ends.START, -1, "2023–2026"),
        ("2026", Ends.END, 1, "2026–2027"),
        ("2025–31.5.2026", Ends.START, -1, "2024–31.5.2026"),
    ],
)
def test_one_end_moves_and_the_other_stays(words: str, ends: Ends, count: int, after: str) -> None:
    before, span = parse(words, CONTEXT).value, moved(words, count, Step.YEAR, ends)
    assert span.words == after
    assert parse(after, CONTEXT).value == span
    assert (before.start == span.start) is (ends is Ends.END)


@pytest.mark.parametrize(
    ("words", "step", "ends", "msgid"),
    [
        ("syksy 2026", Step.MONTH, Ends.BOTH, module.TOO_FINE),
        ("2026", Step.QUARTER, Ends.BOTH, module.TOO_FINE),
        ("2025–31.5.2026", Step.DAY, Ends.BOTH, module.TOO_FINE),
        ("valtuustokausi 2021–2025", Step.YEAR, Ends.BOTH, module.TOO_FINE),
        ("valtuustokausi 2025–2029", Step.TERM, Ends.BOTH, module.NO_TERM),
        ("jatkuva", Step.YEAR, Ends.BOTH, module.NOTHING_TO_MOVE),
        ("vuodesta 2025 alkaen", Step.YEAR, Ends.END, module.NOTHING_TO_MOVE),
        ("kun ehditään", Step.YEAR, Ends.BOTH, module.NOT_READ),
        ("2024", Step.YEAR, Ends.START, module.CROSSED),
    ],
)
def test_what_cannot_be_moved_honestly_is_refused_with_a_reason(words: str, step: Step, ends: Ends, msgid: str) -> None:
    with pytest.raises(Refusal) as refused:
        moved(words, 1, step, ends)
    assert refused.value.problems[0].msgid == msgid


@pytest.mark.parametrize("count", [-300, 10**9])
def test_no_time_leaves_the_years_that_can_be_read(count: int) -> None:
    with pytest.raises(Refusal, match="outside the years"):
        moved("2026", count, Step.YEAR)


def test_the_first_unit_offered_is_that_of_the_vaguer_end() -> None:
    assert steps_of(parse("2025–31.5.2026", CONTEXT).value) == (Step.YEAR,)
    assert steps_of(parse("2025–31.5.2026", CONTEXT).value, Ends.END)[0] is Step.DAY
    assert steps_of(parse("Q2 2026", CONTEXT).value)[0] is Step.QUARTER
    assert steps_of(parse("jatkuva", CONTEXT).value) == ()


def test_moving_by_nothing_is_the_same_time() -> None:
    assert moved("syksy 2026 (alustava)", 0, Step.YEAR).words == "syksy 2026 (alustava)"


NAMES = ["", "syksy ", "keväällä ", "kesäkuu ", "Q3 ", "1. vuosipuolisko ", "viimeistään 31.3.", "hösten ", "May "]
FRAMES = ["{}", "{} (alustava)", "viimeistään {}", "{} alkaen", "mahdollisesti {}"]


@given(
    name=st.sampled_from(NAMES),
    year=st.integers(1950, 2100),
    length=st.integers(0, 4),
    frame=st.sampled_from(FRAMES),
    count=st.integers(-20, 20),
    ends=st.sampled_from(Ends),
    which=st.integers(0, 5),
)
def test_the_words_after_a_move_read_as_the_moved_time(
    *, name: str, year: int, length: int, frame: str, count: int, ends: Ends, which: int
) -> None:
    text = f"{name}{year}" if length == 0 else f"{name}{year} – {name}{year + length}"
    before = parse(frame.format(text), CONTEXT).value
    assume(before.kind is not Kind.UNREAD)
    steps = steps_of(before, ends)
    assume(steps)
    try:
        after = shift(before, count, steps[which % len(steps)], CONTEXT, ends)
    except Refusal:
        return
    assert parse(after.words, CONTEXT).value == after
    assert replace(
        after, words="", start=None, end=None, start_precision=Precision.NONE, end_precision=Precision.NONE
    ) == replace(before, words="", start=None, end=None, start_precision=Precision.NONE, end_precision=Precision.NONE)
    assert (after.start_precision, after.end_precision) == (before.start_precision, before.end_precision)

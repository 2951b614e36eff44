"""Moving a time by whole units: what is vague stays as vague, and its words stay true (issue 4, part 3)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.timespan.context import FIRST_YEAR, LAST_YEAR, Context, CouncilTerm
from portfolio.core.timespan.lexicon import Role
from portfolio.core.timespan.reading import parse
from portfolio.core.timespan.tokens import language_of, normalised, tokenise
from portfolio.core.timespan.value import Kind, Precision, Timespan, end_later, months_later
from portfolio.core.timespan.writing import format as written

NOT_READ = N_("The time is not understood, so it cannot be moved. Write it in another way first.")
NOTHING_TO_MOVE = N_("The time has no such end to move. Write it in words.")
TOO_FINE = N_("The time is not known so exactly that it could be moved by that unit. Write it in words.")
NO_TERM = N_("The council term that would come is not among the council terms of the municipality.")
CROSSED = N_("The end would be before the start.")
OUT_OF_YEARS = N_("The time would be outside the years %(first)s–%(last)s.")


class Step(StrEnum):
    """The unit by which a time is moved."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    TERM = "term"


class Ends(StrEnum):
    """What of a time is moved."""

    BOTH = "both"
    START = "start"
    END = "end"


_DAYS = {Step.DAY: 1, Step.WEEK: 7}
_MONTHS = {Step.MONTH: 1, Step.QUARTER: 3, Step.HALF: 6, Step.YEAR: 12}
_CALENDAR = (Step.MONTH, Step.QUARTER, Step.HALF, Step.YEAR)
_STEPS = {
    Precision.DAY: (Step.DAY, Step.WEEK, *_CALENDAR),
    Precision.MONTH: _CALENDAR,
    Precision.QUARTER: _CALENDAR[1:],
    Precision.HALF: _CALENDAR[2:],
    Precision.SEASON: (Step.YEAR,),
    Precision.YEAR: (Step.YEAR,),
    Precision.TERM: (Step.TERM,),
}
"""The units by which an end of a precision moves: its own and whole multiples of it. A finer one would claim to know
what the words do not tell. A season comes once a year, and council terms are of uneven length."""


def steps_of(timespan: Timespan, ends: Ends = Ends.BOTH) -> tuple[Step, ...]:
    """Give the units by which a time may be moved, its own first; none where there is nothing to move."""
    if timespan.kind is Kind.UNREAD:
        return ()
    known = [precision for precision in _precisions(timespan, ends) if precision in _STEPS]
    if not known or (ends is not Ends.BOTH and len(known) < len(_precisions(timespan, ends))):
        return ()
    return tuple(step for step in Step if all(step in _STEPS[precision] for precision in known))


def shift(timespan: Timespan, count: int, step: Step, context: Context, ends: Ends = Ends.BOTH) -> Timespan:
    """Move a time, or one end of it, by whole units, and write its words so that they tell the new time.

    Each end keeps its precision, open ends stay open, and days of the year that recur stay where they are. The words
    keep their form where only their years, quarters, months or dates need to change; else they become canonical words
    of the language they were written in. Raises Refusal for what cannot be moved so.
    """
    _check(timespan, step, ends)
    if count == 0:
        return timespan
    start, end = timespan.start, timespan.end
    try:
        if start and ends is not Ends.END:
            start = _moved(start, timespan.start_precision, count, step, context, closing=False)
        if end and ends is not Ends.START:
            end = _moved(end, timespan.end_precision, count, step, context, closing=True)
    except (ValueError, OverflowError):
        raise _out_of_years() from None
    if any(day and not FIRST_YEAR <= day.year <= LAST_YEAR for day in (start, end)):
        raise _out_of_years()
    if start and end and end < start:
        raise Refusal(Problem(CROSSED))
    return in_words(replace(timespan, words="", start=start, end=end), timespan, context)


def in_words(moved: Timespan, before: Timespan, context: Context) -> Timespan:
    """Give a time the words of the time it was before, changed as little as makes them tell the new time."""
    certain = parse(before.words, context).certain
    for words in () if _names_another_time(before) else _candidates(moved, before, context):
        reading = parse(words, context)
        if replace(reading.value, words="") == moved and (reading.certain or not certain):
            return replace(moved, words=words)
    return replace(moved, words=written(moved, language_of(before.words) or context.language or "fi", context))


def _names_another_time(span: Timespan) -> bool:
    """Tell of words that also name a time which does not move, as in "as the next council term begins, 1.6.2025"."""
    roles = {token.role for token in tokenise(normalised(span.words), None)}
    of_term = Precision.TERM in (span.start_precision, span.end_precision)
    return Role.RELATIVE in roles or (Role.TERM in roles and not of_term)


def _check(timespan: Timespan, step: Step, ends: Ends) -> None:
    if timespan.kind is Kind.UNREAD:
        raise Refusal(Problem(NOT_READ))
    steps = steps_of(timespan, ends)
    if not steps and all(precision not in _STEPS for precision in _precisions(timespan, ends)):
        raise Refusal(Problem(NOTHING_TO_MOVE))
    if step not in steps:
        raise Refusal(Problem(TOO_FINE))


def _precisions(timespan: Timespan, ends: Ends) -> tuple[Precision, ...]:
    if ends is Ends.START:
        return (timespan.start_precision,)
    if ends is Ends.END:
        return (timespan.end_precision,)
    return timespan.start_precision, timespan.end_precision


def _out_of_years() -> Refusal:
    return Refusal(Problem(OUT_OF_YEARS, {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}))


def _moved(day: date, precision: Precision, count: int, step: Step, context: Context, *, closing: bool) -> date:
    if step is Step.TERM:
        return _later_term(day, count, context.council_terms, closing=closing)
    if step in _DAYS:
        return day + timedelta(days=count * _DAYS[step])
    months = count * _MONTHS[step]
    return end_later(day, months, precision) if closing else months_later(day, months)


def _later_term(day: date, count: int, terms: tuple[CouncilTerm, ...], *, closing: bool) -> date:
    edges = [term[1] if closing else term[0] for term in terms]
    wanted = edges.index(day) + count if day in edges else -1
    if not 0 <= wanted < len(edges):
        raise Refusal(Problem(NO_TERM))
    return edges[wanted]


_YEAR = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")
_FINNISH_DATE = re.compile(r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})\.((?:19|20|21)[0-9]{2})(?![0-9])")
_ISO_DATE = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})(?![0-9])")
_QUARTER = re.compile(r"(?<![0-9a-zA-Z])([QqKk])([1-4])(\W{1,3})((?:19|20|21)[0-9]{2})(?![0-9])")
_MONTH = re.compile(r"(?<![0-9./])([0-9]{1,2})/((?:19|20|21)[0-9]{2})(?![0-9])")
_MOST_PIECES = 16


def _candidates(moved: Timespan, before: Timespan, context: Context) -> Iterator[str]:
    """Give words that may tell the moved time, those nearest to the old ones first; each is read before it is taken."""
    pairs = {old: new for old, new in ((before.start, moved.start), (before.end, moved.end)) if old and new}
    yield from _with_years(before, moved)
    yield _FINNISH_DATE.sub(lambda found: _finnish(found, pairs), before.words)
    yield _ISO_DATE.sub(lambda found: _iso(found, pairs), before.words)
    yield _QUARTER.sub(lambda found: _quarter(found, pairs), before.words)
    yield _MONTH.sub(lambda found: _month(found, pairs), before.words)
    yield from _around(moved, before, context)


def _with_years(before: Timespan, moved: Timespan) -> Iterator[str]:
    """Change all years alike, or only the first or the last of them."""
    years = [match.span() for match in _YEAR.finditer(before.words)]
    if not years:
        return
    first, last = (
        new.year - old.year if old and new else 0 for old, new in ((before.start, moved.start), (before.end, moved.end))
    )
    both = first or last
    for which, change in ((years, both), (years[:1], first), (years[-1:], last)):
        words = before.words
        for begin, stop in reversed(which):
            words = f"{words[:begin]}{int(words[begin:stop]) + change}{words[stop:]}"
        yield words


def _finnish(found: re.Match[str], pairs: dict[date, date]) -> str:
    new = pairs.get(_day(found[3], found[2], found[1]))
    if new is None:
        return found[0]
    width = 2 if found[0].startswith("0") or found[2].startswith("0") else 1
    return f"{new.day:0{width}}.{new.month:0{width}}.{new.year}"


def _iso(found: re.Match[str], pairs: dict[date, date]) -> str:
    new = pairs.get(_day(found[1], found[2], found[3]))
    return new.isoformat() if new else found[0]


def _quarter(found: re.Match[str], pairs: dict[date, date]) -> str:
    year, month = int(found[4]), int(found[2]) * 3
    new = _within(pairs, year, (month - 2, month))
    return f"{found[1]}{(new.month - 1) // 3 + 1}{found[3]}{new.year}" if new else found[0]


def _month(found: re.Match[str], pairs: dict[date, date]) -> str:
    new = _within(pairs, int(found[2]), (int(found[1]), int(found[1])))
    width = 2 if found[1].startswith("0") else 1
    return f"{new.month:0{width}}/{new.year}" if new else found[0]


def _within(pairs: dict[date, date], year: int, months: tuple[int, int]) -> date | None:
    """Give what an end became that opens or closes these months."""
    ends = (new for old, new in pairs.items() if old.year == year and months[0] <= old.month <= months[1])
    return next(ends, None)


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return date.min


def _around(moved: Timespan, before: Timespan, context: Context) -> Iterator[str]:
    """Put canonical words in place of the fewest of the old ones that tell the time, and keep those around them."""
    pieces = before.words.split()
    if len(pieces) > _MOST_PIECES:
        return
    plain = replace(before, words="", tentative=False)
    canonical = written(replace(moved, tentative=False), language_of(before.words) or context.language or "fi", context)
    for length in range(1, len(pieces)):
        for at in range(len(pieces) - length + 1):
            if replace(parse(" ".join(pieces[at : at + length]), context).value, words="") == plain:
                yield " ".join((*pieces[:at], canonical, *pieces[at + length :]))

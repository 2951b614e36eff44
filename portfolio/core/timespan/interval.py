"""From times and their marks to one interval: what begins, what ends, and how it binds."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from portfolio.core.problem import Problem
from portfolio.core.timespan import doubts
from portfolio.core.timespan.atoms import Shape
from portfolio.core.timespan.context import Context, Season, Span
from portfolio.core.timespan.dating import Dated, date_all, date_any_year
from portfolio.core.timespan.doubts import Unreadable
from portfolio.core.timespan.lexicon import Mark
from portfolio.core.timespan.phrase import Link, Phrase, Placed
from portfolio.core.timespan.value import Kind, Precision, Timespan, months_later

_ENDING = {Mark.BY, Mark.UNTIL, Mark.END}
_BEGINNING = {Mark.FROM, Mark.START}
_NAMED_PARTS = {
    (Shape.YEAR, None, Mark.AT_START): Season.EARLY_YEAR,
    (Shape.YEAR, None, Mark.AT_END): Season.LATE_YEAR,
    (Shape.SEASON, Season.SPRING, Mark.AT_END): Season.LATE_SPRING,
}
"""Parts of a time that have limits of their own."""


def read_interval(phrase: Phrase, context: Context, *, any_year: bool = False) -> tuple[Timespan, list[Problem]]:
    """Give the interval of a phrase that holds a time, without its words, and what must be confirmed about it.

    With `any_year` the times are without years and recur; they are given in the leap year.
    """
    placed, problems = _named_parts(phrase.times)
    atoms = [one.atom for one in placed]
    dated = Dated(date_any_year(atoms, context), []) if any_year else date_all(atoms, context)
    problems += _without_meetings(phrase, dated.problems)
    if len(placed) == 1:
        return _single(phrase, placed[0], dated.spans[0], problems), problems
    if _is_range(phrase, placed):
        return _range(placed, dated.spans), problems
    return _several(phrase, dated.spans, context, problems), problems


def _without_meetings(phrase: Phrase, problems: list[Problem]) -> list[Problem]:
    """Drop the doubt that 6/2021 may be a meeting where a mark or a range tells that it is a month."""
    if not (phrase.open_start or phrase.open_end or any(one.marks or one.link is Link.RANGE for one in phrase.times)):
        return problems
    return [problem for problem in problems if problem.msgid != doubts.MEETING_NUMBER]


def _named_parts(times: list[Placed]) -> tuple[list[Placed], list[Problem]]:
    """Turn "the end of 2025" into the late year where only a part is meant; a part without limits must be confirmed."""
    changed, problems = [], []
    for placed in times:
        part = next((mark for mark in (Mark.AT_START, Mark.AT_END, Mark.AT_MIDDLE) if mark in placed.marks), None)
        bounds = placed.marks & (_ENDING | _BEGINNING | {Mark.BEFORE, Mark.AFTER})
        if part is None or (bounds and part is not Mark.AT_MIDDLE):
            changed.append(placed)
            continue
        season = _NAMED_PARTS.get((placed.atom.shape, placed.atom.season, part))
        if season is None:
            problems.append(Problem(doubts.PART_OF_SEASON, {"words": placed.atom.text}))
            changed.append(placed)
        else:
            changed.append(replace(placed, atom=replace(placed.atom, shape=Shape.SEASON, season=season)))
    return changed, problems


def _single(phrase: Phrase, placed: Placed, span: Span, problems: list[Problem]) -> Timespan:
    """Bind one time: by its end, from its start, before it, after it, or during it."""
    marks = placed.marks
    if Mark.BEFORE in marks and Mark.AT_END not in marks:
        return _by(span.start - timedelta(days=1), span.precision)
    if Mark.AFTER in marks:
        return _from(span.end + timedelta(days=1), span.precision)
    ends = marks & _ENDING or Mark.BEFORE in marks or phrase.open_start
    begins = marks & _BEGINNING or phrase.open_end
    if ends and begins:
        problems.append(Problem(doubts.UNCLEAR_KIND))
    if ends:
        return _by(span.start if Mark.AT_START in marks else span.end, span.precision)
    if begins:
        return _from(span.end if Mark.AT_END in marks else span.start, span.precision)
    return _during(span.start, span.end, span.precision, span.precision)


def _by(end: date, precision: Precision) -> Timespan:
    return Timespan("", end=end, end_precision=precision, kind=Kind.BY)


def _from(start: date, precision: Precision) -> Timespan:
    return Timespan("", start, None, precision, Precision.OPEN, Kind.FROM)


def _during(start: date, end: date, start_precision: Precision, end_precision: Precision) -> Timespan:
    return Timespan("", start, end, start_precision, end_precision, Kind.DURING)


def _is_range(phrase: Phrase, placed: list[Placed]) -> bool:
    if len(placed) != 2:  # noqa: PLR2004 - the two ends of a range
        return False
    first, last = placed
    if last.link is Link.RANGE:
        return not phrase.open_start and not phrase.open_end
    begins = first.marks & _BEGINNING
    ends = last.marks & _ENDING
    return bool((begins and ends) or (last.link is Link.NOTHING and ends) or Mark.BETWEEN in first.marks | last.marks)


def _range(placed: list[Placed], spans: list[Span]) -> Timespan:
    first, last = spans
    if last.end < first.start:
        raise Unreadable(
            Problem(doubts.END_BEFORE_START, {"end": last.end, "start": first.start}), _other_year(placed, spans)
        )
    return _during(first.start, last.end, first.precision, last.precision)


def _other_year(placed: list[Placed], spans: list[Span]) -> Timespan | None:
    """Propose the neighbouring year for the end that has no year of its own: "1.10.–31.3.2025" began in 2024."""
    first, last = spans
    start, end = first.start, last.end
    if not placed[0].atom.dated and placed[1].atom.dated:
        start = months_later(start, -12)
    elif not placed[1].atom.dated:
        end = months_later(end, 12)
    if end < start:
        return None
    return _during(start, end, first.precision, last.precision)


def _several(phrase: Phrase, spans: list[Span], context: Context, problems: list[Problem]) -> Timespan:
    """Cover several times; what lies between them is confirmed unless they follow each other day by day."""
    if phrase.marked(*_ENDING, *_BEGINNING, Mark.BEFORE, Mark.AFTER) or phrase.open_start or phrase.open_end:
        problems.append(Problem(doubts.UNCLEAR_KIND))
    first = min(spans, key=lambda span: span.start)
    last = max(spans, key=lambda span: span.end)
    ordered = sorted(spans)
    gaps = any((later.start - sooner.end).days != 1 for sooner, later in pairwise(ordered))
    joined = all(placed.link is Link.AND for placed in phrase.times[1:])
    if gaps or not joined:
        problems.append(Problem(doubts.SEVERAL_TIMES))
    written = context.document_date
    if written and _looks_back(phrase, last, written):
        problems.append(Problem(doubts.CUT_AT_DOCUMENT, {"date": written}))
        return _during(first.start, written, first.precision, Precision.DAY)
    return _during(first.start, last.end, first.precision, last.precision)


def _looks_back(phrase: Phrase, last: Span, written: date) -> bool:
    """Tell "kevään ja syksyn kuluessa" written within the last of the seasons, which is told of as past."""
    seasons = all(atom.shape is Shape.SEASON and not atom.dated for atom in phrase.atoms)
    return seasons and last.start <= written < last.end

"""How often: the words of a cadence among the tokens of a text."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from portfolio.core.timespan import context as units
from portfolio.core.timespan.context import Context, Season
from portfolio.core.timespan.cursor import Cursor
from portfolio.core.timespan.lexicon import Mark, Role, Side, Unit
from portfolio.core.timespan.tokens import Token
from portfolio.core.timespan.value import LEAP_YEAR, Cadence, MonthDay, Pace, Precision, Yearly

_PACES = {
    Unit.DAY: (Pace.DAY, 1),
    Unit.WEEK: (Pace.WEEK, 1),
    Unit.MONTH: (Pace.MONTH, 1),
    Unit.QUARTER: (Pace.MONTH, 3),
    Unit.HALF: (Pace.MONTH, 6),
    Unit.YEAR: (Pace.YEAR, 1),
}
_SEPARATORS = (Role.PER, Role.SLASH, Role.NOISE)
_YEARLY = Cadence(1, Pace.YEAR)
_LARGEST = 120
"""More than this many times or units is not a rhythm but some other number."""


class Rhythm(NamedTuple):
    """A cadence, and the tokens before and after its words."""

    cadence: Cadence
    before: Sequence[Token]
    after: Sequence[Token]


def find_rhythm(tokens: Sequence[Token], context: Context) -> Rhythm | None:
    """Find the first cadence of a text."""
    for start, token in enumerate(tokens):
        if token.role in _STARTS:
            cursor = Cursor(tokens, start)
            cadence = _fiscal(cursor) if token.role is Role.FISCAL else _cadence(cursor, context)
            if cadence is not None:
                return Rhythm(cadence, tokens[:start], tokens[cursor.at :])
    return None


_STARTS = (Role.RHYTHM, Role.SEASONAL, Role.EVERY, Role.TIMES, Role.NUMBER, Role.FISCAL)


def _cadence(cursor: Cursor, context: Context) -> Cadence | None:
    token = cursor.take()
    if token.role is Role.RHYTHM:
        cadence: Cadence = token.value
        return cadence
    if token.role is Role.SEASONAL:
        return _every_season(token.value, context)
    if token.role is Role.EVERY:
        return _every(token.value, cursor, context)
    if token.role is Role.TIMES:
        return _times(token.value or 1, cursor)
    return _counted(token.value, cursor)


def _counted(number: int, cursor: Cursor) -> Cadence | None:
    """Read what follows a number: "2 krt/vuosi", "1/vko", "2 viikon välein"."""
    if cursor.role() is Role.TIMES:
        cursor.take()
        return _times(number, cursor)
    if cursor.role() in (Role.SLASH, Role.PER):
        return _times(number, cursor) if cursor.role(1) is Role.UNIT else None
    if cursor.role() is Role.DASH:
        cursor.take()
    if cursor.role() is Role.UNIT and cursor.role(1) is Role.APART:
        unit = cursor.take().value
        cursor.take()
        return _paced(number, unit)
    return None


def _times(times: int, cursor: Cursor) -> Cadence | None:
    """Read "(kerran) viikossa", "(once) every two weeks", "(2 times) in 3 years"."""
    cursor.skip(*_SEPARATORS)
    every = cursor.take().value if cursor.role() is Role.EVERY else 1
    if cursor.role() in (Role.NUMBER, Role.ORDINAL):
        every *= cursor.take().value
    return _paced(every, cursor.take().value, times) if cursor.role() is Role.UNIT else None


def _every(every: int, cursor: Cursor, context: Context) -> Cadence | None:
    """Read "joka (toinen) viikko", "joka syksy", "every September"."""
    if cursor.role() is Role.SEASON:
        return _every_season(cursor.take().value, context)
    if cursor.role() is Role.MONTH:
        span = units.month(LEAP_YEAR, cursor.take().value)
        return replace(_YEARLY, yearly=Yearly(_day(span.start), _day(span.end), Precision.MONTH))
    if cursor.role() in (Role.NUMBER, Role.ORDINAL):
        every *= cursor.take().value
    return _paced(every, cursor.take().value) if cursor.role() is Role.UNIT else None


def _every_season(season: Season, context: Context) -> Cadence:
    span = context.season(season, LEAP_YEAR)
    return replace(_YEARLY, yearly=Yearly(_day(span.start), _day(span.end), span.precision))


def _paced(every: int, unit: Unit, times: int = 1) -> Cadence | None:
    pace, factor = _PACES[unit]
    if not (1 <= every * factor <= _LARGEST and 1 <= times <= _LARGEST):
        return None
    return Cadence(every * factor, pace, times)


def _fiscal(cursor: Cursor) -> Cadence | None:
    """Read "toimintavuoden päättyessä" and "at the end of the operating year": the calendar year's end, each year."""
    before = _mark_before(cursor)
    cursor.take()
    if cursor.role() is Role.UNIT:
        cursor.take()
    marks = set(before)
    while cursor.role() is Role.MARK or (cursor.role() is Role.NOISE and cursor.role(1) is Role.MARK):
        marks |= cursor.take().word.marks
    if not marks & {Mark.AT_END, Mark.END, Mark.AT_START}:
        return None
    day = MonthDay(1, 1) if Mark.AT_START in marks else MonthDay(12, 31)
    by = marks & {Mark.BY, Mark.UNTIL, Mark.BEFORE}
    return replace(_YEARLY, yearly=Yearly(None if by else day, day))


def _mark_before(cursor: Cursor) -> frozenset[Mark]:
    marks: frozenset[Mark] = frozenset()
    for token in reversed(cursor.tokens[: cursor.at]):
        if token.role is Role.MARK and token.value is Side.RIGHT:
            marks |= token.word.marks
        elif token.role not in (Role.NOISE, Role.PER):
            break
    return marks


def _day(day: date) -> MonthDay:
    return MonthDay(day.month, day.day)

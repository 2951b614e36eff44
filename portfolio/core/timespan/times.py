"""The time that stands at one place of a text: a month with its year, a numbered week, a council term, some days."""

from dataclasses import replace

from portfolio.core.problem import Problem
from portfolio.core.timespan import doubts
from portfolio.core.timespan.atoms import Atom, Shape
from portfolio.core.timespan.cursor import FILLERS, Cursor
from portfolio.core.timespan.lexicon import Role, Unit
from portfolio.core.timespan.tokens import Token

Times = tuple[Atom, ...]
"""One atom, or two that are the ends of a range."""

_NUMBERED_UNITS = {Unit.WEEK: Shape.WEEK, Unit.QUARTER: Shape.QUARTER, Unit.HALF: Shape.HALF, Unit.MONTH: Shape.MONTH}
_TAKES_YEAR_BEFORE = (Shape.MONTH, Shape.QUARTER, Shape.HALF, Shape.SEASON)
_TAKES_NUMBER_BEFORE = (Shape.DAY, Shape.QUARTER, Shape.HALF, Shape.WEEK)
_LONGEST_MONTH = 31


def read_times(cursor: Cursor) -> Times:
    """Read the time that begins here and go past it; nothing is read, and the cursor stays, when none begins here."""
    start = cursor.at
    reader = _READERS.get(cursor.role() or Role.UNKNOWN)
    times = reader(cursor) if reader else ()
    if not times:
        cursor.at = start
    return times


def _complete(cursor: Cursor) -> Times:
    times: Times = cursor.take().value
    return (*times[:-1], cursor.with_year(times[-1]))


def _month(cursor: Cursor) -> Times:
    """Read "kesäkuu 2025", "kesäkuun 5. päivä 2025" or "June 5, 2025"."""
    token = cursor.take()
    atom = Atom(Shape.MONTH, token.text, token.value)
    if cursor.role() is Role.NUMBER and cursor.word().value <= _LONGEST_MONTH:
        day = cursor.take()
        atom = Atom(Shape.DAY, f"{token.text} {day.text}", token.value, day.value)
        if cursor.is_unit(Unit.DAY):
            cursor.take()
        if cursor.role() is Role.COMMA and cursor.role(1) is Role.YEAR:
            cursor.take()
    return (cursor.with_year(atom),)


def _season(cursor: Cursor) -> Times:
    token = cursor.take()
    if token.text == "kesä" and _begins_month_pair(cursor):
        return (Atom(Shape.MONTH, token.text, 6),)
    atom = Atom(Shape.SEASON, token.text, season=token.value)
    if token.word.part:
        atom = replace(atom, doubts=(Problem(doubts.PART_OF_SEASON, {"words": token.text}),))
    return (cursor.with_year(atom),)


def _roman(cursor: Cursor) -> Times:
    """Read "I neljännes", whose numeral is also the Swedish "in": "i kvartal 3" begins with no number."""
    token = cursor.take()
    if (
        token.text != "i"
        or not cursor.is_unit(Unit.QUARTER, Unit.HALF)
        or cursor.role(1) in (Role.NUMBER, Role.FRACTION, Role.FRACTIONS)
    ):
        return ()
    unit = cursor.take()
    return (cursor.with_year(Atom(_NUMBERED_UNITS[unit.value], f"{token.text} {unit.text}", 1)),)


def _begins_month_pair(cursor: Cursor) -> bool:
    """Tell June from summer: "kesä-elokuussa" and "kesä- ja elokuussa"."""
    return cursor.role() is Role.DASH and Role.MONTH in (cursor.role(1), cursor.role(1) is Role.AND and cursor.role(2))


def _number(cursor: Cursor) -> Times:
    """Read a number before what it numbers: "5. kesäkuuta", "3. neljännes", "1." before the day that ends a range."""
    number = cursor.take()
    cursor.skip(*FILLERS)
    if cursor.role() is Role.DASH:
        cursor.take()
        return _range_to(cursor, number)
    if cursor.role() is Role.MONTH:
        month = cursor.take()
        return (cursor.with_year(Atom(Shape.DAY, f"{number.text} {month.text}", month.value, number.value)),)
    if cursor.role() is Role.UNIT:
        unit = cursor.take()
        shape = _NUMBERED_UNITS.get(unit.value)
        if shape and shape is not Shape.MONTH:
            return (cursor.with_year(Atom(shape, f"{number.text} {unit.text}", number.value)),)
    return ()


def _range_to(cursor: Cursor, number: Token) -> Times:
    times = read_times(cursor)
    if len(times) != 1 or times[0].shape not in _TAKES_NUMBER_BEFORE:
        return ()
    last = times[0]
    named = {"day": number.value} if last.shape is Shape.DAY else {"number": number.value}
    return replace(last, weekday=None, text=f"{number.text} {last.text}", **named), last


def _unit(cursor: Cursor) -> Times:
    """Read "vuonna 2024", "viikko 38/2024", "kvartal 3 2025"; a year without its number is a time without a year."""
    token = cursor.take()
    unit = token.value
    if token.text.rstrip(".") == "v":
        unit = Unit.YEAR if cursor.role() is Role.YEAR else Unit.WEEK
    if unit is not Unit.YEAR:
        return _numbered(cursor, _NUMBERED_UNITS[unit]) if unit in _NUMBERED_UNITS else ()
    if cursor.role() is Role.YEAR:
        return _year(cursor)
    if cursor.role() is Role.ATOM and cursor.word().value[0].shape is Shape.YEAR:
        return _complete(cursor)
    return (Atom(Shape.YEAR, token.text),)


def _numbered(cursor: Cursor, shape: Shape) -> Times:
    start = cursor.at - 1
    if cursor.role() is Role.FRACTION:
        number, year = cursor.take().value
        return (Atom(shape, cursor.text(start), number, year=year),)
    if cursor.role() is Role.FRACTIONS:
        first, last, year = cursor.take().value
        return tuple(Atom(shape, cursor.text(start), number, year=year) for number in (first, last))
    if cursor.role() is not Role.NUMBER or shape is Shape.MONTH:
        return ()
    atom = Atom(shape, cursor.text(start), cursor.take().value)
    if cursor.role() is Role.DASH and cursor.role(1) is Role.NUMBER and cursor.role(2) in (None, Role.YEAR, Role.SLASH):
        cursor.take()
        last = cursor.with_year(replace(atom, number=cursor.take().value))
        return replace(atom, year=last.year), last
    return (cursor.with_year(atom),)


def _year(cursor: Cursor) -> Times:
    """Read a year, or the month, season, quarter or half that follows it: "vuoden 2023 keväällä"."""
    start = cursor.at
    year = cursor.take().value
    within = _time_within_year(cursor) or Atom(Shape.YEAR, "")
    return (replace(within, year=year, text=cursor.text(start)),)


def _time_within_year(cursor: Cursor) -> Atom | None:
    """Read a time without a year that follows a year."""
    start = cursor.at
    cursor.skip(*FILLERS)
    times = read_times(cursor)
    if len(times) == 1 and not times[0].dated and times[0].shape in _TAKES_YEAR_BEFORE:
        return times[0]
    cursor.at = start
    return None


def _fraction(cursor: Cursor) -> Times:
    token = cursor.take()
    number, year = token.value
    doubt = Problem(doubts.MEETING_NUMBER, {"words": token.text})
    return (Atom(Shape.MONTH, token.text, number, year=year, doubts=(doubt,)),)


def _fractions(cursor: Cursor) -> Times:
    token = cursor.take()
    first, last, year = token.value
    return tuple(Atom(Shape.MONTH, token.text, number, year=year) for number in (first, last))


def _term(cursor: Cursor) -> Times:
    atom = _two_years(cursor, Atom(Shape.TERM, cursor.take().text))
    return (atom,)


def _school_year(cursor: Cursor) -> Times:
    """Read "lukuvuosi 2024–2025"; years that do not follow each other are no school year."""
    atom = _two_years(cursor, Atom(Shape.SCHOOL_YEAR, cursor.take().text))
    if atom.year is None or atom.last_year not in (None, atom.year + 1):
        return ()
    return (atom,)


def _two_years(cursor: Cursor, atom: Atom) -> Atom:
    if cursor.role() is Role.ATOM:
        times: Times = cursor.word().value
        if [part.shape for part in times] == [Shape.YEAR, Shape.YEAR]:
            cursor.take()
            return replace(atom, year=times[0].year, last_year=times[1].year)
    if cursor.role() is not Role.YEAR:
        return atom
    atom = replace(atom, year=cursor.take().value)
    if cursor.role() in (Role.DASH, Role.SLASH) and cursor.role(1) is Role.YEAR:
        cursor.take()
        atom = replace(atom, last_year=cursor.take().value)
    return atom


def _relative(cursor: Cursor) -> Times:
    """Read "ensi vuonna", "kuluvan vuoden syksyllä", "seuraavan valtuustokauden"."""
    start = cursor.at
    relative = cursor.take().value
    if cursor.is_unit(Unit.YEAR):
        cursor.take()
        within = _time_within_year(cursor) or Atom(Shape.YEAR, "")
        return (replace(within, relative_year=relative, text=cursor.text(start)),)
    times = read_times(cursor)
    if len(times) != 1 or times[0].dated or times[0].shape not in (Shape.TERM, Shape.SEASON, Shape.MONTH):
        return ()
    return (replace(times[0], relative=relative, text=cursor.text(start)),)


def _weekday(cursor: Cursor) -> Times:
    weekday = cursor.take()
    cursor.skip(*FILLERS)
    times = read_times(cursor)
    if not times or times[0].shape is not Shape.DAY:
        return ()
    return replace(times[0], weekday=weekday.value), *times[1:]


_READERS = {
    Role.ATOM: _complete,
    Role.MONTH: _month,
    Role.SEASON: _season,
    Role.NUMBER: _number,
    Role.ORDINAL: _number,
    Role.PER: _roman,
    Role.UNIT: _unit,
    Role.YEAR: _year,
    Role.FRACTION: _fraction,
    Role.FRACTIONS: _fractions,
    Role.TERM: _term,
    Role.SCHOOL_YEAR: _school_year,
    Role.RELATIVE: _relative,
    Role.WEEKDAY: _weekday,
}

"""One time as written, perhaps without its year, and the days it covers once the year is known."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from portfolio.core.problem import Problem
from portfolio.core.timespan import context as units
from portfolio.core.timespan import doubts
from portfolio.core.timespan.context import Context, Season, Span
from portfolio.core.timespan.doubts import Unreadable
from portfolio.core.timespan.value import Precision


class Shape(Enum):
    """What kind of time is written."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()
    QUARTER = auto()
    HALF = auto()
    SEASON = auto()
    YEAR = auto()
    SCHOOL_YEAR = auto()
    TERM = auto()


@dataclass(frozen=True, slots=True)
class Atom:
    """One time as written.

    `number` is the month of a day or month, else the number of the week, quarter or half; `relative` is -1, 0 or 1 for
    last, this and next, and `last_year` the second year of a council term.
    """

    shape: Shape
    text: str
    number: int = 0
    day: int = 0
    year: int | None = None
    last_year: int | None = None
    season: Season | None = None
    relative: int | None = None
    relative_year: int | None = None
    weekday: int | None = None
    doubts: tuple[Problem, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether the words tell the year, be it by the document's date."""
        return self.year is not None or self.relative is not None or self.relative_year is not None

    @property
    def bare_term(self) -> bool:
        """Whether this is a council term that is named without years ("in the next council term")."""
        return self.shape is Shape.TERM and self.year is None


def resolve(atom: Atom, year: int, context: Context) -> Span:
    """Give the days of an atom in a year; Unreadable when there are no such days."""
    try:
        return _span(atom, year, context)
    except ValueError:
        if atom.shape is Shape.WEEK:
            raise Unreadable(Problem(doubts.IMPOSSIBLE_WEEK, {"year": year, "week": atom.number})) from None
        raise Unreadable(Problem(doubts.IMPOSSIBLE_DATE, {"words": atom.text})) from None


def _span(atom: Atom, year: int, context: Context) -> Span:
    if atom.shape is Shape.DAY:
        day = date(year, atom.number, atom.day)
        return Span(day, day, Precision.DAY)
    if atom.season is not None:
        return context.season(atom.season, year)
    if atom.shape is Shape.TERM:
        return _term(atom, year, context)
    if atom.shape is Shape.YEAR:
        return units.whole_year(year)
    if atom.shape is Shape.SCHOOL_YEAR:
        return units.school_year(year)
    return _NUMBERED[atom.shape](year, atom.number)


_NUMBERED = {
    Shape.WEEK: units.week,
    Shape.MONTH: units.month,
    Shape.QUARTER: units.quarter,
    Shape.HALF: units.half,
}


def _term(atom: Atom, year: int, context: Context) -> Span:
    if atom.bare_term:
        if context.document_date is None:
            raise Unreadable(Problem(doubts.DOCUMENT_DATE_MISSING, {"words": atom.text}))
        term = context.term(atom.relative or 0)
    else:
        term = context.term_of_years(year, atom.last_year)
    if term is None:
        raise Unreadable(Problem(doubts.UNKNOWN_TERM))
    return Span(term[0], term[1], Precision.TERM)

"""Years for the times that are written without one: borrowed from a neighbour, or proposed from the document's date."""

from datetime import date
from typing import NamedTuple

from portfolio.core.problem import Problem
from portfolio.core.timespan import doubts
from portfolio.core.timespan.atoms import Atom, Shape, resolve
from portfolio.core.timespan.context import FIRST_YEAR, LAST_YEAR, Context, Span
from portfolio.core.timespan.doubts import Unreadable
from portfolio.core.timespan.value import LEAP_YEAR


class Dated(NamedTuple):
    """The days of some times, in the order of the text, and what must be confirmed about them."""

    spans: list[Span]
    problems: list[Problem]


def date_all(atoms: list[Atom], context: Context) -> Dated:
    """Give the days of all times; a missing year comes from the next time that has one, else from the one before."""
    if not any(atom.dated for atom in atoms):
        return _date_from_document(atoms, context)
    problems = [problem for atom in atoms for problem in atom.doubts]
    spans = []
    for position, atom in enumerate(atoms):
        lender = next((other for other in (*atoms[position:], *reversed(atoms[:position])) if other.dated), atom)
        span, found = _date_one(atom, _year(lender, context), context)
        spans.append(span)
        problems.extend(found)
    return Dated(spans, problems)


def date_any_year(atoms: list[Atom], context: Context) -> list[Span]:
    """Give the days of times without years in a leap year, for what recurs yearly."""
    if any(atom.shape is Shape.WEEK for atom in atoms):
        raise Unreadable(Problem(doubts.UNCLEAR_KIND))
    return [resolve(atom, LEAP_YEAR, context) for atom in atoms]


def _date_from_document(atoms: list[Atom], context: Context) -> Dated:
    if context.document_date is None:
        raise Unreadable(Problem(doubts.YEAR_MISSING))
    problems = [problem for atom in atoms for problem in atom.doubts]
    year = _year_of_weekdays(atoms, context.document_date.year)
    confirmed = year is not None and year == context.document_date.year
    if year is None:
        year = context.document_date.year
    spans = []
    for atom in atoms:
        span, found = _date_one(atom, year, context)
        spans.append(span)
        problems.extend(found)
    if all(atom.bare_term for atom in atoms):
        known = {"words": atoms[0].text, "date": context.document_date}
        problems.append(Problem(doubts.RELATIVE_TO_DOCUMENT, known))
    elif not (confirmed and all(atom.weekday for atom in atoms)):
        problems.append(Problem(doubts.YEAR_ASSUMED, {"year": str(year)}))
    return Dated(spans, problems)


def _year_of_weekdays(atoms: list[Atom], document_year: int) -> int | None:
    """Give the year nearest the document's in which the written days of the week are right; None when none are."""
    written = [atom for atom in atoms if atom.weekday]
    for year in (document_year, document_year + 1, document_year - 1):
        if written and all(_falls_on(atom, year) for atom in written):
            return year
    return None


def _falls_on(atom: Atom, year: int) -> bool:
    try:
        return date(year, atom.number, atom.day).isoweekday() == atom.weekday
    except ValueError:
        return False


def _year(atom: Atom, context: Context) -> int:
    """Give the year that an atom tells, be it "this year" or "next autumn"."""
    if atom.year is not None:
        if not FIRST_YEAR <= atom.year <= LAST_YEAR:
            raise Unreadable(Problem(doubts.IMPOSSIBLE_DATE, {"words": atom.text}))
        return atom.year
    if context.document_date is None:
        raise Unreadable(Problem(doubts.DOCUMENT_DATE_MISSING, {"words": atom.text}))
    if atom.relative_year is not None:
        return context.document_date.year + atom.relative_year
    return _nearest_year(atom, context.document_date, context)


def _nearest_year(atom: Atom, today: date, context: Context) -> int:
    """Give the year of the last, this or next season or month, seen from a day."""
    if atom.relative == 1:
        return today.year if resolve(atom, today.year, context).start > today else today.year + 1
    if atom.relative == -1:
        return today.year if resolve(atom, today.year, context).end < today else today.year - 1
    return today.year


def _date_one(atom: Atom, year: int, context: Context) -> tuple[Span, list[Problem]]:
    span = resolve(atom, year, context)
    problems = []
    if atom.weekday and span.start.isoweekday() != atom.weekday:
        problems.append(Problem(doubts.WEEKDAY_DIFFERS, {"date": span.start}))
    if atom.relative_year is not None or (atom.relative is not None and not atom.bare_term):
        known = {"words": atom.text, "date": context.document_date}
        problems.append(Problem(doubts.RELATIVE_TO_DOCUMENT, known))
    return span, problems

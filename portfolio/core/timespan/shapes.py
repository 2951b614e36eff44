"""Times that are told by the shape of their digits, such as 31.12.2024, 2024-05, Q3/2025 and 1-3/2024."""

import re
from collections.abc import Callable

from portfolio.core.problem import Problem
from portfolio.core.timespan import doubts
from portfolio.core.timespan.atoms import Atom, Shape
from portfolio.core.timespan.context import FIRST_YEAR, LAST_YEAR
from portfolio.core.timespan.lexicon import Role, Word

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MALFORMED = Word(Role.MALFORMED)

_NUMERAL = re.compile(r"[0-9]+")
_LAST_MONTH = 12
_CENTURY_PIVOT = 70  # two digits up to this are a year of the 2000s

PATTERNS = r"""
    (?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?![0-9])
  | (?P<short>[0-9]{4}[-/][0-9]{2})(?![0-9./])
  | (?P<date>[0-9]{1,2}\.\ ?[0-9]{1,2}(?:\.\ ?|\ )[0-9]{4})(?![0-9])
  | (?P<shortdate>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2})(?![^\s\-,;)?.])
  | (?P<slashdate>[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})(?![0-9])
  | (?P<dotmonth>[0-9]{1,2}\.[0-9]{4})(?![0-9])
  | (?P<malformed>[0-9]{1,2}[.,]{1,2}[0-9]{1,2}[.,]{1,2}[^\s\-,;()/]*[0-9][^\s\-,;()/]*)
  | (?P<daymonth>[0-9]{1,2}\.[0-9]{1,2})(?:\.|(?![0-9.,]))
  | (?P<fractions>[0-9]{1,2}\ ?-\ ?[0-9]{1,2}\ ?/\ ?[0-9]{4})(?![0-9])
  | (?P<fraction>[0-9]{1,2}\ ?/\ ?[0-9]{4})(?![0-9])
  | (?P<romans>(?:iv|i{1,3})(?:\ ?-\ ?(?:iv|i{1,3}))?\ ?/\ ?[0-9]{4})(?![0-9])
  | (?P<quarters>q[1-4]-[1-4](?:\ ?/\ ?|\ )[0-9]{4})(?![0-9])
  | (?P<lettered>(?:q[1-4]|h[12])(?:(?:\ ?/\ ?|-|\ )[0-9]{4})?)(?![0-9])
  | (?P<year>[0-9]{4})(?![0-9])
  | (?P<number>[0-9]{1,3})(?:\.(?![0-9])|st\b|nd\b|rd\b|th\b|:[a-zåäö]+\b)?(?![0-9]|[.,+][0-9])
  | (?P<digits>[0-9](?:[0-9.,:+/]*[0-9])?)
"""
"""Longer shapes stand before those they begin with; whatever else holds digits is malformed."""


def shaped(name: str, text: str) -> Word:
    """Give the meaning of a text that matched the pattern of this name."""
    return _READERS[name](text, [int(numeral) for numeral in _NUMERAL.findall(text)])


def _atoms(*atoms: Atom) -> Word:
    return Word(Role.ATOM, atoms)


def _iso(text: str, numbers: list[int]) -> Word:
    year, month, day = numbers
    return _atoms(Atom(Shape.DAY, text, month, day, year))


def _short(text: str, numbers: list[int]) -> Word:
    """Read 2024-05 as a month and 2024-25 as two years; 2010-12 may be either."""
    year, rest = numbers
    later = rest > year % 100
    if "-" in text and 1 <= rest <= _LAST_MONTH:
        unclear = (Problem(doubts.MONTH_OR_YEARS, {"words": text}),) if later else ()
        return _atoms(Atom(Shape.MONTH, text, rest, year=year, doubts=unclear))
    if not later:
        return MALFORMED
    last = year - year % 100 + rest
    doubt = Problem(doubts.TWO_DIGIT_YEAR, {"words": text, "year": last})
    return _atoms(Atom(Shape.YEAR, text, year=year), Atom(Shape.YEAR, text, year=last, doubts=(doubt,)))


def _date(text: str, numbers: list[int]) -> Word:
    day, month, year = numbers
    return _atoms(Atom(Shape.DAY, text, month, day, year))


def _short_date(text: str, numbers: list[int]) -> Word:
    day, month, digits = numbers
    year = digits + (2000 if digits <= _CENTURY_PIVOT else 1900)
    doubt = Problem(doubts.TWO_DIGIT_YEAR, {"words": text, "year": year})
    return _atoms(Atom(Shape.DAY, text, month, day, year, doubts=(doubt,)))


def _slash_date(text: str, numbers: list[int]) -> Word:
    day, month, year = numbers
    unclear = day <= _LAST_MONTH and month <= _LAST_MONTH and day != month
    problems = (Problem(doubts.DAY_OR_MONTH_FIRST, {"words": text}),) if unclear else ()
    return _atoms(Atom(Shape.DAY, text, month, day, year, doubts=problems))


def _dot_month(text: str, numbers: list[int]) -> Word:
    return _atoms(Atom(Shape.MONTH, text, numbers[0], year=numbers[1]))


def _day_month(text: str, numbers: list[int]) -> Word:
    return _atoms(Atom(Shape.DAY, text, numbers[1], numbers[0]))


def _romans(text: str, numbers: list[int]) -> Word:
    quarters = (ROMAN[roman] for roman in re.findall("i[iv]*", text))
    return _atoms(*(Atom(Shape.QUARTER, text, quarter, year=numbers[-1]) for quarter in quarters))


def _quarters(text: str, numbers: list[int]) -> Word:
    first, last, year = numbers
    return _atoms(*(Atom(Shape.QUARTER, text, quarter, year=year) for quarter in (first, last)))


def _lettered(text: str, numbers: list[int]) -> Word:
    shape = Shape.QUARTER if text.startswith("q") else Shape.HALF
    return _atoms(Atom(shape, text, numbers[0], year=numbers[1] if numbers[1:] else None))


def _year(_text: str, numbers: list[int]) -> Word:
    return Word(Role.YEAR, numbers[0]) if FIRST_YEAR <= numbers[0] <= LAST_YEAR else MALFORMED


_READERS: dict[str, Callable[[str, list[int]], Word]] = {
    "iso": _iso,
    "short": _short,
    "date": _date,
    "shortdate": _short_date,
    "slashdate": _slash_date,
    "dotmonth": _dot_month,
    "daymonth": _day_month,
    "romans": _romans,
    "quarters": _quarters,
    "lettered": _lettered,
    "year": _year,
    "number": lambda _text, numbers: Word(Role.NUMBER, numbers[0]),
    "fraction": lambda _text, numbers: Word(Role.FRACTION, tuple(numbers)),
    "fractions": lambda _text, numbers: Word(Role.FRACTIONS, tuple(numbers)),
    "malformed": lambda _text, _numbers: MALFORMED,
    "digits": lambda _text, _numbers: MALFORMED,
}

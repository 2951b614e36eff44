"""What a word may do in a time phrase, and how a language's words are listed."""

from enum import Enum, auto
from typing import Any, NamedTuple


class Role(Enum):
    """The part a word plays; its value is given after the dash."""

    ATOM = auto()  # – Atom: a time that is complete as written, such as 31.12.2024
    MONTH = auto()  # – 1–12
    SEASON = auto()  # – Season
    YEAR = auto()  # – four digits
    NUMBER = auto()  # – a number, "3" or "three"
    ORDINAL = auto()  # – "third"
    FRACTION = auto()  # – (number, year) as in 2/2021: a month, week, quarter or meeting number
    FRACTIONS = auto()  # – (first, last, year) as in 1-3/2024
    UNIT = auto()  # – Unit: "year", "week": names a number or measures a rhythm
    SCHOOL_YEAR = auto()
    TERM = auto()
    FISCAL = auto()  # the operating year, which ends on 31 December
    RELATIVE = auto()  # – -1 last, 0 this, 1 next
    WEEKDAY = auto()  # – 1–7 from Monday
    MARK = auto()  # – Side: tells how the time beside it binds
    ONGOING = auto()
    FIXED_TERM = auto()
    NOW = auto()
    TENTATIVE = auto()
    APPROXIMATE = auto()
    AT_LEAST = auto()
    RHYTHM = auto()  # – Cadence: "weekly"
    SEASONAL = auto()  # – Season: "every autumn" in one word
    TIMES = auto()  # – how many times, or None after a number: "once", "times"
    PER = auto()
    EVERY = auto()  # – 1, or 2 for "every other" in one word
    APART = auto()  # "two weeks apart"
    AND = auto()
    OR = auto()
    DASH = auto()
    COMMA = auto()
    SLASH = auto()
    NOISE = auto()  # says nothing about when: "meeting", "in"
    MALFORMED = auto()  # digits that look like a date but are none
    UNKNOWN = auto()


class Mark(Enum):
    """How a time binds, as a word beside it tells."""

    BY = auto()
    UNTIL = auto()
    FROM = auto()
    START = auto()
    END = auto()
    AFTER = auto()
    BEFORE = auto()
    BETWEEN = auto()
    AT_START = auto()
    AT_END = auto()
    AT_MIDDLE = auto()


class Side(Enum):
    """On which side of its word the time stands that a mark belongs to, unless only the other side has one."""

    LEFT = auto()
    RIGHT = auto()


class Unit(Enum):
    """What can be numbered or counted."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()
    QUARTER = auto()
    HALF = auto()
    YEAR = auto()


class Word(NamedTuple):
    """One meaning of a word: its role, its value, the marks it carries, and whether it names a part of its season."""

    role: Role
    value: Any = None
    marks: frozenset[Mark] = frozenset()
    part: bool = False


Vocabulary = dict[str, Word]


def listed(words: str, role: Role, value: Any = None, *marks: Mark, part: bool = False) -> Vocabulary:
    """Give one meaning to every word of a blank-separated list."""
    return dict.fromkeys(words.split(), Word(role, value, frozenset(marks), part))


def numbered(words: str, role: Role, *marks: Mark) -> Vocabulary:
    """Give the words of a list the values 1, 2, 3, …; forms of one word are joined by a slash."""
    return {
        form: Word(role, number, frozenset(marks))
        for number, forms in enumerate(words.split(), start=1)
        for form in forms.split("/")
    }

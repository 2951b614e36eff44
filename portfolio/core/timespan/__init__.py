"""Finnish, Swedish and English time words to intervals and back, without guessing."""

from portfolio.core.timespan.context import COUNCIL_TERMS, SEASON_LIMITS, Context, Limits, Season
from portfolio.core.timespan.reading import Reading, parse
from portfolio.core.timespan.shifting import Ends, Step, in_words, shift, steps_of
from portfolio.core.timespan.value import EMPTY, Cadence, Kind, MonthDay, Pace, Precision, Timespan, Yearly, unread
from portfolio.core.timespan.writing import format  # noqa: A004 - the package's verb: timespan.format

__all__ = [
    "COUNCIL_TERMS",
    "EMPTY",
    "SEASON_LIMITS",
    "Cadence",
    "Context",
    "Ends",
    "Kind",
    "Limits",
    "MonthDay",
    "Pace",
    "Precision",
    "Reading",
    "Season",
    "Step",
    "Timespan",
    "Yearly",
    "format",
    "in_words",
    "parse",
    "shift",
    "steps_of",
    "unread",
]

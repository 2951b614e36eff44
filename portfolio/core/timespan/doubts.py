"""Why a time must be confirmed or could not be read, as msgids; parameters stand in them by name."""

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.timespan.value import Timespan

YEAR_ASSUMED = N_("No year is written; %(year)s is proposed from the date of the document.")
YEAR_MISSING = N_("No year is written, and there is no document date to take it from.")
DOCUMENT_DATE_MISSING = N_('"%(words)s" depends on the date of the document, which is not known.')
RELATIVE_TO_DOCUMENT = N_('"%(words)s" is reckoned from the date of the document, %(date)s.')
CUT_AT_DOCUMENT = N_("The words look back from the date of the document, so the interval ends there: %(date)s.")
MEETING_NUMBER = N_('"%(words)s" may be a month or the number of a meeting.')
TWO_DIGIT_YEAR = N_('The year of "%(words)s" is written with two digits; %(year)s is proposed.')
MONTH_OR_YEARS = N_('"%(words)s" may be a month or a range of years.')
DAY_OR_MONTH_FIRST = N_('"%(words)s" does not tell which number is the month; the day is taken to stand first.')
WEEKDAY_DIFFERS = N_("The day of the week does not fit %(date)s.")
PART_OF_SEASON = N_('"%(words)s" names a part that has no agreed limits; the whole is proposed.')
SEVERAL_TIMES = N_("Several times are written; the interval from the first to the last is proposed.")
FIXED_TERM_WITHOUT_END = N_("A fixed term has an end, but none is written.")
UNCLEAR_KIND = N_("The words can be understood in more than one way.")
IMPOSSIBLE_DATE = N_('There is no such time as "%(words)s".')
IMPOSSIBLE_WEEK = N_("The year %(year)s has no week %(week)s.")
UNKNOWN_TERM = N_("This council term is not among the council terms of the municipality.")
END_BEFORE_START = N_("The end %(end)s is before the start %(start)s.")
MALFORMED_DATE = N_('"%(words)s" is not written as a date.')
UNKNOWN_WORDS = N_('Not understood: "%(words)s".')
NOT_A_TIME = N_("No time was found in these words.")
TOO_LONG = N_("These words are too many to be a time.")


class Unreadable(Exception):  # noqa: N818 - it ends the reading of one text, and never leaves this package
    """The words cannot be read as a time, though another time may be meant."""

    def __init__(self, problem: Problem, proposal: Timespan | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.proposal = proposal

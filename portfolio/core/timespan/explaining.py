"""What a timespan was understood as, said back to the person who wrote it; and when it falls due."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from portfolio.core.language import N_, format_date, say
from portfolio.core.problem import Problem
from portfolio.core.timespan.context import Context
from portfolio.core.timespan.naming import EN_DASH, Namer
from portfolio.core.timespan.value import MISSING, Kind, Precision, Timespan
from portfolio.core.timespan.wording import WORDINGS
from portfolio.core.timespan.writing import between, format  # noqa: A004 - the package's verb

KNOWN_TO = MappingProxyType(
    {
        Precision.DAY: N_("known to the day"),
        Precision.MONTH: N_("known to the month"),
        Precision.QUARTER: N_("known to the quarter"),
        Precision.SEASON: N_("known to the season"),
        Precision.HALF: N_("known to the half-year"),
        Precision.YEAR: N_("known to the year"),
        Precision.TERM: N_("known to the council term"),
    }
)
NOT_READ = N_("kept as written, not read as a time")
AT_THE_LATEST = N_("at the latest on %(date)s")
FROM_THEN_ON = N_("from %(date)s onwards")
UNTIL_FURTHER_NOTICE = N_("until further notice")
END_NOT_KNOWN = N_("the end is not known")
TENTATIVE = N_("tentative")
TWO_PRECISIONS = N_("start %(start)s, end %(end)s")

_CONTEXT = Context()


def explain(timespan: Timespan, language: str) -> str:
    """Say what was understood: "1.8.–31.12.2026, vuodenajan tarkkuus"; empty for no words."""
    if not timespan:
        return ""
    parts = [_meaning(timespan, language), _precision(timespan, language)]
    if timespan.tentative:
        parts.append(say(TENTATIVE, language))
    return ", ".join(filter(None, parts))


def interval_text(timespan: Timespan, language: str) -> str:
    """Write the interval's days: "1.8.–31.12.2026", "–31.5.2025", "1.6.2025–"; empty when there are none."""
    if timespan.start is None or timespan.end is None:
        start = format_date(timespan.start, language) if timespan.start else ""
        end = format_date(timespan.end, language) if timespan.end else ""
        return f"{start}{EN_DASH}{end}" if start or end else ""
    if timespan.start == timespan.end:
        return format_date(timespan.start, language)
    namer = Namer(WORDINGS[language], language, _CONTEXT)
    return between(namer.day(timespan.start), namer.day(timespan.end))


def sort_date(timespan: Timespan) -> date:
    """Give the day by which times are listed in order: the end, else the start; what has neither comes last."""
    return timespan.end or timespan.start or date.max


def is_late(timespan: Timespan, today: date) -> bool:
    """Tell whether the time has passed: only what has a known end falls due, and what recurs or goes on never does."""
    return timespan.kind in (Kind.BY, Kind.DURING) and timespan.end is not None and timespan.end < today


def _meaning(timespan: Timespan, language: str) -> str:
    if timespan.kind is Kind.UNREAD:
        return say(NOT_READ, language)
    if timespan.cadence:
        return _rhythm_in_days(timespan, language)
    if timespan.kind is Kind.BY and timespan.end:
        return say(AT_THE_LATEST, language, date=timespan.end)
    beginning = say(FROM_THEN_ON, language, date=timespan.start) if timespan.start and not timespan.end else ""
    if timespan.kind is Kind.ONGOING:
        return " ".join(filter(None, (beginning, say(UNTIL_FURTHER_NOTICE, language))))
    return beginning or interval_text(timespan, language) or say(END_NOT_KNOWN, language)


def _rhythm_in_days(timespan: Timespan, language: str) -> str:
    """Write a repetition with its bounds and its time of the year as days."""
    cadence = timespan.cadence
    if cadence and cadence.yearly:
        cadence = replace(cadence, yearly=replace(cadence.yearly, precision=Precision.DAY))
    return format(
        replace(
            timespan,
            words="",
            tentative=False,
            cadence=cadence,
            start_precision=_day_if_known(timespan.start_precision),
            end_precision=_day_if_known(timespan.end_precision),
        ),
        language,
    )


def _day_if_known(precision: Precision) -> Precision:
    return precision if precision in MISSING else Precision.DAY


def _precision(timespan: Timespan, language: str) -> str:
    """Tell how exactly the ends are known, once when both are known alike."""
    known = [KNOWN_TO[one] for one in (timespan.start_precision, timespan.end_precision) if one not in MISSING]
    if timespan.cadence and timespan.cadence.yearly and not known:
        known = [KNOWN_TO[timespan.cadence.yearly.precision]]
    if len(set(known)) < 2:  # noqa: PLR2004 - two ends
        return say(known[0], language) if known else ""
    return say(TWO_PRECISIONS, language, start=Problem(known[0]), end=Problem(known[1]))

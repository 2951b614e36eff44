"""Jinja filters: values written in the page's language; what is not there is said in grey words, never left empty."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from jinja2 import Environment
from markupsafe import Markup
from wtforms import Field, FieldList, FormField
from wtforms.form import BaseForm

from portfolio.core.language import HELSINKI, N_, format_date, format_datetime, format_number, format_percent, say
from portfolio.core.money import NOT_KNOWN, format_appropriation, format_money
from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.web.language import current_language

EXACTNESS = MappingProxyType(
    {
        Precision.MONTH: N_("to the month"),
        Precision.QUARTER: N_("to the quarter"),
        Precision.SEASON: N_("to the season"),
        Precision.HALF: N_("to the half-year"),
        Precision.YEAR: N_("to the year"),
        Precision.TERM: N_("to the council term"),
    }
)
"""How exactly a time is known, the finest first; a day needs no words."""


WITHOUT_DAYS = MappingProxyType(
    {
        **dict.fromkeys(Kind, NOT_KNOWN),
        Kind.ONGOING: N_("ongoing"),
        Kind.RECURRING: N_("recurring"),
        Kind.UNREAD: N_("could not be read as a time"),
    }
)
"""What is said of a time that has no day at either end."""


class FieldError(NamedTuple):
    """One thing to mend in a form: the control's id (None for the whole form), its label, and what is wrong."""

    id: str | None
    label: str
    words: str


def register_filters(env: Environment) -> None:
    """Add every filter of this module to a Jinja environment; all but flat_errors write None as grey words."""
    env.filters.update(
        date=_written(_format_day),
        datetime=_written(format_datetime),
        number=_written(format_number),
        percent=_written(format_percent),
        money=_written(format_money),
        million=_written(_format_million),
        timespan=_written(_format_timespan),
        interval=_written(interval_words),
        appropriation=appropriation,
        unknown=unknown,
        flat_errors=flat_errors,
    )


def grey(words: str) -> Markup:
    """Words for what is not there, marked so that the eye passes over them."""
    return Markup('<span class="unknown">{}</span>').format(words)


def unknown(value: object) -> object:
    """Give the value itself, or grey words where it is None or an empty text; 0 and False are values."""
    return grey(say(NOT_KNOWN, current_language())) if value is None or value == "" else value


def appropriation(amount: Decimal | None) -> str:
    """One item's own money: an explicit zero is "no separate appropriation", None is "not known" (requirement 135)."""
    words = format_appropriation(amount, current_language())
    return words if amount else grey(words)


def interval_words(span: Timespan, language: str) -> str:
    """Say what the words of a time were read as: "1.1.2023–31.12.2025, vuoden tarkkuus".

    The coarser end's precision is told, since a reader must not take either end for a promised day.
    """
    known = [precision for precision in EXACTNESS if precision in {span.start_precision, span.end_precision}]
    parts = [_ends(span, language), *(say(EXACTNESS[precision], language) for precision in known[-1:])]
    return ", ".join([*parts, say("not certain", language)] if span.tentative else parts)


def flat_errors(form: BaseForm) -> list[FieldError]:
    """Every error of a form in the order of its fields, nested forms and lists included, then the whole form's."""
    errors = [error for field in form for error in _errors_of(field)]
    return errors + [FieldError(None, "", str(words)) for words in getattr(form, "form_errors", ())]


def _errors_of(field: Field) -> Iterator[FieldError]:
    if isinstance(field, FormField):
        yield from flat_errors(field.form)
    elif isinstance(field, FieldList):
        for entry in field:
            yield from _errors_of(entry)
        yield from _own_errors(field, (words for words in field.errors if isinstance(words, str)))
    else:
        yield from _own_errors(field, field.errors)


def _own_errors(field: Field, errors: Iterable[object]) -> Iterator[FieldError]:
    for words in errors:
        yield FieldError(field.id, str(field.label.text), str(words))


def _written(write: Callable[..., str]) -> Callable[..., str]:
    """Make a filter of a function that takes a value and a language: None is written as grey words."""

    def filter_(value: Any, *arguments: object) -> str:
        language = current_language()
        return grey(say(NOT_KNOWN, language)) if value is None else write(value, language, *arguments)

    return filter_


def _format_day(day: date, language: str) -> str:
    """Write a date, or the day in Helsinki of a moment; a moment without a zone is UTC."""
    if isinstance(day, datetime):
        day = (day if day.tzinfo else day.replace(tzinfo=UTC)).astimezone(HELSINKI).date()
    return format_date(day, language)


def _format_timespan(span: Timespan, language: str) -> str:
    """Write a time as its planner wrote it; one without words as its interval, an empty one as "not known"."""
    if not span:
        return grey(say(NOT_KNOWN, language))
    return span.words or interval_words(span, language)


def _ends(span: Timespan, language: str) -> str:
    match span:
        case Timespan(start=date() as start, end=date() as end):
            days = dict.fromkeys(format_date(day, language) for day in (start, end))
            return "–".join(days)
        case Timespan(start=date() as start):
            return say("from %(day)s", language, day=start)
        case Timespan(end=date() as end):
            return say("by %(day)s", language, day=end)
    return say(WITHOUT_DAYS[span.kind], language)


def _format_million(amount: Decimal, language: str) -> str:
    """Write a lane's sum: "2,1 milj. €"."""
    return format_money(amount, language, "meur")

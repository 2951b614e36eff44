"""Catalogues, dates and numbers in Finnish, Swedish and English, without Flask; the language is always an argument."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.support import NullTranslations, Translations

from portfolio.core.problem import Problem

LANGUAGES = ("fi", "sv", "en")
HELSINKI = ZoneInfo("Europe/Helsinki")
NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

_CATALOGUES = Path(__file__).parent.parent / "translations"
_MONTHS = {
    "fi": (
        *("tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu", "kesäkuu"),
        *("heinäkuu", "elokuu", "syyskuu", "lokakuu", "marraskuu", "joulukuu"),
    ),
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def N_(msgid: str) -> str:
    """Mark a msgid for extraction and give it back as it is."""
    return msgid


def say(msgid: str, language: str, /, **params: object) -> str:
    """Translate a msgid and fill in its `%(name)s` parameters; what has no translation stays in English.

    Dates, times, decimals and problems among the parameters are written in the same language; other values as they are.
    """
    return _fill(_catalogue(language).gettext(msgid), language, params)


def say_plural(singular: str, plural: str, n: int, language: str, /, **params: object) -> str:
    """Translate the form that fits n, which the msgids may show as `%(num)s`."""
    return _fill(_catalogue(language).ngettext(singular, plural, n), language, {"num": n, **params})


def say_problem(problem: Problem, language: str) -> str:
    """Write a problem as a sentence, without its place."""
    return say(problem.msgid, language, **problem.params)


def in_language(finnish: str | None, swedish: str | None, language: str) -> str:
    """Give what people wrote in two languages: Swedish where it is asked for and written, else Finnish."""
    return (swedish or finnish or "") if language == "sv" else (finnish or swedish or "")


def format_date(day: date, language: str) -> str:
    """Write a day: 31.12.2024 in Finnish and Finland-Swedish, 31 Dec 2024 in English."""
    if language == "en":
        return f"{day.day} {_MONTHS['en'][day.month - 1][:3]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def format_time(moment: datetime, language: str) -> str:
    """Write the time of day in Helsinki: klo 14.30, kl. 14.30, 14:30; a moment without a zone is taken as UTC."""
    local = _in_helsinki(moment)
    if language == "en":
        return f"{local.hour}:{local.minute:02}"
    return f"{'kl.' if language == 'sv' else 'klo'}{NO_BREAK}{local.hour}.{local.minute:02}"


def format_datetime(moment: datetime, language: str) -> str:
    """Write a moment as Helsinki's day and time; a moment without a zone is taken as UTC."""
    day = format_date(_in_helsinki(moment).date(), language)
    return f"{day}{',' if language == 'en' else ''} {format_time(moment, language)}"


def format_number(number: Decimal | float, language: str) -> str:
    """Write a number with no-break spaces between thousands (in every language) and the language's decimal mark."""
    grouped = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    whole, _, decimals = grouped.partition(".")
    mark = "." if language == "en" else ","
    text = whole.replace(",", NO_BREAK) + (mark + decimals if decimals else "")
    return text.replace("-", MINUS)


def format_percent(percent: Decimal | float, language: str) -> str:
    """Write a percentage given in per cent: 12 is "12 %", in English "12%"."""
    return format_number(percent, language) + ("" if language == "en" else NO_BREAK) + "%"


def month_name(month: int, language: str) -> str:
    """Name a month, 1–12: "tammikuu", "januari", "January"."""
    return _MONTHS[language][month - 1]


def quarter(number: int, language: str) -> str:
    """Name a quarter, 1–4, without its year: "3. neljännes", "kvartal 3", "Q3"."""
    return {"fi": f"{number}. neljännes", "sv": f"kvartal {number}"}.get(language, f"Q{number}")


@lru_cache(maxsize=8)
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(_CATALOGUES, [language], "messages")


def _fill(text: str, language: str, params: dict[str, object]) -> str:
    return text % {name: _written(value, language) for name, value in params.items()} if params else text


def _written(value: object, language: str) -> object:
    if isinstance(value, Problem):
        return say_problem(value, language)
    if isinstance(value, datetime):
        return format_datetime(value, language)
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, Decimal):
        return format_number(value, language)
    return value


def _in_helsinki(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(HELSINKI)

"""A setting that is a list, written one thing a line, and how such lines are read and written."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from wtforms import Field
from wtforms.widgets import TextArea

from portfolio.core.language import LANGUAGES, N_, say
from portfolio.core.timespan.context import Season
from portfolio.web.language import current_language, gettext

LINE_UNREAD = N_('The line "%(line)s" cannot be read.')
SEASONS = {
    Season.SPRING: N_("spring"),
    Season.SUMMER: N_("summer"),
    Season.AUTUMN: N_("autumn"),
    Season.EARLY_YEAR: N_("early in the year"),
    Season.LATE_YEAR: N_("late in the year"),
    Season.LATE_SPRING: N_("late spring"),
    Season.SPRING_PERIOD: N_("spring period"),
    Season.AUTUMN_PERIOD: N_("autumn period"),
}
"""What the seasons are called in the settings."""

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})\.(\d{1,2})\.(?!\d)")


class LinesField(Field):
    """A list of settings, one a line; an empty one is None, which leaves the defaults in force.

    ``read`` makes a part of a line or raises ValueError, ``write`` the reverse; ``whole`` makes the value of the
    parts, and ``parts`` the reverse.
    """

    widget = TextArea()  # type: ignore[assignment] # the stubs tie this widget to StringField; it asks for _value alone

    def __init__(
        self,
        *given: Any,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
        whole: Callable[[list[Any]], Any] = list,
        parts: Callable[[Any], Any] = list,
        **options: Any,
    ) -> None:
        """Make the field; templates draw it as any text area."""
        super().__init__(*given, **options)
        self.type = "TextAreaField"
        self._read, self._write, self._whole, self._parts = read, write, whole, parts

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self._write(one) for one in self._parts(self.data or ()))

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read every line, and name the first that cannot be read."""
        lines = [line.strip() for line in str(valuelist[0] if valuelist else "").splitlines() if line.strip()]
        found = []
        self.data = None
        for line in lines:
            try:
                found.append(self._read(line))
            except ValueError as error:
                raise ValueError(gettext(LINE_UNREAD, line=line)) from error
        self.data = self._whole(found) if found else None


def read_term(line: str) -> list[str]:
    """Read a council term, "1.8.2021–31.5.2025", as its first and last day."""
    days = [f"{year}-{int(month):02}-{int(day):02}" for day, month, year in _DAY.findall(line)]
    if len(days) != 2:  # noqa: PLR2004 -- a first and a last day
        raise ValueError(line)
    return days


def write_term(term: list[str]) -> str:
    """Write a council term as people do."""
    return "–".join(f"{int(day[8:])}.{int(day[5:7])}.{day[:4]}" for day in term)


def read_level(line: str) -> dict[str, str]:
    """Read the name of a level of units, "Toimiala / Sektor"."""
    finnish, _, swedish = (part.strip() for part in line.partition("/"))
    if not finnish:
        raise ValueError(line)
    return {"fi": finnish, "sv": swedish} if swedish else {"fi": finnish}


def write_level(level: dict[str, str]) -> str:
    """Write the name of a level."""
    return " / ".join(level[language] for language in ("fi", "sv") if level.get(language))


def read_season(line: str) -> tuple[str, list[int]]:
    """Read the limits of a season, "syksy 15.8.–31.12.", in whatever language it is named."""
    days = [int(number) for day, month in _DAY_OF_YEAR.findall(line) for number in (month, day)]
    word = re.split(r"[\d:]", line, maxsplit=1)[0].strip().casefold()
    named = [one for one, words in SEASONS.items() if word in {say(words, language) for language in LANGUAGES}]
    if len(days) != 4 or not named:  # noqa: PLR2004 -- month and day of the first and the last day
        raise ValueError(line)
    return named[0].value, days


def write_season(season: tuple[str, list[int]]) -> str:
    """Write the limits of a season in the page's language."""
    name, (first_month, first_day, last_month, last_day) = season
    words = say(SEASONS[Season(name)], current_language())
    return f"{words} {first_day}.{first_month}.–{last_day}.{last_month}."


def pairs(limits: dict[str, list[int]] | tuple[()]) -> list[tuple[str, list[int]]]:
    """Give the limits of seasons one by one; nothing where the defaults hold."""
    return list(limits.items()) if limits else []

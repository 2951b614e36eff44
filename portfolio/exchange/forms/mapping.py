"""What a person answers on the mapping page: where rows go, and what stands in each column of each sheet.

A sheet's controls are named by its number ("s0_read") and a column's by both ("s0_c3"). Beside each stands, hidden,
what it showed ("…_was") and whether the person had chosen it before ("…_own"): what nobody touched is guessed anew.
What a text of a column means is asked by a control of its own ("s0_v3_0").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portfolio.exchange.columns import AMOUNTS, MONEY, money_field
from portfolio.exchange.columns.words import BUDGET_PART
from portfolio.exchange.guess import ColumnGiven, SheetGiven, SheetGuess
from portfolio.exchange.guess.money import ANY_YEAR
from portfolio.web.fields import DayField, RowField
from portfolio.web.forms import BaseForm
from portfolio.web.language import lazy_gettext

AS_GUESSED, HEADINGS_ONLY = "guess", "none"
"""What a person may answer about the rows between the data, beside the field that they give."""
FIRST_YEAR, LAST_YEAR = 1990, 2099
TALLEST = 3
LONGEST_NUMBER = len("100000")
UNITS = ("eur", "teur", "meur", "fraction", "percent")


class MappingForm(BaseForm):
    """Where the rows go and by which day they are meant; the columns are read by :func:`answers`."""

    portfolio = RowField(lazy_gettext("Portfolio"), description=lazy_gettext("New rows become its items."))
    document_date = DayField(
        lazy_gettext("Date of the file"),
        [InputRequired()],
        description=lazy_gettext("Words such as “this autumn” are meant by it."),
    )
    name = StringField(
        lazy_gettext("Save this mapping as"),
        [Length(max=60)],
        description=lazy_gettext("With a name, the next workbook of the same kind is read without asking."),
    )


def answers(
    posted: Mapping[str, str], sheets: Sequence[str], fields: frozenset[str], sources: Sequence[str]
) -> dict[str, SheetGiven]:
    """Read the answers about sheets, by name; ``fields`` are those that a column may hold, ``sources`` of money."""
    return {
        name: _Answers(posted, f"s{number}_", fields, sources).sheet()
        for number, name in enumerate(sheets)
        if f"s{number}_here" in posted
    }


class _Answers:
    """Reads the controls of one sheet."""

    def __init__(self, posted: Mapping[str, str], prefix: str, fields: frozenset[str], sources: Sequence[str]) -> None:
        self._posted = posted
        self._prefix = prefix
        self._fields = fields
        self._sources = sources

    def sheet(self) -> SheetGiven:
        """Give what was answered about the sheet; a new heading makes the answers about its columns void."""
        first, height = self._number("first"), self._number("height")
        header = (first, first + min(max(height or 1, 1), TALLEST) - 1) if first else None
        was = self._get("header_was")
        moved = header is not None and f"{header[0]}-{header[1]}" != was
        columns = {} if moved else self._columns()
        section = self._get("section")
        if section in (None, AS_GUESSED):
            section = None
        elif section not in self._fields:
            section = ""
        values = self._values()
        return SheetGiven(
            read=self._get("read") == "1" if self._is_own("read", self._get("read") or "0") else None,
            header=header if header and (moved or self._get("header_own")) else None,
            columns=columns,
            section=section,
            values={} if moved else values,
        )

    def _columns(self) -> dict[int, ColumnGiven]:
        found: dict[int, ColumnGiven] = {}
        start = f"{self._prefix}c"
        for key in self._posted:
            number = key.removeprefix(start)
            if key.startswith(start) and (column := _whole(number)) is not None:
                field, unit = self._field(number), self._get(f"u{number}") or None
                if self._is_own(f"c{number}", said(field, unit)):
                    found[column] = ColumnGiven(field, unit if unit in UNITS else None)
        return found

    def _values(self) -> dict[int, dict[str, str]]:
        """Give what texts were said to mean ("s0_v3_0"), each with the text itself beside it ("s0_t3_0")."""
        found: dict[int, dict[str, str]] = {}
        start = f"{self._prefix}v"
        for key, meaning in self._posted.items():
            number, _, index = key.removeprefix(start).partition("_")
            text = self._get(f"t{number}_{index}")
            if key.startswith(start) and meaning and text and (column := _whole(number)) is not None:
                found.setdefault(column, {})[text] = meaning
        return found

    def _field(self, number: str) -> str | None:
        """Give the field that was chosen; a year's money is put together of its parts."""
        chosen = self._get(f"c{number}") or ""
        if chosen != ANY_YEAR:
            return chosen if chosen in self._fields else None
        year = self._number(f"y{number}") or 0
        part, source, amount = (self._get(f"{name}{number}") or "" for name in ("p", "f", "a"))
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return ANY_YEAR
        part = part if part in BUDGET_PART else next(iter(BUDGET_PART))
        source = source if source in self._sources else next(iter(self._sources), "own")
        return money_field(year, part, source, amount if amount in AMOUNTS else next(iter(AMOUNTS)))

    def _is_own(self, name: str, value: str) -> bool:
        """Tell whether a person chose what a control says, now or before."""
        return bool(self._get(f"{name}_own")) or (self._get(f"{name}_was") or "") != value

    def _number(self, name: str) -> int | None:
        return _whole((self._get(name) or "").strip())

    def _get(self, name: str) -> str | None:
        return self._posted.get(f"{self._prefix}{name}")


def _whole(text: str) -> int | None:
    """Read a row, a column or a year; digits of other scripts and what no sheet has are none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def said(column_field: str | None, unit: str | None) -> str:
    """Write what a column's controls show, for their hidden twin."""
    return f"{column_field or ''} {unit or ''}".strip()


def is_money(field: str | None) -> bool:
    """Tell whether a field is a year's money, or money of which the year is still to be told."""
    return field is not None and (field == ANY_YEAR or field.startswith(MONEY))


def header_said(guess: SheetGuess) -> str:
    """Write which rows the heading was shown at."""
    return f"{guess.header[0]}-{guess.header[1]}" if guess.header else ""

"""What all sheets of one workbook share while they are laid out: values, rights, lists, and who each row is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any, cast

from portfolio.exchange.columns import AMOUNTS, CATEGORY, MONEY, Column, Entity, Key, Kind, as_text, money_field
from portfolio.exchange.columns.identity import ID, VERSION, token_of
from portfolio.exchange.export.layout.contents import Contents, Line, shown_line
from portfolio.exchange.export.layout.headings import Head
from portfolio.exchange.export.layout.values import Values
from portfolio.exchange.profile import END, START, Profile, SheetProfile
from portfolio.files.cells import CellValue
from portfolio.files.workbook.book import DropDown, Format, Style, Tone, Value

CENTRED = frozenset({Kind.CHOICE, Kind.BOOL, Kind.ANSWER, Kind.WORDS, Kind.DATE, Kind.PERCENT, Kind.NUMBER})
NARROWEST, WIDEST, LONG_TEXT, TITLE_LENGTH = 8, 30, 42, 160
LINE, MOST_LINES = 1.36, 30
"""The height of a line by the size of its letters, and the most lines of a row: Excel has none higher than 409."""
NARROW = 1.1
"""How many letters of running text fit in the width of a digit."""
NOT_CLOSED = frozenset({Kind.CHOICES, Kind.REFERENCES})


@dataclass(slots=True)
class Setting:
    """The workbook in the making. ``allows`` tells whether its reader may change a cell; ``lists`` grow on the way."""

    profile: Profile
    values: Values
    contents: Contents
    versions: Mapping[Key, int]
    allows: Callable[[Key, str], bool]
    today: dt.date
    budget_year: int
    horizon: int
    explanation: str
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def fill(self, text: str, **more: str) -> str:
        """Fill in what a title or a note says of the day and the year."""
        day = f"{self.today.day}.{self.today.month}.{self.today.year}"
        for name, value in {"day": day, "year": str(self.budget_year), **more}.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def identity(self, line: Line, profile: SheetProfile, field_name: str) -> str | int:
        """Give who a row is, nothing for a new one.

        A row of money bears its item's identity and no version, since it is no row of its own.
        """
        identity = self.contents.present.ids.get(line.key)
        if identity is None:
            return ""
        if field_name == ID:
            return token_of(Entity(line.key[0]), identity)
        return "" if profile.entity is Entity.BUDGET else self.versions.get(line.key, "")

    def cell(self, profile: SheetProfile, head: Head, line: Line) -> Value:
        """Give what stands in one cell; nothing that is written is a time of day."""
        if head.field in {ID, VERSION}:
            return self.identity(line, profile, head.field)
        if head.beside:
            return self._beside(head.field, line)
        return cast("Value", wrote(self.values, profile, head.field, line.cells, head.unit, head.text))

    def _beside(self, shown: str, line: Line) -> str | int | dt.date:
        reference, _, name = shown.partition(".")
        referred = line.cells.get(reference) if name else line.key
        value = self.contents.present.cells.get(referred, {}).get(name or reference) if referred else None
        return value if isinstance(value, str | int | dt.date) else ""

    def is_open(self, profile: SheetProfile, head: Head, key: Key) -> bool:
        """Tell whether the reader may change a cell; of a joined one, each of its parts."""
        if head.beside:
            return False
        fields = self.values.parts(profile, head.field)
        if profile.entity is Entity.BUDGET:  # money is its item's; which item, year and source a row is of stays
            fields = tuple(money_field(self.today.year, "", "", one) if one in AMOUNTS else one for one in fields)
            if not all(one.startswith(MONEY) for one in fields):
                return False
        return all(self.allows(key, one) for one in fields)

    def style(self, profile: SheetProfile, head: Head, tone: Tone = Tone.PLAIN, *, broken: bool = False) -> Style:
        """Give the style of a column's cells; ``broken``: its amounts have decimals."""
        found = self.values.column(profile, head.field)
        if found is None:
            return Style(tone, wrap=True)
        centred = found.kind in CENTRED or head.field == "number"
        return Style(tone, self._format(profile, head, found, broken=broken), wrap=True, centred=centred)

    @staticmethod
    def _format(profile: SheetProfile, head: Head, found: Column, *, broken: bool) -> str:
        if found.kind is Kind.MONEY:
            return "#,##0.00" if broken else Format.NUMBER
        if found.kind is Kind.PERCENT and profile.units.get(head.field) == "fraction":
            return Format.PERCENT
        return Format.DATE if found.kind is Kind.DATE else Format.GENERAL

    def width(self, profile: SheetProfile, head: Head, texts: Sequence[Value]) -> float:
        """Give a column's width: that of its longest word and, within limits, of what stands in it."""
        found = self.values.column(profile, head.field)
        word = max((len(one) for one in head.text.split()), default=0) + 2
        if found is not None and found.kind is Kind.TEXT and (found.longest is None or found.longest >= TITLE_LENGTH):
            return max(LONG_TEXT, word)
        longest = (
            max((len(line) for one in texts for line in as_text(cast("CellValue", one), "fi").splitlines()), default=0)
            + 2
        )
        least = LONG_TEXT if head.beside else max(NARROWEST, word)
        return max(least, min(longest, LONG_TEXT if found and found.to is Entity.INITIATIVE else WIDEST))

    def lines(self, value: Value, width: float) -> int:
        """Count the lines that a value takes in a column so wide."""
        text = as_text(cast("CellValue", value), "fi") if value is not None else ""
        letters = int(width * NARROW)
        if len(text) <= letters and "\n" not in text:
            return 1
        return sum(max(1, len(wrap(line, letters))) for line in text.splitlines())

    def height(self, lines: int) -> float:
        """Give the height, in points, of a row of so many lines: programs do not all fit rows to what they hold."""
        return round(min(lines, MOST_LINES) * self.profile.look.size * LINE, 1)

    def drop_down(
        self, profile: SheetProfile, head: Head, column: int, first: int, last: int | None = None
    ) -> DropDown | None:
        """Give the list of a column of closed values."""
        found = self.values.column(profile, head.field)
        if found is None or head.beside:
            return None
        known = self.contents.known(found.to, found.name.removeprefix(CATEGORY))
        texts = tuple(self.values.choices(profile, head.field, known))
        if not texts:
            return None
        name = next((name for name, one in self.lists.items() if one == texts), f"list_{len(self.lists) + 1}")
        self.lists[name] = texts
        strict = found.kind not in NOT_CLOSED
        return DropDown(column, name, first, last or 1_048_576, strict=strict, explanation=self.explanation)


def wrote(
    values: Values, profile: SheetProfile, name: str, cells: Mapping[str, Any], unit: str | None = None, text: str = ""
) -> CellValue:
    """Give what the export writes into a cell of a row with these values; ``text`` is the heading."""
    if name in profile.split:
        return values.joined(profile, name, cells)
    if name in {START, END}:
        return values.end_of_time(name, cells.get("timespan"))
    value = shown_line(cells, name) if name.startswith(MONEY) else cells.get(name)
    return values.cell(profile, name, value, unit, text)

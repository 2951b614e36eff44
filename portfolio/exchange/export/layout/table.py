"""A profile's table as a sheet: title and notes, heading, section rows, data, sums, and the folded identity columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portfolio.exchange.columns import CATEGORY, MONEY
from portfolio.exchange.columns.identity import SheetMeta
from portfolio.exchange.export.layout.contents import Line
from portfolio.exchange.export.layout.headings import IDENTITY, Head, HeadingRows, heading_rows, heads_of
from portfolio.exchange.export.layout.patterns import fillings
from portfolio.exchange.export.layout.setting import Setting
from portfolio.exchange.export.layout.values import section_value
from portfolio.exchange.profile import SheetProfile
from portfolio.files.cells import Merged, column_letter
from portfolio.files.workbook.book import BookColumn, BookRow, BookSheet, Formula, Style, Tone, Value

FOLDED_WIDTH = 10
BOLD = 1.15
"""How much wider bold letters are."""
MOST_FROZEN = 2
_NOBODY = ("", "")
_WORDS = re.compile(r"[^\W\d_]{3}")


@dataclass(slots=True)
class _Drawing:
    """The rows as they come, the joined cells, and the first rows of data: of the section, and of all."""

    rows: list[BookRow] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    first_of_section: int | None = None
    first: int | None = None

    @property
    def next(self) -> int:
        """Give the number of the row that comes next."""
        return len(self.rows) + 1

    def count(self) -> None:
        """Note that the next row counts into the sums."""
        self.first_of_section = self.first_of_section or self.next
        self.first = self.first or self.next


class Table:
    """Lays out one table."""

    def __init__(self, setting: Setting, number: int, profile: SheetProfile, title: str, lines: Sequence[Line]) -> None:
        """Prepare the columns; ``number`` is the table's in the profile."""
        self._setting = setting
        self._profile = profile
        self._title = title
        self._key = str(number)
        self._lines = lines
        years = setting.contents.years(profile, lines, setting.today, setting.horizon)
        self._shown = heads_of(profile, years, setting.today, setting.profile.language, setting.values.several)
        self._heads = [*self._shown, *IDENTITY]
        self._cells = {id(line): [setting.cell(profile, head, line) for head in self._heads] for line in lines}
        broken = [any(isinstance(row[at], float) for row in self._cells.values()) for at in range(len(self._shown))]
        self._styles = {
            tone: [
                setting.style(profile, head, tone, broken=one) for head, one in zip(self._shown, broken, strict=True)
            ]
            for tone in (Tone.PLAIN, Tone.CLOSED, Tone.COMPUTED)
        }
        self._widths = [
            setting.width(profile, head, [row[at] for row in self._cells.values()])
            for at, head in enumerate(self._shown)
        ] + [FOLDED_WIDTH for _ in IDENTITY]
        self._made: dict[tuple[Tone, ...], tuple[Style, ...]] = {}
        self._totals = list(self._total_labels())

    def sheet(self) -> tuple[BookSheet, SheetMeta]:
        """Give the sheet, and what it says of itself."""
        drawing = _Drawing()
        self._draw_top(drawing)
        head = drawing.next + self._profile.header_rows - 1
        self._draw_heading(drawing)
        self._draw_body(drawing)
        sheet = BookSheet(
            self._title,
            drawing.rows,
            columns=[*self._columns()],
            head=head,
            frozen=self._frozen(),
            filtered=None if self._profile.sections or self._totals else head,
            last_row=len(drawing.rows),
            merged=drawing.merged,
            drop_downs=[
                one
                for at, shown in enumerate(self._shown, start=1)
                if (one := self._setting.drop_down(self._profile, shown, at, head + 1))
            ],
            one_page_wide=True,
        )
        fields = tuple(one.field for one in self._heads if not one.beside)
        return sheet, SheetMeta(
            self._key, self._title, fields, tuple(one.text for one in self._heads if not one.beside)
        )

    # -------------------------------------------------------------------------------- above the data
    def _draw_top(self, drawing: _Drawing) -> None:
        """Write title and notes, save those that would be read as a section."""
        for text, tone in self._top():
            height = self._setting.height(2) if tone is Tone.TITLE else None
            drawing.rows.append(BookRow([text], [Style(tone)], height))
        if drawing.rows:
            drawing.rows.append(BookRow([]))

    def _top(self) -> Iterator[tuple[str, Tone]]:
        said = [(self._profile.title or self._title, Tone.TITLE), *((one, Tone.GUIDE) for one in self._profile.notes)]
        named = [one for one in self._profile.sections if one.pattern]
        for text, tone in ((self._setting.fill(text), tone) for text, tone in said):
            if not any(re.search(one.pattern or "", text) for one in named):
                yield text, tone

    def _draw_heading(self, drawing: _Drawing) -> None:
        count = self._profile.header_rows
        rows = heading_rows(self._heads, count)
        first = drawing.next
        style = Style(Tone.HEADING, wrap=True, centred=count > 1)
        heights = self._heading_heights(rows)
        for texts, lines in zip(rows.texts, heights, strict=True):
            drawing.rows.append(BookRow(list(texts), [style], self._setting.height(lines)))
        for one in rows.merged:
            drawing.merged.append(
                Merged((one.first[0] + first - 1, one.first[1]), (one.last[0] + first - 1, one.last[1]))
            )

    def _heading_heights(self, rows: HeadingRows) -> list[int]:
        """Count the lines of each row of the heading; what a cell that reaches down lacks comes to the last row."""
        spans = {one.first: one for one in rows.merged}
        found = [1 for _ in rows.texts]
        reaching: list[tuple[int, int]] = []
        for row, texts in enumerate(rows.texts):
            for at, text in enumerate(texts):
                span = spans.get((row + 1, at + 1), Merged((row + 1, at + 1), (row + 1, at + 1)))
                lines = self._setting.lines(text, sum(self._widths[at : span.last[1]]) / BOLD)
                if span.last[0] > row + 1:
                    reaching.append((row, lines))
                else:
                    found[row] = max(found[row], lines)
        found[-1] += max((0, *(lines - sum(found[row:]) for row, lines in reaching)))
        return found

    def _columns(self) -> Iterator[BookColumn]:
        blank = Style(Tone.GUIDE)
        for width in self._widths[: len(self._shown)]:
            yield BookColumn(width, blank)
        for _ in IDENTITY:
            yield BookColumn(FOLDED_WIDTH, blank, folded=True)

    def _frozen(self) -> int:
        """Keep in view what a row is: its number and title, where they come first."""
        first = [head.field for head in self._shown[:MOST_FROZEN]]
        return len(first) if "number" in first[:1] or any(one.beside for one in self._shown[:MOST_FROZEN]) else 1

    # -------------------------------------------------------------------------------- the data
    def _draw_body(self, drawing: _Drawing) -> None:
        levels = range(len(self._profile.sections))
        above: tuple[str | None, ...] = tuple(None for _ in levels)
        for path, line in sorted(
            ((self._path(line), line) for line in self._lines), key=lambda pair: [one[0] for one in pair[0]]
        ):
            texts = tuple(text for _, text in path)
            if texts[:1] != above[:1]:
                self._draw_section_total(drawing, above[0])
            changed = next((level for level in levels if texts[level] != above[level]), len(levels))
            for level in levels[changed:]:
                if text := texts[level]:
                    self._draw_section(drawing, level, text)
            above = texts
            drawing.count()
            cells = self._cells[id(line)]
            lines = max(self._setting.lines(cell, width) for cell, width in zip(cells, self._widths, strict=True))
            drawing.rows.append(BookRow(cells, self._styles_of(line), self._setting.height(lines)))
        self._draw_section_total(drawing, above[0] if above else None)
        if self._totals and drawing.first:
            self._draw_total(drawing, self._totals[-1], drawing.first)

    def _path(self, line: Line) -> list[tuple[int, str | None]]:
        """Give the sections a row stands in: for each level its place in the order, and the row's text."""
        found: list[tuple[int, str | None]] = []
        for level, section in enumerate(self._profile.sections):
            if section.field is None:
                found.append(self._theme(level, line))
                continue
            value = line.cells.get(section.field)
            place = self._setting.contents.number_among_its_like(value) if isinstance(value, tuple) else 1
            text = self._setting.values.section(self._profile, level, value, str(place))
            order = self._setting.contents.order_of(value) if text else -1
            found.append((order, text))
        return found

    def _theme(self, level: int, line: Line) -> tuple[int, str | None]:
        """Give the row of a section that gives no field: the class above the one below it, as "TEEMA: Osallisuus"."""
        below = self._profile.sections[level + 1 : level + 2]
        pattern = self._profile.sections[level].pattern
        if not below or pattern is None or not (below[0].field or "").startswith(CATEGORY):
            return -1, None
        cells = self._setting.contents.present.cells
        parent = cells.get(line.cells.get(below[0].field or "", _NOBODY), {}).get("parent")
        name = cells.get(parent, {}).get("name_fi") if parent else None
        texts = (" ".join(f"{text} {name}".split()) for text in fillings(pattern, {}))
        fitting = next((text for text in texts if name and section_value(self._profile, text)[0] == level), None)
        return (self._setting.contents.order_of(parent), fitting) if fitting else (-1, None)

    def _draw_section(self, drawing: _Drawing, level: int, text: str) -> None:
        tone = Tone.SUBSECTION if level else Tone.SECTION
        if len(self._shown) > 1:
            drawing.merged.append(Merged((drawing.next, 1), (drawing.next, len(self._shown))))
        drawing.rows.append(BookRow([text, *[None] * (len(self._shown) - 1)], [Style(tone)] * len(self._shown)))

    def _styles_of(self, line: Line) -> tuple[Style, ...]:
        """Give the styles of a row: what its reader may not change is shaded; the same rows share one answer."""
        tones = tuple(self._tone(head, line) for head in self._shown)
        if tones not in self._made:
            styles = [self._styles[tone][at] for at, tone in enumerate(tones)]
            self._made[tones] = (*styles, Style(Tone.COMPUTED), Style(Tone.COMPUTED))
        return self._made[tones]

    def _tone(self, head: Head, line: Line) -> Tone:
        if head.beside:
            return Tone.COMPUTED
        return Tone.PLAIN if self._setting.is_open(self._profile, head, line.key) else Tone.CLOSED

    # -------------------------------------------------------------------------------- sums
    def _total_labels(self) -> Iterator[str]:
        """Give what the rows of sums begin with: texts that the profile leaves out of the data."""
        if any(head.field.startswith(MONEY) for head in self._shown):
            for pattern in self._profile.skip.patterns:
                found = (text.strip() for text in fillings(pattern, {}))
                if text := next((one for one in found if _WORDS.search(one) and re.search(pattern, one)), None):
                    yield text

    def _draw_section_total(self, drawing: _Drawing, section: str | None) -> None:
        """Write the sums of a section, where sums of sections are told apart from the last one."""
        if len(self._totals) > 1 and section and drawing.first_of_section:
            name = section_value(self._profile, section)[1]
            shown = name.lower() if name.isupper() else name
            self._draw_total(drawing, f"{self._totals[0]} {shown}", drawing.first_of_section)
            drawing.rows.append(BookRow([]))
        drawing.first_of_section = None

    def _draw_total(self, drawing: _Drawing, label: str, first: int) -> None:
        """Write the sums of all rows from one on; a sum of all leaves out the sums of sections among them."""
        last = drawing.next - 1
        values: list[Value] = [
            _sum(at, first, last, parted=len(self._totals) > 1) if head.field.startswith(MONEY) else None
            for at, head in enumerate(self._shown, start=1)
        ]
        values[0] = label
        plain = self._styles[Tone.PLAIN]
        drawing.rows.append(BookRow(values, [Style(Tone.TOTAL, one.format) for one in plain]))


def _sum(column: int, first: int, last: int, *, parted: bool) -> Formula:
    letter = column_letter(column)
    begin = "SUBTOTAL(9," if parted else "SUM("
    return Formula(f"={begin}{letter}{first}:{letter}{last})")

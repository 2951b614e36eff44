"""What the rows of a table are beside data: sections, sums, continuations, dittos, notes below; and what they give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import AMOUNTS, MONEY, Entity, Kind, column
from portfolio.exchange.guess.body import Body, first_text, gaps_inside
from portfolio.exchange.guess.evidence import Values
from portfolio.exchange.guess.heading import Head
from portfolio.exchange.guess.meanings import Meanings
from portfolio.exchange.guess.model import ColumnGuess, Layout, SectionGuess, Vocabulary
from portfolio.exchange.guess.people import has_several, split_pattern
from portfolio.exchange.guess.sections import SectionFinder, listed
from portfolio.exchange.guess.words import CONTINUED, TOTALS, TOTALS_AFTER
from portfolio.exchange.profile import END, START
from portfolio.files.cells import Sheet, column_letter

FILLED_DOWN = N_("Column %(column)s: a blank or a ditto mark was taken to mean the same as above.")
SAME_AS_ABOVE = N_("Column %(column)s: %(count)s blank cells were taken to mean the same as above.")
CONTINUES = N_("Rows %(rows)s go on with the row above them: their texts are joined to it.")
BLANKS = N_("Leftovers that say nothing were taken as blank cells: %(texts)s.")
SEVERAL_PEOPLE = N_(
    "Column %(column)s names several people in %(count)s cells: the first is taken as responsible, the others are kept "
    "in the notes."
)
SPLIT_NUMBER = N_("Column %(column)s holds number and title in one cell: they are parted.")

MOSTLY = 0.8
GROUPED = 0.3
FEWEST = 2
_NUMBER_AND_TITLE = (
    r"^(?P<number>(?:[A-ZÅÄÖ]{1,4}[-. ]?)?\d+(?:\.\d+)*[a-z]?)[.:)]?\s+(?:[-–—:]\s*)?(?P<title_fi>\D[\s\S]*)$"
)


@dataclass(slots=True)
class LayoutFinder:
    """Finds the layout of one table whose columns are known."""

    sheet: Sheet
    head: Head
    body: Body
    columns: tuple[ColumnGuess, ...]
    values: Mapping[int, Values]
    entity: Entity
    vocabulary: Vocabulary
    notices: list[Problem]

    def find(self, section: str | None, meanings: Meanings) -> Layout:
        """Give the layout; ``section`` is a person's own answer about the rows between the data."""
        continued, rows = self._continued()
        sections = self._sections(section, rows)
        until, blank_rows = self._end()
        values = meanings.find()
        return Layout(
            sections=sections,
            skipped=self._sums(),
            only_money=self._has_bare_sums(),
            until=until,
            blank_rows=blank_rows,
            continued=continued,
            fill_down=self._fill_down(),
            mark=CONTINUED if self._marked(rows) else None,
            blank=(*self._blank(), *meanings.blanks),
            split=self._split(),
            values=values,
        )

    # ------------------------------------------------------------------------------------ rows
    def _sections(self, section: str | None, continued: list[int]) -> tuple[SectionGuess, ...]:
        titles = {one.number for one in self.columns if one.field in ("title_fi", "initiative")}
        going_on = frozenset(continued)
        lone = [row for row in self.body.lone if row not in going_on]
        return SectionFinder(self.sheet, self.body, self.vocabulary, self.notices).find(lone, titles, section)

    def _continued(self) -> tuple[tuple[str, ...], list[int]]:
        """Find rows that go on with the one above: a text of theirs, but nothing that would tell an item."""
        fields = {one.number: one.field for one in self.columns if one.field}
        needed = {at for at, field in fields.items() if field in ("number", "title_fi", "initiative")}
        texts = {at: field for at, field in fields.items() if self._is_long(field)}
        first = min(self.body.filled, default=0)
        rows = [
            row
            for row, filled in self.body.filled.items()
            if row not in self.body.totals and row != first and self._is_more(row, filled, needed, texts)
        ]
        if not rows or not needed:
            return (), []
        self.notices.append(Problem(CONTINUES, {"rows": listed(map(str, rows))}, self.sheet.place(rows[0])))
        return tuple(texts.values()), rows

    def _is_more(self, row: int, filled: list[int], needed: set[int], texts: Mapping[int, str]) -> bool:
        lacks_item = needed.isdisjoint(filled) and not texts.keys().isdisjoint(filled)
        return lacks_item or self._goes_on(row, filled, needed)

    def _goes_on(self, row: int, filled: list[int], needed: set[int]) -> bool:
        """Tell whether a row says in so many words that it goes on with the one above: "Torin uudistus (jatkoa)"."""
        texts = (self.sheet.value(row, at) for at in needed.intersection(filled))
        return any(isinstance(text, str) and re.search(CONTINUED, text) for text in texts)

    def _marked(self, rows: list[int]) -> bool:
        needed = {one.number for one in self.columns if one.field in ("number", "title_fi", "initiative")}
        return any(self._goes_on(row, self.body.filled[row], needed) for row in rows)

    def _is_long(self, field: str) -> bool:
        found = column(self.entity, field)
        return found is not None and found.kind is Kind.TEXT and found.longest is None and field != "number"

    def _sums(self) -> tuple[str, ...]:
        """Give the patterns of sums: in general, or word by word where a row of data begins with such a word too."""
        texts = {row: first_text(self.sheet, row, filled) for row, filled in self.body.filled.items()}
        found = []
        for pattern in (TOTALS, TOTALS_AFTER):
            rows = {row for row, text in texts.items() if re.search(pattern, text)}
            if rows and rows.issubset(self.body.totals):
                found.append(pattern)
            else:
                found += sorted({f"^{re.escape(texts[row])}$" for row in rows.intersection(self.body.totals)})
        return tuple(found)

    def _has_bare_sums(self) -> bool:
        money = {
            one.number for one in self.columns if one.field and (one.field.startswith(MONEY) or one.field in AMOUNTS)
        }
        return bool(money) and any(money.issuperset(filled) for filled in self.body.filled.values())

    def _end(self) -> tuple[str | None, int | None]:
        """Give what ends the table: the text of the first row below it, or the blank rows before that."""
        below = self.body.below
        if below is None:
            return None, None
        filled = [at for at in range(1, self.sheet.width + 1) if self.sheet.value(below, at) != ""]
        text = first_text(self.sheet, below, filled)
        pattern = f"^{re.escape(text[:60])}"
        if not any(re.search(pattern, first_text(self.sheet, row, at)) for row, at in self.body.filled.items()):
            return pattern, None
        return None, self.body.gap if self.body.gap > gaps_inside(self.body, self.head) else None

    # ------------------------------------------------------------------------------------ columns
    def _fill_down(self) -> tuple[str, ...]:
        found = []
        for one in self.columns:
            values = self.values[one.number]
            if one.field is None or one.field.startswith(MONEY):
                continue
            shown: dict[str, object] = {"column": column_letter(one.number)}
            if values.dittos:
                self.notices.append(Problem(FILLED_DOWN, shown, self.sheet.place(self.head.last, one.number)))
            elif blanks := self._means_above(one, values):
                self.notices.append(
                    Problem(SAME_AS_ABOVE, {**shown, "count": blanks}, self.sheet.place(self.head.last, one.number))
                )
            else:
                continue
            found.append(one.field)
        return tuple(field for field in found if field not in (START, END))

    def _means_above(self, one: ColumnGuess, values: Values) -> int:
        """Count the blanks of a column that groups the rows: written where it changes, never twice in a row."""
        kind = column(self.entity, one.field or "", self.vocabulary.registry.several)
        if (
            kind is None
            or kind.to not in {Entity.UNIT, Entity.CATEGORY, Entity.INITIATIVE}
            or len(values.distinct) < FEWEST
        ):
            return 0
        merged = {
            row
            for area in self.sheet.merged
            if area.first[1] == one.number
            for row in range(area.first[0] + 1, area.last[0] + 1)
        }
        cells = [self.sheet.value(row, one.number) for row in self.body.data if row not in merged]
        blanks = cells.count("")
        said = [cell for cell in cells if cell != ""]
        if not cells or cells[0] == "" or blanks < GROUPED * len(cells) or len(said) != len(set(said)):
            return 0
        return blanks

    def _blank(self) -> tuple[str, ...]:
        found = dict.fromkeys(
            text for one in self.columns if one.field for text in self.values[one.number].placeholders
        )
        if found:
            texts = ", ".join(f'"{text}"' for text in found)
            self.notices.append(Problem(BLANKS, {"texts": texts}, self.sheet.place(self.head.last)))
        return tuple(found)

    def _split(self) -> dict[str, str]:
        fields = {one.field: one for one in self.columns if one.field}
        found: dict[str, str] = {}
        people = fields.get("owner_post")
        if people and "notes" not in fields and column(self.entity, "notes"):
            several = [text for text in self.values[people.number].texts if self._is_several(people, text)]
            if several:
                found["owner_post"] = split_pattern("owner_post", "notes")
                shown = {"column": column_letter(people.number), "count": len(several)}
                self.notices.append(Problem(SEVERAL_PEOPLE, shown, self.sheet.place(self.head.last, people.number)))
        title = fields.get("title_fi")
        if title and "number" not in fields and self.entity is Entity.INITIATIVE:
            texts = self.values[title.number].texts
            parted = [match["number"] for text in texts if (match := re.fullmatch(_NUMBER_AND_TITLE, text.strip()))]
            if len(parted) >= FEWEST and len(parted) >= MOSTLY * len(texts) and len(set(parted)) == len(parted):
                found["title_fi"] = _NUMBER_AND_TITLE
                shown = {"column": column_letter(title.number)}
                self.notices.append(Problem(SPLIT_NUMBER, shown, self.sheet.place(self.head.last, title.number)))
        return found

    def _is_several(self, one: ColumnGuess, text: str) -> bool:
        known = self.vocabulary.registry.knows(Entity.POST, text)
        return one.field == "owner_post" and not known and has_several(text)

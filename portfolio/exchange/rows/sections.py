"""Rows between the data that give a field to the rows below them: those that are known, and those that only look so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import CATEGORY, Entity, Registry, as_text, column, with_nearest
from portfolio.exchange.profile import SheetProfile
from portfolio.exchange.rows.headings import Heading
from portfolio.exchange.rows.model import Fault, RawCell
from portfolio.files.cells import Sheet

UNKNOWN_SECTION = N_('The unit or section "%(text)s" is not known.')

_WORD = re.compile(r"[^\W\d_]{3}")


class Sections:
    """The sections of one table; ``lone`` tells of each row with a single filled cell in which column that stands."""

    def __init__(
        self, sheet: Sheet, profile: SheetProfile, heading: Heading, registry: Registry, lone: Mapping[int, int]
    ) -> None:
        """Begin above the first section; ``registry`` gives the names that an unknown section may have meant."""
        self.cells: dict[str, RawCell] = {}
        self.unknown: int | None = None
        self._sheet = sheet
        self._profile = profile
        self._registry = registry
        self._patterns = [re.compile(one.pattern or "(?P<value>.+)") for one in profile.sections]
        self._texts = {row: self._text(row, at) for row, at in lone.items()} if self._patterns else {}
        self._columns = {lone[row] for row, text in self._texts.items() if self._is_known(text)}
        self._first_column = min(heading.fields, default=0)

    def start(self, row: int, column: int, *, said: bool = False) -> bool:
        """Take up a known section; with ``said`` only one whose profile says how such a row is written."""
        text = self._text(row, column)
        for level, expression in enumerate(self._patterns):
            if said and self._profile.sections[level].pattern is None:
                continue
            if match := expression.search(text):
                for lower in self._profile.sections[level:]:
                    self.cells.pop(lower.field or "", None)
                if field := self._profile.sections[level].field:
                    named = match.groupdict().get("value")
                    self.cells[field] = RawCell(text if named is None else named, row, column)
                if level == 0:
                    self.unknown = None
                return True
        return False

    def looks_like_one(self, row: int, column: int) -> bool:
        """Tell whether a row's only cell, which begins no known section, stands where sections stand and says a word.

        They stand in the columns of the known ones, and otherwise no further right than the first column that is read.
        """
        stands = column in self._columns or column <= self._first_column
        return bool(self._patterns) and stands and _WORD.search(self._text(row, column)) is not None

    def start_unknown(self, row: int, column: int) -> Fault:
        """Begin a section that is not known.

        Its level cannot be known either, so all below it belongs nowhere until a section of the first level begins.
        """
        self.cells.clear()
        self.unknown = row
        text = self._text(row, column)
        problem = Problem(UNKNOWN_SECTION, {"text": text}, self._sheet.place(row, column))
        return Fault(with_nearest(problem, text, self._accepted()), self._sheet.value(row, column))

    def _accepted(self) -> Iterator[str]:
        """Give texts that would be known: the other sections of the sheet, and names as a pattern wants them."""
        yield from filter(self._is_known, self._texts.values())
        for section in self._profile.sections:
            scope = section.field.removeprefix(CATEGORY) if section.field and section.field.startswith(CATEGORY) else ""
            found = column(self._profile.entity, section.field or "")
            entity = found.to if found else None
            for label in self._labels(entity, scope):
                yield from (form for form in (label, label.upper()) if self._is_known(form))

    def _labels(self, entity: Entity | None, scope: str) -> Iterator[str]:
        if entity is not None:
            yield from self._registry.labels(entity, scope)

    def _is_known(self, text: str) -> bool:
        return any(expression.search(text) for expression in self._patterns)

    def _text(self, row: int, column: int) -> str:
        return " ".join(as_text(self._sheet.value(row, column), "fi").split())

"""One of our sheets while it is read: which rows hold data, who they are, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from portfolio.core.language import LANGUAGES, N_, say
from portfolio.core.problem import Place, Problem
from portfolio.core.text import read_whole
from portfolio.exchange.columns import Column, Entity, Key, as_text, norm
from portfolio.exchange.columns.identity import ID, VERSION
from portfolio.exchange.columns.sheets import ACTION, COMMENT, DELETE, OwnColumn, amount_parts, field_column
from portfolio.exchange.rows.model import Fault, ReadCell
from portfolio.exchange.rows.own.layout import FoundSheet
from portfolio.exchange.rows.own.surroundings import OwnSurroundings
from portfolio.exchange.rows.trouble import ERROR_CELL, NO_RESULT
from portfolio.files.cells import Address, CellValue, column_letter

MERGED_CELL = N_("The cell is merged with others, so it has no value of its own. Unmerge the cells.")
UNKNOWN_ACTION = N_('"%(text)s" is not an action. To remove the row write "%(word)s", otherwise leave the cell empty.')
CANNOT_REMOVE = N_("The row is new, so there is nothing to remove. Empty the row instead.")
FOR_READING = N_('The column "%(column)s" is for reading only: what was changed in it was passed over (%(cells)s).')

_LISTED = 12


class OwnSheetRows:
    """The rows of one sheet below its heading that hold anything, column by column.

    ``rows`` are their numbers, ``keys`` who they are: None for a new row. Rows whose identity is wrong are left out
    and told; ``passed`` counts their cells.
    """

    def __init__(self, found: FoundSheet, surroundings: OwnSurroundings) -> None:
        self.found = found
        self.sheet = found.sheet
        self.entity = found.own.entity
        self.surroundings = surroundings
        self.faults: list[Fault] = []
        self.notices: list[Problem] = []
        self.lost: list[ReadCell] = []
        self.passed = 0
        self.fields = self._fields()
        self.troubled = self._troubled()
        self.rows = [
            number
            for number, cells in enumerate(self.sheet.rows[found.header :], start=found.header + 1)
            if any(cell != "" for cell in cells) and self._holds_data(number, cells)
        ]
        self.keys: list[Key | None] = []
        self._raws: dict[str, list[CellValue]] = {}
        self._identify()

    def _fields(self) -> dict[str, tuple[OwnColumn, Column]]:
        """Give the columns that hold fields, by their keys."""
        several = self.surroundings.registry.several
        columns = (one for one in self.found.own.columns if one.key in self.found.columns)
        pairs = ((one, field_column(self.found.own, one, several)) for one in columns)
        return {one.key: (one, column) for one, column in pairs if column is not None}

    def _holds_data(self, number: int, cells: Sequence[CellValue]) -> bool:
        """Tell whether a row says anything in a column of ours; a lone comment or a computed day makes no row."""
        wanted = (ID, ACTION, *self.fields)
        columns = (self.found.columns[key] for key in wanted if key in self.found.columns)
        return any(
            (column <= len(cells) and cells[column - 1] not in ("", None)) or (number, column) in self.troubled
            for column in columns
        )

    def _troubled(self) -> dict[Address, Problem]:
        """Give the cells without a value of their own: errors, formulas without a result, insides of merged cells."""
        found: dict[Address, Problem] = {
            at: Problem(ERROR_CELL, {"error": error}) for at, error in self.sheet.errors.items()
        }
        found.update((at, Problem(NO_RESULT)) for at in self.sheet.uncalculated)
        for merged in self.sheet.merged:
            if merged.last[0] <= self.found.header:
                continue
            for row in range(max(merged.first[0], self.found.header + 1), merged.last[0] + 1):
                for column in range(merged.first[1], merged.last[1] + 1):
                    if (row, column) != merged.first:
                        found[row, column] = Problem(MERGED_CELL)
        return found

    # ------------------------------------------------------------------------------------ who the rows are
    def _identify(self) -> None:
        memory: dict[str, Key | Problem | None] = {}
        kept: list[int] = []
        for row, raw in zip(self.rows, self.raws(ID), strict=True):
            text = raw if isinstance(raw, str) else as_text(raw, "fi")
            if text not in memory:
                memory[text] = self.surroundings.tokens.key(text, self.entity) if text.strip() else None
            key = memory[text]
            if isinstance(key, Problem):
                self.refuse(row, key, ID, raw)
            else:
                kept.append(row)
                self.keys.append(key)
        self.rows = kept
        self._raws.clear()

    def refuse(self, row: int, problem: Problem, key: str, raw: CellValue = "") -> None:
        """Tell what is wrong with a row that makes no record, at one of its cells."""
        column = self.found.columns.get(key)
        place = self.sheet.place(row, column)
        told = replace(problem, place=place)
        self.faults.append(Fault(told, raw, (self.sheet.name, row)))
        self.lost.append(ReadCell(told, raw, self.sheet.name, row, column))
        self.passed += len(self.fields)

    def leave_out(self, indexes: Iterable[int]) -> None:
        """Take rows away that make no record of their own, by their places among the rows."""
        gone = set(indexes)
        self._raws.clear()
        self.rows = [row for number, row in enumerate(self.rows) if number not in gone]
        self.keys = [key for number, key in enumerate(self.keys) if number not in gone]

    # ------------------------------------------------------------------------------------ what they say
    def raws(self, key: str) -> list[CellValue]:
        """Give a column's cells of the rows as they stand; blanks where the column is not there."""
        if key not in self._raws:
            place, cells = self.found.columns.get(key, 0) - 1, self.sheet.rows
            found = [line[place] if place < len(line := cells[row - 1]) else "" for row in self.rows]
            self._raws[key] = [""] * len(self.rows) if place < 0 else found
        return self._raws[key]

    def trouble(self, values: list[Any], key: str) -> None:
        """Put what stops them in place of the values of troubled cells."""
        if not self.troubled:
            return
        column = self.found.columns[key]
        for number, row in enumerate(self.rows):
            if problem := self.troubled.get((row, column)):
                values[number] = problem

    def place(self, row: int, key: str) -> Place:
        """Name a cell by its row and its column's key."""
        return self.sheet.place(row, self.found.columns.get(key))

    def fault(self, row: int, key: str, problem: Problem) -> None:
        """Tell of a cell that could not be read, or of a row as a whole."""
        column = self.found.columns.get(key)
        raw = self.sheet.value(row, column) if column else ""
        error = self.sheet.errors.get((row, column)) if column else None
        told = replace(problem, place=self.sheet.place(row, column))
        self.faults.append(Fault(told, raw if error is None else error, (self.sheet.name, row)))

    def versions(self) -> Iterator[tuple[int, int | None]]:
        """Give each row's version, by its place among the rows; one that cannot be its own is a fault."""
        for number, (raw, key) in enumerate(zip(self.raws(VERSION), self.keys, strict=True)):
            if raw == "" or key is None or self.entity is Entity.BUDGET:
                continue
            version = read_whole(as_text(raw, "fi").strip())
            doubt = self.surroundings.tokens.doubt(key, -1 if version is None else version)
            if doubt is not None:
                shown = Problem(doubt.msgid, {"version": as_text(raw, self.surroundings.language)})
                self.fault(self.rows[number], VERSION, shown)
            yield number, version

    def comments(self) -> dict[int, str]:
        """Give what people wrote beside the rows, by the rows' numbers."""
        language = self.surroundings.language
        pairs = zip(self.rows, self.raws(COMMENT), strict=True)
        return {row: text for row, raw in pairs if raw != "" and (text := as_text(raw, language).strip())}

    def removals(self) -> dict[int, ReadCell]:
        """Give the cells that ask to remove their rows, by the rows' numbers; any other action is a fault."""
        words = {norm(say(DELETE, language)) for language in LANGUAGES}
        found: dict[int, ReadCell] = {}
        for row, raw, key in zip(self.rows, self.raws(ACTION), self.keys, strict=True):
            text = as_text(raw, "fi").strip()
            if not text:
                continue
            if norm(text) not in words:
                shown = {"text": text, "word": Problem(DELETE)}
                self.fault(row, ACTION, Problem(UNKNOWN_ACTION, shown))
            elif key is None:
                self.fault(row, ACTION, Problem(CANNOT_REMOVE))
            else:
                found[row] = ReadCell(True, raw, self.sheet.name, row, self.found.columns[ACTION])
        return found

    def tell_touched(self, key: str, expected: Sequence[Any]) -> None:
        """Tell what was changed in a column that is there for reading; new rows may write there what they like."""
        if key not in self.found.columns:
            return
        touched = [
            row
            for row, identity, raw, shown in zip_longest(self.rows, self.raws(ID), self.raws(key), expected)
            if raw != shown and str(identity).strip() and not _alike(raw, shown)
        ]
        if touched:
            letter = column_letter(self.found.columns[key])
            cells = ", ".join(f"{letter}{row}" for row in touched[:_LISTED]) + (" …" if len(touched) > _LISTED else "")
            text = self.found.texts[self.found.columns[key]]
            self.notices.append(
                Problem(FOR_READING, {"column": text, "cells": cells}, Place(self.sheet.name, touched[0], letter))
            )

    def amounts(self) -> dict[str, Column]:
        """Give the columns of amounts by key."""
        return {key: column for key, (_, column) in self.fields.items() if amount_parts(key)}


def _alike(raw: CellValue, shown: Any) -> bool:
    """Tell whether a cell shows what it was made to show, in whatever type."""
    if shown in (None, ""):
        return isinstance(raw, str) and not raw.strip()
    return norm(as_text(raw, "fi")) == norm(as_text(shown, "fi"))

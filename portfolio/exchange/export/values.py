"""From rows of the register to the values of cells: a function for each column, which many rows are put through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, TypeAlias

from portfolio.core.language import format_date
from portfolio.exchange.columns import CATEGORY, COLUMNS, Column, Entity, Kind, column
from portfolio.exchange.columns.identity import ID, VERSION, token_of
from portfolio.exchange.columns.sheets import CODE, ENDS, PORTFOLIO, STARTS, TITLE, OwnColumn, OwnSheet
from portfolio.exchange.columns.writing import SEPARATOR, Writing, writer_of
from portfolio.exchange.export.gather import Gathered
from portfolio.exchange.export.names import Names
from portfolio.files.workbook import Value

Getter: TypeAlias = Callable[[Any], Value]
"""Gives a column's value of one row."""

_TABLES = {Entity.INITIATIVE: "initiative", Entity.MILESTONE: "milestone"}


class Values:
    """Makes the getters of an export's columns."""

    def __init__(self, gathered: Gathered, names: Names, writing: Writing) -> None:
        """Write what was gathered by these names."""
        self._gathered = gathered
        self._names = names
        self._writing = writing
        self._items: Mapping[int, Any] = {row.id: row for row in gathered.initiatives}

    def getters(self, sheet: OwnSheet) -> list[Getter]:
        """Give the getter of each column; rows are initiatives, on the sheet of milestones milestones."""
        return [self._getter(sheet.entity, one) for one in sheet.columns]

    def _getter(self, entity: Entity, own: OwnColumn) -> Getter:
        special = self._special(entity, own.key)
        if special is not None:
            return special
        if own.field is None:
            return _nothing
        if own.field.startswith(CATEGORY):
            return self._classes(own)
        found = COLUMNS[entity][own.field]
        if found.kind is Kind.REFERENCE:
            return self._reference(found)
        take = attrgetter(found.stored or found.name)
        if found.kind in {Kind.TEXT, Kind.DATE}:
            return take
        write = writer_of(found, self._writing)
        return lambda row: write(take(row))

    def _special(self, entity: Entity, key: str) -> Getter | None:
        """Give the getter of what identifies a row, or is computed, or is there for reading."""
        items = self._items
        makers: dict[str, Getter] = {
            ID: lambda row: token_of(entity, row.id),
            VERSION: lambda row: self._gathered.version(_TABLES[entity], row),
            STARTS: attrgetter("starts_on"),
            ENDS: attrgetter("ends_on"),
            CODE: attrgetter("code"),
            PORTFOLIO: lambda row: self.portfolio_name(row.portfolio_id),
            "forum": lambda row: self._forum(row.id),
            "decision": lambda row: self._decisions(row.id),
        }
        if entity is Entity.MILESTONE:
            makers["initiative"] = lambda row: items[row.initiative_id].code
            makers[TITLE] = lambda row: self.title(items[row.initiative_id])
        return makers.get(key)

    def title(self, row: Any) -> str:
        """Give an initiative's title in the export's language, in Finnish where there is none."""
        title: str = (row.title_sv if self._writing.language == "sv" else None) or row.title_fi
        return title

    def portfolio_name(self, identity: int) -> str:
        """Give a portfolio's name, with its code where another has the name too."""
        rows = {row.id: self._named(row) for row in self._gathered.portfolios}
        name = rows.get(identity, "")
        return name if list(rows.values()).count(name) == 1 else f"{name} ({self._names.portfolios.get(identity, '')})"

    def _named(self, row: Any) -> str:
        name: str = (row.name_sv if self._writing.language == "sv" else None) or row.name_fi
        return name

    def _reference(self, found: Column) -> Getter:
        """Write references by id: one text for all rows that refer to the same."""
        take, to = attrgetter(found.stored or ""), found.to or Entity.UNIT
        if to is Entity.INITIATIVE:
            return self._merged_into(found)
        write = writer_of(found, self._writing)
        texts: dict[int | None, Value] = {identity: write(key) for identity, key in self._names.keys[to].items()}
        return lambda row: texts.get(take(row))

    def _merged_into(self, found: Column) -> Getter:
        """Write another initiative as its row's own portfolio calls it."""
        keys, labels = self._names.keys[Entity.INITIATIVE], self._names.labels

        def text(row: Any) -> Value:
            identity = getattr(row, found.stored or "")
            scope = self._names.portfolios.get(row.portfolio_id, "")
            return None if identity is None else labels.text(keys[identity], self._writing.language, scope)

        return text

    def _classes(self, own: OwnColumn) -> Getter:
        """Write the classes of one scheme."""
        several = frozenset({own.key.removeprefix(CATEGORY)} if own.several else ())
        found = column(Entity.INITIATIVE, own.key, several)
        if found is None:
            raise ValueError(own.key)
        write = writer_of(found, self._writing)
        keys = self._names.keys[Entity.CATEGORY]
        scheme = own.key.removeprefix(CATEGORY)
        mine = {
            row.id: keys[row.id] for row in self._gathered.categories if self._names.schemes[row.scheme_id] == scheme
        }
        classes = self._gathered.classes

        def text(row: Any) -> Value:
            chosen = [mine[identity] for identity in classes.get(row.id, ()) if identity in mine]
            if not chosen:
                return None
            return write(frozenset(chosen) if own.several else chosen[-1])

        return text

    def _forum(self, identity: int) -> Value:
        forum = self._gathered.forum.get(identity)
        if forum is None:
            return None
        return self._names.labels.text(self._names.keys[Entity.FORUM][forum], self._writing.language)

    def _decisions(self, identity: int) -> Value:
        return SEPARATOR.join(self._decision(row) for row in self._gathered.decisions.get(identity, ()))

    def _decision(self, row: Any) -> str:
        """Tell a decision by its body, day and section, else by its title."""
        body = ""
        if row.forum_id is not None:
            body = self._names.labels.text(self._names.keys[Entity.FORUM][row.forum_id], self._writing.language)
        day = format_date(row.date, self._writing.language) if isinstance(row.date, dt.date) else ""
        section = f"§ {row.section.lstrip('§ ')}" if row.section else ""
        return " ".join(filter(None, (body, day, section))) or str(row.title_fi)


def _nothing(_row: Any) -> Value:
    return None

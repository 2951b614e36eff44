"""What may be chosen in the cells of an export: each list by its name, written as the cells write it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from portfolio.core.language import say
from portfolio.core.text import sort_key
from portfolio.exchange.columns import CATEGORY, COLUMNS, Entity, Kind
from portfolio.exchange.columns.sheets import ACTION, DELETE, PORTFOLIO, OwnSheet
from portfolio.exchange.columns.writing import Writing
from portfolio.exchange.export.gather import Gathered
from portfolio.exchange.export.names import Names
from portfolio.exchange.export.values import Values
from portfolio.organisation.rules import is_valid, tree_order
from portfolio.register.rules.words import ANSWER_WORDS, YES_OR_NO


class Lists:
    """Makes the lists of an export; what is removed, or not valid today, is not offered."""

    def __init__(self, gathered: Gathered, names: Names, values: Values, writing: Writing, today: dt.date) -> None:
        """Offer what was gathered by these names."""
        self._gathered = gathered
        self._names = names
        self._values = values
        self._writing = writing
        self._today = today

    def of(self, sheets: Iterable[OwnSheet], portfolio_ids: Iterable[int]) -> dict[str, Sequence[str]]:
        """Give every list that a column of the sheets names."""
        wanted = {column.choices: sheet.entity for sheet in sheets for column in sheet.columns if column.choices}
        made = {name: self._made(name, entity) for name, entity in wanted.items() if name != PORTFOLIO}
        if PORTFOLIO in wanted:
            made[PORTFOLIO] = [self._values.portfolio_name(identity) for identity in portfolio_ids]
        return {name: list(dict.fromkeys(words)) for name, words in made.items()}

    def _made(self, name: str, entity: Entity) -> list[str]:
        language = self._writing.language
        if name == Kind.BOOL:
            return [say(msgid, language) for msgid in YES_OR_NO.values()]
        if name == Kind.ANSWER:
            return [say(msgid, language) for msgid in ANSWER_WORDS.values()]
        if name == ACTION:
            return [say(DELETE, language)]
        if name.startswith(CATEGORY):
            return self._texts(Entity.CATEGORY, self._classes(name.removeprefix(CATEGORY)), name)
        if name in {Entity.UNIT, Entity.POST, Entity.SOURCE}:
            return self._texts(Entity(name), self._referred(Entity(name)))
        words = COLUMNS[entity][name.partition(".")[2]].choices
        return [say(msgid, language) for msgid in words.values()]

    def _texts(self, entity: Entity, rows: Iterable[Any], name: str = "") -> list[str]:
        keys, labels = self._names.keys[entity], self._names.labels
        scope = name.removeprefix(CATEGORY)
        return [labels.text(keys[row.id], self._writing.language, scope) for row in rows]

    def _referred(self, entity: Entity) -> Sequence[Any]:
        """Give units in the order of their tree, posts in Finnish order, sources with the municipality's own first."""
        match entity:
            case Entity.UNIT:
                return [unit for unit, _ in tree_order(self._offered(self._gathered.units), lambda one: one.name_sort)]
            case Entity.POST:
                return sorted(self._offered(self._gathered.posts), key=lambda one: (one.title_sort, one.id))
            case _:
                return sorted_sources(self._gathered.sources)

    def _offered(self, rows: Iterable[Any]) -> Iterator[Any]:
        return (row for row in rows if not row.removed and is_valid(row, self._today))

    def _classes(self, scheme: str) -> Sequence[Any]:
        rows = [
            row for row in self._gathered.categories if not row.removed and self._names.schemes[row.scheme_id] == scheme
        ]
        ordered = tree_order(rows, lambda one: (one.position, sort_key(one.name_fi), one.id))
        return [category for category, _ in ordered]


def sorted_sources(sources: Iterable[Any]) -> list[Any]:
    """Give the funding sources that are there: the municipality's own first, then in Finnish order."""
    there = [row for row in sources if not row.removed]
    return sorted(there, key=lambda row: (row.external, sort_key(row.name_fi), row.id))

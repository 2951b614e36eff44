"""The rows of the sheet of reviews: what is told this time, beside what was told last time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from portfolio.core.language import say
from portfolio.exchange.columns import SUBMITTED, Entity, Key, Kind, column, measure_place
from portfolio.exchange.columns.identity import ID, VERSION, token_of
from portfolio.exchange.columns.sheets import CODE, LAST, NAMED, OF_UNIT, RETURNED, STANDS, TITLE, OwnColumn, OwnSheet
from portfolio.exchange.columns.writing import Writing, writer_of
from portfolio.exchange.export.gather import Gathered
from portfolio.exchange.export.looks import Looks
from portfolio.exchange.export.names import Names
from portfolio.exchange.export.rights import Closed
from portfolio.exchange.export.values import Values
from portfolio.exchange.queries.asked import AskedRound
from portfolio.files.workbook import BookRow, Value
from portfolio.reviews.models import Review
from portfolio.reviews.rules import ANSWERED, REVIEW_WORDS, ReviewState

Getter: TypeAlias = Callable[[Review], Value]


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """What the rows of the sheet of reviews are made of."""

    sheet: OwnSheet
    gathered: Gathered
    asked: AskedRound
    names: Names
    values: Values
    writing: Writing

    def rows(self, closed: Closed, looks: Looks) -> Iterator[BookRow]:
        """Give a row for each review, in the order of the initiatives' codes."""
        getters = [self._getter(one) for one in self.sheet.columns]
        reviews = {row.initiative_id: row for row in self.asked.reviews}
        for initiative in self.gathered.initiatives:
            review = reviews.get(initiative.id)
            if review is None:
                continue
            values = [get(review) for get in getters]
            shut = closed.of_review(self.sheet, self.asked.state, review, initiative) | self._unmeasured(initiative.id)
            yield BookRow(values, looks.row(shut), looks.height(values))

    def _unmeasured(self, initiative_id: int) -> frozenset[str]:
        """Name the columns of places in which an initiative has no indicator."""
        places = ((one.key, measure_place(one.key)) for one in self.sheet.columns)
        measured = self.asked.measured
        return frozenset(key for key, place in places if place and measured.at(initiative_id, place) is None)

    def _getter(self, own: OwnColumn) -> Getter:
        special = self._special().get(own.key)
        if special is not None:
            return special
        if own.key.startswith(LAST):
            return lambda row: self.asked.last_told(row.initiative_id, own, self.writing)
        if own.key.startswith(NAMED):
            return lambda row: self.asked.named(row.initiative_id, own, self.writing.language)
        found = column(Entity.REVIEW, own.key)
        if found is None:
            return _nothing
        take = self._taken(own.key, found.to if found.kind is Kind.REFERENCE else None)
        write = writer_of(found, self.writing)
        return lambda row: write(take(row))

    def _special(self) -> Mapping[str, Getter]:
        """Give the getters of what identifies a row, or is there for reading."""
        items = {row.id: row for row in self.gathered.initiatives}
        return {
            ID: lambda row: token_of(Entity.REVIEW, row.id),
            VERSION: lambda row: self.gathered.version("review", row),
            CODE: lambda row: items[row.initiative_id].code,
            TITLE: lambda row: self.values.title(items[row.initiative_id]),
            OF_UNIT: lambda row: self._unit(items[row.initiative_id].unit_id),
            STANDS: lambda row: say(REVIEW_WORDS[row.state], self.writing.language),
            RETURNED: lambda row: row.comment if row.state is ReviewState.RETURNED else None,
            SUBMITTED: self._submitted,
        }

    def _taken(self, name: str, to: Entity | None) -> Callable[[Review], Any]:
        """Give what takes a field's value from a review; a reference by the key of what it means."""
        if to is None:
            return lambda row: self.asked.value(row, name)
        keys: Mapping[int, Key] = self.names.keys[to]

        def key(row: Review) -> Key | None:
            identity = self.asked.value(row, name)
            return None if identity is None else keys[identity]

        return key

    def _submitted(self, row: Review) -> Value:
        """Say yes of an answer that the office has; of any other nothing, for blank lets the row itself decide."""
        found = column(Entity.REVIEW, SUBMITTED)
        return writer_of(found, self.writing)(True) if found and row.state in ANSWERED else None

    def _unit(self, identity: int | None) -> Value:
        keys = self.names.keys[Entity.UNIT]
        return None if identity is None else self.names.labels.text(keys[identity], self.writing.language)


def _nothing(_row: Review) -> Value:
    return None

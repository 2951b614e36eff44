"""What people write in a column and what it means: known by habit, told by a person, or still to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import MONEY, Column, Entity, Kind, Reading, column, norm, normalise
from portfolio.exchange.columns.words import means_unknown
from portfolio.exchange.guess.evidence import OWN_WORDS, Values, bare, refers
from portfolio.exchange.guess.heading import Head
from portfolio.exchange.guess.model import MEANS_BLANK, ColumnGuess, Vocabulary
from portfolio.exchange.guess.people import first_of, has_several
from portfolio.exchange.guess.words import UNKNOWN_AMOUNTS
from portfolio.files.cells import Sheet, column_letter

OWN_VALUES = N_('Column %(column)s: "%(text)s" was taken as "%(meaning)s".')

ASKED = frozenset({Kind.CHOICE, Kind.ANSWER, Kind.BOOL})
ASKED_OF = frozenset({Entity.UNIT, Entity.POST, Entity.CATEGORY, Entity.FORUM})
"""Of what kinds of columns, or of references to what, a person is asked what an unknown text means."""
YES_OR_NO: Mapping[str, bool] = {"yes": True, "no": False}

Map = dict[str, dict[str, Any]]


def may_be_told(kind: Column | None) -> bool:
    """Tell whether a person may say what the texts of such a column mean."""
    return kind is not None and (kind.kind in ASKED or (kind.kind is Kind.REFERENCE and kind.to in ASKED_OF))


@dataclass(slots=True)
class Meanings:
    """The value maps of one table; ``given`` are a person's own answers by column and text.

    ``blanks`` are the texts that the person says mean a blank cell, ``unknown`` those of each column that mean nothing.
    """

    sheet: Sheet
    head: Head
    columns: tuple[ColumnGuess, ...]
    values: Mapping[int, Values]
    entity: Entity
    vocabulary: Vocabulary
    notices: list[Problem]
    given: Mapping[int, Mapping[str, str]]
    blanks: list[str] = field(default_factory=list)
    unknown: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def find(self) -> Map:
        """Give what texts mean, by field: a status in other words, a name behind a code, what a person told."""
        found: Map = {}
        for one in self.columns:
            kind = column(self.entity, one.field or "", self.vocabulary.registry.several)
            if one.field and one.field.startswith(MONEY):
                found.setdefault("amount", {}).update(self._unknown_amounts(one))
            elif kind is not None:
                found.setdefault(kind.name, {}).update(self._of_column(one, kind))
        return {name: values for name, values in found.items() if values}

    def _unknown_amounts(self, one: ColumnGuess) -> dict[str, str]:
        values = self.values[one.number]
        return {text: "unknown" for text in (*values.placeholders, *values.texts) if norm(text) in UNKNOWN_AMOUNTS}

    def _of_column(self, one: ColumnGuess, kind: Column) -> dict[str, Any]:
        mapped: dict[str, Any] = dict(self._meant(one, kind))
        if kind.kind is Kind.ANSWER:
            mapped |= {text: "unknown" for text in self.values[one.number].placeholders if means_unknown(text)}
        if may_be_told(kind):
            mapped |= self._told(one, kind)
            self.unknown[one.number] = tuple(self._nothing(one, kind, mapped))
        return mapped

    def _meant(self, one: ColumnGuess, kind: Column) -> list[tuple[str, str]]:
        reading = self._reading()
        own = OWN_WORDS.get(kind.name, {})
        told = self.given.get(one.number, {})
        found = []
        for text in self.values[one.number].texts:
            plain = " ".join(text.split())
            if plain in told:
                continue
            if meaning := own.get(norm(text)):
                found.append((plain, meaning))
            elif kind.kind is Kind.REFERENCE and kind.to is not None and not self._is_known(kind, plain, reading):
                single = first_of(plain) if kind.to is Entity.POST else plain
                name = next((form for form in bare(single) if refers(kind, form, reading)), None)
                if name:
                    found.append((single, name))
        for text, meaning in found:
            shown = {"column": column_letter(one.number), "text": text, "meaning": _said(kind, meaning)}
            self.notices.append(Problem(OWN_VALUES, shown, self.sheet.place(self.head.last, one.number)))
        return found

    def _told(self, one: ColumnGuess, kind: Column) -> dict[str, Any]:
        """Take the person's answers that such a column may hold."""
        found: dict[str, Any] = {}
        for text, meaning in self.given.get(one.number, {}).items():
            if meaning == MEANS_BLANK:
                self.blanks.append(text)
            elif kind.kind is Kind.BOOL and meaning in YES_OR_NO:
                found[text] = YES_OR_NO[meaning]
            elif not isinstance(normalise(kind, meaning, self._reading()), Problem):
                found[text] = meaning
        return found

    def _nothing(self, one: ColumnGuess, kind: Column, mapped: Mapping[str, Any]) -> Iterator[str]:
        """Give the texts of a column that still mean nothing."""
        blanks = frozenset(map(norm, self.blanks))
        reading = replace(self._reading(), values={norm(text): value for text, value in mapped.items()}, blanks=blanks)
        for text in self.values[one.number].texts:
            several = kind.to is Entity.POST and has_several(text) and one.field == "owner_post"
            if not several and isinstance(normalise(kind, text, reading), Problem):
                yield " ".join(text.split())

    def _reading(self) -> Reading:
        words = self.vocabulary
        return Reading(words.language, words.times, words.registry, words.portfolio)

    @staticmethod
    def _is_known(kind: Column, text: str, reading: Reading) -> bool:
        scope = kind.name.partition(":")[2] if kind.to is Entity.CATEGORY else ""
        scope = reading.portfolio if kind.to is Entity.INITIATIVE else scope
        return kind.to is not None and reading.registry.knows(kind.to, text, scope)


def _said(kind: Column, meaning: str) -> object:
    return Problem(kind.choices[meaning]) if meaning in kind.choices else meaning

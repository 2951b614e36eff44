"""A guess as the mapping page draws it: each sheet's columns with their choices, and the first rows as read by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.text import sort_key
from portfolio.exchange.columns import (
    AMOUNTS,
    CATEGORY,
    COLUMNS,
    MONEY,
    Entity,
    Kind,
    Known,
    Registry,
    column,
    money_parts,
)
from portfolio.exchange.columns.codec import Reference
from portfolio.exchange.columns.words import BUDGET_PART
from portfolio.exchange.forms.mapping import AS_GUESSED, HEADINGS_ONLY, header_said, is_money, said
from portfolio.exchange.guess import ColumnGuess, Guess, SheetGiven, SheetGuess
from portfolio.exchange.guess.meanings import may_be_told
from portfolio.exchange.guess.model import MEANS_BLANK
from portfolio.exchange.guess.money import ANY_YEAR, UNIT_NAMES
from portfolio.exchange.guess.names import schemes, sources
from portfolio.exchange.profile import END, START
from portfolio.exchange.queries.words import ENTITY_WORDS, Words
from portfolio.exchange.rows import Parsed, Record, SheetRead
from portfolio.files.cells import column_letter
from portfolio.web.language import gettext, say_here

ROWS = 10
LONGEST = 160
NEVER = frozenset({"merged_into"})
"""Fields that no guess fills: they point at items that are made only later."""
STARTS, ENDS, OTHER_MONEY = N_("Time: start"), N_("Time: end"), N_("Money of a year")
SURE, LIKELY = 0.85, 0.6
MOST_ASKED = 40
"""So many texts of one column are asked about; a column of more is another column."""
YES_OR_NO_WORDS = {"yes": N_("Yes"), "no": N_("No"), "unknown": N_("Not known")}
PERCENTS = {"fraction": N_("shares from 0 to 1"), "percent": N_("per cents from 0 to 100")}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the selects of the page offer, in the page's language, as (value, words)."""

    registry: Registry
    words: Words

    def fields(self, entity: Entity) -> list[tuple[str, str]]:
        """Give the fields that a column may hold."""
        found = [(name, say_here(one.heading)) for name, one in COLUMNS[entity].items() if name not in NEVER]
        if column(entity, "timespan"):
            found += [(START, gettext(STARTS)), (END, gettext(ENDS))]
        if entity is Entity.INITIATIVE:
            codes = [f"{CATEGORY}{code}" for code in schemes(self.registry)]
            found += [(name, self.words.field(entity, name)) for name in codes]
        if entity is not Entity.MILESTONE:
            found.append((ANY_YEAR, gettext(OTHER_MONEY)))
        return found

    def meanings(self, entity: Entity, name: str) -> list[tuple[str, str]]:
        """Give what a text of a column may mean; nothing where that is not asked."""
        kind = column(entity, name, self.registry.several)
        if kind is None or not may_be_told(kind):
            return []
        if kind.to is not None:
            scope = name.removeprefix(CATEGORY) if kind.to is Entity.CATEGORY else ""
            known = self.registry.all_known(kind.to, scope)
            found = sorted(((_written(one), one.label) for one in known), key=lambda pair: sort_key(pair[1]))
        elif kind.choices:
            found = [(value, gettext(words)) for value, words in kind.choices.items()]
        else:
            found = [(value, gettext(words)) for value, words in YES_OR_NO_WORDS.items()]
            found = found if kind.kind is Kind.ANSWER else found[:2]
        return [*found, (MEANS_BLANK, gettext("Leave it blank"))]

    def names(self) -> frozenset[str]:
        """Give every field that any column or section may hold."""
        return frozenset(
            name for entity in (Entity.INITIATIVE, Entity.MILESTONE, Entity.BUDGET) for name, _ in self.fields(entity)
        )

    def sections(self, sheet: SheetGuess) -> list[tuple[str, str]]:
        """Give what rows between the data may mean."""
        guessed = ", ".join(
            self.words.field(sheet.entity, one.field) if one.field else gettext("headings only")
            for one in sheet.layout.sections
        )
        fields = ["unit", *(f"{CATEGORY}{code}" for code in schemes(self.registry))]
        return [
            (AS_GUESSED, gettext("As guessed: %(what)s", what=guessed or gettext("none"))),
            (HEADINGS_ONLY, gettext("Headings only, not read")),
            *((name, self.words.field(Entity.INITIATIVE, name)) for name in fields),
        ]

    def sources(self) -> list[tuple[str, str]]:
        """Give the funding sources."""
        return [(code, self.registry.label((Entity.SOURCE, code))) for code in sources(self.registry)]


def sheets_shown(
    found: Guess, given: Mapping[str, SheetGiven], parsed: Parsed, choices: Choices
) -> Iterator[dict[str, Any]]:
    """Give each sheet as the page draws it."""
    read = {one.name: one for one in parsed.sheets}
    for number, sheet in enumerate(found.sheets):
        answer = given.get(sheet.name, SheetGiven())
        yield {
            "number": number,
            "prefix": f"s{number}_",
            "guess": sheet,
            "kind": gettext(ENTITY_WORDS[sheet.entity]),
            "reasons": [say_here(one) for one in sheet.reasons],
            "header": header_said(sheet),
            "header_own": answer.header is not None,
            "read_own": answer.read is not None,
            "columns": [_column(one, answer, choices, sheet.entity) for one in sheet.columns] if sheet.read else [],
            "fields": choices.fields(sheet.entity),
            "sections": choices.sections(sheet) if sheet.layout.sections or answer.section is not None else [],
            "section": AS_GUESSED if answer.section is None else answer.section or HEADINGS_ONLY,
            "identity": [_label(choices, sheet.entity, name) for name in sheet.identity],
            "sample": _sample(sheet, parsed, choices) if sheet.read else None,
            "totals": _totals(read.get(sheet.name)),
            "rows": read[sheet.name].rows if sheet.name in read else 0,
        }


def _column(one: ColumnGuess, answer: SheetGiven, choices: Choices, entity: Entity) -> dict[str, Any]:
    """Give a column: what was chosen is shown as chosen, also where it cannot be read."""
    own = answer.columns.get(one.number)
    chosen = one.field or (own.field if own and own.field == ANY_YEAR else None)
    unit = one.unit or (own.unit if own else None)
    year, part, source, amount = money_parts(chosen) if chosen and chosen.startswith(MONEY) else ("", "", "", "")
    return {
        "guess": one,
        "letter": column_letter(one.number),
        "chosen": ANY_YEAR if is_money(chosen) else chosen,
        "money": {"year": year, "part": part, "source": source, "amount": amount} if is_money(chosen) else None,
        "unit": unit,
        "units": _units(chosen),
        "was": said(chosen, unit),
        "own": own is not None,
        "asked": _asked(one, answer, choices, entity),
        "sureness": _sureness(one.confidence) if one.field and own is None else None,
        "reasons": [say_here(reason) for reason in one.reasons],
    }


def _asked(one: ColumnGuess, answer: SheetGiven, choices: Choices, entity: Entity) -> dict[str, Any] | None:
    """Give the texts of a column whose meaning is asked, with what was answered of each."""
    told = answer.values.get(one.number, {})
    texts = list(dict.fromkeys((*told, *one.unknown)))
    meanings = choices.meanings(entity, one.field) if one.field and texts else []
    if not meanings:
        return None
    shown = [(text, told.get(text, "")) for text in texts[:MOST_ASKED]]
    return {"texts": shown, "meanings": meanings, "more": len(texts) - len(shown)}


def _written(known: Known) -> str:
    """Write what a text means so that the same is found by it."""
    return known.codes[0] if known.codes else known.label


def _units(chosen: str | None) -> list[tuple[str, str]]:
    if is_money(chosen) or chosen in AMOUNTS:
        return [(unit, gettext(words)) for unit, words in UNIT_NAMES.items()]
    return [(unit, gettext(words)) for unit, words in PERCENTS.items()] if chosen == "progress" else []


def _sureness(confidence: float) -> dict[str, str]:
    if confidence >= SURE:
        return {"words": gettext("sure"), "tone": "done", "shape": "tick"}
    if confidence >= LIKELY:
        return {"words": gettext("likely"), "tone": "way", "shape": "half"}
    return {"words": gettext("unsure"), "tone": "risk", "shape": "triangle"}


def money_choices(choices: Choices) -> dict[str, Sequence[tuple[str, str]]]:
    """Give what the parts of a year's money may be."""
    return {
        "amounts": [(amount, gettext(words)) for amount, words in AMOUNTS.items()],
        "parts": [(part, gettext(words)) for part, words in BUDGET_PART.items()],
        "sources": choices.sources(),
    }


def _totals(read: SheetRead | None) -> list[tuple[str, Decimal]]:
    return list(read.totals.items()) if read else []


def _sample(sheet: SheetGuess, parsed: Parsed, choices: Choices) -> dict[str, Any]:
    """Give the first rows as they would be read, each cell in words, what is wrong in its place."""
    records = [(row, one) for one in parsed.records.values() for name, row in one.rows[:1] if name == sheet.name]
    fields = list(dict.fromkeys(name for _, one in records[:ROWS] for name in one.cells if name != "kind"))
    return {
        "heads": [_label(choices, sheet.entity, name) for name in fields],
        "rows": [{"row": row, "cells": [_cell(one, name, choices) for name in fields]} for row, one in records[:ROWS]],
        "count": len(records),
    }


def _cell(one: Record, name: str, choices: Choices) -> dict[str, Any]:
    cell = one.cells.get(name)
    if cell is None:
        return {"words": None, "problem": None}
    if isinstance(cell.value, Problem):
        return {"words": None, "problem": say_here(cell.value)}
    words = choices.words.value(one.entity, name, _named(cell.value, choices.registry))
    return {"words": _short(words) if words else None, "problem": None}


def _named(value: Any, registry: Registry) -> Any:
    """Put names in the place of keys: what a row refers to may be on another row of the same file."""
    if isinstance(value, tuple):
        return Reference((str(value[0]), str(value[1])), None, registry.label((str(value[0]), str(value[1]))))
    return frozenset(_named(one, registry) for one in value) if isinstance(value, frozenset) else value


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _label(choices: Choices, entity: Entity, name: str) -> str:
    if name in (START, END):
        return gettext(STARTS if name == START else ENDS)
    return choices.words.field(entity, name)

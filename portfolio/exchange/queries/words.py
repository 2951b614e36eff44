"""Cells of a plan in a person's words: what a field is called, and what its values read as in a language."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.budgets.models import FundingSource
from portfolio.core.language import N_, format_date, format_number, say, say_problem
from portfolio.core.money import format_money
from portfolio.core.problem import Problem
from portfolio.core.timespan import Timespan
from portfolio.exchange.columns import (
    AMOUNTS,
    CATEGORY,
    MONEY,
    Column,
    Entity,
    Kind,
    Unknown,
    column,
    money_parts,
    question_id,
)
from portfolio.exchange.columns import words as closed
from portfolio.exchange.columns.codec import Reference, references
from portfolio.exchange.merge import REMOVED
from portfolio.exchange.queries.present import MODELS
from portfolio.register.models import CategoryScheme
from portfolio.reviews.models import ReviewQuestion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_KNOWN = N_("not known")
GONE, STAYS = N_("removed"), N_("not removed")
ACTION_HEADING = N_("Action")
"""How a workbook calls the column that asks to remove a row."""

ANSWERS = MappingProxyType({"yes": N_("Yes"), "no": N_("No"), "unknown": NOT_KNOWN})
ENTITY_WORDS: Mapping[Entity, str] = MappingProxyType(
    {
        Entity.UNIT: N_("Unit"),
        Entity.POST: N_("Post"),
        Entity.SCHEME: N_("Classification"),
        Entity.CATEGORY: N_("Class"),
        Entity.SOURCE: N_("Funding source"),
        Entity.FORUM: N_("Forum"),
        Entity.MEETING: N_("Meeting"),
        Entity.INITIATIVE: N_("Initiative"),
        Entity.DECISION: N_("Decision"),
        Entity.MILESTONE: N_("Milestone"),
        Entity.RECURRING_DEADLINE: N_("Recurring deadline"),
        Entity.DEPENDENCY: N_("Dependency"),
        Entity.INDICATOR: N_("Indicator"),
        Entity.BUDGET: N_("Appropriation"),
        Entity.DOCUMENT_LINK: N_("Document"),
        Entity.REVIEW: N_("Review"),
    }
)
MONEY_OF = N_("%(amount)s %(year)s, %(part)s, %(source)s")


class Words:
    """Says fields and values for one page; names of what the values refer to are loaded at once."""

    def __init__(self, session: Session, municipality_id: int, values: Iterable[Any], language: str) -> None:
        """Take up the decoded values of the page's cells."""
        self._session = session
        self._municipality_id = municipality_id
        self._language = language
        self._names = self._load([one for value in values for one in references(value)])

    def entity(self, entity: Entity) -> str:
        """Say what one row of a kind is called."""
        return self._say(ENTITY_WORDS[entity])

    def field(self, entity: Entity, name: str) -> str:
        """Say what a field is called: classes by their classification, money by year, part and source."""
        if name.startswith(CATEGORY):
            code = name.removeprefix(CATEGORY)
            return self._schemes.get(code, code)
        if name.startswith(MONEY):
            return self._money(name)
        if name == REMOVED:
            return say(ACTION_HEADING, self._language)
        question = question_id(name) if entity is Entity.REVIEW else None
        if question is not None and question in self._questions:
            return self._questions[question]
        found = column(entity, name)
        return say_problem(found.heading, self._language) if found else name

    def value(self, entity: Entity | None, name: str, value: Any) -> str | None:
        """Say one value; None for a blank. Of what kind its row is may be unknown where the row is in error."""
        if value is None or value in ("", frozenset()):
            return None
        if name == REMOVED:
            return say(GONE if value else STAYS, self._language)
        if isinstance(value, frozenset):
            return ", ".join(sorted(filter(None, (self.value(entity, name, one) for one in value))))
        if isinstance(value, Reference):
            return self._name(value)
        found = column(entity, name) if entity is not None else None
        write = _BY_KIND.get(found.kind) if found is not None else None
        return write(found, value, self._language) if write and found else self._plain(value)

    def _plain(self, value: Any) -> str:
        match value:
            case Unknown():
                return self._say(NOT_KNOWN)
            case Timespan():
                return value.words
            case dt.date():
                return format_date(value, self._language)
            case Decimal():
                return format_number(value, self._language)
            case tuple():
                return str(value[1])
        return str(value)

    def _money(self, name: str) -> str:
        """Name an amount by its year, budget part and the name of its funding source."""
        year, part, source, amount = money_parts(name)
        shown = {
            "amount": Problem(AMOUNTS[amount]),
            "year": str(year),
            "part": Problem(closed.BUDGET_PART[part]),
            "source": self._sources.get(source, source),
        }
        return say(MONEY_OF, self._language, **shown)

    def _name(self, reference: Reference) -> str:
        entity = Entity(reference.key[0])
        return self._names.get((entity, reference.id), reference.label) if reference.id else reference.label

    def _load(self, found: Iterable[Reference]) -> dict[tuple[Entity, int | None], str]:
        """Load the names, in the page's language, of what is referred to and is there."""
        ids: dict[Entity, set[int]] = defaultdict(set)
        for one in found:
            if one.id is not None:
                ids[Entity(one.key[0])].add(one.id)
        names: dict[tuple[Entity, int | None], str] = {}
        for entity, wanted in ids.items():
            model: Any = MODELS[entity]
            stem = "title" if hasattr(model, "title_fi") else "name"
            columns = (model.id, getattr(model, f"{stem}_fi"), getattr(model, f"{stem}_sv"))
            here = model.municipality_id == self._municipality_id
            rows = self._session.execute(select(*columns).where(here, model.id.in_(wanted)))
            names.update({(entity, row[0]): self._either(row[1], row[2]) for row in rows})
        return names

    @cached_property
    def _schemes(self) -> Mapping[str, str]:
        return self._by_code(CategoryScheme)

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return self._by_code(FundingSource)

    @cached_property
    def _questions(self) -> Mapping[int, str]:
        here = ReviewQuestion.municipality_id == self._municipality_id
        rows = self._session.execute(
            select(ReviewQuestion.id, ReviewQuestion.text_fi, ReviewQuestion.text_sv).where(here)
        )
        return {row.id: self._either(row.text_fi, row.text_sv) for row in rows}

    def _by_code(self, model: Any) -> Mapping[str, str]:
        statement = select(model.code, model.name_fi, model.name_sv).where(
            model.municipality_id == self._municipality_id
        )
        return {row.code: self._either(row.name_fi, row.name_sv) for row in self._session.execute(statement)}

    def _either(self, finnish: str | None, swedish: str | None) -> str:
        return str((swedish if self._language == "sv" else None) or finnish or swedish)

    def _say(self, msgid: str) -> str:
        return say(msgid, self._language)


def _percent(_column: Column, value: Any, _language: str) -> str:
    return f"{value}\N{NO-BREAK SPACE}%"


def _euros(_column: Column, value: Any, language: str) -> str:
    return format_money(value if isinstance(value, Decimal) else None, language)


def _closed(found: Column, value: Any, language: str) -> str:
    return say(found.choices.get(str(value), str(value)), language)


def _answer(_column: Column, value: Any, language: str) -> str:
    return say(ANSWERS.get(str(value), str(value)), language)


def _bool(_column: Column, value: Any, language: str) -> str:
    answer = "yes" if value else "no"
    return say(ANSWERS[answer], language)


_BY_KIND: Mapping[Kind, Callable[[Column, Any, str], str]] = MappingProxyType(
    {
        Kind.PERCENT: _percent,
        Kind.MONEY: _euros,
        Kind.CHOICE: _closed,
        Kind.CHOICES: _closed,
        Kind.ANSWER: _answer,
        Kind.BOOL: _bool,
    }
)

"""The amounts that a ledger would write, with the names of what they are of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.budgets.queries import funding_sources
from portfolio.budgets.rules import PART_WORDS
from portfolio.core.language import in_language, say
from portfolio.core.records import chunks
from portfolio.exchange.ledger.plan import CellPlan, LedgerPlan
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class AmountWords:
    """One amount: whose it is, and "2023, Käyttötalous, Oma rahoitus"."""

    plan: CellPlan
    code: str
    title: str
    words: str
    source_code: str


def cells_in_words(session: Session, municipality_id: int, plan: LedgerPlan, language: str) -> list[AmountWords]:
    """Name the amounts of a plan in a language, in order of initiative and year."""
    items: dict[int, Initiative] = {}
    for some in chunks(sorted({one.key.initiative_id for one in plan.cells})):
        items |= {one.id: one for one in session.scalars(select(Initiative).where(Initiative.id.in_(some)))}
    sources = {one.id: one for one in funding_sources(session, municipality_id)}
    found = []
    for one in plan.cells:
        key = one.key
        item, source = items[key.initiative_id], sources[key.source_id]
        name = in_language(source.name_fi, source.name_sv, language)
        title = in_language(item.title_fi, item.title_sv, language)
        words = f"{key.year}, {say(PART_WORDS[key.part], language)}, {name}"
        found.append(AmountWords(one, item.code, title, words, source.code))
    return found

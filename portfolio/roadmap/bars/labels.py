"""What a bar's label says, from the fullest wording to the shortest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from portfolio.core.language import N_, format_date, format_percent, say
from portfolio.core.money import NO_SEPARATE_APPROPRIATION, format_money
from portfolio.register.rules import Status
from portfolio.register.rules.words import STATUS_WORDS
from portfolio.roadmap.bars.model import Item, Shape

AT_LEAST = N_("at least %(money)s")
NO_END = N_("no end date")
REMEMBERED = 1024
"""Wordings kept in mind: of thousands of bars most say one of some dozens of things."""
FINISHED = frozenset(
    {Status.COMPLETED, Status.IN_USE, Status.ESTABLISHED, Status.STOPPED, Status.REJECTED, Status.MERGED}
)
"""Statuses in which a missing end is no news."""


def wordings(item: Item, shape: Shape, language: str) -> tuple[str, ...]:
    """Give the texts that may stand at a bar, the fullest first; none where the colour says it all."""
    endless = shape.last_edge == 0 and item.status not in FINISHED
    return _wordings(item.status, item.progress, item.completed_on, language, endless=endless)


@lru_cache(maxsize=REMEMBERED)
def _wordings(
    status: Status, progress: int | None, completed_on: dt.date | None, language: str, *, endless: bool
) -> tuple[str, ...]:
    words = say(STATUS_WORDS[status], language)
    texts: tuple[str, ...]
    match status:
        case Status.UNDER_WAY:
            texts = () if progress is None else (format_percent(progress, language),)
        case Status.COMPLETED if completed_on:
            texts = (f"✓ {words} {format_date(completed_on, language)}", f"✓ {words}", "✓")
        case Status.COMPLETED | Status.IN_USE | Status.ESTABLISHED:
            texts = (f"✓ {words}", "✓")
        case _:
            texts = (words,)
    if endless:
        no_end = say(NO_END, language)
        texts = (f"{texts[0]} · {no_end}", *texts) if texts else (no_end,)
    return texts


def with_money(texts: Sequence[str], item: Item, language: str) -> tuple[str, ...]:
    """Add the planned money of the years shown: what says both is first; where nothing is said the money is."""
    money = money_words(item, language)
    if not money:
        return tuple(texts)
    return (*(f"{text} · {money}" for text in texts), *texts) or (money,)


def money_words(item: Item, language: str) -> str:
    """Say an initiative's planned money, "2,1 milj. €"; where an amount is not known, that it is the least."""
    if item.amount is None or item.amount.known is None:
        return ""
    if not item.amount.known and not item.amount.unknown:
        return say(NO_SEPARATE_APPROPRIATION, language)
    money = format_money(item.amount.known, language, "meur")
    return say(AT_LEAST, language, money=money) if item.amount.unknown else money

"""What a bar's label says, from the fullest wording to the shortest."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.core.language import N_, format_date, format_percent, say
from portfolio.core.money import NO_SEPARATE_APPROPRIATION, format_money
from portfolio.register.rules import Status
from portfolio.roadmap.bars.model import Item, Shape

STATUS_WORDS = {
    Status.PROPOSED: N_("Proposed"),
    Status.IN_PREPARATION: N_("In preparation"),
    Status.APPROVED: N_("Approved"),
    Status.UNDER_WAY: N_("Under way"),
    Status.COMPLETED: N_("Completed"),
    Status.IN_USE: N_("In use"),
    Status.ESTABLISHED: N_("Established"),
    Status.PAUSED: N_("Paused"),
    Status.STOPPED: N_("Stopped"),
    Status.REJECTED: N_("Rejected"),
    Status.MERGED: N_("Merged"),
}
AT_LEAST = N_("at least %(money)s")
NO_END = N_("no end date")
FINISHED = frozenset(
    {Status.COMPLETED, Status.IN_USE, Status.ESTABLISHED, Status.STOPPED, Status.REJECTED, Status.MERGED}
)
"""Statuses in which a missing end is no news."""


def wordings(item: Item, shape: Shape, language: str) -> list[str]:
    """Give the texts that may stand at a bar, the fullest first; none where the colour says it all."""
    status = say(STATUS_WORDS[item.status], language)
    match item.status:
        case Status.UNDER_WAY:
            texts = [] if item.progress is None else [format_percent(item.progress, language)]
        case Status.COMPLETED if item.completed_on:
            texts = [f"✓ {status} {format_date(item.completed_on, language)}", f"✓ {status}", "✓"]
        case Status.COMPLETED | Status.IN_USE | Status.ESTABLISHED:
            texts = [f"✓ {status}", "✓"]
        case _:
            texts = [status]
    if shape.last_edge == 0 and item.status not in FINISHED:
        no_end = say(NO_END, language)
        texts = [f"{texts[0]} · {no_end}", *texts] if texts else [no_end]
    return texts


def with_money(texts: Sequence[str], item: Item, language: str) -> list[str]:
    """Add the planned money of the years shown: what says both is first; where nothing is said the money is."""
    money = money_words(item, language)
    if not money:
        return list(texts)
    return [*(f"{text} · {money}" for text in texts), *texts] or [money]


def money_words(item: Item, language: str) -> str:
    """Say an initiative's planned money, "2,1 milj. €"; where an amount is not known, that it is the least."""
    if item.amount is None or item.amount.known is None:
        return ""
    if not item.amount.known and not item.amount.unknown:
        return say(NO_SEPARATE_APPROPRIATION, language)
    money = format_money(item.amount.known, language, "meur")
    return say(AT_LEAST, language, money=money) if item.amount.unknown else money

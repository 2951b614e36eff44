"""What a bar's label says, from the fullest wording to the shortest."""

from __future__ import annotations

from portfolio.core.language import N_, format_date, format_percent, say
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

"""Whether a row of the sheet of reviews is to be submitted: as it says, else by what it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import SUBMITTED, UNKNOWN
from portfolio.exchange.merge import alike

SUBMITTED_ALREADY = N_(
    "The answer has been submitted already. The office can return it to you; leave this cell as it was."
)
WHOLE = ("health", "verdict")
"""What a row must tell to be submitted without being asked to."""


def settle_answers(columns: Mapping[str, list[Any]], bases: Sequence[Mapping[str, Any]]) -> None:
    """Settle in their columns what the rows say of being submitted, each beside what the workbook was made from.

    "Yes" submits, "no" does not. A blank submits a row that was changed and tells how it goes and what is to become of
    it; an answer that the office has stays submitted. Money that is said to be unknown is money not told.
    """
    if "money_used" in columns:
        columns["money_used"][:] = [None if value is UNKNOWN else value for value in columns["money_used"]]
    if SUBMITTED not in columns:
        return
    others = [name for name in columns if name != SUBMITTED]
    column = columns[SUBMITTED]
    for number, base in enumerate(bases):
        told = {name: columns[name][number] for name in others}
        column[number] = _settled(column[number], told, base)


def _settled(said: Any, told: Mapping[str, Any], base: Mapping[str, Any]) -> Any:
    """Give yes, nothing, or what is wrong."""
    if isinstance(said, Problem) or said is True:
        return said
    if base.get(SUBMITTED):
        return Problem(SUBMITTED_ALREADY) if said is False else True
    is_whole = all(told.get(name, base.get(name)) is not None for name in WHOLE)
    is_changed = any(value is not base.get(name) and not alike(value, base.get(name)) for name, value in told.items())
    return True if said is None and is_whole and is_changed else None

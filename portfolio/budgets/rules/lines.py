"""Budgets' closed lists, who may write amounts, and what is wrong with what is written. Pure."""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.rights import Actor, FieldGroup, open_groups

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

FIRST_YEAR, LAST_YEAR = 1990, 2100
AMOUNTS = ("planned", "forecast", "actual")
AMOUNT_GROUPS = dict.fromkeys(AMOUNTS, FieldGroup.BUDGET)
"""The group of each amount in the role × field table."""

LOCKED = N_("The budget of %(year)s has been approved: its planned amounts are locked. The forecast can be changed.")
FRAME_LOCKED = N_("The budget of %(year)s has been approved: its frames are locked.")
BELOW_ZERO = N_("A frame is not below zero.")
SHARE = N_("A share is from 0 to 100 per cent.")
YEAR = N_("The budget year %(year)s is not between 1990 and 2100.")


class BudgetPart(enum.StrEnum):
    """The part of the municipal budget: käyttötalous or investointi."""

    OPERATING = "operating"
    INVESTMENT = "investment"


def editable_amounts(actor: Actor, unit_id: int | None, owner_post_id: int | None) -> frozenset[str]:
    """Return which amounts of an initiative of this unit and responsible post the actor may write."""
    groups = open_groups(actor, unit_id, owner_post_id)
    return frozenset(name for name, group in AMOUNT_GROUPS.items() if group in groups)


def check_line(given: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a line's year."""
    year = given.get("year")
    if year is None or FIRST_YEAR <= year <= LAST_YEAR:
        return []
    return [Problem(YEAR, {"year": str(year)}, "year")]


def check_lock(given: Mapping[str, Any], year: int, locked: Collection[int]) -> list[Problem]:
    """Return the problem of a plan that would change after its year's budget has been approved."""
    if year not in locked or not given.keys() & {"planned", "removed"}:
        return []
    return [Problem(LOCKED, {"year": str(year)}, "planned")]


def check_frame_lock(given: Mapping[str, Any], year: int, locked: Collection[int]) -> list[Problem]:
    """Return the problem of a frame that would change after its year's budget has been approved: all of it is fixed."""
    if year not in locked or not given:
        return []
    return [Problem(FRAME_LOCKED, {"year": str(year)}, "amount")]


def check_frame(given: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a frame: its year, or an amount below zero."""
    amount: Decimal | None = given.get("amount")
    problems = [Problem(BELOW_ZERO, place="amount")] if amount is not None and amount < 0 else []
    return [*check_line(given), *problems]


def check_share(given: Mapping[str, Any]) -> list[Problem]:
    """Return the problem of a share that is no percentage."""
    percent: Decimal | None = given.get("percent")
    if percent is None or 0 <= percent <= 100:  # noqa: PLR2004 -- per cent
        return []
    return [Problem(SHARE, place="percent")]

"""What of one initiative is open to the person who looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.budgets.rules import editable_amounts
from portfolio.core.rights import Right
from portfolio.register.models import Initiative
from portfolio.register.rules import PARTS, Facts, editable_fields
from portfolio.web.current import current


@dataclass(frozen=True, slots=True)
class May:
    """Which ways to change an initiative a page offers; ``parts`` holds the kinds of parts that are open."""

    edit: bool = False
    copy: bool = False
    remove: bool = False
    restore: bool = False
    money: bool = False
    publish: bool = False
    parts: frozenset[str] = frozenset()


def open_fields(initiative: Initiative) -> frozenset[str]:
    """Give the fields of an initiative that the person may edit; the past is read only, and so is what is removed."""
    if current.at is not None or initiative.removed:
        return frozenset()
    return editable_fields(current.actor, Facts(initiative.unit_id, initiative.owner_post_id))


def open_amounts(initiative: Initiative) -> frozenset[str]:
    """Give the amounts of an initiative's budget lines that the person may write."""
    if current.at is not None or initiative.removed:
        return frozenset()
    return editable_amounts(current.actor, initiative.unit_id, initiative.owner_post_id)


def open_to(initiative: Initiative) -> May:
    """Tell which changes of an initiative to offer."""
    if current.at is not None:
        return May()
    if initiative.removed:
        facts = Facts(initiative.unit_id, initiative.owner_post_id)
        return May(restore="removed" in editable_fields(current.actor, facts))
    fields = open_fields(initiative)
    return May(
        edit=bool(fields - PARTS - {"removed"}),
        copy=current.actor.may(Right.PROPOSE),
        remove="removed" in fields,
        money=bool(open_amounts(initiative)),
        publish="publicity" in fields,
        parts=fields & PARTS,
    )

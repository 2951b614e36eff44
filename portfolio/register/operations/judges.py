"""What is asked of an initiative before it is written: the actor's rights, and the register's rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import Problems, Wanted, fresh_rows, shape_of
from portfolio.core.rights import Actor, FieldGroup, open_groups, working_in
from portfolio.register.models import Initiative, Portfolio
from portfolio.register.rules import Facts, check_values, editable_fields, needs_decision

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

NEEDED = frozenset({"code", "portfolio_id", "unit_id", "owner_post_id"})
"""The columns of an initiative that its judges look at beside those that change."""
TOGETHER = (
    frozenset({"status", "merged_into_id"}),
    frozenset({"timespan", "starts_on", "completed_on", "in_use_on"}),
)
"""The columns that its judges look at together, when one of them changes."""

_MOVING = frozenset({"unit_id", "owner_post_id"})
"""The columns by which an item comes into somebody's access or goes out of it."""

CLOSED = N_("Your access does not cover this field of this item.")
NOT_PROPOSED_THERE = N_("You may propose new items only for the units that your access covers.")
DECIDED_ELSEWHERE = N_("Approving, rejecting and reopening are decisions. Your access does not cover them.")
PORTFOLIO_GONE = N_("Its portfolio has been removed. Restore the portfolio first.")
MOVED_AWAY = N_("After this change the item would be outside your access. Ask the development office to move it.")


class Rights:
    """Answers of ``rules.editable_fields`` for one actor, each asked once for the same unit and post."""

    def __init__(self, actor: Actor) -> None:
        """Judge for one actor."""
        self._actor = actor
        self._fields: dict[tuple[int | None, int | None, bool], frozenset[str]] = {}

    def fields(self, facts: Facts) -> frozenset[str]:
        """Return the fields open to the actor in an initiative with these facts."""
        return self.fields_of(facts.unit_id, facts.owner_post_id, new=facts.new)

    def fields_of(self, unit_id: int | None, owner_post_id: int | None, *, new: bool = False) -> frozenset[str]:
        """Return the same for a unit and a post; ten thousand rows have few of them."""
        key = unit_id, owner_post_id, new
        if key not in self._fields:
            self._fields[key] = editable_fields(self._actor, Facts(unit_id, owner_post_id, new))
        return self._fields[key]

    def decides(self, facts: Facts) -> bool:
        """Tell whether the actor may take steps that decide."""
        return FieldGroup.DECISION in open_groups(self._actor, facts.unit_id, facts.owner_post_id)


def judge_rights(_session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which cells the actor may not write, in the items as they are and as they would become."""
    rights = Rights(actor)
    return {
        item: problems
        for item, row in wanted.items()
        if (problems := _proposed(rights, row) if row.before is None else _edited(rights, row))
    }


def judge_return(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which removed items would come back into a portfolio that is removed itself."""
    back = {item: row.after["portfolio_id"] for item, row in wanted.items() if row.given.get("removed") is False}
    portfolios = fresh_rows(session, Portfolio, working_in(actor), set(back.values()), ("code",))
    return {
        item: [Problem(PORTFOLIO_GONE)]
        for item, identity in back.items()
        if identity in portfolios and portfolios[identity]["removed"]
    }


def judge_rules(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Tell what the register's own rules refuse: values, steps of the lifecycle, merging, the order of days."""
    return {
        item: problems
        for item, row in wanted.items()
        if (problems := check_values(row.given, row.after, before=row.before))
    }


def facts_of(row: Mapping[str, Any], *, new: bool = False) -> Facts:
    """Return what rights depend on in a row."""
    return Facts(row["unit_id"], row["owner_post_id"], new)


def closed_fields(
    session: Session, actor: Actor, field: str, initiative_ids: Collection[int]
) -> dict[int, Problem | None]:
    """Tell for each initiative whether the actor may write one of its fields; ids of nothing are left out."""
    rights = Rights(actor)
    rows = fresh_rows(session, Initiative, working_in(actor), initiative_ids, ("unit_id", "owner_post_id"))
    return {
        identity: None if field in rights.fields(facts_of(row)) else Problem(CLOSED, place=field)
        for identity, row in rows.items()
        if not row["removed"]
    }


def _proposed(rights: Rights, row: Wanted) -> list[Problem]:
    facts = facts_of(row.after, new=True)
    fields = rights.fields(facts)
    if not fields:
        return [Problem(NOT_PROPOSED_THERE, place="unit_id")]
    usual = shape_of(Initiative).defaults
    told = {name for name, value in row.given.items() if value != usual[name]}
    return [*_closed(told - fields), *_undecided(rights, facts, None, row)]


def _edited(rights: Rights, row: Wanted) -> list[Problem]:
    before = row.before or {}
    fields = rights.fields_of(before["unit_id"], before["owner_post_id"])
    problems = [] if fields.issuperset(row.given) else _closed(row.given.keys() - fields)
    if not _MOVING.isdisjoint(row.given) and "unit_id" not in rights.fields(facts_of(row.after)):
        problems.append(Problem(MOVED_AWAY, place="unit_id" if "unit_id" in row.given else "owner_post_id"))
    return problems + _undecided(rights, facts_of(before), before["status"], row) if "status" in row.given else problems


def _closed(names: Collection[str]) -> list[Problem]:
    return [Problem(CLOSED, place=name) for name in sorted(names)]


def _undecided(rights: Rights, facts: Facts, old: Any, row: Wanted) -> list[Problem]:
    if "status" in row.given and needs_decision(old, row.given["status"]) and not rights.decides(facts):
        return [Problem(DECIDED_ELSEWHERE, place="status")]
    return []

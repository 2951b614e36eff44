"""Who may edit which field of an initiative: the fields' groups, and the role × field table of ``core.rights``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from portfolio.core.rights import RIGHTS, Actor, FieldGroup, Right, open_groups
from portfolio.register.rules.lists import TRANSITIONS, Status

PARTS = frozenset(
    {"milestones", "recurring_deadlines", "dependencies", "indicators", "document_links"},
)
"""What belongs to an initiative in rows of their own, as one field each."""

_CONTENT = frozenset(
    {
        *("title_fi", "title_sv", "summary_fi", "summary_sv", "number", "status", "merged_into_id", "progress"),
        *("unit_id", "owner_post_id", "contact_post_id", "timespan", "completed_on", "in_use_on"),
        *("present_state", "target_state", "goals", "solution", "results", "done_so_far", "continues", "out_of_scope"),
        *("reach", "benefits", "source", "carried_by", "core_process", "budget_effect", "permanent_need"),
        *("output_home", "training_plan", "ledger_number", "notes"),
    }
)
_CLASSIFICATION = frozenset({"portfolio_id", "kind", "spearhead", "source_key", "categories", "removed"})

FIELD_GROUPS: dict[str, FieldGroup] = {
    **dict.fromkeys(sorted(_CONTENT | PARTS), FieldGroup.CONTENT),
    **dict.fromkeys(sorted(_CLASSIFICATION), FieldGroup.CLASSIFICATION),
    "publicity": FieldGroup.PUBLICITY,
}
"""The group of each field; a field that is not here (the code) is never edited.

``status`` is content, but a step that decides needs the group DECISION as well (:func:`needs_decision`).
"""

_OF_A_PROPOSAL = (_CONTENT | {"portfolio_id", "kind"}) - {"status", "merged_into_id"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What rights depend on: the unit and responsible post of an initiative, and whether it is only being proposed."""

    unit_id: int | None
    owner_post_id: int | None
    new: bool = False


def editable_fields(actor: Actor, facts: Facts) -> frozenset[str]:
    """Return the fields of one initiative that the actor may edit, or fill in when it is new."""
    groups = open_groups(actor, facts.unit_id, None if facts.new else facts.owner_post_id)
    if not facts.new:
        return _fields_of(groups)
    if FieldGroup.CLASSIFICATION in groups:
        return _fields_of(groups) - {"removed"}
    return _OF_A_PROPOSAL if may_propose(actor, facts.unit_id) else frozenset()


@cache
def _fields_of(groups: frozenset[FieldGroup]) -> frozenset[str]:
    """Give the fields of some groups: a list asks for the same few combinations in each row."""
    return frozenset(name for name, group in FIELD_GROUPS.items() if group in groups)


def may_propose(actor: Actor, unit_id: int | None) -> bool:
    """Tell whether the actor may propose a new initiative for the unit; for no unit, only those of the whole house."""
    return any(Right.PROPOSE in RIGHTS[grant.role] and grant.covers(unit_id) for grant in actor.grants)


def needs_decision(old: Status | None, new: Status) -> bool:
    """Tell whether a step decides on the initiative, or takes a decision back."""
    return old is not new and (new in {Status.APPROVED, Status.REJECTED} or old is Status.REJECTED)


def reachable_statuses(actor: Actor, facts: Facts, status: Status) -> tuple[Status, ...]:
    """Return the statuses the actor may choose, in the order of the lifecycle; the present one is among them."""
    if "status" not in editable_fields(actor, facts):
        return (status,)
    decides = FieldGroup.DECISION in open_groups(actor, facts.unit_id, facts.owner_post_id)
    allowed = set(Status) if facts.new else TRANSITIONS[status] | {status}
    return tuple(one for one in Status if one in allowed and (decides or not needs_decision(status, one)))

"""A new initiative made after an old one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core.database import Owned
from portfolio.core.history import Insert, take_turn, write_many
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import GONE, chosen_rows, fresh_rows, shape_of
from portfolio.core.rights import Actor, working_in
from portfolio.register.models import Category, DocumentLink, Indicator, Initiative, InitiativeCategory, Milestone
from portfolio.register.operations.initiatives import create_initiatives
from portfolio.register.rules import Facts, editable_fields

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OF_THE_OLD_ONE = frozenset(
    {
        *("code", "number", "status", "merged_into_id", "progress", "completed_on", "in_use_on", "publicity"),
        *("results", "done_so_far", "continues", "ledger_number", "source_key"),
    }
)
"""What happened to the old one, or names it: a copy begins without."""

_PARTS: tuple[tuple[type[Owned], frozenset[str]], ...] = (
    (Milestone, frozenset({"completed_on", "source_key"})),
    (Indicator, frozenset({"source_key"})),
    (DocumentLink, frozenset({"source_key"})),
)


def copy_initiative(session: Session, actor: Actor, identity: int, values: Mapping[str, Any] | None = None) -> int:
    """Make a proposal after an initiative and return its id; ``values`` replace some of what is copied.

    Its classes, as far as the actor may classify, and its milestones, indicators and links come along; what happened
    to the old one (status, progress, results, completions) does not.
    """
    take_turn(session)
    municipality_id = working_in(actor)
    old = fresh_rows(session, Initiative, municipality_id, [identity]).get(identity)
    if old is None or old["removed"]:
        raise Refusal(Problem(GONE))
    replaced = dict(values or {})
    unit_id, post_id = (replaced.get(name, old[name]) for name in ("unit_id", "owner_post_id"))
    fields = editable_fields(actor, Facts(unit_id, post_id, new=True)) - _OF_THE_OLD_ONE
    usual = shape_of(Initiative).defaults
    draft = {name: old[name] for name in (fields | {"portfolio_id", "kind"}) & usual.keys()} | replaced
    if "categories" in fields:
        draft.setdefault("categories", _classes_of(session, municipality_id, identity))
    new = create_initiatives(session, actor, [draft])[0]
    write_many(session, actor, inserts=_parts_of(session, municipality_id, identity, new))
    return new


def _classes_of(session: Session, municipality_id: int, identity: int) -> dict[int, set[int]]:
    links = chosen_rows(session, InitiativeCategory, municipality_id, "initiative_id", [identity], ("category_id",))
    held = {link["category_id"] for link in links if not link["removed"]}
    found: dict[int, set[int]] = defaultdict(set)
    for category in fresh_rows(session, Category, municipality_id, held, ("scheme_id",)).values():
        if not category["removed"]:
            found[category["scheme_id"]].add(category["id"])
    return dict(found)


def _parts_of(session: Session, municipality_id: int, old: int, new: int) -> list[Insert]:
    inserts = []
    for model, left_out in _PARTS:
        own = shape_of(model).own - left_out
        for row in chosen_rows(session, model, municipality_id, "initiative_id", [old]):
            if not row["removed"]:
                values = {name: row[name] for name in own}
                inserts.append(Insert(model, {**values, "municipality_id": municipality_id, "initiative_id": new}))
    return inserts

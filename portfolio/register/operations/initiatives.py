"""Initiatives in batches: what a form, a list, an import or an undo of removal writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.core.history import Insert, Written, take_turn, write_many
from portfolio.core.records import Problems, Records, Wanted, chosen_rows, judge_loops, name_of, refuse
from portfolio.core.rights import Actor, working_in
from portfolio.core.text import with_check_letter
from portfolio.register.models import Initiative, Portfolio
from portfolio.register.operations.classes import Choice, judge_classes, new_links
from portfolio.register.operations.judges import NEEDED, TOGETHER, judge_return, judge_rights, judge_rules

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


_INITIATIVES = Records(
    Initiative,
    judges=(judge_rights, judge_return, judge_loops(Initiative, "merged_into_id"), judge_rules),
    right=None,
    needs=NEEDED,
    together=TOGETHER,
    assigned=frozenset({"code"}),
)


def create_initiatives(session: Session, actor: Actor, drafts: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    """Write new initiatives with codes of their portfolios (T-014-K) and return their ids in order.

    A draft holds columns, of which ``portfolio_id``, ``kind`` and ``title_fi`` are required, and may hold
    ``categories: {scheme_id: {category_id, …}}``. Codes continue each prefix and are never used again.
    """
    take_turn(session)
    wanted, choices = _as_new(drafts)
    if problems := _judge_creation(session, actor, wanted, choices):
        refuse(problems, _names(wanted))
    municipality_id = working_in(actor)
    codes = _next_codes(session, municipality_id, [row.after["portfolio_id"] for row in wanted.values()])
    births = [
        Insert(
            Initiative,
            {**row.given, "municipality_id": municipality_id, "code": next(codes[row.after["portfolio_id"]])},
        )
        for row in wanted.values()
    ]
    ids = write_many(session, actor, inserts=births).ids
    write_many(
        session, actor, inserts=new_links(municipality_id, {ids[item]: choice for item, choice in choices.items()})
    )
    return ids


def update_initiatives(
    session: Session,
    actor: Actor,
    changes: Mapping[int, Mapping[str, Any]],
    *,
    versions: Mapping[int, int] | None = None,
) -> Written:
    """Write cells of initiatives by id; what equals the present is neither judged nor written.

    ``versions`` are those that were read: raises ``StaleError`` where someone has saved since.
    """
    return _INITIATIVES.update(session, actor, changes, versions=versions)


def remove_initiatives(session: Session, actor: Actor, ids: Collection[int]) -> Written:
    """Hide initiatives from every list; their history and codes stay."""
    return _INITIATIVES.set_removed(session, actor, ids, removed=True)


def restore_initiatives(session: Session, actor: Actor, ids: Collection[int]) -> Written:
    """Bring removed initiatives back as they were."""
    return _INITIATIVES.set_removed(session, actor, ids, removed=False)


def check_update(session: Session, actor: Actor, changes: Mapping[int, Mapping[str, Any]]) -> Problems:
    """Return what ``update_initiatives`` would refuse, by id; nothing is written."""
    wanted, unknown = _INITIATIVES.as_changed(session, actor, changes)
    return _INITIATIVES.judge(session, actor, wanted) | unknown


def check_creation(session: Session, actor: Actor, drafts: Sequence[Mapping[str, Any]]) -> Problems:
    """Tell what ``create_initiatives`` would refuse, by the index of the draft; nothing is written."""
    return _judge_creation(session, actor, *_as_new(drafts))


def _as_new(drafts: Sequence[Mapping[str, Any]]) -> tuple[dict[int, Wanted], dict[int, Choice]]:
    columns = [{name: value for name, value in draft.items() if name != "categories"} for draft in drafts]
    return _INITIATIVES.as_new(columns), {
        item: draft["categories"] for item, draft in enumerate(drafts) if draft.get("categories")
    }


def _judge_creation(
    session: Session, actor: Actor, wanted: Mapping[int, Wanted], choices: Mapping[int, Choice]
) -> Problems:
    found: Problems = defaultdict(list, _INITIATIVES.judge(session, actor, wanted))
    rows = {item: wanted[item].after for item in choices}
    for item, problems in judge_classes(session, actor, rows, choices, new=True).items():
        found[item].extend(problems)
    return dict(found)


def _next_codes(session: Session, municipality_id: int, portfolio_ids: Sequence[int]) -> dict[int, Iterator[str]]:
    """Return for each portfolio its codes to come, after the highest number its prefix ever had."""
    rows = chosen_rows(session, Portfolio, municipality_id, "id", sorted(set(portfolio_ids)), ("prefix",))
    return {row["id"]: _codes(row["prefix"], _highest(session, municipality_id, row["prefix"])) for row in rows}


def _codes(prefix: str, highest: int) -> Iterator[str]:
    return (with_check_letter(f"{prefix}-{number:03}") for number in count(highest + 1))


def _highest(session: Session, municipality_id: int, prefix: str) -> int:
    used = session.scalars(
        select(Initiative.code).where(
            Initiative.municipality_id == municipality_id, Initiative.code.startswith(f"{prefix}-", autoescape=True)
        )
    )
    return max((int(code.split("-")[1]) for code in used), default=0)


def _names(wanted: Mapping[int, Wanted]) -> dict[int, str]:
    return {item: name_of(row.after, item) for item, row in wanted.items()}

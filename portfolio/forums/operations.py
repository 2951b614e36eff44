"""Keeping forums, meetings and decisions as plain records; how they behave is not told here.

Every operation works in the actor's municipality, asks for the right to manage, gathers all problems before it writes
anything, and raises ``Refusal`` for what a person may mend. None commits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.accounts.models import SavedView
from portfolio.core import history
from portfolio.core.history import BaselineKind, Written, take_turn
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import Problems, Put, Records, Wanted, chosen_rows, judge_loops, put_tree, together
from portfolio.core.rights import Actor, Right, require, working_in
from portfolio.forums.models import Decision, DecisionInitiative, Forum, ForumView, InitiativeForum, Meeting
from portfolio.forums.rules import check_day, check_decision
from portfolio.register.operations import create_baseline, free_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RECORDED_MEANWHILE = N_(
    "Somebody recorded a decision on this matter while you were writing: it is above. Your text is still here. "
    "Record it too if it is still needed."
)
NOT_SHARED = N_("The view is not shared, so the forum's members would not see it. Share it first.")


def put_forums(session: Session, actor: Actor, rows: Mapping[str, Mapping[str, Any]]) -> Put[str]:
    """Make the forums with these codes hold these values; ``owning_forum_code`` names the forum that owns another."""
    return put_tree(_FORUMS, session, actor, rows, above=("owning_forum_code", "owning_forum_id"))


def check_forums(session: Session, actor: Actor, rows: Mapping[str, Mapping[str, Any]]) -> Problems:
    """Tell what :func:`put_forums` would refuse of rows that name the owning forum by id, by index."""
    return _FORUMS.check_put(session, actor, rows)


def check_meetings(session: Session, actor: Actor, rows: Mapping[tuple[int, dt.date], Mapping[str, Any]]) -> Problems:
    """Tell what :func:`put_meetings` would refuse, by index."""
    return _MEETINGS.check_put(session, actor, rows, key=("forum_id", "date"))


def check_decisions(session: Session, actor: Actor, drafts: Sequence[Mapping[str, Any]]) -> Problems:
    """Tell what :func:`record_decisions` would refuse of drafts that have source keys, by index."""
    keyed = {draft["source_key"]: draft for draft in drafts}
    return _DECISIONS.check_put(session, actor, keyed, key=("source_key",))


def check_links(session: Session, actor: Actor, pairs: Iterable[tuple[int, int]]) -> Problems:
    """Tell what :func:`link_decisions` would refuse, by index."""
    rows: dict[tuple[int, int], dict[str, Any]] = {pair: {} for pair in pairs}
    return _LINKS.check_put(session, actor, rows, key=("decision_id", "initiative_id"))


def check_handling_forums(session: Session, actor: Actor, forums: Mapping[int, int | None]) -> Problems:
    """Tell what :func:`set_handling_forums` would refuse, by index among those that get a forum."""
    chosen = {identity: {"forum_id": forum_id} for identity, forum_id in forums.items() if forum_id is not None}
    return _HANDLING.check_put(session, actor, chosen, key=("initiative_id",))


def put_meetings(
    session: Session, actor: Actor, rows: Mapping[tuple[int, dt.date], Mapping[str, Any]]
) -> Put[tuple[int, dt.date]]:
    """Make the meetings of these (forum id, day) hold these values."""
    return _MEETINGS.put(session, actor, rows, key=("forum_id", "date"))


def record_decisions(session: Session, actor: Actor, drafts: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    """Write decisions and return their ids in order.

    A draft holds columns, and may hold ``initiative_ids``, which are added to those it concerns. A draft whose
    ``source_key`` a decision already has changes that one.
    """
    require(actor, Right.MANAGE)
    take_turn(session)
    columns = [{name: value for name, value in draft.items() if name != "initiative_ids"} for draft in drafts]
    keyed = {row["source_key"]: row for row in columns if row.get("source_key")}
    put = _DECISIONS.put(session, actor, keyed, key=("source_key",)).ids
    born = iter(_DECISIONS.create(session, actor, [row for row in columns if not row.get("source_key")]))
    ids = tuple(put[row["source_key"]] if row.get("source_key") else next(born) for row in columns)
    pairs = ((one, item) for one, draft in zip(ids, drafts, strict=True) for item in draft.get("initiative_ids") or ())
    link_decisions(session, actor, pairs)
    return ids


def record_outcomes(
    session: Session,
    actor: Actor,
    forum_id: int,
    day: dt.date,
    drafts: Sequence[Mapping[str, Any]],
    *,
    seen: int | None = None,
) -> tuple[int, ...]:
    """Write what a forum decided in its meeting of a day and return the decisions' ids in order.

    The meeting is made when it is missing. A draft holds columns of a decision and may hold ``initiative_ids``, as in
    :func:`record_decisions`; two who record at once both leave their decisions. With ``seen``, the newest decision that
    the writer knew of, a later one on the same initiatives is refused to be passed over.
    """
    require(actor, Right.MANAGE)
    take_turn(session)
    if seen is not None:
        concerned = {one for draft in drafts for one in draft.get("initiative_ids") or ()}
        _refuse_unseen(session, working_in(actor), forum_id, day, concerned, seen)
    meeting_id = hold_meeting(session, actor, forum_id, day)
    held = {"forum_id": forum_id, "meeting_id": meeting_id, "date": day}
    return record_decisions(session, actor, [{**draft, **held} for draft in drafts])


def _refuse_unseen(
    session: Session, municipality_id: int, forum_id: int, day: dt.date, initiative_ids: Collection[int], seen: int
) -> None:
    """Refuse where somebody has recorded a decision on the same matter that the writer had not seen."""
    newer = (
        select(Decision.id)
        .join(DecisionInitiative, DecisionInitiative.decision_id == Decision.id)
        .where(Decision.municipality_id == municipality_id, Decision.forum_id == forum_id, Decision.date == day)
        .where(Decision.id > seen, Decision.removed.is_(False), DecisionInitiative.removed.is_(False))
        .where(DecisionInitiative.initiative_id.in_(initiative_ids))
    )
    if initiative_ids and session.scalar(newer.limit(1)) is not None:
        raise Refusal(Problem(RECORDED_MEANWHILE))


def hold_meeting(session: Session, actor: Actor, forum_id: int, day: dt.date) -> int:
    """Return the id of a forum's meeting of a day, which is made when it is missing."""
    return put_meetings(session, actor, {(forum_id, day): {}}).ids[forum_id, day]


def end_meeting(
    session: Session, actor: Actor, forum_id: int, day: dt.date, name: str, *, note: str | None = None
) -> int:
    """End a forum's meeting and return the baseline that this moment becomes: the next meeting compares with it.

    The meeting is made when it is missing; a name that is taken gets a number. Ended again, it ended at the later one.
    """
    meeting_id = hold_meeting(session, actor, forum_id, day)
    values = {"name": free_name(session, actor, name), "kind": BaselineKind.MEETING, "note": note}
    baseline_id = create_baseline(session, actor, values)
    _MEETINGS.update(session, actor, {meeting_id: {"baseline_id": baseline_id}})
    return baseline_id


def link_decisions(session: Session, actor: Actor, pairs: Iterable[tuple[int, int]]) -> Written:
    """Tell that decisions concern initiatives: (decision id, initiative id)."""
    rows: dict[tuple[int, int], dict[str, Any]] = {pair: {} for pair in pairs}
    return _LINKS.put(session, actor, rows, key=("decision_id", "initiative_id")).written


def unlink_decisions(session: Session, actor: Actor, pairs: Iterable[tuple[int, int]]) -> Written:
    """Take back that decisions concern initiatives; pairs that are not linked are passed over."""
    municipality_id = require(actor, Right.MANAGE)
    unlinked = set(pairs)
    decisions = {decision_id for decision_id, _ in unlinked}
    rows = chosen_rows(session, DecisionInitiative, municipality_id, "decision_id", decisions, ("initiative_id",))
    linked = [
        row["id"] for row in rows if (row["decision_id"], row["initiative_id"]) in unlinked and not row["removed"]
    ]
    return _LINKS.set_removed(session, actor, linked, removed=True)


def set_handling_forums(session: Session, actor: Actor, forums: Mapping[int, int | None]) -> Written:
    """Tell which one forum handles each initiative (requirements 50, 51); None: no forum any more."""
    municipality_id = require(actor, Right.MANAGE)
    chosen = {identity: {"forum_id": forum_id} for identity, forum_id in forums.items() if forum_id is not None}
    freed = [identity for identity in forums if identity not in chosen]
    rows = chosen_rows(session, InitiativeForum, municipality_id, "initiative_id", freed)
    ending = [row["id"] for row in rows if not row["removed"]]
    return together(
        _HANDLING.put(session, actor, chosen, key=("initiative_id",)).written,
        _HANDLING.set_removed(session, actor, ending, removed=True),
    )


def open_forum_with_view(session: Session, actor: Actor, view_id: int, forum_id: int | None) -> Written:
    """Let a forum's roadmap open with a shared view, in place of the one it had; None: with it no forum's any more."""
    municipality_id = require(actor, Right.MANAGE)
    rows = chosen_rows(session, ForumView, municipality_id, "saved_view_id", [view_id])
    ending = [row["id"] for row in rows if not row["removed"] and row["forum_id"] != forum_id]
    chosen = {} if forum_id is None else {forum_id: {"saved_view_id": view_id}}
    return together(
        _VIEWS.put(session, actor, chosen, key=("forum_id",)).written,
        _VIEWS.set_removed(session, actor, ending, removed=True),
    )


def _judge_views(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Refuse a view that the forum's members would not see."""
    ids = frozenset(row.after["saved_view_id"] for row in wanted.values())
    views = history.rows(session, SavedView, working_in(actor), id=ids)
    shared = {view.id for view in views if view.shared}
    return {
        item: [Problem(NOT_SHARED, place="forum_id")]
        for item, row in wanted.items()
        if not row.after.get("removed") and row.after["saved_view_id"] not in shared
    }


def _judge_decisions(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    return {
        item: [*check_decision(row.given, row.after), *check_day(row.given.get("date"), "date")]
        for item, row in wanted.items()
    }


def _judge_meetings(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    return {item: check_day(row.given.get("date"), "date") for item, row in wanted.items()}


_FORUMS = Records(Forum, (judge_loops(Forum, "owning_forum_id"),), needs=frozenset({"code"}))
_MEETINGS = Records(Meeting, (_judge_meetings,), needs=frozenset({"forum_id", "date"}))
_VIEWS = Records(ForumView, (_judge_views,), needs=frozenset({"forum_id", "saved_view_id", "removed"}))
_DECISIONS = Records(Decision, (_judge_decisions,), needs=frozenset({"forum_id", "post_id", "title_fi"}))
_LINKS = Records(DecisionInitiative, needs=frozenset({"decision_id", "initiative_id"}))
_HANDLING = Records(InitiativeForum, needs=frozenset({"initiative_id", "forum_id"}))

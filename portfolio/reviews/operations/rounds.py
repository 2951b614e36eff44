"""Review rounds from draft to closed: opening asks about what is due, closing freezes what was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core import history
from portfolio.core.history import BaselineKind, Insert, Written, take_turn, write_many
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import Problems, Records, Wanted, fresh_rows
from portfolio.core.rights import Actor, Right, require
from portfolio.register.operations import create_baseline, free_name
from portfolio.reviews.models import Review, ReviewQuestion, ReviewRound, ReviewTemplate, RoundExtension
from portfolio.reviews.queries.due import due_in
from portfolio.reviews.rules import RoundState, check_round, check_step

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GONE = N_("This round does not exist or has been removed.")
QUESTION_GONE = N_("This question has been removed.")
ONLY_DRAFTS = N_("Only a round that is still being prepared can be removed.")
OPEN_ALREADY = N_("The round is open already: what it asks about cannot be changed any more.")
STATED = "opening and closing are steps of their own"
SCOPE = frozenset({"portfolio_id", "unit_id", "statuses", "interval_months", "template_id"})
"""What says who is asked what: fixed once the round is open."""


def _judge_rounds(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    return {item: [*check_round(row.given, row.after), *_judge_scope(row)] for item, row in wanted.items()}


def _judge_scope(row: Wanted) -> list[Problem]:
    """Tell what may no longer change, or be removed, once a round has been opened."""
    if row.before is None or row.before["state"] is RoundState.DRAFT:
        return []
    if row.given.get("removed"):
        return [Problem(ONLY_DRAFTS)]
    return [Problem(OPEN_ALREADY, place=name) for name in sorted(SCOPE & row.given.keys())]


_NEEDS = frozenset(
    {"state", "name_fi", "period_first", "period_last", "opens_on", "due_on", "interval_months", "portfolio_id"}
)
_ROUNDS = Records(ReviewRound, (_judge_rounds,), needs=_NEEDS)
_EXTENSIONS = Records(RoundExtension, needs=frozenset({"round_id", "unit_id"}))
_TEMPLATES = Records(ReviewTemplate)
_QUESTIONS = Records(ReviewQuestion)


def create_round(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Write a round that is being prepared and return its id; portfolio, name, period and days are required."""
    _refuse_state(values)
    return _ROUNDS.create(session, actor, [values])[0]


def update_round(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change a round; what it asks about only while it is being prepared."""
    _refuse_state(values)
    return _ROUNDS.update_one(session, actor, identity, values, version)


def remove_round(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a round that is still being prepared."""
    return _ROUNDS.set_removed(session, actor, [identity], removed=True)


def restore_round(session: Session, actor: Actor, identity: int) -> Written:
    """Bring a removed round back."""
    return _ROUNDS.set_removed(session, actor, [identity], removed=False)


def open_round(session: Session, actor: Actor, identity: int) -> int:
    """Open a round and return how many initiatives it asks about: a waiting review is made for each that is due."""
    municipality_id = require(actor, Right.MANAGE)
    take_turn(session)
    round_ = _step(session, actor, identity, RoundState.OPEN)
    due = due_in(session, municipality_id, round_)
    births = [
        Insert(Review, {"municipality_id": municipality_id, "round_id": identity, "initiative_id": one}) for one in due
    ]
    write_many(session, actor, inserts=births)
    return len(due)


def close_round(session: Session, actor: Actor, identity: int) -> int:
    """Close a round and return the baseline that holds its texts, values and fields as they are now."""
    require(actor, Right.MANAGE)
    take_turn(session)
    round_ = _step(session, actor, identity, RoundState.CLOSED)
    name = free_name(session, actor, round_["name_fi"])
    baseline = create_baseline(session, actor, {"name": name, "kind": BaselineKind.ROUND})
    write_many(session, actor, updates=[history.Update(ReviewRound, identity, {"baseline_id": baseline})])
    return baseline


def reopen_round(session: Session, actor: Actor, identity: int) -> None:
    """Open a closed round again; its baseline stays a point in time, and the actor's note says why."""
    require(actor, Right.MANAGE)
    take_turn(session)
    _step(session, actor, identity, RoundState.OPEN, since=RoundState.CLOSED)


def ask_also(session: Session, actor: Actor, identity: int, initiative_ids: set[int]) -> tuple[int, ...]:
    """Ask an open round about more initiatives, and return the ids of their reviews; those asked about already stay."""
    municipality_id = require(actor, Right.MANAGE)
    take_turn(session)
    rows = history.rows(session, Review, municipality_id, None, round_id=identity)
    held = {row.initiative_id for row in rows}
    drafts = [{"round_id": identity, "initiative_id": one} for one in sorted(initiative_ids - held)]
    return _REVIEWS.create(session, actor, drafts)


def extend_due_day(
    session: Session, actor: Actor, round_id: int, unit_id: int, due_on: dt.date, reason: str | None = None
) -> Written:
    """Give a unit and those below it a later due date; giving it again changes it."""
    values = {"due_on": due_on, "reason": reason}
    return _EXTENSIONS.put(session, actor, {(round_id, unit_id): values}, key=("round_id", "unit_id")).written


def remove_extension(session: Session, actor: Actor, identity: int) -> Written:
    """Take an extension back."""
    return _EXTENSIONS.set_removed(session, actor, [identity], removed=True)


def create_template(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Write an empty set of questions and return its id."""
    return _TEMPLATES.create(session, actor, [values])[0]


def update_template(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change a template's names, or remove it: rounds that asked it keep it."""
    return _TEMPLATES.update_one(session, actor, identity, values, version)


def add_question(session: Session, actor: Actor, template_id: int, values: Mapping[str, Any]) -> int:
    """Add a question at the end of a template and return its id."""
    take_turn(session)
    held = history.rows(session, ReviewQuestion, require(actor, Right.MANAGE), None, template_id=template_id)
    place = max((one.position for one in held), default=0) + 1
    return _QUESTIONS.create(session, actor, [{"position": place, **values, "template_id": template_id}])[0]


def update_question(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change or remove a question: closed rounds show it as it was."""
    return _QUESTIONS.update_one(session, actor, identity, values, version)


def move_question(session: Session, actor: Actor, identity: int, step: int) -> Written | None:
    """Move a question so many places down (up, below zero) among its template's; None where it cannot go farther."""
    take_turn(session)
    place = require(actor, Right.MANAGE)
    moved = history.row(session, ReviewQuestion, place, identity, None)
    if moved is None or moved.removed:
        raise Refusal(Problem(QUESTION_GONE))
    held = history.rows(session, ReviewQuestion, place, None, template_id=moved.template_id)
    order = [one.id for one in sorted(held, key=lambda row: (row.position, row.id))]
    here = order.index(identity)
    there = min(max(here + step, 0), len(order) - 1)
    if there == here:
        return None
    order.insert(there, order.pop(here))
    return _QUESTIONS.update(session, actor, {one: {"position": number} for number, one in enumerate(order, start=1)})


_REVIEWS = Records(Review, needs=frozenset({"round_id", "initiative_id", "state"}))


def _step(
    session: Session, actor: Actor, identity: int, state: RoundState, *, since: RoundState | None = None
) -> Mapping[str, Any]:
    """Take one step of a round's life, and return the round as it was read."""
    names = ("state", "name_fi", "portfolio_id", "unit_id", "statuses", "interval_months", "due_on")
    rows = fresh_rows(session, ReviewRound, require(actor, Right.MANAGE), [identity], names)
    row = rows.get(identity)
    if row is None or row["removed"]:
        raise Refusal(Problem(GONE))
    problems = check_step(row["state"], state) if since in (None, row["state"]) else check_step(state, state)
    if problems:
        raise Refusal(*problems)
    write_many(session, actor, updates=[history.Update(ReviewRound, identity, {"state": state})])
    return row


def _refuse_state(values: Mapping[str, Any]) -> None:
    if "state" in values or "baseline_id" in values:
        raise ValueError(STATED)

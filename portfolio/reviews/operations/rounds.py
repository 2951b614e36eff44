"""Review rounds from draft to closed: opening asks about what is due, closing freezes what was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from portfolio.core import history
from portfolio.core.history import BaselineKind, Update, Written, take_turn, write_many
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import Problems, Records, Wanted, fresh_rows
from portfolio.core.rights import Actor, Right, require, working_in
from portfolio.register.models import Initiative
from portfolio.register.operations import create_baseline, free_name
from portfolio.reviews.models import Review, ReviewQuestion, ReviewRound, ReviewTemplate, RoundExtension
from portfolio.reviews.queries.due import due_in
from portfolio.reviews.rules import (
    ReviewState,
    RoundState,
    RoundStep,
    check_extension,
    check_round,
    check_standing,
    check_step,
)
from portfolio.reviews.rules.answers import CLOSED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GONE = N_("This round does not exist or has been removed.")
QUESTION_GONE = N_("This question has been removed.")
ONLY_DRAFTS = N_("Only a round that is still being prepared can be removed.")
OPEN_ALREADY = N_("The round is open already: what it asks about cannot be changed any more.")
STRANGERS = N_("The round asks about one portfolio. These belong to another: %(codes)s.")
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
_REVIEWS = Records(Review, needs=frozenset({"round_id", "initiative_id", "state"}))
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
    round_ = _step(session, actor, identity, RoundStep.OPEN)
    return len(_ask(session, actor, identity, due_in(session, municipality_id, round_)))


def close_round(session: Session, actor: Actor, identity: int) -> int:
    """Close a round and return the baseline that holds its texts, values and fields as they are now."""
    round_ = _step(session, actor, identity, RoundStep.CLOSE)
    name = free_name(session, actor, round_["name_fi"])
    baseline = create_baseline(session, actor, {"name": name, "kind": BaselineKind.ROUND})
    write_many(session, actor, updates=[Update(ReviewRound, identity, {"baseline_id": baseline})])
    return baseline


def reopen_round(session: Session, actor: Actor, identity: int) -> None:
    """Open a closed round again; its baseline stays a point in time, and the actor's note says why."""
    _step(session, actor, identity, RoundStep.REOPEN)


def ask_also(session: Session, actor: Actor, identity: int, initiative_ids: Collection[int]) -> tuple[int, ...]:
    """Ask an open round about more initiatives, and return the ids of their reviews; those asked about already stay."""
    take_turn(session)
    round_ = _read(session, actor, identity)
    if problems := check_standing(round_["state"], ReviewState.WAITING):
        raise Refusal(*problems)
    rows = history.rows(session, Review, working_in(actor), None, round_id=identity)
    fresh = sorted(set(initiative_ids) - {row.initiative_id for row in rows})
    _refuse_strangers(session, actor, fresh, round_["portfolio_id"])
    return _ask(session, actor, identity, fresh)


def extend_due_day(
    session: Session, actor: Actor, round_id: int, unit_id: int, due_on: dt.date, reason: str | None = None
) -> Written:
    """Give a unit and those below it a later due date; giving it again changes it."""
    take_turn(session)
    round_ = _read(session, actor, round_id)
    if round_["state"] is RoundState.CLOSED:
        raise Refusal(Problem(CLOSED))
    if problems := check_extension(due_on, round_["due_on"]):
        raise Refusal(*problems)
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


def _refuse_strangers(session: Session, actor: Actor, initiative_ids: Sequence[int], portfolio_id: int) -> None:
    """Refuse initiatives of another portfolio: the round's report would not tell of them."""
    items = fresh_rows(session, Initiative, working_in(actor), initiative_ids, ("code", "portfolio_id"))
    strangers = [row["code"] for row in items.values() if row["portfolio_id"] != portfolio_id]
    if strangers:
        raise Refusal(Problem(STRANGERS, {"codes": ", ".join(strangers)}, "codes"))


def _ask(session: Session, actor: Actor, round_id: int, initiative_ids: Sequence[int]) -> tuple[int, ...]:
    """Make a waiting review for each; one that was taken back before, as by undoing, comes back."""
    asked: Mapping[tuple[int, int], Mapping[str, Any]] = {(round_id, one): {} for one in initiative_ids}
    return tuple(_REVIEWS.put(session, actor, asked, key=("round_id", "initiative_id")).ids.values())


def _step(session: Session, actor: Actor, identity: int, step: RoundStep) -> Mapping[str, Any]:
    """Take one step of a round's life, and return the round as it was read; refused in any other state."""
    take_turn(session)
    round_ = _read(session, actor, identity)
    if problems := check_step(round_["state"], step):
        raise Refusal(*problems)
    write_many(session, actor, updates=[Update(ReviewRound, identity, {"state": step.after})])
    return round_


def _read(session: Session, actor: Actor, identity: int) -> Mapping[str, Any]:
    """Read a round past whatever the session holds."""
    names = ("state", "name_fi", "portfolio_id", "unit_id", "statuses", "interval_months", "due_on")
    row = fresh_rows(session, ReviewRound, require(actor, Right.MANAGE), [identity], names).get(identity)
    if row is None or row["removed"]:
        raise Refusal(Problem(GONE))
    return row


def _refuse_state(values: Mapping[str, Any]) -> None:
    if "state" in values or "baseline_id" in values:
        raise ValueError(STATED)

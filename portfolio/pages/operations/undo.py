"""Undoing a revision from a page, within what the person may write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from portfolio.budgets.models import BudgetLine, Frame, FundingShare
from portfolio.budgets.queries import locked_years
from portfolio.budgets.rules import check_frame_lock, check_lock
from portfolio.core import history
from portfolio.core.database import Owned
from portfolio.core.history import Check, Undone
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.rights import Actor, FieldGroup, Right, open_groups, working_in
from portfolio.pages.queries.undo import initiatives_of
from portfolio.register.models import (
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Initiative,
    InitiativeCategory,
    Milestone,
    RecurringDeadline,
)
from portfolio.register.rules import FIELD_GROUPS, Status, may_propose
from portfolio.reviews.models import Review, ReviewAnswer, ReviewIndicator, ReviewRound
from portfolio.reviews.rules import RoundState

CLOSED = N_("The round is closed: what was told in it stays.")
NOT_YOURS = N_("Your access does not cover this, so it stays as it is.")

Lock = Callable[[Any, Mapping[str, Any], Collection[int]], list[Problem]]
"""What is wrong with putting values back into a row, as these years are locked."""

_PARTS: Mapping[type[Owned], tuple[str, FieldGroup]] = MappingProxyType(
    {
        Milestone: ("initiative_id", FieldGroup.CONTENT),
        RecurringDeadline: ("initiative_id", FieldGroup.CONTENT),
        Dependency: ("successor_id", FieldGroup.CONTENT),
        Indicator: ("initiative_id", FieldGroup.CONTENT),
        IndicatorValue: ("indicator_id", FieldGroup.CONTENT),
        DocumentLink: ("initiative_id", FieldGroup.CONTENT),
        InitiativeCategory: ("initiative_id", FieldGroup.CLASSIFICATION),
        BudgetLine: ("initiative_id", FieldGroup.BUDGET),
        FundingShare: ("initiative_id", FieldGroup.BUDGET),
    }
)
"""The column by which each table's rows belong to an initiative, and the group of fields that they are."""


def undo_revision(session: Session, actor: Actor, revision_id: int) -> Undone:
    """Put back what nobody changed since and the actor may write; the rest is told in ``left``."""
    history.take_turn(session)
    changes = history.changes_in(session, revision_id)
    # held, so that the checks below find every initiative in the session instead of asking for each
    _held = initiatives_of(session, working_in(actor), {(one.entity, one.entity_id) for one in changes})
    return history.undo(session, actor, revision_id, undo_checks())


def undo_checks() -> dict[str, Check]:
    """Give each table's lock on undoing: by the fields of initiatives, or the right to manage for all else."""
    tables: dict[str, Check] = dict.fromkeys(history.versioned_models(), _check_managed)
    parts = {str(model.__tablename__): _check_of_part(model, *how) for model, how in _PARTS.items()}  # type: ignore[attr-defined] # every one is mapped to a table
    plans = {
        BudgetLine.__tablename__: _unless_locked(BudgetLine, _lock_of_line, parts[BudgetLine.__tablename__]),
        Frame.__tablename__: _unless_locked(Frame, _lock_of_frame, _check_managed),
    }
    told = {Review.__tablename__: _unless_closed(Review)}
    told |= {str(model.__tablename__): _unless_closed(model) for model in (ReviewAnswer, ReviewIndicator)}
    return {**tables, **parts, **plans, **told, Initiative.__tablename__: _check_initiative}


def _check_managed(_session: Session, actor: Actor, _identity: int, _values: Mapping[str, Any]) -> Problem | None:
    return None if actor.may(Right.MANAGE) else Problem(NOT_YOURS)


def _check_initiative(session: Session, actor: Actor, identity: int, values: Mapping[str, Any]) -> Problem | None:
    row = session.get_one(Initiative, identity)
    groups = open_groups(actor, row.unit_id, row.owner_post_id)
    if all(FIELD_GROUPS.get(name) in groups for name in values):
        return None
    # a proposal may be taken back by whoever could make it
    is_proposal = values == {"removed": True} and row.status is Status.PROPOSED
    return None if is_proposal and may_propose(actor, row.unit_id) else Problem(NOT_YOURS)


def _unless_locked(model: type[Owned], lock: Lock, allowed: Check) -> Check:
    """Add the lock of approved budgets: not even undoing changes what has been approved."""
    years: dict[int, frozenset[int]] = {}

    def check(session: Session, actor: Actor, identity: int, values: Mapping[str, Any]) -> Problem | None:
        row = session.get_one(model, identity)
        place = row.municipality_id
        if place not in years:
            years[place] = frozenset(locked_years(session, place))
        locked = lock(row, values, years[place])
        return locked[0] if locked else allowed(session, actor, identity, values)

    return check


def _lock_of_line(line: Any, values: Mapping[str, Any], locked: Collection[int]) -> list[Problem]:
    """Tell what is fixed of a line; one without a plan may go or come back."""
    told = values if line.planned is not None else {name: one for name, one in values.items() if name != "removed"}
    return check_lock(told, line.year, locked)


def _lock_of_frame(frame: Any, values: Mapping[str, Any], locked: Collection[int]) -> list[Problem]:
    return check_frame_lock(values, frame.year, locked)


def _unless_closed(model: type[Owned]) -> Check:
    """Add the lock of closed rounds: what closing has frozen stays as it was told, also when an approval is undone."""

    def check(session: Session, actor: Actor, identity: int, values: Mapping[str, Any]) -> Problem | None:
        row: Any = session.get_one(model, identity)
        review = row if isinstance(row, Review) else session.get_one(Review, row.review_id)
        if session.get_one(ReviewRound, review.round_id).state is RoundState.CLOSED:
            return Problem(CLOSED)
        return _check_managed(session, actor, identity, values)

    return check


def _check_of_part(model: type[Owned], column: str, group: FieldGroup) -> Check:
    def check(session: Session, actor: Actor, identity: int, values: Mapping[str, Any]) -> Problem | None:
        owner_id = getattr(session.get_one(model, identity), column)
        if column == "indicator_id":
            owner_id = session.get_one(Indicator, owner_id).initiative_id
        if owner_id is None:  # a deadline of a whole portfolio
            return _check_managed(session, actor, identity, values)
        owner = session.get_one(Initiative, owner_id)
        allowed = group in open_groups(actor, owner.unit_id, owner.owner_post_id)
        return None if allowed else Problem(NOT_YOURS)

    return check

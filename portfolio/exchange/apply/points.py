"""What a demo's profile tells beside its workbooks: the version history of a programme, and named points in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.core.history import BaselineKind
from portfolio.core.language import HELSINKI, N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, working_in
from portfolio.exchange.apply.dating import refuse_going_back
from portfolio.exchange.profile import BaselineSetUp, VersionHistorySetUp
from portfolio.forums.models import Forum
from portfolio.forums.operations import end_meeting
from portfolio.register.operations import add_version, create_baseline
from portfolio.register.queries import portfolio_by_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NO_PORTFOLIO = N_('The version history is of the portfolio "%(code)s", which is not there.')
NO_FORUM = N_('The point "%(point)s" is the end of a meeting of "%(name)s", a forum that is not there.')


def record_versions(session: Session, actor: Actor, told: VersionHistorySetUp) -> None:
    """Write a programme's versions down as its document lists them; the version of this day freezes this state."""
    refuse_going_back(session, actor.at)
    programme = portfolio_by_code(session, told.portfolio)
    if programme is None or programme.municipality_id != working_in(actor):
        raise Refusal(Problem(NO_PORTFOLIO, {"code": told.portfolio}))
    today = actor.at.astimezone(HELSINKI).date()
    for one in told.versions:
        values = {
            "portfolio_id": programme.id,
            "date_words": one.date,
            "label": one.label,
            "change_note": one.change,
            "authors": one.authors,
            "approver": one.approver,
            "valid_until": one.valid_until,
        }
        add_version(session, actor, values, today=today)


def name_point(session: Session, actor: Actor, point: BaselineSetUp) -> int:
    """Name the present state, or the end of a forum's meeting of the day, and return the baseline's id."""
    refuse_going_back(session, actor.at)
    if point.forum is None:
        values = {"name": point.name, "kind": BaselineKind(point.kind), "note": point.note}
        return create_baseline(session, actor, values)
    found = history.rows(session, Forum, working_in(actor), name_fi=point.forum)
    if not found:
        raise Refusal(Problem(NO_FORUM, {"name": point.forum, "point": point.name}))
    day = actor.at.astimezone(HELSINKI).date()
    return end_meeting(session, actor, found[0].id, day, point.name, note=point.note)

"""Moving an initiative in time, and its milestones along with it, in one revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, Right, require
from portfolio.core.timespan import Context, Timespan
from portfolio.register.models import Initiative, Milestone
from portfolio.register.operations import update_initiatives, update_parts
from portfolio.register.rules import Facts
from portfolio.roadmap.queries.moving import open_milestones
from portfolio.roadmap.rules import is_movable, strays

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_MOVABLE = N_("This cannot be moved in time: it has been removed or merged, or your access does not cover it.")


def move_initiative(
    session: Session,
    actor: Actor,
    identity: int,
    timespan: Timespan | None,
    *,
    version: int | None,
    milestones: bool,
    context: Context,
) -> int | None:
    """Write the time of an initiative and return the revision, None when nothing changed.

    With ``milestones`` those that would fall outside move as far, where they can. Raises ``StaleError`` when somebody
    saved the initiative since that version, and ``Refusal`` as the register does.
    """
    municipality_id = require(actor, Right.EDIT)
    history.take_turn(session)
    row = history.row(session, Initiative, municipality_id, identity, None)
    if row is not None:
        session.refresh(row)
    if row is None or row.removed or not is_movable(actor, Facts(row.unit_id, row.owner_post_id), row.status):
        raise Refusal(Problem(NOT_MOVABLE))
    before = row.timespan
    versions = None if version is None else {identity: version}
    written = update_initiatives(session, actor, {identity: {"timespan": timespan}}, versions=versions)
    if milestones:
        left = strays(before, timespan, open_milestones(session, municipality_id, identity), context)
        along = {one.milestone.id: {"timespan": one.along} for one in left if one.along is not None}
        update_parts(session, actor, Milestone, along)
    return written.revision_id

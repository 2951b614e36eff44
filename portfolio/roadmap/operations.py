"""Moving an initiative in time, and its milestones along with it, in one revision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from portfolio.core.rights import Actor
from portfolio.core.timespan import Timespan
from portfolio.register.models import Milestone
from portfolio.register.operations import update_initiatives, update_parts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def move_initiative(
    session: Session,
    actor: Actor,
    identity: int,
    timespan: Timespan | None,
    *,
    version: int | None,
    milestones: Mapping[int, Timespan],
) -> int | None:
    """Write the time of an initiative and of those milestones; return the revision, None when nothing changed.

    Raises ``StaleError`` when somebody saved the initiative since that version, and ``Refusal`` as the register does.
    """
    versions = None if version is None else {identity: version}
    written = update_initiatives(session, actor, {identity: {"timespan": timespan}}, versions=versions)
    if milestones:
        update_parts(session, actor, Milestone, {one: {"timespan": span} for one, span in milestones.items()})
    return written.revision_id

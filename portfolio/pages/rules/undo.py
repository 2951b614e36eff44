"""Who may undo which revision."""

from __future__ import annotations

import datetime as dt

from portfolio.core.rights import Actor, Right

UNDONE_WITHIN = dt.timedelta(hours=1)
"""How long people may take back what they saved themselves; after that it is the office's to judge."""


def may_undo(actor: Actor, user_id: int | None, at: dt.datetime) -> bool:
    """Tell whether the actor may undo a revision of this user, made at this moment (aware).

    Whoever manages the municipality may undo any; others only what they just saved themselves. Which of its cells may
    be put back is judged cell by cell (``history.undo`` and its checks).
    """
    if actor.may(Right.MANAGE):
        return True
    own = actor.user_id is not None and actor.user_id == user_id
    return own and dt.timedelta() <= actor.at - at <= UNDONE_WITHIN


def may_undo_import(actor: Actor, user_id: int | None) -> bool:
    """Tell whether the actor may undo an import of this user: whoever imports for all may, others their own.

    There is no hurry as with a form: what somebody changed since stays, and each cell is judged by the fields' rights.
    """
    return actor.may(Right.IMPORT) or (actor.user_id is not None and actor.user_id == user_id)

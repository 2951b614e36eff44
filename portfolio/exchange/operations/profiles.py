"""Keeping a mapping for the next workbook of its kind, and giving it up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, Right, require
from portfolio.exchange.models import SavedProfile
from portfolio.exchange.profile import Profile, dump, load_profile
from portfolio.exchange.profile.folders import profiles_of
from portfolio.exchange.queries.profiles import saved_profile
from portfolio.organisation.models import Municipality

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST = 60
NO_NAME = N_("Give the mapping a name.")
TOO_LONG = N_("A name has at most %(most)s characters.")
TAKEN = N_('There is a mapping "%(name)s" already. Give another name, or delete that one first.')
NOTHING = N_("No sheet is read, so there is nothing to save.")


def save_profile(session: Session, actor: Actor, name: str, profile: Profile) -> SavedProfile:
    """Keep a mapping under a name of its own; refuses a name that a folder's profile or another mapping has."""
    municipality_id = require(actor, Right.IMPORT)
    plain = " ".join(name.split())
    if not plain:
        raise Refusal(Problem(NO_NAME, place="name"))
    if len(plain) > LONGEST:
        raise Refusal(Problem(TOO_LONG, {"most": LONGEST}, "name"))
    if not profile.sheets:
        raise Refusal(Problem(NOTHING, place="name"))
    code = session.get_one(Municipality, municipality_id).code
    if saved_profile(session, municipality_id, plain) or plain in {one.name for one in profiles_of(code)}:
        raise Refusal(Problem(TAKEN, {"name": plain}, "name"))
    table = dump(replace(profile, name=plain))
    load_profile(table)  # what could not be read again must not be kept
    saved = SavedProfile(
        municipality_id=municipality_id,
        name=plain,
        profile=table,
        saved_at=actor.at,
        user_id=actor.user_id,
    )
    session.add(saved)
    session.flush()
    return saved


def delete_profile(session: Session, actor: Actor, saved: SavedProfile) -> None:
    """Give a mapping up; what was imported by it stays."""
    require(actor, Right.IMPORT)
    session.delete(saved)
    session.flush()

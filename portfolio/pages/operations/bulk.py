"""Changing many initiatives at once, as a preview showed it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portfolio.core.history import StaleError, Written, take_turn
from portfolio.core.records import fresh_rows, together
from portfolio.core.rights import Actor, working_in
from portfolio.pages.queries.bulk import held_classes
from portfolio.pages.rules import Seen, Wish
from portfolio.register.models import Initiative
from portfolio.register.operations import set_categories, update_initiatives


def change_many(session: Session, actor: Actor, seen: Mapping[int, Seen], wish: Wish) -> Written:
    """Give every initiative of a preview its new values and class, in one revision.

    Raises ``StaleError`` with all that have changed since they were seen, and ``BatchRefusal`` for what may not be;
    then nothing is written.
    """
    take_turn(session)
    held = held_classes(session, working_in(actor), seen.keys(), wish)
    rows = fresh_rows(session, Initiative, working_in(actor), seen.keys(), ("id",))
    stale = [
        (Initiative, identity)
        for identity, one in seen.items()
        if identity in rows and (held[identity] != one.classes or rows[identity]["version"] != one.version)
    ]
    if stale:
        raise StaleError(stale)
    parts = []
    if wish.values:
        parts.append(update_initiatives(session, actor, dict.fromkeys(seen, wish.values)))
    if wish.classes is not None:
        scheme_id = wish.classes.scheme_id
        choices = {identity: {scheme_id: wish.classes.applied(held[identity])} for identity in seen}
        parts.append(set_categories(session, actor, choices))
    return together(*parts)

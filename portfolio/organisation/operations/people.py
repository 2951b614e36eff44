"""People, who stand outside the history, and the posts they hold, which stand in it by id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core.history import Written
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import GONE, Problems, Records, Wanted
from portfolio.core.rights import Actor, Right, require
from portfolio.organisation.models import Holding, Person
from portfolio.organisation.rules import check_email, check_validity

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAMELESS = N_("Fill this in.")
TOO_LONG = N_("At most %(most)s characters fit here; this has %(length)s.")
ERASED = ""
"""The name of a person whose data were erased; screens say so in the reader's language."""

_LENGTHS = {"name": 120, "email": 254}


def create_person(session: Session, actor: Actor, name: str, email: str | None = None) -> int:
    """Add a person who may hold posts and return the id."""
    person = Person(municipality_id=require(actor, Right.MANAGE), **_checked(name, email))
    session.add(person)
    session.flush()
    return person.id


def update_person(session: Session, actor: Actor, identity: int, *, name: str, email: str | None) -> None:
    """Change a person's name and e-mail; what they were before is kept nowhere."""
    person = _person(session, actor, identity)
    for field, value in _checked(name, email).items():
        setattr(person, field, value)
    session.flush()


def erase_person(session: Session, actor: Actor, identity: int) -> None:
    """Forget a person's name and e-mail; the posts held stay in the history, held by somebody unnamed."""
    person = _person(session, actor, identity)
    person.name, person.email = ERASED, None
    session.flush()


def add_holding(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Tell that a person (``person_id``) holds a post (``post_id``) and return the id of the holding."""
    return _HOLDINGS.create(session, actor, [values])[0]


def update_holding(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change from when to when a person holds a post."""
    return _HOLDINGS.update_one(session, actor, identity, values, version)


def remove_holding(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a holding that was told by mistake; one that ends gets a last day."""
    return _HOLDINGS.set_removed(session, actor, [identity], removed=True)


def restore_holding(session: Session, actor: Actor, identity: int) -> Written:
    """Bring a removed holding back."""
    return _HOLDINGS.set_removed(session, actor, [identity], removed=False)


def _judge_validity(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    return {item: check_validity(row.given, row.after) for item, row in wanted.items()}


_HOLDINGS = Records(Holding, (_judge_validity,), needs=frozenset({"post_id", "person_id", "valid_from", "valid_to"}))


def _person(session: Session, actor: Actor, identity: int) -> Person:
    municipality_id = require(actor, Right.MANAGE)
    person = session.get(Person, identity)
    if person is None or person.municipality_id != municipality_id:
        raise Refusal(Problem(GONE))
    return person


def _checked(name: str, email: str | None) -> dict[str, str | None]:
    values = {"name": " ".join(name.split()) or None, "email": (email or "").strip().lower() or None}
    problems = [Problem(NAMELESS, place="name")] if values["name"] is None else []
    problems += check_email(values["email"])
    problems += [
        Problem(TOO_LONG, {"most": _LENGTHS[field], "length": len(value)}, field)
        for field, value in values.items()
        if value is not None and len(value) > _LENGTHS[field]
    ]
    if problems:
        raise Refusal(*problems)
    return values

"""Who has access: users are added, given roles in units, and let go. Access rows are history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.accounts.models import Access, User
from portfolio.accounts.operations.signing import end_sign_ins, make_link
from portfolio.accounts.queries import user_by_email
from portfolio.accounts.rules import LINK_LASTS, check_email, check_roles, clean_email
from portfolio.core import history
from portfolio.core.history import Insert, Update, write_many
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Right, Role, require
from portfolio.organisation.queries import get_unit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

    from portfolio.core.history import Written
    from portfolio.core.rights import Actor

NAME_MISSING = N_("Write the person's name.")
HAS_ACCESS = N_("%(email)s already has access here. Change it on the person's own page.")
NO_SUCH_UNIT = N_("There is no such unit.")
SAME_ROLE = N_("The person already has this role in this unit.")
LAST_ADMIN = N_("Someone must be able to manage users: give the role of administrator to another person first.")


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user who was given access; ``token`` opens the one-time link, None for one who has a password already."""

    user: User
    token: str | None


def add_user(session: Session, actor: Actor, values: Mapping[str, object]) -> NewUser:
    """Give a person access: values are name, email, role, unit_id, valid_to, language.

    Makes the user where there is none; the name of someone who is a user already stays as it is. Refused without
    Right.USERS, or when the person has access here already.
    """
    municipality_id = require(actor, Right.USERS)
    email, name = clean_email(str(values.get("email") or "")), str(values.get("name") or "").strip()
    user = user_by_email(session, email)
    problems = [problem for problem in (check_email(email),) if problem is not None]
    if user is None and not name:
        problems.append(Problem(NAME_MISSING, place="name"))
    if user is not None and _open_rows(session, municipality_id, user.id):
        problems.append(Problem(HAS_ACCESS, {"email": email}, "email"))
    if problems:
        raise Refusal(*problems)
    if user is None:
        language = str(values.get("language") or "fi")
        user = User(email=email, name=name, language=language, shortcuts=True, active=True, created_at=actor.at)
        session.add(user)
        session.flush()
    give_access(session, actor, user.id, values)
    token = make_link(session, user.id, actor.at, LINK_LASTS) if user.password_hash is None else None
    return NewUser(user, token)


def give_access(session: Session, actor: Actor, user_id: int, values: Mapping[str, object]) -> Written:
    """Give a user one more role: values are role, unit_id, valid_to."""
    municipality_id = require(actor, Right.USERS)
    role = Role(str(values["role"]))
    rows = _open_rows(session, municipality_id, user_id)
    _check(session, municipality_id, rows, role, values)
    cells = {"user_id": user_id, "municipality_id": municipality_id, "role": role}
    insert = Insert(Access, {**cells, "unit_id": values.get("unit_id"), "valid_to": values.get("valid_to")})
    return write_many(session, actor, inserts=[insert])


def change_access(
    session: Session, actor: Actor, access_id: int, values: Mapping[str, object], *, version: int | None = None
) -> Written:
    """Change one access row's role, unit or last day; the last administrator stays one."""
    municipality_id = require(actor, Right.USERS)
    row = _row(session, municipality_id, access_id)
    role = Role(str(values.get("role", row.role)))
    others = [one for one in _open_rows(session, municipality_id, row.user_id) if one.id != access_id]
    _check(session, municipality_id, others, role, {"unit_id": row.unit_id, **values})
    if role is not Role.ADMIN or values.get("valid_to") is not None:
        _keep_an_admin(session, municipality_id, without=[row])
    cells = {"role": role, **{name: values[name] for name in ("unit_id", "valid_to") if name in values}}
    return write_many(session, actor, updates=[Update(Access, access_id, cells, version)])


def end_access(session: Session, actor: Actor, user_id: int, access_ids: Collection[int] | None = None) -> Written:
    """Take away a user's access, all of it or the rows named, at once: every sign-in of the user ends."""
    municipality_id = require(actor, Right.USERS)
    rows = _open_rows(session, municipality_id, user_id)
    ending = [row for row in rows if access_ids is None or row.id in access_ids]
    left = {row.role for row in rows if row not in ending}
    problems = check_roles(left, with_unit=True)
    if problems:
        raise Refusal(*problems)
    _keep_an_admin(session, municipality_id, without=ending)
    written = write_many(session, actor, updates=[Update(Access, row.id, {"removed": True}) for row in ending])
    end_sign_ins(session, user_id, actor.at)
    return written


def _open_rows(session: Session, municipality_id: int, user_id: int) -> list[Access]:
    return history.rows(session, Access, municipality_id, user_id=user_id)


def _row(session: Session, municipality_id: int, access_id: int) -> Access:
    row = history.row(session, Access, municipality_id, access_id, None)
    if row is None or row.removed:
        message = f"no access row {access_id} in municipality {municipality_id}"
        raise LookupError(message)
    return row


def _check(
    session: Session, municipality_id: int, others: list[Access], role: Role, values: Mapping[str, object]
) -> None:
    """Refuse an unknown unit, roles that do not go together, and the same role in the same unit twice."""
    unit_id = values.get("unit_id")
    problems = check_roles({role, *(row.role for row in others)}, with_unit=_has_unit(others, role, unit_id))
    if isinstance(unit_id, int):
        unit = get_unit(session, municipality_id, unit_id)
        if unit is None or unit.removed:
            problems.append(Problem(NO_SUCH_UNIT, place="unit_id"))
    if any(row.role is role and row.unit_id == unit_id for row in others):
        problems.append(Problem(SAME_ROLE, place="role"))
    if problems:
        raise Refusal(*problems)


def _has_unit(others: list[Access], role: Role, unit_id: object) -> bool:
    """Tell whether every reporter's row names a unit."""
    reporters = [row.unit_id for row in others if row.role is Role.REPORTER]
    return None not in [*reporters, *([unit_id] if role is Role.REPORTER else [])]


def _keep_an_admin(session: Session, municipality_id: int, without: Collection[Access]) -> None:
    """Refuse to leave a municipality without anyone who can manage its users."""
    if not any(row.role is Role.ADMIN for row in without):
        return
    ids = {row.id for row in without}
    rows = history.rows(session, Access, municipality_id, role=Role.ADMIN)
    if not any(row.id not in ids and row.valid_to is None for row in rows):
        raise Refusal(Problem(LAST_ADMIN))

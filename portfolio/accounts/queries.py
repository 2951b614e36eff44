"""Reading users: who is signed in, what they may do where, who has access to a municipality."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from portfolio.accounts.models import Access, OneTimeLink, SavedView, SignIn, User
from portfolio.accounts.rules import clean_email, is_over
from portfolio.core import history
from portfolio.core.rights import Actor, Grant, Role
from portfolio.core.text import search_key, sort_key
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-in that has not ended, and whose it is."""

    sign_in: SignIn
    user: User


@dataclass(frozen=True, slots=True)
class UserAccess:
    """One user of a municipality with the access that the user has there."""

    user: User
    access: tuple[Access, ...]
    seen_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ViewOf:
    """A saved view and its owner's name."""

    view: SavedView
    owner: str


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Which users to show: text in the name or e-mail, and those who have such a role, in such a unit."""

    text: str = ""
    role: Role | None = None
    unit_id: int | None = None

    def matches(self, one: UserAccess) -> bool:
        """Tell whether the filter keeps a user."""
        return search_key(self.text) in search_key(f"{one.user.name} {one.user.email}") and any(
            self.role in {None, row.role} and self.unit_id in {None, row.unit_id} for row in one.access
        )


def hash_token(token: str) -> str:
    """Give what is kept of a secret token: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed_in(
    session: Session, token: str, now: dt.datetime, *, idle: dt.timedelta, longest: dt.timedelta
) -> Signed | None:
    """Find the sign-in of a browser's token; None when it has ended or the user may not sign in any more."""
    found = session.execute(
        select(SignIn, User).join(User, User.id == SignIn.user_id).where(SignIn.token_hash == hash_token(token))
    ).one_or_none()
    if found is None:
        return None
    row, user = found
    if not user.active or is_over(row.created_at, row.seen_at, row.ended_at, now, idle, longest):
        return None
    return Signed(row, user)


def user_by_email(session: Session, email: str) -> User | None:
    """Find a user by e-mail address, whatever its letters' case."""
    return session.scalar(select(User).where(User.email == clean_email(email)))


def user_of_link(session: Session, token: str, now: dt.datetime) -> User | None:
    """Find whose one-time link this is; None when it was used, is too old, or never was."""
    link = session.scalar(select(OneTimeLink).where(OneTimeLink.token_hash == hash_token(token)))
    if link is None or link.used_at is not None or link.expires_at <= now:
        return None
    user = session.get(User, link.user_id)
    return user if user is not None and user.active else None


def actor_of(session: Session, user: User, municipality_id: int, at: dt.datetime, today: dt.date) -> Actor | None:
    """Make the actor that a user is in a municipality today; None without any access there.

    A role given in a unit reaches the units below it; posts are those that the person with this e-mail holds today.
    """
    rows = current_access(session, municipality_id, today, user_id=user.id)
    if not rows:
        return None
    grants = tuple(Grant(row.role, _reach(session, row)) for row in rows)
    posts = organisation.post_ids_of(session, municipality_id, user.email, today)
    return Actor(user.id, user.name, municipality_id, grants, at, post_ids=posts)


def current_access(
    session: Session, municipality_id: int, today: dt.date, *, user_id: int | None = None
) -> list[Access]:
    """Return the access rows of a municipality that hold today, of one user or of all."""
    statement = (
        select(Access)
        .where(Access.municipality_id == municipality_id, Access.removed.is_(False))
        .where(or_(Access.valid_to.is_(None), Access.valid_to >= today))
        .order_by(Access.id)
    )
    return list(session.scalars(statement if user_id is None else statement.where(Access.user_id == user_id)))


def active_users(session: Session, municipality_id: int, today: dt.date) -> dict[int, User]:
    """Return those who have access today and may sign in."""
    ids = {row.user_id for row in current_access(session, municipality_id, today)}
    found = session.scalars(select(User).where(User.id.in_(ids), User.active.is_(True)))
    return {user.id: user for user in found}


def names_of_users(session: Session, user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return what users are called; one who was erased is not among them."""
    ids = {one for one in user_ids if one is not None}
    found = session.execute(select(User.id, User.name).where(User.id.in_(ids))) if ids else ()
    return {row.id: row.name for row in found}


def reporters_by_unit(
    session: Session, municipality_id: int, today: dt.date, people: Mapping[int, User]
) -> dict[int, set[int]]:
    """Return the users who report today, by the unit that the role is given in."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in current_access(session, municipality_id, today):
        if row.role is Role.REPORTER and row.unit_id is not None and row.user_id in people:
            found[row.unit_id].add(row.user_id)
    return dict(found)


def users_of_posts(
    session: Session, municipality_id: int, post_ids: Collection[int], people: Iterable[User], today: dt.date
) -> dict[int, list[User]]:
    """Return who of these users holds each post today, found by e-mail; a post that none of them holds is not there."""
    if not post_ids:
        return {}
    by_email = {user.email.lower(): user for user in people}
    found: dict[int, list[User]] = {}
    for post, holders in organisation.holders(session, municipality_id, today, post_ids=post_ids).items():
        emails = sorted({(one.person.email or "").lower() for one in holders} & by_email.keys())
        if emails:
            found[post] = [by_email[email] for email in emails]
    return found


def municipalities_of(session: Session, user_id: int, today: dt.date) -> list[Municipality]:
    """Return the municipalities in which a user has access, by name; a demo municipality judges by its own day."""
    statement = (
        select(Municipality, Access.valid_to)
        .join(Access, Access.municipality_id == Municipality.id)
        .where(Access.user_id == user_id, Access.removed.is_(False), Municipality.removed.is_(False))
    )
    open_now = {
        place.id: place
        for place, valid_to in session.execute(statement)
        if valid_to is None or valid_to >= (place.demo_day or today)
    }
    return sorted(open_now.values(), key=lambda place: sort_key(place.name_fi))


def has_access_elsewhere(session: Session, user_id: int, municipality_id: int) -> bool:
    """Tell whether a user has access to another municipality too: then only the user may see a link to the account."""
    other = select(Access.id).where(
        Access.user_id == user_id, Access.municipality_id != municipality_id, Access.removed.is_(False)
    )
    return session.scalar(other.limit(1)) is not None


def is_demo(session: Session) -> bool:
    """Tell whether the database is a demo: one of its municipalities lives in a day of its own."""
    return session.scalar(select(Municipality.id).where(Municipality.demo_day.is_not(None)).limit(1)) is not None


def users_of(
    session: Session, municipality_id: int, wanted: UserFilter, *, sort: str = "name", at: int | None = None
) -> list[UserAccess]:
    """Return the users of a municipality, now or at a revision, with all access rows that were not removed.

    ``sort`` is "name" or "seen", "-" before it turns it round; anything else is the name, in Finnish order.
    """
    by_user: dict[int, list[Access]] = defaultdict(list)
    for row in history.rows(session, Access, municipality_id, at=at):
        by_user[row.user_id].append(row)
    seen = _last_seen(session, by_user)
    found = [
        UserAccess(user, tuple(by_user[user.id]), seen.get(user.id))
        for user in session.scalars(select(User).where(User.id.in_(by_user)))
    ]
    kept = sorted((one for one in found if wanted.matches(one)), key=lambda one: sort_key(one.user.name))
    if sort.removeprefix("-") == "seen":
        return sorted(kept, key=lambda one: one.seen_at or NEVER, reverse=sort.startswith("-"))
    return kept[::-1] if sort == "-name" else kept


def get_user(session: Session, municipality_id: int, user_id: int, *, at: int | None = None) -> UserAccess | None:
    """Find a user who has or had access to a municipality; users of others only are not found."""
    del at  # users and their names lie outside the history
    user = session.get(User, user_id)
    rows = history.rows(session, Access, municipality_id, with_removed=True, user_id=user_id)
    if user is None or not rows:
        return None
    kept = tuple(row for row in rows if not row.removed)
    return UserAccess(user, kept, _last_seen(session, [user_id]).get(user_id))


def get_access(session: Session, municipality_id: int, access_id: int, *, at: int | None = None) -> Access | None:
    """Find one access row of a municipality."""
    return history.row(session, Access, municipality_id, access_id, at)


def sign_ins_of(
    session: Session, user_id: int, now: dt.datetime, *, idle: dt.timedelta, longest: dt.timedelta
) -> list[SignIn]:
    """Return a user's sign-ins that have not ended, the latest used first."""
    rows = session.scalars(select(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None)))
    going = [row for row in rows if not is_over(row.created_at, row.seen_at, None, now, idle, longest)]
    return sorted(going, key=lambda row: row.seen_at, reverse=True)


def saved_views(session: Session, municipality_id: int, user_id: int | None, page: str) -> list[ViewOf]:
    """Return the views of a page that a person sees, own ones first, then those that others share, by name."""
    statement = select(SavedView, User.name).join(User, User.id == SavedView.user_id)
    seen = or_(SavedView.user_id == user_id, SavedView.shared.is_(True))
    here = (SavedView.municipality_id == municipality_id, SavedView.page == page, SavedView.removed.is_(False))
    found = [ViewOf(view, owner) for view, owner in session.execute(statement.where(*here, seen))]
    return sorted(found, key=lambda one: (one.view.user_id != user_id, sort_key(one.view.name), one.view.id))


def get_view(session: Session, municipality_id: int, view_id: int, *, at: int | None = None) -> SavedView | None:
    """Return one saved view, removed or not, whoever's it is."""
    return history.row(session, SavedView, municipality_id, view_id, at)


def _reach(session: Session, row: Access) -> frozenset[int] | None:
    if row.unit_id is None:
        return None
    return organisation.expand_units(session, row.municipality_id, {row.unit_id})


def _last_seen(session: Session, user_ids: Sequence[int] | dict[int, list[Access]]) -> dict[int, dt.datetime]:
    rows = session.execute(
        select(SignIn.user_id, SignIn.seen_at).where(SignIn.user_id.in_(list(user_ids))).order_by(SignIn.seen_at)
    )
    return {user_id: seen_at for user_id, seen_at in rows}  # noqa: C416 -- rows are not pairs to the type checker

"""Who is asked to answer an export of a unit, and who cannot be reached."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.accounts.models import User
from portfolio.accounts.queries import current_access
from portfolio.core import history
from portfolio.core.records import chunks
from portfolio.core.rights import Role
from portfolio.core.text import sort_key
from portfolio.exchange.rules import reporters_of
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Post, Unit
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from portfolio.exchange.models import Export


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who is asked: users by name; and the posts whose holder has no e-mail or no access, or that nobody holds."""

    users: tuple[User, ...] = ()
    without: tuple[Post, ...] = ()


NOBODY = Receivers()


def receivers_of(
    session: Session, municipality_id: int, exports: Collection[Export], today: dt.date
) -> dict[int, Receivers]:
    """Tell who is asked to answer each export, by its id.

    The unit's reporters, else those of the nearest unit above that has any; where there are none at all, the holders
    of the posts responsible for what the export holds. The number of queries grows only with such exports.
    """
    people = active_users(session, municipality_id, today)
    by_unit = reporters_by_unit(session, municipality_id, today, people)
    units = {one.unit_id for one in exports if one.unit_id is not None}
    found = reporters_of(parents_of(session, municipality_id), units, by_unit)
    return {
        one.id: Receivers(_by_name(people[user] for user in found[one.unit_id]))
        if one.unit_id is not None and found.get(one.unit_id)
        else _responsible(session, one, people.values(), today)
        for one in exports
    }


def active_users(session: Session, municipality_id: int, today: dt.date) -> dict[int, User]:
    """Return those who have access today and may sign in."""
    ids = {row.user_id for row in current_access(session, municipality_id, today)}
    found = session.scalars(select(User).where(User.id.in_(ids), User.active.is_(True)))
    return {user.id: user for user in found}


def reporters_by_unit(
    session: Session, municipality_id: int, today: dt.date, people: Mapping[int, User]
) -> dict[int, set[int]]:
    """Return the users who report today, by the unit that the role is given in."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in current_access(session, municipality_id, today):
        if row.role is Role.REPORTER and row.unit_id is not None and row.user_id in people:
            found[row.unit_id].add(row.user_id)
    return dict(found)


def parents_of(session: Session, municipality_id: int) -> dict[int, int | None]:
    """Lead from each unit, removed ones too, to the one above it."""
    return {unit.id: unit.parent_id for unit in history.rows(session, Unit, municipality_id, with_removed=True)}


def _responsible(session: Session, export: Export, people: Iterable[User], today: dt.date) -> Receivers:
    posts = _responsible_posts(session, export.item_ids)
    if not posts:
        return NOBODY
    by_email = {user.email: user for user in people}
    holders = organisation.holders(session, export.municipality_id, today, post_ids=posts)
    emails = {post: {one.person.email for one in holders.get(post, ())} & by_email.keys() for post in posts}
    unreached = [post for post, found in emails.items() if not found]
    named = history.rows(session, Post, export.municipality_id, with_removed=True, id=frozenset(unreached))
    reached = {email for found in emails.values() for email in found if email is not None}
    return Receivers(
        _by_name(by_email[email] for email in reached),
        tuple(sorted(named, key=lambda post: (post.title_sort, post.id))),
    )


def _responsible_posts(session: Session, item_ids: Sequence[int]) -> frozenset[int]:
    found: set[int] = set()
    for chunk in chunks(item_ids):
        asked = select(Initiative.owner_post_id).where(Initiative.id.in_(chunk), Initiative.removed.is_(False))
        found.update(post for post in session.scalars(asked.distinct()) if post is not None)
    return frozenset(found)


def _by_name(users: Iterable[User]) -> tuple[User, ...]:
    return tuple(sorted(users, key=lambda user: (sort_key(user.name), user.id)))

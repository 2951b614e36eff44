"""Who is asked to answer an export of a unit, and who cannot be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.accounts.queries import active_users, reporters_by_unit, users_of_posts
from portfolio.accounts.rules import reporters_of
from portfolio.core import history
from portfolio.core.records import chunks
from portfolio.core.text import sort_key
from portfolio.organisation.models import Post
from portfolio.organisation.queries import parents_of
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy.orm import Session

    from portfolio.accounts.models import User
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


def _responsible(session: Session, export: Export, people: Iterable[User], today: dt.date) -> Receivers:
    posts = _responsible_posts(session, export.item_ids)
    if not posts:
        return NOBODY
    found = users_of_posts(session, export.municipality_id, posts, people, today)
    named = history.rows(session, Post, export.municipality_id, with_removed=True, id=posts - found.keys())
    reached = {user.id: user for users in found.values() for user in users}
    return Receivers(_by_name(reached.values()), tuple(sorted(named, key=lambda post: (post.title_sort, post.id))))


def _responsible_posts(session: Session, item_ids: Sequence[int]) -> frozenset[int]:
    found: set[int] = set()
    for chunk in chunks(item_ids):
        asked = select(Initiative.owner_post_id).where(Initiative.id.in_(chunk), Initiative.removed.is_(False))
        found.update(post for post in session.scalars(asked.distinct()) if post is not None)
    return frozenset(found)


def _by_name(users: Iterable[User]) -> tuple[User, ...]:
    return tuple(sorted(users, key=lambda user: (sort_key(user.name), user.id)))

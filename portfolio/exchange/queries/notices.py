"""Whose initiatives an import changed, and what a person has not seen of it yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from portfolio.accounts.models import User
from portfolio.core import history
from portfolio.core.columns import can_be_kept
from portfolio.core.records import chunks
from portfolio.exchange.models import ImportBatch, ImportNotice
from portfolio.exchange.queries.origins import undone
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Person
from portfolio.register.models import Indicator, IndicatorValue, Initiative
from portfolio.register.queries import titles_of
from portfolio.reviews.models import Review, ReviewAnswer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

SHOWN = 5
OWNER = "owner_post_id"


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice with the import that it tells of, who made it, and the first of the initiatives that it changed."""

    notice: ImportNotice
    batch: ImportBatch
    who: str | None
    items: tuple[Initiative, ...]

    @property
    def more(self) -> int:
        """How many initiatives are not among those shown."""
        return len(self.notice.item_ids) - len(self.items)


def changed_initiatives(session: Session, revision_id: int) -> frozenset[int]:
    """Return the initiatives that a revision touched: their own cells, and the rows of other tables that are theirs."""
    models = history.versioned_models()
    in_revision = select(history.Change.entity).where(history.Change.revision_id == revision_id).distinct()
    found: set[int] = set()
    for entity in session.scalars(in_revision):
        touched = select(history.Change.entity_id).where(
            history.Change.revision_id == revision_id, history.Change.entity == entity
        )
        for owners in _initiatives_of(models[entity], touched.distinct()):
            found.update(one for one in session.scalars(owners) if one is not None)
    return frozenset(found)


def owners_of(session: Session, municipality_id: int, revision_id: int, today: dt.date) -> dict[Person, set[int]]:
    """Return whose initiatives a revision touched, with those: who is responsible for them today, or was until then.

    Who cannot be told, having no e-mail, is left out; so nothing is looked for where nobody can.
    """
    holders = organisation.holders(session, municipality_id, today)
    held = {post: told for post, few in holders.items() if (told := [one.person for one in few if one.person.email])}
    if not held:
        return {}
    items = changed_initiatives(session, revision_id)
    posts: dict[int | None, set[int]] = defaultdict(set)
    for chunk in chunks(sorted(held)):
        now = select(Initiative.id, Initiative.owner_post_id).where(Initiative.owner_post_id.in_(chunk))
        for item, post in session.execute(now):
            if item in items:
                posts[post].add(item)
    before = select(history.Change.entity_id, history.Change.old).where(
        history.Change.revision_id == revision_id,
        history.Change.entity == Initiative.__tablename__,
        history.Change.field == OWNER,
    )
    for item, post in session.execute(before):
        posts[post].add(item)
    found: dict[Person, set[int]] = defaultdict(set)
    for post, people in held.items():
        for one in people:
            found[one] |= posts[post]
    return {one: ids for one, ids in found.items() if ids}


def notices_for(session: Session, municipality_id: int, user_id: int | None) -> list[NoticeFacts]:
    """Return what a user has not seen yet, the latest first; imports that were undone are no news any more."""
    statement = (
        select(ImportNotice, ImportBatch)
        .join(ImportBatch, ImportBatch.id == ImportNotice.batch_id)
        .where(ImportBatch.municipality_id == municipality_id, ImportNotice.seen_at.is_(None), ~undone())
        .where(ImportNotice.person_id.in_(_persons_of(user_id)))
        .order_by(ImportNotice.id.desc())
    )
    found = session.execute(statement).all()
    named = titles_of(session, municipality_id, _first(notice for notice, _ in found)) if found else {}
    makers = {batch.user_id for _, batch in found if batch.user_id is not None}
    users = {user.id: user.name for user in session.scalars(select(User).where(User.id.in_(makers)))} if makers else {}
    return [NoticeFacts(notice, batch, users.get(batch.user_id or 0), _named(notice, named)) for notice, batch in found]


def own_notice(session: Session, municipality_id: int, key: int, user_id: int | None) -> ImportNotice | None:
    """Return a notice of the municipality that tells this user something."""
    notice = session.get(ImportNotice, key) if can_be_kept(key) else None
    if notice is None or session.get_one(ImportBatch, notice.batch_id).municipality_id != municipality_id:
        return None
    return notice if notice.person_id in session.scalars(_persons_of(user_id)).all() else None


def _initiatives_of(model: type[Any], touched: Select[int]) -> list[Select[Any]]:
    """Ask for the initiatives that rows of a table belong to; a table that belongs to none has no such question."""
    if model is Initiative:
        return [touched]
    if model is IndicatorValue:
        return [
            select(Indicator.initiative_id)
            .join(IndicatorValue, IndicatorValue.indicator_id == Indicator.id)
            .where(IndicatorValue.id.in_(touched))
        ]
    if model is ReviewAnswer:
        return [
            select(Review.initiative_id)
            .join(ReviewAnswer, ReviewAnswer.review_id == Review.id)
            .where(ReviewAnswer.id.in_(touched))
        ]
    columns = model.__table__.c
    owners = [one for one in columns if any(key.column.table is Initiative.__table__ for key in one.foreign_keys)]
    return [select(one).where(columns.id.in_(touched)).distinct() for one in owners]


def _persons_of(user_id: int | None) -> Select[int]:
    return select(Person.id).join(User, User.email == Person.email).where(User.id == user_id)


def _first(notices: Iterable[ImportNotice]) -> set[int]:
    return {item for notice in notices for item in notice.item_ids[:SHOWN]}


def _named(notice: ImportNotice, named: dict[int, Initiative]) -> tuple[Initiative, ...]:
    return tuple(named[one] for one in notice.item_ids[:SHOWN] if one in named)

"""Which initiatives a filter keeps: as SQL for the present, by the filter itself for the past."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.columns import can_be_kept
from portfolio.core.records import chunks
from portfolio.register.models import Initiative, InitiativeCategory
from portfolio.register.rules import OPEN_STATUSES, InitiativeFilter


def matching_ids(municipality_id: int, chosen: InitiativeFilter, *, today: dt.date) -> Select[int]:
    """Return the statement that selects the ids of a municipality's initiatives that the filter keeps now."""
    return select(Initiative.id).where(*conditions(municipality_id, chosen, today))


def matching_rows(
    session: Session, municipality_id: int, chosen: InitiativeFilter, *, today: dt.date, at: int
) -> list[Initiative]:
    """Return the initiatives that the filter kept after a revision, in order of id; they must only be read."""
    rows = history.rows(session, Initiative, municipality_id, at)
    return matching(session, municipality_id, rows, chosen, today=today, at=at)


def matching(
    session: Session,
    municipality_id: int,
    rows: Sequence[Initiative],
    chosen: InitiativeFilter,
    *,
    today: dt.date,
    at: int,
) -> list[Initiative]:
    """Keep those rows of the past that the filter keeps, in the order given."""
    classes = _classes(session, municipality_id, at) if chosen.category_groups else {}
    kept = list(rows)
    for test in chosen.tests(today):
        kept = [row for row in kept if test(row, classes.get(row.id, ()))]
    return kept


def rows_in_order(session: Session, ids: Sequence[int]) -> list[Initiative]:
    """Read present rows in the order of their ids: sorting ids first keeps the long texts out of the sort."""
    rows: dict[int, Initiative] = {}
    for chunk in chunks(ids):
        rows.update({row.id: row for row in session.scalars(select(Initiative).where(Initiative.id.in_(chunk)))})
    return [rows[identity] for identity in ids]


def _classes(session: Session, municipality_id: int, at: int) -> Mapping[int, set[int]]:
    """Return the ids of the classes of every initiative after a revision."""

    def make() -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for link in history.rows(session, InitiativeCategory, municipality_id, at):
            found[link.initiative_id].add(link.category_id)
        return dict(found)

    return history.kept(session, ("classes of initiatives", municipality_id, at), make)


def conditions(municipality_id: int, chosen: InitiativeFilter, today: dt.date) -> list[ColumnElement[bool]]:
    """Return what must hold of a present row for the filter to keep it."""
    return [
        Initiative.municipality_id == municipality_id,
        Initiative.removed.is_(False),
        *_lists(chosen),
        *_time(chosen, today),
        *(Initiative.search_text.contains(word, autoescape=True) for word in chosen.words),
        *(_in_any(group) for group in chosen.category_groups),
    ]


def _lists(chosen: InitiativeFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.ids is not None:
        yield Initiative.id.in_([one for one in chosen.ids if can_be_kept(one)])
    if chosen.without:
        yield Initiative.id.not_in([one for one in chosen.without if can_be_kept(one)])
    for column, values in (
        (Initiative.portfolio_id, chosen.portfolio_ids),
        (Initiative.kind, chosen.kinds),
        (Initiative.status, chosen.statuses),
        (Initiative.unit_id, chosen.unit_ids),
        (Initiative.owner_post_id, chosen.owner_post_ids),
    ):
        if values:
            yield column.in_([value for value in values if can_be_kept(value)])
    if chosen.publicity is not None:
        yield Initiative.publicity == chosen.publicity
    if chosen.spearhead is not None:
        yield Initiative.spearhead.is_(chosen.spearhead)


def _time(chosen: InitiativeFilter, today: dt.date) -> Iterator[ColumnElement[bool]]:
    if chosen.undated is not None:
        yield Initiative.undated.is_(chosen.undated)
    if chosen.late is True:
        yield and_(Initiative.status.in_(OPEN_STATUSES), Initiative.ends_on < today)
    elif chosen.late is False:
        in_time = or_(Initiative.ends_on.is_(None), Initiative.ends_on >= today)
        yield or_(Initiative.status.not_in(OPEN_STATUSES), in_time)
    if chosen.year_from is not None or chosen.year_to is not None:
        yield Initiative.undated.is_(False)
    if chosen.year_from is not None:
        yield or_(Initiative.ends_on.is_(None), Initiative.ends_on >= dt.date(_year(chosen.year_from), 1, 1))
    if chosen.year_to is not None:
        yield or_(Initiative.starts_on.is_(None), Initiative.starts_on <= dt.date(_year(chosen.year_to), 12, 31))


def _year(year: int) -> int:
    """Keep a year from a URL within the calendar."""
    return min(max(year, dt.MINYEAR), dt.MAXYEAR)


def _in_any(category_ids: frozenset[int]) -> ColumnElement[bool]:
    links = select(InitiativeCategory.initiative_id).where(
        InitiativeCategory.category_id.in_([one for one in category_ids if can_be_kept(one)]),
        InitiativeCategory.removed.is_(False),
    )
    return Initiative.id.in_(links)

"""What changed in the register between two revisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.collecting import without_collecting
from portfolio.core.language import in_language
from portfolio.core.records import chunks
from portfolio.organisation.models import Post, Unit
from portfolio.register.models import SEARCHED, Category, CategoryScheme, Initiative, Portfolio
from portfolio.register.queries.parts_difference import changed_parts
from portfolio.register.rules import Aspect, Difference, ItemDifference, judge_item
from portfolio.register.rules.fields import REFERS
from portfolio.register.rules.grades import Grade
from portfolio.register.rules.parts_difference import NO_PARTS

SHOWN = (
    *("id", "code", "title_fi", "title_sv", "title_sort", "status", "timespan", "starts_on", "ends_on", "undated"),
    *("portfolio_id", "unit_id", "owner_post_id", "kind", "publicity", "spearhead", "search_text", "removed"),
    *("progress", "completed_on"),
)
"""What is read of an initiative that differs: what lists show, group and filter by."""

NONE_GRADED: Mapping[int, tuple[Grade | None, Grade | None]] = MappingProxyType({})

MANY = 3_000
"""Beyond so many rows it is quicker to read the whole table than to name them."""

FEW = 500
"""So many rows of a past are read by themselves; for more, the whole past table is read once and kept."""

_NAMED: Mapping[str, tuple[type[Any], str]] = MappingProxyType(
    {
        "unit": (Unit, "name"),
        "post": (Post, "title"),
        "portfolio": (Portfolio, "name"),
        "initiative": (Initiative, "title"),
        "category": (Category, "name"),
        "category_scheme": (CategoryScheme, "name"),
    }
)
"""Table → its model and the stem of the columns that hold the name of a row."""


def read_difference(
    session: Session,
    municipality_id: int,
    first: int,
    second: int | None = None,
    *,
    money: Mapping[int, Mapping[int, tuple[Any, Any]]],
    health: Mapping[int, tuple[Grade | None, Grade | None]] = NONE_GRADED,
) -> Difference:
    """Return what differs between revisions ``first`` and ``second`` (None: now), in the order of titles.

    ``money`` is what differs in budgets, by initiative and year (``budgets.queries.changed_sums``), ``health`` in the
    grades given by reviews (``reviews.queries.changed_health``).
    """
    with without_collecting():
        cells = history.cells_between(session, municipality_id, Initiative.__tablename__, first, second)
        parts = changed_parts(session, municipality_id, first, second)
        rows = _rows(session, municipality_id, cells.keys() | money.keys() | parts.keys() | health.keys(), second)
        found = (
            judge_item(
                row,
                own,
                born=history.BIRTH in own,
                money=money.get(row.id, {}),
                parts=parts.get(row.id, NO_PARTS),
                health=health.get(row.id),
            )
            for row in sorted(rows, key=lambda one: (one.title_sort, one.id))
            for own in (cells.get(row.id, {}),)
        )
        return Difference(first, second, tuple(item for item in found if item is not None))


def _rows(session: Session, municipality_id: int, ids: Collection[int], at: int | None) -> list[Any]:
    """Give initiatives by id, removed ones too."""
    if at is None:
        columns = [Initiative.__table__.c[name] for name in SHOWN]
        mine = select(*columns).where(Initiative.municipality_id == municipality_id)
        if len(ids) > MANY:
            return [row for row in session.connection().execute(mine) if row.id in ids]
        return [row for chunk in chunks(list(ids)) for row in session.execute(mine.where(Initiative.id.in_(chunk)))]
    if len(ids) <= FEW:
        return list(history.few(session, Initiative, municipality_id, at, with_removed=True, id=frozenset(ids)))
    past = history.past(session, Initiative, municipality_id, at)
    return [past[identity] for identity in ids if identity in past]


def search_texts(session: Session, municipality_id: int, items: Iterable[ItemDifference], at: int) -> dict[int, str]:
    """Return what search looked in at a revision, by id, of those initiatives of which it differs."""
    ids = [item.row.id for item in items if not item.cells.keys().isdisjoint(SEARCHED)]
    return {row.id: row.search_text for row in _rows(session, municipality_id, ids, at)} if ids else {}


def difference_names(
    session: Session, municipality_id: int, items: Iterable[ItemDifference], language: str
) -> dict[tuple[str, int], str]:
    """Return what the rows are called that the cells refer to, removed ones too: a statement a table, at most.

    Of what left, or left what a filter keeps, it holds the responsible post as well.
    """
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for item in items:
        if item.aspects & {Aspect.LEFT, Aspect.EXITED} and item.row.owner_post_id is not None:
            wanted["post"].add(item.row.owner_post_id)
        for name, pair in item.cells.items():
            if name in REFERS:
                wanted[REFERS[name]].update(one for one in pair if one is not None)
        for scheme, (left, got) in item.parts.classes.items():
            wanted["category_scheme"].add(scheme)
            wanted["category"] |= left | got
    names: dict[tuple[str, int], str] = {}
    for table, ids in wanted.items():
        model, stem = _NAMED[table]
        finnish, swedish = getattr(model, f"{stem}_fi"), getattr(model, f"{stem}_sv")
        own = select(model.id, finnish, swedish).where(model.municipality_id == municipality_id)
        for chunk in chunks(sorted(ids)):
            for identity, name_fi, name_sv in session.execute(own.where(model.id.in_(chunk))):
                names[table, identity] = in_language(name_fi, name_sv, language)
    return names

"""Reading what an export holds, as of its revision, in a number of statements that no list makes grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.core import history
from portfolio.core.database import Owned
from portfolio.core.history import Change
from portfolio.exchange.queries.asked import AskedRound, asked_in
from portfolio.exchange.queries.since import CellsSince, changes_since
from portfolio.forums.models import Decision, DecisionInitiative, Forum, InitiativeForum
from portfolio.organisation.models import Municipality, Post, Unit
from portfolio.register.models import (
    Category,
    CategoryScheme,
    Initiative,
    InitiativeCategory,
    Milestone,
    Portfolio,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portfolio.exchange.models import Export

FEW = 400
"""As many ids as are named in a statement; for more the whole table of the municipality is read and looked through."""

Rows = Sequence[Any]
"""Rows with the attributes of their model, which must only be read."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What an export holds and what its cells refer to; what is removed is among ``units``, ``posts`` … for its name.

    ``classes``, ``decisions`` and ``forum`` are by initiative; ``other_codes`` are codes of initiatives that are only
    referred to. ``since`` tells what was written after the export's revision, None when nothing was. ``asked`` is the
    round of reviews that the workbook is of.
    """

    municipality: Municipality
    portfolios: Rows
    units: Rows
    posts: Rows
    schemes: Rows
    categories: Rows
    sources: Rows
    forums: Rows
    initiatives: Rows
    milestones: Rows
    lines: Rows
    classes: Mapping[int, Sequence[int]]
    decisions: Mapping[int, Sequence[Any]]
    forum: Mapping[int, int]
    other_codes: Mapping[int, tuple[str, int]]
    since: CellsSince | None
    asked: AskedRound | None = None

    def version(self, table: str, row: Any) -> int:
        """Give the version that a row had when the export was made."""
        version: int = row.version
        return version if self.since is None else self.since.version(table, row.id, version)


def gather(session: Session, export: Export) -> Gathered:
    """Read all that the export's workbook shows."""
    at = None if _is_current(session, export) else export.revision_id
    reader = _Reader(session, export.municipality_id, at, frozenset(export.item_ids))
    initiatives = sorted(reader.of(Initiative, "id"), key=lambda row: (row.code_sort, row.id))
    links = reader.of(InitiativeCategory, "initiative_id")
    asked = _asked(session, export, at)
    merged = {row.merged_into_id for row in (*initiatives, *(asked.reviews if asked else ()))}
    return Gathered(
        municipality=session.get_one(Municipality, export.municipality_id),
        portfolios=reader.all(Portfolio),
        units=reader.all(Unit, with_removed=True),
        posts=reader.all(Post, with_removed=True),
        schemes=reader.all(CategoryScheme, with_removed=True),
        categories=reader.all(Category, with_removed=True),
        sources=reader.all(FundingSource, with_removed=True),
        forums=reader.all(Forum, with_removed=True),
        initiatives=initiatives,
        milestones=reader.of(Milestone, "initiative_id"),
        lines=reader.of(BudgetLine, "initiative_id"),
        classes=_grouped((row.initiative_id, row.category_id) for row in links),
        decisions=_decisions(reader, reader.of(DecisionInitiative, "initiative_id")),
        forum={row.initiative_id: row.forum_id for row in reader.of(InitiativeForum, "initiative_id")},
        other_codes=_codes(session, export.municipality_id, merged - {None}),
        since=None if at is None else changes_since(session, export.municipality_id, at),
        asked=asked,
    )


def _asked(session: Session, export: Export, at: int | None) -> AskedRound | None:
    if export.round_id is None:
        return None
    return asked_in(session, export.municipality_id, export.round_id, export.item_ids, at)


def _is_current(session: Session, export: Export) -> bool:
    """Tell whether nothing of the municipality was written since the export's revision: then the present is read."""
    later = select(Change.id).where(
        Change.municipality_id == export.municipality_id, Change.revision_id > export.revision_id
    )
    return session.scalar(later.limit(1)) is None


class _Reader:
    """Reads tables as of one time, without making objects of their rows: they are only looked at."""

    def __init__(self, session: Session, municipality_id: int, at: int | None, ids: Collection[int]) -> None:
        self._session = session
        self._municipality_id = municipality_id
        self._at = at
        self._ids = ids

    def all(self, model: type[Owned], *, with_removed: bool = False) -> Rows:
        """Read a whole table."""
        if self._at is not None:
            return history.rows(self._session, model, self._municipality_id, self._at, with_removed=with_removed)
        table: Any = model.__table__  # type: ignore[attr-defined] # every model is mapped to a table
        statement = select(table).where(table.c.municipality_id == self._municipality_id).order_by(table.c.id)
        if not with_removed:
            statement = statement.where(table.c.removed.is_(False))
        return self._session.execute(statement).all()

    def of(self, model: type[Owned], column: str, ids: Collection[int] | None = None) -> Rows:
        """Read the rows whose column holds one of the ids: those of the export, unless others are given."""
        wanted = self._ids if ids is None else ids
        if not wanted:
            return []
        if self._at is None and len(wanted) <= FEW:
            table: Any = model.__table__  # type: ignore[attr-defined] # every model is mapped to a table
            own = (table.c.municipality_id == self._municipality_id, table.c.removed.is_(False))
            statement = select(table).where(*own, table.c[column].in_(wanted)).order_by(table.c.id)
            return self._session.execute(statement).all()
        return [row for row in self.all(model) if getattr(row, column) in wanted]


def _decisions(reader: _Reader, links: Rows) -> dict[int, list[Any]]:
    """Give the decisions of each initiative, the latest first."""
    known = {row.id: row for row in reader.of(Decision, "id", {link.decision_id for link in links})}
    pairs = ((link.initiative_id, known[link.decision_id]) for link in links if link.decision_id in known)
    return {
        identity: sorted(rows, key=lambda row: (row.date is not None, row.date, row.id), reverse=True)
        for identity, rows in _grouped(pairs).items()
    }


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def _codes(session: Session, municipality_id: int, ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Give the code, which never changes, and the portfolio of initiatives that others were merged into."""
    if not ids:
        return {}
    statement = select(Initiative.id, Initiative.code, Initiative.portfolio_id).where(
        Initiative.municipality_id == municipality_id
    )
    if len(ids) <= FEW:
        statement = statement.where(Initiative.id.in_(ids))
    return {identity: (code, home) for identity, code, home in session.execute(statement) if identity in ids}

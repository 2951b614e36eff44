"""The history of one initiative: its own cells and those of everything that belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import BindParameter, CompoundSelect, Select, Table, bindparam, literal, or_, select, union_all

from portfolio.budgets.models import BudgetLine, FundingShare
from portfolio.core import history
from portfolio.core.database import Owned
from portfolio.forums.models import DecisionInitiative, InitiativeForum
from portfolio.pages.queries.words import RevisionWords, described
from portfolio.register.models import (
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Initiative,
    InitiativeCategory,
    Milestone,
    RecurringDeadline,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Item = tuple[str, int]
M = TypeVar("M", bound=Owned)

_PARTS: Mapping[type[Owned], tuple[str, ...]] = {
    Milestone: ("initiative_id",),
    RecurringDeadline: ("initiative_id",),
    Indicator: ("initiative_id",),
    DocumentLink: ("initiative_id",),
    InitiativeCategory: ("initiative_id",),
    Dependency: ("predecessor_id", "successor_id"),
    BudgetLine: ("initiative_id",),
    FundingShare: ("initiative_id",),
    InitiativeForum: ("initiative_id",),
    DecisionInitiative: ("initiative_id",),
}
"""The tables whose rows belong to an initiative, and the columns that say to which."""

_NAMES = (*(model.__tablename__ for model in _PARTS), IndicatorValue.__tablename__)  # type: ignore[attr-defined] # mapped


class Belongings:
    """The rows that tell something of one initiative, removed ones and later ones too: found in one statement."""

    def __init__(self, session: Session, initiative: Initiative) -> None:
        """Find them."""
        self._session = session
        self._place = initiative.municipality_id
        self.items: list[Item] = [(Initiative.__tablename__, initiative.id), *_parts(session, initiative.id)]
        self._ids: dict[str, set[int]] = defaultdict(set)
        for entity, identity in self.items:
            self._ids[entity].add(identity)

    def of(self, model: type[M], at: int | None) -> list[M]:
        """Give those of one table, now or after a revision, in order of id; where there are none, nothing is asked."""
        ids = self._ids.get(model.__tablename__)  # type: ignore[attr-defined] # mapped
        return history.few(self._session, model, self._place, at, id=frozenset(ids)) if ids else []


def trail(
    session: Session,
    initiative: Initiative,
    items: Iterable[Item],
    language: str,
    *,
    at: int | None = None,
    since: int = 0,
    limit: int = 5,
    offset: int = 0,
) -> list[RevisionWords]:
    """Say the latest revisions of an initiative and what belongs to it, newest first: after ``since``, up to ``at``."""
    found = history.changes_of(session, items, limit=limit, offset=offset, since=since, at=at)
    return described(session, initiative.municipality_id, found, language, main=Initiative.__tablename__)


def _parts(session: Session, identity: int) -> Iterator[Item]:
    """Ask all tables at once: one statement, whatever they hold."""
    for number, part in session.execute(_all_parts(), {"identity": identity}):
        yield _NAMES[number], part


@cache
def _all_parts() -> CompoundSelect[int, int]:
    """Make the statement that finds the parts of one initiative, as (number of the table, id); made once."""
    identity: BindParameter[int] = bindparam("identity")
    selects: list[Select[int, int]] = []
    for number, (model, columns) in enumerate(_PARTS.items()):
        table: Table = model.__table__  # type: ignore[attr-defined] # mapped
        owned = or_(*(table.c[name] == identity for name in columns))
        selects.append(select(literal(number), table.c.id).where(owned))
    indicators = select(Indicator.id).where(Indicator.initiative_id == identity)
    values = select(literal(len(_PARTS)), IndicatorValue.id).where(IndicatorValue.indicator_id.in_(indicators))
    return union_all(*selects, values)

"""Starting and closing collections: a workbook for each unit, asked for by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, Right, require
from portfolio.exchange.export.rounds import NOTHING_ASKED, items_asked, round_scope
from portfolio.exchange.export.scope import ExportScope, create_export
from portfolio.exchange.models import Collection, Export
from portfolio.exchange.rules import share_out
from portfolio.organisation.models import Unit
from portfolio.organisation.queries import parents_of
from portfolio.register.models import Initiative, Portfolio
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.queries import get_round

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

M = TypeVar("M", Unit, Portfolio)

NO_NAME = N_("Give the collection a name: it stands in the mails and in the names of the workbooks.")
NO_UNITS = N_("Choose at least one unit.")
NO_PORTFOLIO = N_("Choose at least one portfolio.")
PAST_DAY = N_("The due day has passed already.")


@dataclass(frozen=True, slots=True)
class NewCollection:
    """What is to be collected: of which portfolios, by which units, in which language of the workbooks, by when.

    ``round_id`` asks for the reviews of a round in place of the items; its portfolio is the round's.
    """

    name: str | None
    due_on: dt.date | None
    portfolio_ids: frozenset[int]
    unit_ids: frozenset[int]
    language: str
    round_id: int | None = None


def start_collection(session: Session, actor: Actor, new: NewCollection, today: dt.date) -> Collection:
    """Make a collection and an export for each of its units, as of now.

    A unit's workbook holds the items of the unit and of those below it, save what goes into another workbook of the
    collection. Refuses what is not chosen, and a due day that has passed.
    """
    municipality_id = require(actor, Right.IMPORT)
    units = _known(session, Unit, municipality_id, new.unit_ids)
    asked = None if new.round_id is None else get_round(session, municipality_id, new.round_id)
    chosen = new.portfolio_ids if asked is None else {asked.portfolio_id}
    portfolios = _known(session, Portfolio, municipality_id, chosen)
    if problems := _wrong_with(new, units, portfolios, today):
        raise Refusal(*problems)
    if asked is None:
        items = _units_of_items(session, municipality_id, portfolios)
    else:
        items = items_asked(session, asked)
    shares = share_out(parents_of(session, municipality_id), units.keys(), items)
    scopes = {unit: _scope(asked, portfolios, unit, shares[unit]) for unit in units if asked is None or shares[unit]}
    if not scopes:
        raise Refusal(Problem(NOTHING_ASKED, place="units"))
    collection = Collection(
        municipality_id=municipality_id, name=new.name, due_on=new.due_on, made_at=actor.at, user_id=actor.user_id
    )
    session.add(collection)
    session.flush()
    for unit in sorted(units.values(), key=lambda one: (one.name_sort, one.id)):
        if unit.id in scopes:
            stem = f"{collection.name} {unit.name_fi}"
            create_export(session, actor, scopes[unit.id], new.language, file_stem=stem, collection_id=collection.id)
    return collection


def _scope(asked: ReviewRound | None, portfolios: Some[int], unit_id: int, items: Sequence[int]) -> ExportScope:
    """Give what goes into one unit's workbook."""
    if asked is not None:
        return round_scope(asked, items, unit_id)
    return ExportScope(
        portfolio_id=next(iter(portfolios)) if len(portfolios) == 1 else None,
        unit_id=unit_id,
        asked={"portfolio": [str(one) for one in sorted(portfolios)], "unit": [str(unit_id)]},
        item_ids=items,
    )


def close_collection(session: Session, actor: Actor, collection: Collection, *, closed: bool) -> None:
    """Close a collection with its exports, or open them again; what comes back still merges, with a notice.

    An export that was closed before by itself stays closed when the collection is opened.
    """
    require(actor, Right.IMPORT)
    after = actor.at if closed else None
    exports = session.scalars(select(Export).where(Export.collection_id == collection.id)).all()
    for export in exports:
        if export.closed_at == collection.closed_at:
            export.closed_at = after
    collection.closed_at = after
    session.flush()


def close_export(session: Session, actor: Actor, export: Export, *, closed: bool) -> None:
    """Close one export, or open it again; what comes back still merges, with a notice."""
    require(actor, Right.IMPORT)
    export.closed_at = actor.at if closed else None
    session.flush()


def _known(session: Session, model: type[M], municipality_id: int, ids: Some[int]) -> dict[int, M]:
    return {row.id: row for row in history.rows(session, model, municipality_id, id=frozenset(ids))}


def _wrong_with(new: NewCollection, units: Some[int], portfolios: Some[int], today: dt.date) -> list[Problem]:
    problems = []
    if not new.name:
        problems.append(Problem(NO_NAME, place="name"))
    if not portfolios:
        problems.append(Problem(NO_PORTFOLIO, place="portfolios"))
    if not units:
        problems.append(Problem(NO_UNITS, place="units"))
    if new.due_on is not None and new.due_on < today:
        problems.append(Problem(PAST_DAY, place="due_on"))
    return problems


def _units_of_items(session: Session, municipality_id: int, portfolios: Some[int]) -> dict[int, int | None]:
    asked = select(Initiative.id, Initiative.unit_id).where(
        Initiative.municipality_id == municipality_id,
        Initiative.portfolio_id.in_(portfolios),
        Initiative.removed.is_(False),
    )
    return {item: unit for item, unit in session.execute(asked.order_by(Initiative.id))}  # noqa: C416 -- rows are not pairs to the type checker

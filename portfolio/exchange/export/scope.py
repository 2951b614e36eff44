"""Taking out: an export is a row that says what a workbook holds and as of when; the workbook is made from it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.core.language import N_, say
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, Right, require
from portfolio.core.text import slug
from portfolio.exchange.models import Export
from portfolio.organisation.models import Municipality
from portfolio.organisation.queries import expand_units, get_unit
from portfolio.organisation.rules import today_in
from portfolio.register.queries import get_portfolio, matching_ids, matching_rows
from portfolio.register.rules import InitiativeFilter
from portfolio.register.rules.filter import EVERYTHING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TOKEN_BYTES = 16
LONGEST_STEM = 120
NO_SUCH_PORTFOLIO = N_("The portfolio that was chosen is not there any more.")
NO_SUCH_UNIT = N_("The unit that was chosen is not there any more.")
NEW_ITEMS, SELECTION = N_("new items"), N_("selection")


@dataclass(frozen=True, slots=True)
class ExportScope:
    """What an export holds: the ``item_ids`` where they are given, else what the filter keeps.

    ``portfolio_id`` narrows to one portfolio, to which new rows then belong, and ``unit_id`` to a unit and those below
    it. ``asked`` are the filters as they stand in the list's address. No ids at all make an empty template. A round of
    reviews is given with its initiatives (``export_round``).
    """

    portfolio_id: int | None = None
    unit_id: int | None = None
    chosen: InitiativeFilter = EVERYTHING
    asked: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    item_ids: Sequence[int] | None = None
    round_id: int | None = None


TEMPLATE: tuple[int, ...] = ()
"""The ids of an empty template, in which people write new rows."""


def create_export(
    session: Session,
    actor: Actor,
    scope: ExportScope,
    language: str,
    *,
    layout: str | None = None,
    at: int | None = None,
    file_stem: str | None = None,
    collection_id: int | None = None,
) -> Export:
    """Record an export of what the scope holds now, or held after revision ``at``, and give it with its id.

    Its token cannot be guessed. Raises Refusal where the portfolio or the unit is not there.
    """
    municipality_id = require(actor, Right.READ)
    municipality = session.get_one(Municipality, municipality_id)
    today = today_in(municipality.demo_day, actor.at)
    ids = _item_ids(session, municipality_id, scope, today, at)
    stem = file_stem or _stem(session, municipality, scope, language)
    export = Export(
        token=secrets.token_hex(TOKEN_BYTES),
        municipality_id=municipality_id,
        revision_id=history.latest_revision(session) if at is None else at,
        made_at=actor.at,
        user_id=actor.user_id,
        portfolio_id=scope.portfolio_id,
        unit_id=scope.unit_id,
        asked={name: list(values) for name, values in scope.asked.items()},
        item_ids=ids,
        language=language,
        layout=layout,
        round_id=scope.round_id,
        file_name=f"{slug(stem, LONGEST_STEM)}-{today.isoformat()}.xlsx",
        collection_id=collection_id,
    )
    session.add(export)
    session.flush()
    return export


def _item_ids(session: Session, municipality_id: int, scope: ExportScope, today: dt.date, at: int | None) -> list[int]:
    """Return the ids of the initiatives, those of another municipality or not there at the time left out."""
    if scope.item_ids is not None and not scope.item_ids:
        return []
    chosen = scope.chosen if scope.item_ids is None else EVERYTHING
    chosen = _narrowed(session, municipality_id, chosen, scope, at)
    if at is None:
        found = set(session.scalars(matching_ids(municipality_id, chosen, today=today)))
    else:
        found = {row.id for row in matching_rows(session, municipality_id, chosen, today=today, at=at)}
    return sorted(found if scope.item_ids is None else found.intersection(scope.item_ids))


def _narrowed(
    session: Session, municipality_id: int, chosen: InitiativeFilter, scope: ExportScope, at: int | None
) -> InitiativeFilter:
    """Narrow a filter to the scope's portfolio and units as well."""
    if scope.item_ids is not None:
        return chosen
    portfolios, units = chosen.portfolio_ids, chosen.unit_ids
    if scope.portfolio_id is not None:
        portfolios = frozenset({scope.portfolio_id}) & (portfolios or {scope.portfolio_id})
    if scope.unit_id is not None:
        below = expand_units(session, municipality_id, [scope.unit_id], at=at)
        units = below & (units or below)
    nothing = (scope.portfolio_id is not None and not portfolios) or (scope.unit_id is not None and not units)
    ids = frozenset[int]() if nothing else chosen.ids
    return replace(chosen, portfolio_ids=portfolios, unit_ids=units, ids=ids)


def _stem(session: Session, municipality: Municipality, scope: ExportScope, language: str) -> str:
    """Name a file by what it holds: portfolio or municipality, unit, and whether it is a part or blank."""
    parts = [municipality.code]
    if scope.portfolio_id is not None:
        portfolio = get_portfolio(session, municipality.id, scope.portfolio_id)
        if portfolio is None:
            raise Refusal(Problem(NO_SUCH_PORTFOLIO))
        parts = [portfolio.code]
    if scope.unit_id is not None:
        unit = get_unit(session, municipality.id, scope.unit_id)
        if unit is None:
            raise Refusal(Problem(NO_SUCH_UNIT))
        parts.append(unit.code)
    if scope.item_ids == TEMPLATE:
        parts.append(say(NEW_ITEMS, language))
    elif replace(scope.chosen, portfolio_ids=EVERYTHING.portfolio_ids, unit_ids=EVERYTHING.unit_ids) != EVERYTHING:
        parts.append(say(SELECTION, language))
    return "-".join(parts)

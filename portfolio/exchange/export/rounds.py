"""Taking a round of reviews out: the whole of it, or what one unit and those below it answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, Right, require
from portfolio.exchange.export.scope import ExportScope, create_export
from portfolio.exchange.models import Export
from portfolio.exchange.queries.asked import initiatives_asked
from portfolio.organisation.queries import expand_units, get_unit
from portfolio.register.models import Initiative
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.queries import frozen_at
from portfolio.reviews.rules import RoundState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BEING_PREPARED = N_("The round asks nobody yet: open it first.")
NOTHING_ASKED = N_("The round asks about nothing there.")


def export_round(
    session: Session,
    actor: Actor,
    asked: ReviewRound,
    language: str,
    *,
    unit_id: int | None = None,
    only: Collection[int] | None = None,
) -> Export:
    """Record an export of a round's reviews; a closed round is taken out as it was closed, for reading only.

    ``only`` names the initiatives whose reviews are wanted, None for all of them.
    Raises Refusal while the round is being prepared, and where it asks about nothing in the unit.
    """
    require(actor, Right.READ)
    frozen = frozen_at(session, asked)
    at = frozen.id if frozen else None
    found = items_asked(session, asked, at)
    if unit_id is not None:
        below = expand_units(session, asked.municipality_id, [unit_id], at=at)
        found = {item: unit for item, unit in found.items() if unit in below}
    if only is not None:
        found = {item: unit for item, unit in found.items() if item in only}
    return create_export(
        session,
        actor,
        round_scope(asked, found, unit_id),
        language,
        at=at,
        file_stem=_stem(session, asked, language, unit_id),
    )


def round_scope(asked: ReviewRound, items: Collection[int], unit_id: int | None) -> ExportScope:
    """Give the scope of a workbook of a round's reviews of some initiatives; refuses when there are none."""
    if asked.state is RoundState.DRAFT:
        raise Refusal(Problem(BEING_PREPARED))
    if not items:
        raise Refusal(Problem(NOTHING_ASKED))
    return ExportScope(
        portfolio_id=asked.portfolio_id,
        unit_id=unit_id,
        asked={"round": [str(asked.id)]},
        item_ids=sorted(items),
        round_id=asked.id,
    )


def items_asked(session: Session, asked: ReviewRound, at: int | None = None) -> dict[int, int | None]:
    """Return the initiatives that a round asks about, each with its unit."""
    ids = frozenset(initiatives_asked(session, asked, at))
    rows = history.rows(session, Initiative, asked.municipality_id, at, id=ids) if ids else []
    return {row.id: row.unit_id for row in rows}


def _stem(session: Session, asked: ReviewRound, language: str, unit_id: int | None) -> str:
    name = (asked.name_sv if language == "sv" else None) or asked.name_fi
    unit = get_unit(session, asked.municipality_id, unit_id) if unit_id is not None else None
    return f"{name} {unit.code}" if unit is not None else name

"""The version history of a programme."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.register.models import ProgrammeVersion
from portfolio.register.rules import in_order


def versions(
    session: Session, municipality_id: int, portfolio_id: int, *, at: int | None = None
) -> list[ProgrammeVersion]:
    """Return a programme's versions in order of time, those without a day where they were written down."""
    return in_order(history.few(session, ProgrammeVersion, municipality_id, at, portfolio_id=portfolio_id))


def get_version(
    session: Session, municipality_id: int, identity: int, *, at: int | None = None
) -> ProgrammeVersion | None:
    """Return one version, removed or not."""
    return history.row(session, ProgrammeVersion, municipality_id, identity, at)

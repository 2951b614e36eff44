"""Reading what reports stand on, now or as it was: a number of statements that does not grow with what they hold."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from portfolio.documents.queries.budget import read_budget
from portfolio.documents.queries.card import public_card, read_card
from portfolio.documents.queries.decisions import read_decisions
from portfolio.documents.queries.measures import read_measures
from portfolio.documents.queries.progress import read_progress
from portfolio.documents.queries.wanted import WantedReport, find_named
from portfolio.documents.report import Facts, Kind

READERS: Mapping[Kind, Callable[[Session, WantedReport], Facts]] = MappingProxyType(
    {
        Kind.PROGRESS: read_progress,
        Kind.MEASURES: read_measures,
        Kind.BUDGET: read_budget,
        Kind.CARD: read_card,
        Kind.DECISIONS: read_decisions,
    }
)


def read_facts(session: Session, wanted: WantedReport) -> Facts:
    """Gather what a report stands on."""
    return READERS[wanted.kind](session, wanted)


__all__ = ["WantedReport", "find_named", "public_card", "read_facts"]

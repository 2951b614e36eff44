"""What a guess may know of a municipality: the names of its units, posts, classes, sources and items."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import TYPE_CHECKING

from portfolio.exchange.guess import Vocabulary
from portfolio.exchange.queries.loading import load_registry
from portfolio.organisation.rules import timespan_context
from portfolio.register.rules.lists import InitiativeKind, PortfolioKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portfolio.exchange.columns import Registry
    from portfolio.organisation.models import Municipality
    from portfolio.register.models import Portfolio

KINDS = MappingProxyType(
    {
        PortfolioKind.ACTION_PROGRAMME: InitiativeKind.MEASURE,
        PortfolioKind.NEED_PORTFOLIO: InitiativeKind.NEED,
        PortfolioKind.DEVELOPMENT_PORTFOLIO: InitiativeKind.PROJECT,
    }
)
"""What the items of a portfolio are where a workbook does not say."""


def load_vocabulary(
    session: Session, municipality: Municipality, portfolio: Portfolio | None, document_date: dt.date, language: str
) -> Vocabulary:
    """Load the vocabulary of a municipality; ``document_date`` is the day by which time words are meant."""
    return vocabulary_of(load_registry(session, municipality.id), municipality, portfolio, document_date, language)


def vocabulary_of(
    registry: Registry, municipality: Municipality, portfolio: Portfolio | None, document_date: dt.date, language: str
) -> Vocabulary:
    """Give the vocabulary around names that are loaded already."""
    return Vocabulary(
        registry,
        timespan_context(municipality, document_date, language),
        portfolio.code if portfolio else "",
        KINDS[portfolio.kind].value if portfolio else None,
        language,
    )

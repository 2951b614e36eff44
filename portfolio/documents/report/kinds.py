"""The kinds of report, what each is called and asks for, and who builds it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

from portfolio.core.language import N_
from portfolio.documents.report.budget import build_budget
from portfolio.documents.report.card import build_card
from portfolio.documents.report.decisions import build_decisions
from portfolio.documents.report.facts import BudgetFacts, CardFacts, DecisionsFacts, Facts, MeasuresFacts, ProgressFacts
from portfolio.documents.report.measures import build_measures
from portfolio.documents.report.model import Report
from portfolio.documents.report.progress import build_progress


class Kind(enum.StrEnum):
    """A kind of report, as the command line calls it."""

    PROGRESS = "progress"
    MEASURES = "measures"
    BUDGET = "budget"
    CARD = "card"
    DECISIONS = "decisions"


KIND_WORDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PROGRESS: N_("Progress report to the board"),
        Kind.MEASURES: N_("Next year's measures for decision"),
        Kind.BUDGET: N_("Budget list"),
        Kind.CARD: N_("Card of an initiative"),
        Kind.DECISIONS: N_("Decisions of a forum"),
    }
)
FILE_WORDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PROGRESS: N_("progress-report"),
        Kind.MEASURES: N_("measures"),
        Kind.BUDGET: N_("budget-list"),
        Kind.CARD: N_("card"),
        Kind.DECISIONS: N_("decisions"),
    }
)
"""How the names of files begin."""


def build(facts: Facts) -> Report:
    """Build the report of some facts."""
    match facts:
        case ProgressFacts():
            return build_progress(facts)
        case MeasuresFacts():
            return build_measures(facts)
        case BudgetFacts():
            return build_budget(facts)
        case CardFacts():
            return build_card(facts)
        case DecisionsFacts():
            return build_decisions(facts)

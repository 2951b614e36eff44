"""The register's closed lists, its lifecycle, who may edit what, what a row must fulfil, and how lists are filtered.

Everything here is pure.
"""

from portfolio.register.rules.checks import check_values
from portfolio.register.rules.dependencies import Fit, fit
from portfolio.register.rules.difference import (
    ASPECTS,
    Aspect,
    Difference,
    ItemDifference,
    Moved,
    Shift,
    TimeChange,
    judge_item,
    judge_time,
)
from portfolio.register.rules.difference_cells import CellWords, time_words
from portfolio.register.rules.difference_filter import Earlier, narrow
from portfolio.register.rules.difference_words import (
    ASPECT_WORDS,
    aspect_counts,
    cells_of,
    fate_words,
    in_short,
    lines_of,
    say_aspect,
)
from portfolio.register.rules.difference_words import sentence as difference_sentence
from portfolio.register.rules.fields import FIELD_WORDS, Names
from portfolio.register.rules.filter import InitiativeFilter
from portfolio.register.rules.grades import Grade, Turn
from portfolio.register.rules.graph import finds_cycle
from portfolio.register.rules.lists import (
    OPEN_STATUSES,
    TRANSITIONS,
    Answer,
    Benefit,
    InitiativeKind,
    MilestoneKind,
    PortfolioKind,
    Publicity,
    Reach,
    Status,
    is_late,
    is_undated,
    may_move,
)
from portfolio.register.rules.parts import (
    check_deadline,
    check_indicator_value,
    check_milestone,
    check_url,
    check_year,
    is_day,
    is_web_address,
)
from portfolio.register.rules.quota import Counted, QuotaCheck, QuotaVerdict, check_quota
from portfolio.register.rules.recurring import day_in_year, due_in_year, next_day, next_due
from portfolio.register.rules.rights import (
    FIELD_GROUPS,
    PARTS,
    Facts,
    editable_fields,
    may_propose,
    needs_decision,
    reachable_statuses,
)
from portfolio.register.rules.settings import check_code, check_portfolio, is_deadline
from portfolio.register.rules.versions import day_of, in_force, in_order

__all__ = [
    "ASPECTS",
    "ASPECT_WORDS",
    "FIELD_GROUPS",
    "FIELD_WORDS",
    "OPEN_STATUSES",
    "PARTS",
    "TRANSITIONS",
    "Answer",
    "Aspect",
    "Benefit",
    "CellWords",
    "Counted",
    "Difference",
    "Earlier",
    "Facts",
    "Fit",
    "Grade",
    "InitiativeFilter",
    "InitiativeKind",
    "ItemDifference",
    "MilestoneKind",
    "Moved",
    "Names",
    "PortfolioKind",
    "Publicity",
    "QuotaCheck",
    "QuotaVerdict",
    "Reach",
    "Shift",
    "Status",
    "TimeChange",
    "Turn",
    "aspect_counts",
    "cells_of",
    "check_code",
    "check_deadline",
    "check_indicator_value",
    "check_milestone",
    "check_portfolio",
    "check_quota",
    "check_url",
    "check_values",
    "check_year",
    "day_in_year",
    "day_of",
    "difference_sentence",
    "due_in_year",
    "editable_fields",
    "fate_words",
    "finds_cycle",
    "fit",
    "in_force",
    "in_order",
    "in_short",
    "is_day",
    "is_deadline",
    "is_late",
    "is_undated",
    "is_web_address",
    "judge_item",
    "judge_time",
    "lines_of",
    "may_move",
    "may_propose",
    "narrow",
    "needs_decision",
    "next_day",
    "next_due",
    "reachable_statuses",
    "say_aspect",
    "time_words",
]

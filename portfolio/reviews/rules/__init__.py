"""The rules of the yearly cycle: who is due, what an answer holds, what a verdict does. Pure."""

from portfolio.reviews.rules.answers import (
    COPIED,
    RATED,
    TOLD,
    ReviewFacts,
    check_standing,
    check_values,
    check_whole,
    copied_from,
    may_answer,
    may_judge,
)
from portfolio.reviews.rules.due import Candidate, Scope, days_late, due_day, due_initiatives, is_due
from portfolio.reviews.rules.lists import (
    ANSWERED,
    HEALTH_WORDS,
    OUTCOME_STATUS,
    REVIEW_WORDS,
    REVIEWED,
    ROUND_WORDS,
    VERDICT_WORDS,
    Health,
    ReviewState,
    RoundState,
    Verdict,
)
from portfolio.reviews.rules.movement import Movement, movement
from portfolio.reviews.rules.rounds import check_round, check_step
from portfolio.reviews.rules.verdicts import changes_of, check_verdict, possible_verdicts

__all__ = [
    "ANSWERED",
    "COPIED",
    "HEALTH_WORDS",
    "OUTCOME_STATUS",
    "RATED",
    "REVIEWED",
    "REVIEW_WORDS",
    "ROUND_WORDS",
    "TOLD",
    "VERDICT_WORDS",
    "Candidate",
    "Health",
    "Movement",
    "ReviewFacts",
    "ReviewState",
    "RoundState",
    "Scope",
    "Verdict",
    "changes_of",
    "check_round",
    "check_standing",
    "check_step",
    "check_values",
    "check_verdict",
    "check_whole",
    "copied_from",
    "days_late",
    "due_day",
    "due_initiatives",
    "is_due",
    "may_answer",
    "may_judge",
    "movement",
    "possible_verdicts",
]

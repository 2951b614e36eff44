"""Reading rounds and reviews, now or after a revision."""

from portfolio.reviews.queries.answers import (
    answers_of,
    draft_of,
    get_review,
    last_review,
    measured_in,
    review_of,
    reviews_of,
)
from portfolio.reviews.queries.due import due_in
from portfolio.reviews.queries.follow import Follow, FollowRow, UnitCount, follow
from portfolio.reviews.queries.halted import statuses_before
from portfolio.reviews.queries.health import changed_health, latest_health
from portfolio.reviews.queries.rounds import (
    count_questions,
    counts,
    earlier_rounds,
    extensions,
    extensions_of,
    frozen_at,
    get_extension,
    get_question,
    get_round,
    get_template,
    previous_round,
    proposals,
    questions,
    rounds,
    templates,
)
from portfolio.reviews.queries.steps import ReviewStep, StepKind, steps_of
from portfolio.reviews.queries.tending import Tended, rounds_to_tend
from portfolio.reviews.queries.waiting import Approvals, OwnReview, is_asked_to_answer, own_reviews, to_approve

__all__ = [
    "Approvals",
    "Follow",
    "FollowRow",
    "OwnReview",
    "ReviewStep",
    "StepKind",
    "Tended",
    "UnitCount",
    "answers_of",
    "changed_health",
    "count_questions",
    "counts",
    "draft_of",
    "due_in",
    "earlier_rounds",
    "extensions",
    "extensions_of",
    "follow",
    "frozen_at",
    "get_extension",
    "get_question",
    "get_review",
    "get_round",
    "get_template",
    "is_asked_to_answer",
    "last_review",
    "latest_health",
    "measured_in",
    "own_reviews",
    "previous_round",
    "proposals",
    "questions",
    "review_of",
    "reviews_of",
    "rounds",
    "rounds_to_tend",
    "statuses_before",
    "steps_of",
    "templates",
    "to_approve",
]

"""Reading rounds and reviews, now or after a revision."""

from portfolio.reviews.queries.answers import (
    answers_of,
    draft_of,
    get_review,
    last_review,
    latest_health,
    review_of,
    reviews_of,
)
from portfolio.reviews.queries.due import due_in
from portfolio.reviews.queries.follow import Follow, FollowRow, UnitCount, follow
from portfolio.reviews.queries.rounds import (
    counts,
    extensions,
    get_round,
    previous_round,
    proposals,
    questions,
    rounds,
    templates,
)

__all__ = [
    "Follow",
    "FollowRow",
    "UnitCount",
    "answers_of",
    "counts",
    "draft_of",
    "due_in",
    "extensions",
    "follow",
    "get_review",
    "get_round",
    "last_review",
    "latest_health",
    "previous_round",
    "proposals",
    "questions",
    "review_of",
    "reviews_of",
    "rounds",
    "templates",
]

"""Screens of the yearly cycle: rounds, their questions, the follow-up, and the reviews themselves."""

from portfolio.reviews.views import (
    answering,
    follow,
    judging,
    listing,
    mine,
    reminders,
    review,
    rounds,
    steps,
    templates,
)
from portfolio.reviews.views.room import blueprint

__all__ = [
    "answering",
    "blueprint",
    "follow",
    "judging",
    "listing",
    "mine",
    "reminders",
    "review",
    "rounds",
    "steps",
    "templates",
]

"""What people do in the yearly cycle; every operation works in the actor's municipality, and none commits."""

from portfolio.reviews.operations.answering import check_answers, delegate_review, submit_reviews, write_answers
from portfolio.reviews.operations.drafts import discard_draft, save_draft
from portfolio.reviews.operations.judging import approve_reviews, rate_review, return_review
from portfolio.reviews.operations.proposing import propose_initiative
from portfolio.reviews.operations.rounds import (
    add_question,
    ask_also,
    close_round,
    create_round,
    create_template,
    extend_due_day,
    move_question,
    open_round,
    remove_extension,
    remove_round,
    reopen_round,
    restore_round,
    update_question,
    update_round,
    update_template,
)

__all__ = [
    "add_question",
    "approve_reviews",
    "ask_also",
    "check_answers",
    "close_round",
    "create_round",
    "create_template",
    "delegate_review",
    "discard_draft",
    "extend_due_day",
    "move_question",
    "open_round",
    "propose_initiative",
    "rate_review",
    "remove_extension",
    "remove_round",
    "reopen_round",
    "restore_round",
    "return_review",
    "save_draft",
    "submit_reviews",
    "update_question",
    "update_round",
    "update_template",
    "write_answers",
]

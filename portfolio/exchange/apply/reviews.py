"""Writing reviews: those that are to be submitted whole, the others as far as they are told."""

from __future__ import annotations

from typing import Any

from portfolio.core.problem import Problem
from portfolio.core.records import GONE, fresh_rows
from portfolio.core.rights import working_in
from portfolio.exchange.apply.batch import Batch, Row
from portfolio.exchange.columns import SUBMITTED, UNKNOWN, question_id
from portfolio.exchange.merge import Fate
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in
from portfolio.reviews.models import Review
from portfolio.reviews.operations import submit_reviews, write_answers
from portfolio.reviews.rules import ANSWERED


def write_reviews(batch: Batch, rows: list[Row]) -> None:
    """Write reviews; what was submitted before must be whole after it, too."""
    for row in rows:
        if row.fate is Fate.ADD:
            batch.refuse(row, [Problem(GONE)])
    sound = batch.sound(row for row in rows if row.fate is not Fate.ADD)
    if not sound:
        return
    place = working_in(batch.actor)
    ids = {row.key: batch.present.ids[row.key] for row in sound}
    then = fresh_rows(batch.rooms.session, Review, place, list(ids.values()), ("state",))
    today = today_in(batch.rooms.session.get_one(Municipality, place).demo_day, batch.actor.at)

    def is_sent(row: Row) -> bool:
        review = then.get(ids[row.key])
        return bool(row.changes.get(SUBMITTED)) or (review is not None and review["state"] in ANSWERED)

    for operation, some in (
        (submit_reviews, [row for row in sound if is_sent(row)]),
        (write_answers, [row for row in sound if not is_sent(row)]),
    ):
        batch.attempt(
            some,
            lambda few, call=operation: batch.rooms.do(  # type: ignore[misc] # of this operation
                call, {ids[row.key]: _answer(batch, row) for row in few}, today=today
            ),
            batch.by_id,
        )


def _answer(batch: Batch, row: Row) -> dict[str, Any]:
    """Give what a row changes as the operations take it."""
    answer = {name: None if value is UNKNOWN else value for name, value in batch.values(row).items()}
    questions = {
        question: value or "" for name, value in row.changes.items() if (question := question_id(name)) is not None
    }
    return {**answer, "questions": questions} if questions else answer

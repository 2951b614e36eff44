"""Writing reviews: those that are to be submitted whole, the others as far as they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import GONE, fresh_rows
from portfolio.core.rights import working_in
from portfolio.exchange.apply.batch import Batch, Row
from portfolio.exchange.columns import SUBMITTED, UNKNOWN, Key, measure_place, question_id
from portfolio.exchange.merge import RowFate
from portfolio.exchange.queries.measured import indicators_of
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in
from portfolio.reviews.models import Review
from portfolio.reviews.operations import submit_reviews, write_answers
from portfolio.reviews.rules import ANSWERED

NO_INDICATOR = N_("The item has no indicator here. Write a value only where an indicator is named.")


def write_reviews(batch: Batch, rows: list[Row]) -> None:
    """Write reviews; what was submitted before must be whole after it, too."""
    for row in rows:
        if row.fate is RowFate.ADD:
            batch.refuse(row, [Problem(GONE)])
    place = working_in(batch.actor)
    asked = batch.sound(row for row in rows if row.fate is not RowFate.ADD)
    ids = {row.key: batch.present.ids[row.key] for row in asked}
    measures = _measures(batch, ids, asked)
    sound = [row for row in asked if row.key in measures]
    if not sound:
        return
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
                call, {ids[row.key]: _answer(batch, row, measures[row.key]) for row in few}, today=today
            ),
            batch.by_id,
        )


def _measures(batch: Batch, ids: Mapping[Key, int], rows: Iterable[Row]) -> dict[Key, dict[int, dict[str, Any]]]:
    """Give what rows tell of indicators as the operations take it; a row that tells of one it has not is refused."""
    told = {row.key: {name: value for name, value in row.changes.items() if measure_place(name)} for row in rows}
    asked = [ids[key] for key, some in told.items() if some]
    known = indicators_of(batch.rooms.session, asked) if asked else {}
    found: dict[Key, dict[int, dict[str, Any]]] = {}
    for row in rows:
        places = {name: (ids[row.key], measure_place(name) or 0) for name in told[row.key]}
        if missing := [Problem(NO_INDICATOR, place=name) for name, place in places.items() if place not in known]:
            batch.refuse(row, missing)
        else:
            found[row.key] = {known[place]: _measure(told[row.key][name]) for name, place in places.items()}
    return found


def _measure(value: Any) -> dict[str, Any]:
    words = value if isinstance(value, str) else None
    return {"number": None if words else value, "words": words}


def _answer(batch: Batch, row: Row, measures: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """Give what a row changes as the operations take it."""
    answer = {name: None if value is UNKNOWN else value for name, value in batch.values(row).items()}
    questions = {
        question: value or "" for name, value in row.changes.items() if (question := question_id(name)) is not None
    }
    parts = {"questions": questions, "indicators": measures}
    return {**answer, **{name: part for name, part in parts.items() if part}}

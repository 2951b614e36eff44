"""A round of reviews as its workbook holds it: the questions, each review with its answers, and what was told last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portfolio.core import history
from portfolio.exchange.columns import Entity, Key, column, measure_place, question_id
from portfolio.exchange.columns.sheets import LAST, NAMED, OwnColumn, OwnQuestion, OwnRound, OwnSheet
from portfolio.exchange.columns.writing import Writing, Written, written
from portfolio.exchange.queries.measured import Measured, measured_in
from portfolio.reviews.models import Review, ReviewAnswer, ReviewQuestion, ReviewRound
from portfolio.reviews.queries import earlier_rounds
from portfolio.reviews.rules import ANSWERED, RoundState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Answers = Mapping[int, str]
"""The answers of one review by question."""


@dataclass(frozen=True, slots=True)
class AskedRound:
    """A round with its reviews in the order of their ids, and by initiative the review that was told before.

    ``answers`` are by review, those of earlier reviews too. All rows are only to be read. ``state`` is the round's of
    today, whenever the rest is of: rights are today's.
    """

    round: ReviewRound
    state: RoundState
    reviews: Sequence[Review]
    last: Mapping[int, Review]
    questions: tuple[OwnQuestion, ...]
    answers: Mapping[int, Answers]
    measured: Measured

    @property
    def facts(self) -> OwnRound:
        """Tell what the columns depend on."""
        return OwnRound(self.questions, bool(self.last), self.measured.places)

    def value(self, review: Review | None, name: str) -> Any:
        """Give the value of a field of a review; None where nothing was told."""
        if review is None:
            return None
        question = question_id(name)
        if question is not None:
            return self.answers.get(review.id, {}).get(question) or None
        place = measure_place(name)
        if place is not None:
            return self.measured.value(review, place)
        found = column(Entity.REVIEW, name)
        return getattr(review, found.stored) if found is not None and found.stored else None

    def last_told(self, initiative_id: int, own: OwnColumn, writing: Writing) -> Written:
        """Give what the column that shows last time's answer shows of an initiative."""
        name = own.key.removeprefix(LAST)
        place = measure_place(name)
        if place is not None:
            return self.measured.last(initiative_id, place, writing.language)
        found = column(Entity.REVIEW, name)
        return written(found, self.value(self.last.get(initiative_id), name), writing) if found else ""

    def named(self, initiative_id: int, own: OwnColumn, language: str) -> str:
        """Give what the column that names an indicator shows of an initiative."""
        place = measure_place(own.key.removeprefix(NAMED))
        return "" if place is None else self.measured.name(initiative_id, place, language)


def asked_in(
    session: Session, municipality_id: int, round_id: int, initiative_ids: Collection[int], at: int | None
) -> AskedRound:
    """Read a round's reviews of some initiatives, now or as they were after a revision."""
    asked = history.row(session, ReviewRound, municipality_id, round_id, at)
    if asked is None:
        raise LookupError(round_id)
    wanted = frozenset(initiative_ids)
    reviews = [row for row in _of_rounds(session, asked, {round_id}, at) if row.initiative_id in wanted]
    last = _last(session, asked, wanted, at)
    questions = questions_of(session, municipality_id, asked.template_id, at)
    told = {row.id for row in (*reviews, *last.values())} if questions else set()
    state = session.get_one(ReviewRound, round_id).state
    answers = _answers(session, municipality_id, told, at)
    measured = measured_in(session, municipality_id, reviews, asked.period_last.year, at)
    return AskedRound(asked, state, reviews, last, questions, answers, measured)


def questions_of(
    session: Session, municipality_id: int, template_id: int | None, at: int | None
) -> tuple[OwnQuestion, ...]:
    """Return the questions of a template in their order, as they were asked."""
    if template_id is None:
        return ()
    rows = history.rows(session, ReviewQuestion, municipality_id, at, template_id=template_id)
    return tuple(
        OwnQuestion(row.id, {"fi": row.text_fi, "sv": row.text_sv or row.text_fi, "en": row.text_fi})
        for row in sorted(rows, key=lambda row: (row.position, row.id))
    )


def last_columns(sheet: OwnSheet) -> Iterable[OwnColumn]:
    """Give the columns that show what was told last time."""
    return (one for one in sheet.columns if one.key.startswith(LAST))


def name_columns(sheet: OwnSheet) -> Iterable[OwnColumn]:
    """Give the columns that name indicators."""
    return (one for one in sheet.columns if one.key.startswith(NAMED))


def initiatives_asked(session: Session, asked: ReviewRound, at: int | None) -> dict[int, Key]:
    """Return the initiatives that a round asks about, with the keys of their reviews."""
    reviews = _of_rounds(session, asked, {asked.id}, at)
    return {row.initiative_id: (Entity.REVIEW.value, f"#{row.id}") for row in reviews}


def _of_rounds(session: Session, asked: ReviewRound, ids: Collection[int], at: int | None) -> list[Review]:
    return history.rows(session, Review, asked.municipality_id, at, round_id=frozenset(ids)) if ids else []


def _last(session: Session, asked: ReviewRound, wanted: Collection[int], at: int | None) -> dict[int, Review]:
    """Give by initiative the latest answer of the earlier rounds of the portfolio."""
    before = {one.id for one in earlier_rounds(session, asked, at=at)}
    told = [
        row
        for row in _of_rounds(session, asked, before, at)
        if row.state in ANSWERED and row.submitted_on is not None and row.initiative_id in wanted
    ]
    told.sort(key=lambda row: (row.submitted_on, row.id))
    return {row.initiative_id: row for row in told}


def _answers(session: Session, municipality_id: int, ids: Collection[int], at: int | None) -> dict[int, Answers]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    if ids:
        for row in history.rows(session, ReviewAnswer, municipality_id, at, review_id=frozenset(ids)):
            found[row.review_id][row.question_id] = row.answer or ""
    return dict(found)

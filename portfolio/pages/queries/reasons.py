"""Why revisions were made, in words: the round in which a review's verdict was approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core.history import Revision
from portfolio.core.language import N_, in_language, say
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.operations.judging import REVIEW, ROUND

APPROVED_IN = N_("Approved in the review round: %(round)s")


def reasons_of(session: Session, revisions: Iterable[Revision], language: str) -> Mapping[int, str]:
    """Say by revision why initiatives changed, where a review is the reason; at most two statements."""
    signed = {one.id: (one.reason_kind, one.reason_id) for one in revisions if one.reason_kind in {REVIEW, ROUND}}
    names = (ReviewRound.name_fi, ReviewRound.name_sv)
    told: dict[tuple[str | None, int | None], str] = {}
    if reviews := {identity for kind, identity in signed.values() if kind == REVIEW}:
        chosen = select(Review.id, *names).join(ReviewRound, ReviewRound.id == Review.round_id)
        for identity, name_fi, name_sv in session.execute(chosen.where(Review.id.in_(reviews))):
            told[REVIEW, identity] = _words(name_fi, name_sv, language)
    if rounds := {identity for kind, identity in signed.values() if kind == ROUND}:
        for identity, name_fi, name_sv in session.execute(
            select(ReviewRound.id, *names).where(ReviewRound.id.in_(rounds))
        ):
            told[ROUND, identity] = _words(name_fi, name_sv, language)
    return {revision: told[reason] for revision, reason in signed.items() if reason in told}


def _words(name_fi: str, name_sv: str | None, language: str) -> str:
    return say(APPROVED_IN, language, round=in_language(name_fi, name_sv, language))

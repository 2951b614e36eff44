"""Reading a programme's progress: the round that tells of it, or the register where there is none (requirement 145)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from portfolio.budgets.queries import changed_sums
from portfolio.core import history
from portfolio.core.history import Baseline, Revision
from portfolio.core.language import HELSINKI, format_date
from portfolio.documents.queries.items import areas_of, make_items, post_names, rows_of
from portfolio.documents.queries.wanted import WantedReport
from portfolio.documents.report import Area, Changes, Item, Name, ProgressFacts, ReviewSummary, RoundFacts
from portfolio.forums.queries import get_forum
from portfolio.organisation.models import Unit
from portfolio.register.queries import baselines, difference_names, read_difference
from portfolio.register.rules import Status
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.queries import changed_health, extensions, previous_round, proposals, rounds
from portfolio.reviews.rules import ANSWERED, REVIEWED, RoundState, days_late, due_day

LEFT_OUT = frozenset({Status.REJECTED, Status.MERGED})
TO_COME = frozenset({Status.PROPOSED, Status.IN_PREPARATION})


def read_progress(session: Session, wanted: WantedReport) -> ProgressFacts:
    """Return a programme's progress by its round of the year, or by the register alone where it had none.

    A closed round is read as its closing froze it, unless another time is asked for.
    """
    asked = _round(session, wanted)
    wanted = _frozen(session, wanted, asked)
    rows = rows_of(session, wanted.place, wanted.programme.id, at=wanted.at)
    year = asked.period_last.year if asked is not None else wanted.year or wanted.day.year
    areas = areas_of(session, wanted.place, rows, at=wanted.at)
    told: Mapping[int, ReviewSummary] = {} if asked is None else _told(session, wanted, asked, rows)
    chosen = [row for row in rows if (row.id in told if asked is not None else row.status not in LEFT_OUT)]
    items = make_items(session, wanted.place, chosen, areas, year, told=told, at=wanted.at)
    outside = sum(row.status in REVIEWED and row.id not in told for row in rows) if asked is not None else 0
    return ProgressFacts(
        wanted.setting(),
        year,
        areas,
        items,
        new=_new(session, wanted, asked, rows, areas, year),
        round=None if asked is None else _round_facts(session, wanted, asked),
        outside=outside,
        changes=_changes(session, wanted, asked),
    )


def _round(session: Session, wanted: WantedReport) -> ReviewRound | None:
    """Find the portfolio's latest round that has been opened, or that of the year asked for."""
    found = rounds(session, wanted.place, portfolio_id=wanted.programme.id, at=wanted.at)
    opened = (one for one in found if one.state is not RoundState.DRAFT)
    return next((one for one in opened if wanted.year in {None, one.period_last.year}), None)


def _frozen(session: Session, wanted: WantedReport, asked: ReviewRound | None) -> WantedReport:
    if wanted.at is not None or asked is None or asked.state is not RoundState.CLOSED or asked.baseline_id is None:
        return wanted
    baseline = session.get_one(Baseline, asked.baseline_id)
    day = _day_of(session, baseline.revision_id)
    words = _named(baseline, day, wanted.language)
    return replace(wanted, at=baseline.revision_id, day=min(day, wanted.day), words=words)


def _told(session: Session, wanted: WantedReport, asked: ReviewRound, rows: Sequence[Any]) -> dict[int, ReviewSummary]:
    """Give what each review tells, by initiative, and by how many days it is late."""
    parents = {one.id: one.parent_id for one in history.rows(session, Unit, wanted.place, wanted.at)}
    later = extensions(session, wanted.place, asked.id, at=wanted.at)
    units = {row.id: row.unit_id for row in rows}
    reviews = history.rows(session, Review, wanted.place, wanted.at, round_id=asked.id)
    posts = post_names(session, wanted.place, {one.new_owner_post_id for one in reviews}, at=wanted.at)
    found = {}
    for review in reviews:
        if review.initiative_id not in units:
            continue
        due = due_day(asked.due_on, units[review.initiative_id], later, parents)
        late = days_late(review.state, review.submitted_on, due, wanted.day)
        found[review.initiative_id] = _telling(review, late, posts)
    return found


def _telling(review: Review, late: int, posts: Mapping[int, Name]) -> ReviewSummary:
    """Give an answer that the office has; what waits or was returned is not told yet."""
    if review.state not in ANSWERED:
        return ReviewSummary(review.state, late=late)
    return ReviewSummary(
        review.state,
        health=review.health,
        reason=review.health_reason,
        office_health=review.office_health,
        office_reason=review.office_reason,
        verdict=review.verdict,
        verdict_what=review.verdict_what,
        verdict_why=review.verdict_why,
        new_goal=review.new_goal,
        new_time=review.new_timespan.words if review.new_timespan is not None else None,
        new_owner=posts.get(review.new_owner_post_id or 0),
        done=review.done,
        results=review.results,
        benefits=review.benefits,
        next_goals=review.next_goals,
        progress=review.progress,
        late=late,
    )


def _new(
    session: Session,
    wanted: WantedReport,
    asked: ReviewRound | None,
    rows: Sequence[Any],
    areas: Sequence[Area],
    year: int,
) -> list[Item]:
    """Give the measures proposed in the round, or those that wait for a decision and would begin in the next year."""
    if asked is not None:
        ids = set(proposals(session, wanted.place, asked.id, at=wanted.at))
        chosen = [row for row in rows if row.id in ids]
    else:
        chosen = [
            row
            for row in rows
            if row.status in TO_COME and row.starts_on is not None and row.starts_on.year == year + 1
        ]
    return make_items(session, wanted.place, chosen, areas, year + 1, at=wanted.at)


def _round_facts(session: Session, wanted: WantedReport, asked: ReviewRound) -> RoundFacts:
    receiver = asked.receiving_forum_id
    forum = None if receiver is None else get_forum(session, wanted.place, receiver, at=wanted.at)
    return RoundFacts(
        name=Name(asked.name_fi, asked.name_sv),
        first=asked.period_first,
        last=asked.period_last,
        due_on=asked.due_on,
        state=asked.state,
        receiver=None if forum is None else Name(forum.name_fi, forum.name_sv),
    )


def _changes(session: Session, wanted: WantedReport, asked: ReviewRound | None) -> Changes | None:
    """Compare with the closing of the round before, or with the latest baseline that was there before."""
    earlier = _earlier(session, wanted, asked)
    if earlier is None:
        return None
    since = _named(earlier, _day_of(session, earlier.revision_id), wanted.language)
    money = changed_sums(session, wanted.place, earlier.revision_id, wanted.at)
    health = changed_health(session, wanted.place, earlier.revision_id, wanted.at)
    whole = read_difference(session, wanted.place, earlier.revision_id, wanted.at, money=money, health=health)
    own = replace(whole, items=tuple(one for one in whole.items if one.row.portfolio_id == wanted.programme.id))
    return Changes(since, own, difference_names(session, wanted.place, own.items, wanted.language))


def _earlier(session: Session, wanted: WantedReport, asked: ReviewRound | None) -> Baseline | None:
    before = previous_round(session, asked, at=wanted.at) if asked is not None else None
    if before is not None and before.baseline_id is not None:
        return session.get_one(Baseline, before.baseline_id)
    last = wanted.at if wanted.at is not None else history.latest_revision(session)
    for point in baselines(session, wanted.place):
        begun = asked is None or point.at.astimezone(HELSINKI).date() < asked.opens_on
        if point.baseline.revision_id < last and begun:
            return point.baseline
    return None


def _named(baseline: Baseline, day: dt.date, language: str) -> str:
    """Name a point in time with its day, once: many names hold it already."""
    words = format_date(day, language)
    return baseline.name if words in baseline.name else f"{baseline.name}, {words}"


def _day_of(session: Session, revision_id: int) -> dt.date:
    return session.get_one(Revision, revision_id).at.astimezone(HELSINKI).date()

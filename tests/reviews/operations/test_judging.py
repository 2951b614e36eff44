import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.core import history
from portfolio.core.history import Revision
from portfolio.core.problem import Refusal
from portfolio.core.records import BatchRefusal
from portfolio.core.timespan import Context, parse
from portfolio.register import operations as register
from portfolio.register.models import Indicator, IndicatorValue
from portfolio.register.rules import Status
from portfolio.reviews import operations
from portfolio.reviews.rules import Health, ReviewState, Verdict
from tests.factories import write
from tests.reviews.conftest import TODAY


def reason(cycle):
    revision = cycle.session.get(Revision, cycle.latest())
    return revision.reason_kind, revision.reason_id


def test_an_approved_redirection_changes_the_initiative_with_the_review_as_its_reason(any_cycle):
    cycle = any_cycle
    review = cycle.review(cycle.opened(), cycle.first)
    span = parse("syksy 2027", Context()).value
    cycle.submit(
        review,
        verdict=Verdict.REDIRECT,
        verdict_what="Kohderyhmä",
        verdict_why="Rahoitus päättyy",
        new_goal="Palvelu kaikille",
        new_timespan=span,
        new_owner_post_id=cycle.post,
    )

    cycle.approve(review)

    found = cycle.initiative(cycle.first)
    assert (found.goals, found.owner_post_id, found.progress) == ("Palvelu kaikille", cycle.post, 60)
    assert found.timespan.words == "syksy 2027"
    assert found.status is Status.UNDER_WAY
    assert reason(cycle) == ("review", review.id)
    assert cycle.review(review.round_id, cycle.first).state is ReviewState.APPROVED


@pytest.mark.parametrize("began", [Status.APPROVED, Status.UNDER_WAY])
def test_a_paused_project_that_is_resumed_goes_on_where_it_was_and_its_pause_is_told(any_cycle, began):
    cycle = any_cycle
    project = cycle.measure(cycle.care, status=began)
    review = cycle.review(cycle.opened(), project)
    cycle.submit(review, verdict=Verdict.PAUSE, verdict_why="Rahoitus auki")
    cycle.approve(review)
    assert cycle.initiative(project).status is Status.PAUSED

    later = cycle.review(cycle.opened(2027), project)
    with pytest.raises(Refusal) as refusal:
        cycle.submit(later)
    assert [one.place for one in refusal.value.problems] == ["verdict"]
    cycle.session.rollback()
    cycle.submit(later, verdict=Verdict.RESUME)
    cycle.approve(later)

    assert cycle.initiative(project).status is began
    assert reason(cycle) == ("review", later.id)


def test_stopped_work_is_proposed_anew(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    cycle.submit(review, verdict=Verdict.STOP, verdict_why="Rahoitus päättyi")
    cycle.approve(review)
    operations.return_review(cycle.session, cycle.office, review.id, "Rahoitus löytyikin")
    cycle.session.commit()
    cycle.submit(review, verdict=Verdict.RESUME)
    cycle.approve(review)
    assert cycle.initiative(cycle.first).status is Status.PROPOSED


def test_a_review_that_comes_back_after_its_verdict_was_carried_out_may_keep_the_verdict(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    told = {"verdict": Verdict.PAUSE, "verdict_why": "Rahoitus auki"}
    cycle.submit(review, **told)
    cycle.approve(review)
    operations.return_review(cycle.session, cycle.office, review.id, "Kerro tuloksista")
    cycle.session.commit()
    cycle.submit(review, results="Kilpailutus tehty", **told)
    cycle.approve(review)
    assert cycle.initiative(cycle.first).status is Status.PAUSED
    assert cycle.initiative(cycle.first).results == "Kilpailutus tehty"


def test_many_are_approved_at_once_with_their_round_as_the_reason(cycle):
    identity = cycle.opened()
    reviews = [cycle.review(identity, one) for one in (cycle.first, cycle.second)]
    for review in reviews:
        cycle.submit(review, verdict=Verdict.COMPLETE)

    cycle.approve(*reviews)

    assert cycle.initiative(cycle.second).status is Status.COMPLETED
    assert cycle.initiative(cycle.second).completed_on == TODAY
    assert reason(cycle) == ("review_round", identity)


def test_what_the_lifecycle_forbids_by_now_is_refused_and_nothing_is_approved(cycle):
    identity = cycle.opened()
    reviews = [cycle.review(identity, one) for one in (cycle.first, cycle.second)]
    for review in reviews:
        cycle.submit(review, verdict=Verdict.COMPLETE)
    register.update_initiatives(cycle.session, cycle.office, {cycle.second: {"status": Status.STOPPED}})
    cycle.session.commit()

    with pytest.raises(Refusal):
        cycle.approve(*reviews)

    assert cycle.initiative(cycle.first).status is Status.UNDER_WAY
    assert cycle.review(identity, cycle.first).state is ReviewState.SUBMITTED


def test_an_answer_that_nobody_has_read_is_not_approved(any_cycle):
    cycle = any_cycle
    review = cycle.review(cycle.opened(), cycle.first)
    cycle.submit(review)
    read = cycle.review(review.round_id, cycle.first).version
    cycle.submit(review, verdict=Verdict.STOP, verdict_why="Rahoitus päättyi")

    with pytest.raises(BatchRefusal) as refused:
        operations.approve_reviews(cycle.session, cycle.office, [review.id], today=TODAY, versions={review.id: read})
    assert "has changed since you read it" in refused.value.problems[0].msgid
    now = cycle.review(review.round_id, cycle.first)
    assert now.state is ReviewState.SUBMITTED

    operations.approve_reviews(cycle.session, cycle.office, [now.id], today=TODAY, versions={now.id: now.version})
    assert cycle.review(review.round_id, cycle.first).state is ReviewState.APPROVED


def test_a_review_is_returned_with_a_comment_and_answered_again(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    cycle.submit(review)
    with pytest.raises(Refusal) as refusal:
        operations.return_review(cycle.session, cycle.office, review.id, " ")
    assert [one.place for one in refusal.value.problems] == ["comment"]

    operations.return_review(cycle.session, cycle.office, review.id, "Kerro tuloksista")

    found = cycle.review(review.round_id, cycle.first)
    assert (found.state, found.comment) == (ReviewState.RETURNED, "Kerro tuloksista")
    cycle.submit(found)
    assert cycle.review(review.round_id, cycle.first).comment is None


def test_only_what_was_submitted_is_approved_and_only_by_the_office(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    with pytest.raises(Refusal):
        cycle.approve(review)
    cycle.submit(review)
    with pytest.raises(Refusal):
        operations.approve_reviews(cycle.session, cycle.reporter, [review.id], today=TODAY)


def test_the_office_rates_by_itself_and_leaves_the_owners_rating_alone(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    cycle.submit(review)
    with pytest.raises(Refusal):
        operations.rate_review(cycle.session, cycle.office, review.id, Health.RED, None, today=TODAY)

    operations.rate_review(cycle.session, cycle.office, review.id, Health.RED, "Ei päätöstä", today=TODAY)

    found = cycle.review(review.round_id, cycle.first)
    assert (found.health, found.office_health, found.office_on) == (Health.GREEN, Health.RED, TODAY)


def test_approval_writes_the_indicators_value_to_the_rounds_year(cycle):
    values = {"municipality_id": cycle.id, "initiative_id": cycle.first, "name_fi": "Asiointi verkossa"}
    indicator = write(cycle.session, Indicator, values).id
    review = cycle.review(cycle.opened(), cycle.first)
    cycle.submit(review, indicators={indicator: {"number": Decimal("62.5"), "words": None}})
    assert cycle.session.scalars(select(IndicatorValue)).all() == []

    cycle.approve(review)

    found = history.rows(cycle.session, IndicatorValue, cycle.id)
    assert [(one.indicator_id, one.year, one.number) for one in found] == [(indicator, 2026, Decimal("62.5"))]


def test_the_value_of_an_indicator_that_is_gone_stays_in_the_review_and_stops_no_approval(cycle):
    values = {"municipality_id": cycle.id, "initiative_id": cycle.first, "name_fi": "Asiointi verkossa"}
    indicator = write(cycle.session, Indicator, values).id
    review = cycle.review(cycle.opened(), cycle.first)
    cycle.submit(review, indicators={indicator: {"number": Decimal(3), "words": None}})
    register.remove_parts(cycle.session, cycle.office, Indicator, [indicator])
    cycle.session.commit()

    cycle.approve(review)

    assert history.rows(cycle.session, IndicatorValue, cycle.id) == []


def test_two_reviews_of_one_initiative_are_not_approved_in_one_go(cycle):
    reviews = [cycle.review(cycle.opened(year), cycle.first) for year in (2025, 2026)]
    for review in reviews:
        cycle.submit(review)
    with pytest.raises(Refusal):
        cycle.approve(*reviews)
    cycle.session.rollback()
    for review in reviews:
        cycle.approve(review)


def test_an_approval_is_undone_like_any_change(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    cycle.submit(review, verdict=Verdict.PAUSE, verdict_why="Ei resursseja")
    cycle.approve(review)
    assert cycle.initiative(cycle.first).status is Status.PAUSED

    history.undo(cycle.session, cycle.office, cycle.latest(), {})

    assert cycle.initiative(cycle.first).status is Status.UNDER_WAY
    assert cycle.review(review.round_id, cycle.first).state is ReviewState.SUBMITTED


def test_a_day_told_goes_to_the_initiative(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    cycle.submit(review, verdict=Verdict.COMPLETE, done_on=dt.date(2026, 6, 1))
    cycle.approve(review)
    assert cycle.initiative(cycle.first).completed_on == dt.date(2026, 6, 1)

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from portfolio.core import history
from portfolio.core.history import StaleError
from portfolio.core.problem import Refusal
from portfolio.core.records import BatchRefusal
from portfolio.register.models import Indicator
from portfolio.reviews import operations, queries
from portfolio.reviews.models import Review, ReviewDraft
from portfolio.reviews.rules import Health, ReviewState, Verdict
from tests.factories import acting, write
from tests.reviews.conftest import TODAY, WHOLE


def places(refusal):
    return [problem.place for problem in refusal.value.problems]


def test_an_answer_is_submitted_with_who_rated_and_when(any_cycle):
    cycle = any_cycle
    review = cycle.review(cycle.opened(), cycle.first)

    cycle.submit(review, health=Health.YELLOW, health_reason="Toimittaja viivästyy")

    found = cycle.review(review.round_id, cycle.first)
    assert (found.state, found.submitted_on, found.progress) == (ReviewState.SUBMITTED, TODAY, 60)
    assert (found.health_on, found.health_by) == (TODAY, cycle.reporter.user_id)


def test_an_answer_that_is_not_whole_is_refused_with_everything_that_is_missing(cycle):
    template = operations.create_template(cycle.session, cycle.office, {"name_fi": "Vuosiraportti"})
    values = {"text_fi": "Mitä opittiin?", "required": True}
    question = operations.add_question(cycle.session, cycle.office, template, values)
    review = cycle.review(cycle.opened(template_id=template), cycle.first)

    with pytest.raises(Refusal) as refusal:
        cycle.submit(review, health=Health.RED, verdict=None)

    assert places(refusal) == ["health_reason", "verdict", f"question:{question}"]
    assert cycle.review(review.round_id, cycle.first).state is ReviewState.WAITING


def test_an_answer_tells_of_its_own_rounds_questions_and_its_own_indicators_alone(any_cycle):
    cycle = any_cycle
    template = operations.create_template(cycle.session, cycle.office, {"name_fi": "Toisen kierroksen"})
    question = operations.add_question(cycle.session, cycle.office, template, {"text_fi": "Mitä opittiin?"})
    values = {"municipality_id": cycle.id, "initiative_id": cycle.second, "name_fi": "Asiointi verkossa"}
    indicator = write(cycle.session, Indicator, values).id
    review = cycle.review(cycle.opened(), cycle.first)

    with pytest.raises(Refusal) as refusal:
        cycle.submit(review, questions={question: "Paljon"}, indicators={indicator: {"number": 3, "words": None}})

    assert places(refusal) == [f"question:{question}", f"indicator:{indicator}"]


def test_of_many_answers_none_is_written_when_one_is_refused(cycle):
    identity = cycle.opened()
    first, second = (cycle.review(identity, one) for one in (cycle.first, cycle.second))
    answers = {first.id: WHOLE, second.id: WHOLE | {"progress": 120}}
    with pytest.raises(BatchRefusal) as refusal:
        operations.submit_reviews(cycle.session, cycle.reporter, answers, today=TODAY)
    assert set(refusal.value.by_item) == {second.id}
    assert cycle.review(identity, cycle.first).state is ReviewState.WAITING


def test_two_people_on_one_review_are_told_and_nothing_is_overwritten(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    version = review.version
    cycle.submit(review, done="Ensimmäinen")
    with pytest.raises(StaleError):
        operations.submit_reviews(
            cycle.session,
            cycle.office,
            {review.id: WHOLE | {"done": "Toinen"}},
            today=TODAY,
            versions={review.id: version},
        )
    assert cycle.review(review.round_id, cycle.first).done == "Ensimmäinen"


def test_a_closed_round_takes_no_answers(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    operations.close_round(cycle.session, cycle.office, review.round_id)
    with pytest.raises(Refusal):
        cycle.submit(review)
    operations.reopen_round(cycle.session, cycle.office, review.round_id)
    cycle.submit(review)


def test_another_units_review_is_not_answered_unless_it_was_delegated(cycle):
    review = cycle.review(cycle.opened(), cycle.third)
    with pytest.raises(Refusal):
        cycle.submit(review)
    with pytest.raises(Refusal):
        cycle.submit(review, actor=cycle.guest)

    operations.delegate_review(cycle.session, cycle.office, review.id, cycle.colleague)

    cycle.submit(review, actor=cycle.guest)
    assert cycle.review(review.round_id, cycle.third).state is ReviewState.SUBMITTED


def test_another_municipalitys_review_is_not_there(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    with pytest.raises(Refusal):
        cycle.submit(review, actor=acting(cycle.id + 1, "office"))


def test_drafts_are_kept_as_typed_and_are_no_history(any_cycle):
    cycle = any_cycle
    review = cycle.review(cycle.opened(), cycle.first)
    before = cycle.latest()
    for text in ("kuus", "kuusikymmentä"):
        operations.save_draft(cycle.session, cycle.reporter, review.id, {"progress": text})

    assert queries.draft_of(cycle.session, review.id, cycle.reporter.user_id).texts == {"progress": "kuusikymmentä"}
    assert cycle.latest() == before

    cycle.submit(review)
    assert cycle.session.scalars(select(ReviewDraft)).all() == []


def test_what_another_has_typed_stays_when_one_submits_and_is_thrown_away_by_its_writer_alone(any_cycle):
    cycle = any_cycle
    review = cycle.review(cycle.opened(), cycle.first)
    office = replace(cycle.office, user_id=cycle.colleague)
    operations.save_draft(cycle.session, cycle.reporter, review.id, {"done": "Kirjoitan vielä"})
    operations.save_draft(cycle.session, office, review.id, {"done": "Toimiston luonnos"})

    cycle.submit(review, actor=office)
    kept = cycle.session.scalars(select(ReviewDraft)).all()
    assert [one.user_id for one in kept] == [cycle.reporter.user_id]

    operations.discard_draft(cycle.session, office, review.id)
    assert queries.draft_of(cycle.session, review.id, cycle.reporter.user_id) is not None
    operations.discard_draft(cycle.session, cycle.reporter, review.id)
    assert cycle.session.scalars(select(ReviewDraft)).all() == []


def test_nobody_keeps_a_draft_of_a_review_that_is_not_theirs(cycle):
    review = cycle.review(cycle.opened(), cycle.third)
    with pytest.raises(Refusal):
        operations.save_draft(cycle.session, cycle.reporter, review.id, {"progress": "1"})


def test_part_of_an_answer_is_written_without_submitting_it(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    operations.write_answers(cycle.session, cycle.reporter, {review.id: {"done": "Puolet"}}, today=TODAY)
    found = cycle.review(review.round_id, cycle.first)
    assert (found.done, found.state, found.health) == ("Puolet", ReviewState.WAITING, None)


def test_last_years_answer_is_found_beside_this_years(cycle):
    last = cycle.opened(2025)
    cycle.submit(cycle.review(last, cycle.first), done="Viime vuonna")
    operations.close_round(cycle.session, cycle.office, last)
    this = queries.get_round(cycle.session, cycle.id, cycle.opened(2026))

    assert queries.last_review(cycle.session, this, cycle.first).done == "Viime vuonna"
    assert queries.last_review(cycle.session, this, cycle.second) is None


def test_last_years_answer_stands_in_the_past_as_it_was_then(any_cycle):
    cycle = any_cycle
    last = cycle.opened(2025)
    cycle.submit(cycle.review(last, cycle.first), done="Ensin kirjattu")
    this, then = queries.get_round(cycle.session, cycle.id, cycle.opened(2026)), cycle.latest()
    cycle.submit(cycle.review(last, cycle.first), done="Myöhemmin oikaistu")

    assert queries.last_review(cycle.session, this, cycle.first).done == "Myöhemmin oikaistu"
    assert queries.last_review(cycle.session, this, cycle.first, at=then).done == "Ensin kirjattu"


def test_a_new_measure_is_proposed_in_the_round(cycle):
    identity = cycle.opened()
    draft = {"title_fi": "Kotihoidon etävastaanotto", "kind": "measure", "unit_id": cycle.care}
    born = operations.propose_initiative(cycle.session, cycle.reporter, identity, draft)
    assert queries.proposals(cycle.session, cycle.id, identity) == [born]
    assert cycle.initiative(born).portfolio_id == cycle.portfolio
    operations.close_round(cycle.session, cycle.office, identity)
    with pytest.raises(Refusal):
        operations.propose_initiative(cycle.session, cycle.reporter, identity, draft)


def test_every_cell_of_an_answer_is_in_the_history(cycle):
    review = cycle.review(cycle.opened(), cycle.first)
    before = cycle.latest()
    cycle.submit(review)
    row = history.row(cycle.session, Review, cycle.id, review.id, before)
    assert (row.state, row.verdict) == (ReviewState.WAITING, None)
    assert cycle.review(review.round_id, cycle.first).verdict is Verdict.CONTINUE


def test_lateness_of_an_answer_stays_told_after_it_came(cycle):
    identity = cycle.opened()
    review = cycle.review(identity, cycle.first)
    late = dt.date(2026, 10, 30)
    operations.submit_reviews(cycle.session, cycle.reporter, {review.id: WHOLE}, today=late)
    row = next(one for one in cycle.follow(identity, today=dt.date(2026, 12, 24)).rows if one.id == review.id)
    assert row.late == 30

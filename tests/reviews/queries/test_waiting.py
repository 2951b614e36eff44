import datetime as dt
from dataclasses import replace

from portfolio.reviews import operations, queries
from portfolio.reviews.queries import StepKind
from portfolio.reviews.rules import Health, ReviewState
from tests.reviews.conftest import TODAY

AFTER = dt.date(2026, 10, 2)


def titles(cycle, actor, today=TODAY):
    cycle.session.expire_all()
    return [one.title_fi for one in queries.own_reviews(cycle.session, actor, cycle.id, today=today)]


def test_a_reporters_own_are_those_of_the_units_reported_for(any_cycle):
    any_cycle.opened()
    assert titles(any_cycle, any_cycle.reporter) == ["Ajanvaraus verkkoon", "Neuvolan palvelupolku"]


def test_nobody_is_asked_before_the_round_is_open_or_after_it_is_closed(any_cycle):
    cycle = any_cycle
    identity = cycle.round()
    assert titles(cycle, cycle.reporter) == []
    operations.open_round(cycle.session, cycle.office, identity)
    operations.close_round(cycle.session, cycle.office, identity)
    cycle.session.commit()
    assert titles(cycle, cycle.reporter) == []


def test_what_is_delegated_and_what_ones_post_answers_for_are_ones_own(cycle):
    review = cycle.review(cycle.opened(), cycle.third)
    assert titles(cycle, cycle.guest) == []
    operations.delegate_review(cycle.session, cycle.office, review.id, cycle.colleague)
    cycle.session.commit()
    assert titles(cycle, cycle.guest) == ["Katuvalot"]
    holder = replace(cycle.guest, user_id=None, post_ids=frozenset({cycle.post}))
    cycle.measure(cycle.town, title_fi="Viran oma", owner_post_id=cycle.post)
    cycle.opened(2027)
    assert titles(cycle, holder) == ["Viran oma"]


def test_the_office_is_not_asked_about_everything_but_told_what_waits_for_approval(any_cycle):
    cycle = any_cycle
    identity = cycle.opened()
    assert titles(cycle, cycle.office) == []
    cycle.submit(cycle.review(identity, cycle.first))
    assert [(one.round_id, one.number) for one in queries.to_approve(cycle.session, cycle.id)] == [(identity, 1)]


def test_what_waits_comes_first_and_a_units_extension_is_its_due_day(cycle):
    identity = cycle.opened()
    operations.extend_due_day(cycle.session, cycle.office, identity, cycle.clinic, dt.date(2026, 10, 31))
    cycle.submit(cycle.review(identity, cycle.first))
    found = queries.own_reviews(cycle.session, cycle.reporter, cycle.id, today=AFTER)
    assert [(one.title_fi, one.waits, one.late) for one in found] == [
        ("Neuvolan palvelupolku", True, 0),
        ("Ajanvaraus verkkoon", False, 0),
    ]
    assert found[0].due_on == dt.date(2026, 10, 31)


def test_own_reviews_cost_as_much_however_many_there_are(cycle, counted):
    cycle.opened()
    with counted(cycle.session) as few:
        titles(cycle, cycle.reporter)
    for number in range(20):
        cycle.measure(cycle.care, title_fi=f"Toimenpide {number}")
    cycle.opened(2027)
    with counted(cycle.session) as many:
        titles(cycle, cycle.reporter)
    assert many.queries == few.queries


def test_the_steps_of_a_review_tell_who_did_what(any_cycle):
    cycle = any_cycle
    review = cycle.review(cycle.opened(), cycle.first)
    cycle.submit(review)
    operations.return_review(cycle.session, cycle.office, review.id, "Kerro tuloksista")
    cycle.session.commit()
    operations.rate_review(cycle.session, cycle.office, review.id, Health.GREEN, None, today=TODAY)
    cycle.session.commit()
    cycle.submit(review)
    cycle.approve(review)
    steps = queries.steps_of(cycle.session, review.id)
    assert [one.kind for one in reversed(steps)] == [
        StepKind.ASKED,
        StepKind.SUBMITTED,
        StepKind.RETURNED,
        StepKind.RATED,
        StepKind.SUBMITTED,
        StepKind.APPROVED,
    ]
    assert next(one.comment for one in steps if one.kind is StepKind.RETURNED) == "Kerro tuloksista"
    assert cycle.review(review.round_id, cycle.first).state is ReviewState.APPROVED


def test_a_question_moves_among_its_templates_questions_and_stops_at_the_ends(any_cycle):
    cycle = any_cycle
    template = operations.create_template(cycle.session, cycle.office, {"name_fi": "Kysymykset"})
    ids = []
    for text in ("A", "B", "C"):
        ids.append(operations.add_question(cycle.session, cycle.office, template, {"text_fi": text}))
        cycle.session.commit()
    operations.move_question(cycle.session, cycle.office, ids[2], -1)
    cycle.session.commit()
    assert operations.move_question(cycle.session, cycle.office, ids[0], -1) is None
    cycle.session.commit()
    cycle.session.expire_all()
    assert [one.text_fi for one in queries.questions(cycle.session, cycle.id, template)] == ["A", "C", "B"]

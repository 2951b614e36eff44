import datetime as dt

from portfolio.reviews import operations, queries
from portfolio.reviews.rules import Health, ReviewState
from tests.reviews.conftest import TODAY


def test_units_are_counted_with_what_is_answered_and_what_is_late(any_cycle):
    cycle = any_cycle
    identity = cycle.opened()
    cycle.submit(cycle.review(identity, cycle.first))

    found = cycle.follow(identity, today=dt.date(2026, 10, 5))

    counted = {one.unit.id: (one.asked, one.answered, one.late) for one in found.units}
    assert counted == {cycle.care: (1, 1, 0), cycle.clinic: (1, 0, 1), cycle.town: (1, 0, 1)}
    assert found.count(ReviewState.SUBMITTED) == 1


def test_movement_compares_with_the_round_before(cycle):
    last = cycle.opened(2025)
    cycle.submit(cycle.review(last, cycle.first), health=Health.RED, health_reason="Jumissa")
    operations.close_round(cycle.session, cycle.office, last)
    this = cycle.opened(2026)
    cycle.submit(cycle.review(this, cycle.first))

    found = cycle.follow(this)

    assert found.movement.improved == (cycle.first,)
    assert cycle.follow(last).movement.improved == ()


def test_the_follow_up_of_the_past_is_what_it_was(cycle):
    identity = cycle.opened()
    then = cycle.latest()
    cycle.submit(cycle.review(identity, cycle.first))
    assert cycle.follow(identity, at=then).count(ReviewState.WAITING) == 3
    assert cycle.follow(identity).count(ReviewState.WAITING) == 2


def test_the_latest_approved_health_is_what_lists_show(cycle):
    identity = cycle.opened()
    review = cycle.review(identity, cycle.first)
    cycle.submit(review)
    assert queries.latest_health(cycle.session, cycle.id) == {}
    cycle.approve(review)
    assert queries.latest_health(cycle.session, cycle.id) == {cycle.first: Health.GREEN}
    assert queries.latest_health(cycle.session, cycle.id, [cycle.second]) == {}


def test_rounds_are_counted_by_state(cycle):
    identity = cycle.opened()
    cycle.submit(cycle.review(identity, cycle.first))
    expected = {identity: {ReviewState.WAITING: 2, ReviewState.SUBMITTED: 1}}
    assert queries.counts(cycle.session, cycle.id) == expected
    assert queries.counts(cycle.session, cycle.id, at=cycle.latest()) == expected


def test_the_number_of_statements_does_not_grow_with_reviews(cycle, counted):
    cycle.opened(2023)
    small = cycle.opened(2024)
    with counted(cycle.session) as few:
        queries.follow(cycle.session, queries.get_round(cycle.session, cycle.id, small), today=TODAY)
    for _ in range(30):
        cycle.measure(cycle.town)
    large = cycle.opened(2026)
    with counted(cycle.session) as many:
        queries.follow(cycle.session, queries.get_round(cycle.session, cycle.id, large), today=TODAY)
    assert many.queries == few.queries

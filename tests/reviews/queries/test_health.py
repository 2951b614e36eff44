"""Health as of two times: what got better, worse, was assessed, and what an assessment taken back leaves."""

import datetime as dt

import pytest

from portfolio.core import history
from portfolio.reviews import operations, queries
from portfolio.reviews.queries import health as module
from portfolio.reviews.rules import Health

AUTUMN = {2025: dt.date(2025, 9, 14), 2026: dt.date(2026, 9, 14)}


@pytest.fixture(params=[500, 0], ids=["by id", "whole"])
def few(request, monkeypatch):
    """Both ways of reading: a few initiatives by their ids, and all reviews at once."""
    monkeypatch.setattr(module, "FEW", request.param)


def rated(cycle, round_id, year, **healths):
    """Submit and approve one answer for each initiative named; return the revision after it."""
    for name, health in healths.items():
        review = cycle.review(round_id, getattr(cycle, name))
        cycle.submit(review, cycle.office, health=health, health_reason="Perustelu")
        operations.approve_reviews(cycle.session, cycle.office, [review.id], today=AUTUMN[year])
        cycle.session.commit()
    return cycle.latest()


@pytest.mark.usefixtures("few")
def test_health_is_compared_as_of_two_times(any_cycle):
    cycle = any_cycle
    last = cycle.opened(2025)
    before = rated(cycle, last, 2025, first=Health.YELLOW, second=Health.GREEN)
    operations.close_round(cycle.session, cycle.office, last)
    this = cycle.opened(2026)
    after = rated(cycle, this, 2026, first=Health.GREEN, second=Health.RED, third=Health.YELLOW)

    changed = queries.changed_health(cycle.session, cycle.id, before, after)

    assert changed == {
        cycle.first: (Health.YELLOW, Health.GREEN),
        cycle.second: (Health.GREEN, Health.RED),
        cycle.third: (None, Health.YELLOW),
    }
    assert queries.changed_health(cycle.session, cycle.id, before) == changed
    assert queries.latest_health(cycle.session, cycle.id, [cycle.first], at=before) == {cycle.first: Health.YELLOW}
    assert queries.latest_health(cycle.session, cycle.id, at=after)[cycle.second] is Health.RED


@pytest.mark.usefixtures("few")
def test_the_same_colour_again_is_no_change(cycle):
    last = cycle.opened(2025)
    before = rated(cycle, last, 2025, first=Health.GREEN)
    operations.close_round(cycle.session, cycle.office, last)
    rated(cycle, cycle.opened(2026), 2026, first=Health.GREEN)
    assert queries.changed_health(cycle.session, cycle.id, before) == {}


def test_an_approval_undone_takes_the_assessment_back(cycle):
    identity = cycle.opened()
    before = rated(cycle, identity, 2026, first=Health.YELLOW)
    history.undo(cycle.session, cycle.office, before, {})
    cycle.session.commit()
    assert queries.changed_health(cycle.session, cycle.id, before) == {cycle.first: (Health.YELLOW, None)}


def test_what_is_submitted_and_not_approved_changes_nothing(cycle):
    identity = cycle.opened()
    before = cycle.latest()
    cycle.submit(cycle.review(identity, cycle.first), health=Health.RED, health_reason="Perustelu")
    assert queries.changed_health(cycle.session, cycle.id, before) == {}


def test_a_change_of_health_costs_a_number_of_statements_that_reviews_do_not_grow(cycle, counted):
    identity = cycle.opened()
    before = cycle.latest()
    rated(cycle, identity, 2026, first=Health.GREEN)
    with counted(cycle.session) as few:
        queries.changed_health(cycle.session, cycle.id, before)
    rated(cycle, identity, 2026, second=Health.GREEN, third=Health.RED)
    with counted(cycle.session) as many:
        queries.changed_health(cycle.session, cycle.id, before)
    assert many.queries == few.queries

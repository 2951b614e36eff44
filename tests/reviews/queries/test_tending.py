"""What rounds ask of the office on a day: to be opened, waited for, reminded of, closed."""

import datetime as dt

from portfolio.reviews import operations
from portfolio.reviews.queries import rounds_to_tend
from tests.reviews.conftest import DUE, TODAY


def tended(cycle, today=TODAY):
    return {one.round.name_fi: one for one in rounds_to_tend(cycle.session, cycle.id, today=today)}


def test_a_round_whose_day_has_come_is_to_be_opened_and_none_before_it(any_cycle):
    any_cycle.round(2026)
    assert tended(any_cycle)["Vuosiraportti 2026"].opens
    assert tended(any_cycle, dt.date(2026, 8, 31)) == {}


def test_missing_answers_are_counted_late_by_the_due_day_of_their_own_unit(any_cycle):
    cycle = any_cycle
    identity = cycle.opened()
    operations.extend_due_day(cycle.session, cycle.office, identity, cycle.care, dt.date(2026, 10, 31), None)
    cycle.session.commit()
    cycle.submit(cycle.review(identity, cycle.first))
    before, after = (tended(cycle, day)["Vuosiraportti 2026"] for day in (DUE, dt.date(2026, 10, 5)))
    assert (before.missing, before.late) == (2, 0)
    assert (after.missing, after.late) == (2, 1)  # the clinic below the extended unit is not late


def test_a_round_is_to_be_closed_once_all_are_approved_and_asks_nothing_while_answers_wait_for_the_office(cycle):
    identity = cycle.opened()
    reviews = [cycle.review(identity, one) for one in (cycle.first, cycle.second, cycle.third)]
    for review in reviews:
        cycle.submit(review, cycle.office)
    assert tended(cycle) == {}
    cycle.approve(*reviews)
    assert tended(cycle)["Vuosiraportti 2026"].closes
    operations.close_round(cycle.session, cycle.office, identity)
    cycle.session.commit()
    assert tended(cycle) == {}

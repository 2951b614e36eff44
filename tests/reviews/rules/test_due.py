import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portfolio.register.rules import Status
from portfolio.reviews.rules import REVIEWED, Candidate, ReviewState, Scope, days_late, due_day, due_initiatives, is_due

DUE = dt.date(2026, 9, 30)
candidates = st.builds(
    Candidate,
    id=st.integers(1, 50),
    status=st.sampled_from(Status),
    unit_id=st.none() | st.integers(1, 5),
    reviewed_on=st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31)),
)


def measure(**facts):
    return Candidate(**{"id": 1, "status": Status.UNDER_WAY, "unit_id": 3} | facts)


def test_what_is_decided_and_not_finished_is_asked_about():
    assert {status for status in Status if is_due(measure(status=status), Scope(DUE))} == REVIEWED


def test_a_round_of_one_service_area_leaves_the_others_alone():
    scope = Scope(DUE, unit_ids=frozenset({3, 4}))
    assert is_due(measure(unit_id=4), scope)
    assert not is_due(measure(unit_id=5), scope)
    assert not is_due(measure(unit_id=None), scope)


def test_what_was_reviewed_within_the_interval_is_not_asked_about_again():
    scope = Scope(DUE, interval_months=12)
    assert is_due(measure(reviewed_on=dt.date(2025, 9, 30)), scope)
    assert not is_due(measure(reviewed_on=dt.date(2025, 10, 1)), scope)
    assert is_due(measure(reviewed_on=None), scope)


@given(st.lists(candidates, unique_by=lambda one: one.id))
def test_a_narrower_scope_never_asks_about_more(found):
    wide = set(due_initiatives(found, Scope(DUE)))
    narrow = set(due_initiatives(found, Scope(DUE, unit_ids=frozenset({1, 2}), interval_months=12)))
    assert narrow <= wide


def test_an_extension_holds_for_the_units_below_too_and_the_nearest_one_counts():
    parents = {1: None, 2: 1, 3: 2}
    october, november = dt.date(2026, 10, 15), dt.date(2026, 11, 1)
    assert due_day(DUE, 3, {1: october}, parents) == october
    assert due_day(DUE, 3, {1: october, 3: november}, parents) == november
    assert due_day(DUE, 1, {2: october}, parents) == DUE
    assert due_day(DUE, None, {1: october}, parents) == DUE
    assert due_day(november, 3, {1: october}, parents) == november


def test_lateness_is_counted_from_the_answer_or_from_today():
    submitted, later = ReviewState.SUBMITTED, dt.date(2026, 12, 1)
    assert days_late(submitted, dt.date(2026, 9, 30), DUE, later) == 0
    assert days_late(submitted, dt.date(2026, 10, 30), DUE, later) == 30
    assert days_late(ReviewState.WAITING, None, DUE, dt.date(2026, 9, 29)) == 0
    assert days_late(ReviewState.WAITING, None, DUE, dt.date(2026, 10, 1)) == 1
    assert days_late(ReviewState.RETURNED, dt.date(2026, 9, 30), DUE, dt.date(2026, 10, 1)) == 1

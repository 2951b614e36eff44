import datetime as dt

from portfolio.reviews.rules import RoundState, RoundStep, check_round, check_step

DAY = dt.date(2026, 9, 30)


def test_a_round_has_its_days_in_order_and_a_sensible_interval():
    backwards = {
        "period_first": DAY,
        "period_last": dt.date(2026, 1, 1),
        "opens_on": DAY,
        "due_on": dt.date(2026, 9, 1),
    }
    assert [one.place for one in check_round({}, backwards | {"interval_months": 0})] == [
        *("period_last", "due_on", "interval_months"),
    ]
    assert check_round({"due_on": DAY}, {"opens_on": DAY, "due_on": DAY, "interval_months": 12}) == []


def test_a_year_that_cannot_be_meant_is_told():
    assert [one.place for one in check_round({"due_on": dt.date(226, 9, 30)}, {})] == ["due_on"]


def test_rounds_go_from_draft_to_open_to_closed_and_back_to_open():
    taken = {(state, step.after) for state in RoundState for step in RoundStep if not check_step(state, step)}
    assert taken == {
        (RoundState.DRAFT, RoundState.OPEN),
        (RoundState.OPEN, RoundState.CLOSED),
        (RoundState.CLOSED, RoundState.OPEN),
    }


def test_a_closed_round_is_reopened_not_opened():
    assert check_step(RoundState.CLOSED, RoundStep.OPEN)
    assert check_step(RoundState.DRAFT, RoundStep.REOPEN)

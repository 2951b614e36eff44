import datetime as dt
from decimal import Decimal

import pytest

from portfolio.budgets import operations, queries
from portfolio.budgets.models import FundingShare
from portfolio.budgets.rules import NOTHING, BudgetPart, Sum, left_of
from portfolio.budgets.rules.lines import FRAME_LOCKED
from portfolio.core import history
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import BatchRefusal
from tests.factories import acting

OPERATING, INVESTMENT = BudgetPart.OPERATING, BudgetPart.INVESTMENT


def plan(purse, year, amount, part=OPERATING, **more):
    key = (purse.first, year, part, purse.own)
    return operations.set_budget_cells(purse.session, purse.office, {key: {"planned": amount, **more}})


def test_a_frame_tells_what_is_used_and_left_and_what_is_unknown(any_purse):
    purse = any_purse
    frames = {(purse.portfolio, 2027, OPERATING): {"amount": Decimal(100_000)}}
    operations.put_frames(purse.session, purse.office, frames)
    plan(purse, 2027, Decimal(30_000))
    plan(purse, 2027, Decimal(9), part=INVESTMENT)
    purse.session.commit()
    then = history.latest_revision(purse.session)
    plan(purse, 2027, None)

    now, past = (queries.frame_states(purse.session, purse.id, [2027], at=at)[0] for at in (None, then))

    assert (past.used, past.left) == (Sum(Decimal(30_000), 0, 1), Decimal(70_000))
    assert (now.used, now.left) == (Sum(None, 1, 1), None)


def test_what_is_left_is_unknown_only_where_nothing_is_known():
    assert left_of(Decimal(10), NOTHING) == 10
    assert left_of(Decimal(10), Sum(Decimal(12), 3, 5)) == -2
    assert left_of(Decimal(10), Sum(None, 2, 2)) is None
    assert left_of(None, Sum(Decimal(1), 0, 1)) is None


def test_an_approved_year_locks_its_plan_and_leaves_the_forecast_open(any_purse):
    purse = any_purse
    plan(purse, 2026, Decimal(5))
    operations.lock_year(purse.session, purse.office, 2026, dt.date(2025, 11, 17))

    with pytest.raises(Refusal) as refusal:
        plan(purse, 2026, Decimal(6))

    assert [one.place for one in refusal.value.problems] == ["planned"]
    key = (purse.first, 2026, OPERATING, purse.own)
    operations.set_budget_cells(purse.session, purse.office, {key: {"forecast": Decimal(7), "actual": Decimal(3)}})
    plan(purse, 2027, Decimal(6))
    assert list(queries.locked_years(purse.session, purse.id)) == [2026]


def test_an_approved_year_locks_its_frames_and_no_other_years(any_purse):
    purse = any_purse
    this, next_one = ((purse.portfolio, year, OPERATING) for year in (2026, 2027))
    operations.put_frames(purse.session, purse.office, {this: {"amount": Decimal(100)}})
    operations.lock_year(purse.session, purse.office, 2026, dt.date(2025, 11, 17))

    both = {this: {"amount": Decimal(1)}, next_one: {"amount": Decimal(2)}}
    with pytest.raises(BatchRefusal) as refusal:
        operations.put_frames(purse.session, purse.office, both)
    with pytest.raises(Refusal):
        operations.put_frames(purse.session, purse.office, {(purse.portfolio, 2026, INVESTMENT): {"amount": None}})

    assert refusal.value.by_item == {0: (Problem(FRAME_LOCKED, {"year": "2026"}, "amount"),)}
    same = {this: {"amount": Decimal(100)}, next_one: {"amount": Decimal(2)}}
    operations.put_frames(purse.session, purse.office, same)
    states = queries.frame_states(purse.session, purse.id, [2026, 2027])
    assert [(one.year, one.amount) for one in states] == [(2026, Decimal(100)), (2027, Decimal(2))]


def test_an_unlocked_year_is_open_again_and_locks_once_more(purse):
    for _ in range(2):
        operations.lock_year(purse.session, purse.office, 2026, None)
        operations.unlock_year(purse.session, purse.office, 2026)
        plan(purse, 2026, Decimal(6))
        assert queries.locked_years(purse.session, purse.id) == {}


def test_another_municipalitys_year_is_not_locked_by_ours(purse):
    operations.lock_year(purse.session, purse.office, 2026, None)
    assert queries.locked_years(purse.session, purse.id + 1) == {}


def test_frames_and_locks_belong_to_the_office(purse):
    reporter = acting(purse.id, "reporter", "budget")
    with pytest.raises(Refusal):
        operations.put_frames(purse.session, reporter, {(purse.portfolio, 2027, OPERATING): {"amount": 1}})
    with pytest.raises(Refusal):
        operations.lock_year(purse.session, reporter, 2026, None)
    with pytest.raises(Refusal) as refusal:
        operations.put_frames(purse.session, purse.office, {(purse.portfolio, 27, OPERATING): {"amount": Decimal(-1)}})
    assert [one.place for one in refusal.value.problems] == ["year", "amount"]


def test_a_source_has_a_share_and_a_period(purse):
    key = (purse.first, purse.own)
    with pytest.raises(Refusal):
        operations.put_funding_shares(purse.session, purse.office, {key: {"percent": Decimal(101)}})
    operations.put_funding_shares(purse.session, purse.office, {key: {"percent": Decimal("62.5"), "note": "EAKR"}})
    assert [(one.percent, one.note) for one in queries.shares_of(purse.session, purse.id, purse.first)] == [
        (Decimal("62.50"), "EAKR")
    ]
    identity = queries.shares_of(purse.session, purse.id, purse.first)[0].id
    operations.remove_funding_share(purse.session, purse.office, identity)
    assert queries.shares_of(purse.session, purse.id, purse.first) == []


def test_a_share_is_written_by_who_plans_the_money(purse):
    key = (purse.first, purse.own)
    with pytest.raises(Refusal):
        operations.put_funding_shares(purse.session, acting(purse.id, "reporter"), {key: {"percent": Decimal(5)}})
    assert history.rows(purse.session, FundingShare, purse.id) == []

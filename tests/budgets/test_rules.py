from decimal import Decimal

import pytest

from portfolio.budgets.rules import (
    AMOUNTS,
    NOTHING,
    Sum,
    Total,
    add_up,
    check_frame_lock,
    check_line,
    check_lock,
    editable_amounts,
    total_of,
)
from tests.factories import acting

OWN, OTHER, POST = 1, 2, 7


def test_unknown_is_counted_and_zero_is_known():
    assert add_up([]) == NOTHING == Sum(None, 0, 0)
    assert add_up([None, None]) == Sum(None, 2, 2)
    assert add_up([Decimal(0), None]) == Sum(Decimal(0), 1, 2)
    assert add_up([Decimal("1.50"), Decimal(2), None]) == Sum(Decimal("3.50"), 1, 3)


def test_a_foot_tells_how_many_have_no_figure_or_an_unknown_one():
    sums = [Sum(Decimal(10), 0, 1), Sum(Decimal(5), 1, 2), Sum(None, 2, 2), Sum(Decimal(0), 0, 1)]
    assert total_of(sums, 6) == Total(Decimal(15), 4)
    assert total_of([], 3) == Total(None, 3)


@pytest.mark.parametrize(
    ("role", "unit_ids", "opened"),
    [
        ("admin", None, True),
        ("office", None, True),
        ("budget", {OWN}, True),
        ("budget", {OTHER}, False),
        ("reporter", {OWN}, False),
        ("member", None, False),
        ("viewer", None, False),
        ("publicity", None, False),
    ],
)
def test_money_is_the_budget_roles_to_write_within_its_unit(role, unit_ids, opened):
    actor = acting(1, role, unit_ids=unit_ids, post_ids={POST})
    assert editable_amounts(actor, OWN, POST) == (frozenset(AMOUNTS) if opened else frozenset())


def test_a_year_that_cannot_be_meant_is_told():
    assert [problem.place for problem in check_line({"year": 20260})] == ["year"]
    assert check_line({"year": 2026}) == check_line({"planned": Decimal(-5)}) == []


def test_of_an_approved_year_the_plan_neither_changes_nor_goes_and_the_rest_is_open():
    locked = {2026}
    for given in ({"planned": Decimal(1)}, {"planned": None}, {"removed": True}):
        assert [problem.place for problem in check_lock(given, 2026, locked)] == ["planned"]
        assert check_lock(given, 2027, locked) == []
    assert check_lock({"forecast": Decimal(1), "actual": None}, 2026, locked) == []


def test_of_an_approved_year_no_frame_changes_in_any_cell():
    for given in ({"amount": Decimal(1)}, {"amount": None}, {"note": "§ 90"}, {"removed": True}):
        assert [problem.place for problem in check_frame_lock(given, 2026, {2026})] == ["amount"]
        assert check_frame_lock(given, 2027, {2026}) == []
    assert check_frame_lock({}, 2026, {2026}) == []

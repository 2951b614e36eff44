"""What a card tells of time and money."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from portfolio.budgets.rules import BudgetPart, add_up
from portfolio.pages.rules.card import MilestoneState, is_too_late_for, lay_out_money, milestone_state
from portfolio.register.rules import Status

TODAY = dt.date(2026, 5, 4)
BEFORE, AFTER = dt.date(2026, 5, 3), dt.date(2026, 5, 5)


@pytest.mark.parametrize(
    ("completed", "starts", "ends", "state"),
    [
        (BEFORE, None, None, MilestoneState.DONE),
        (BEFORE, AFTER, AFTER, MilestoneState.DONE),
        (None, None, BEFORE, MilestoneState.LATE),
        (None, BEFORE, TODAY, MilestoneState.NOW),
        (None, TODAY, None, MilestoneState.NOW),
        (None, AFTER, None, MilestoneState.COMING),
        (None, None, AFTER, MilestoneState.COMING),
        (None, None, None, MilestoneState.UNDATED),
    ],
)
def test_a_milestone_stands_as_its_days_say(completed, starts, ends, state):
    assert milestone_state(completed, starts, ends, TODAY) is state


def initiative(status=Status.UNDER_WAY, starts=None, ends=None):
    return SimpleNamespace(status=status, starts_on=starts, ends_on=ends)


def test_what_is_needed_first_is_too_late_when_it_ends_after_the_other_starts():
    assert is_too_late_for(initiative(ends=AFTER), initiative(starts=TODAY))
    assert not is_too_late_for(initiative(ends=TODAY), initiative(starts=TODAY))


def test_nothing_is_too_late_when_it_is_done_or_has_no_days():
    assert not is_too_late_for(initiative(Status.COMPLETED, ends=AFTER), initiative(starts=TODAY))
    assert not is_too_late_for(initiative(), initiative(starts=TODAY))
    assert not is_too_late_for(initiative(ends=AFTER), initiative())


def line(year, planned=None, source_id=1, part=BudgetPart.OPERATING, **others):
    amounts = {"forecast": None, "actual": None} | others
    planned = None if planned is None else Decimal(planned)
    return SimpleNamespace(year=year, part=part, source_id=source_id, planned=planned, **amounts)


def test_money_has_a_row_for_each_part_and_source_in_order():
    table = lay_out_money(
        [line(2026, 1, 2), line(2026, 2, 1), line(2026, 3, 1, BudgetPart.INVESTMENT)], {1: 0, 2: 1}.__getitem__
    )
    assert [(row.part, row.source_id) for row in table.rows] == [
        (BudgetPart.OPERATING, 1),
        (BudgetPart.OPERATING, 2),
        (BudgetPart.INVESTMENT, 1),
    ]


def test_years_run_without_gaps_and_a_year_without_a_line_is_not_known():
    table = lay_out_money([line(2026, 10), line(2028, 0)], lambda _: 0)
    assert table.years == (2026, 2027, 2028)
    assert table.rows[0].cells == (Decimal(10), None, Decimal(0))


def test_sums_count_what_is_not_known_and_are_never_zero_for_it():
    table = lay_out_money([line(2026, 10), line(2026, None, 2), line(2027, None)], lambda identity: identity)
    assert table.sums == (add_up([Decimal(10), None]), add_up([None, None]))


def test_other_amounts_have_rows_only_where_one_is_known():
    table = lay_out_money([line(2026, 10, actual=Decimal(7)), line(2027, 5)], lambda _: 0)
    assert [(row.amount, row.cells) for row in table.rows] == [
        ("planned", (Decimal(10), Decimal(5))),
        ("actual", (Decimal(7), None)),
    ]
    assert table.sums == (add_up([Decimal(10)]), add_up([Decimal(5)]))


def test_no_lines_make_an_empty_table():
    table = lay_out_money([], lambda _: 0)
    assert (table.years, table.rows, table.sums) == ((), (), ())

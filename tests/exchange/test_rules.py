import datetime as dt

import pytest

from portfolio.exchange.rules import AnswerState, days_late, share_out, standing

PARENTS = {1: None, 2: 1, 3: 2, 4: 1}
TODAY = dt.date(2026, 5, 20)


def test_an_item_goes_into_the_nearest_units_workbook_and_into_one_only():
    shared = share_out(PARENTS, [1, 2], {10: 1, 11: 2, 12: 3, 13: 4, 14: None})
    assert shared == {1: [10, 13], 2: [11, 12]}


def test_a_unit_without_items_gets_an_empty_workbook():
    assert share_out(PARENTS, [4], {10: 1}) == {4: []}


@pytest.mark.parametrize(
    ("applied", "checked", "closed", "expected"),
    [
        (False, False, False, AnswerState.OPEN),
        (False, True, False, AnswerState.CHECKED),
        (True, True, False, AnswerState.ANSWERED),
        (True, False, True, AnswerState.ANSWERED),
        (False, True, True, AnswerState.CLOSED),
    ],
)
def test_what_was_imported_counts_even_when_the_export_was_closed_later(applied, checked, closed, expected):
    assert standing(is_applied=applied, is_checked=checked, is_closed=closed) is expected


def test_days_are_late_only_while_an_answer_is_awaited():
    due = dt.date(2026, 5, 18)
    assert days_late(due, TODAY, AnswerState.OPEN) == 2
    assert days_late(due, TODAY, AnswerState.CHECKED) == 2
    assert days_late(due, TODAY, AnswerState.ANSWERED) == 0
    assert days_late(due, TODAY, AnswerState.CLOSED) == 0
    assert days_late(due, due, AnswerState.OPEN) == 0
    assert days_late(None, TODAY, AnswerState.OPEN) == 0

import datetime as dt
from types import SimpleNamespace

import pytest

from portfolio.register.rules import day_in_year, due_in_year, next_day, next_due


def yearly(month, day, first=None, last=None):
    return SimpleNamespace(month=month, day=day, from_year=first, to_year=last)


@pytest.mark.parametrize(
    ("deadline", "today", "due"),
    [
        (yearly(9, 30), "2026-05-04", "2026-09-30"),
        (yearly(9, 30), "2026-09-30", "2026-09-30"),
        (yearly(9, 30), "2026-10-01", "2027-09-30"),
        (yearly(9, 30, first=2028), "2026-10-01", "2028-09-30"),
        (yearly(9, 30, last=2026), "2026-10-01", None),
        (yearly(2, 29), "2027-01-01", "2027-02-28"),
        (yearly(2, 29), "2027-03-01", "2028-02-29"),
    ],
)
def test_a_yearly_duty_comes_next_on_its_day_until_its_last_year(deadline, today, due):
    found = next_due(deadline, dt.date.fromisoformat(today))
    assert (found and found.isoformat()) == due


def test_a_day_of_the_year_comes_this_year_or_next():
    assert next_day("30.9.", dt.date(2026, 9, 30)) == dt.date(2026, 9, 30)
    assert next_day("30.9.", dt.date(2026, 10, 1)) == dt.date(2027, 9, 30)
    assert next_day(None, dt.date(2026, 10, 1)) is None


def test_a_day_of_the_year_falls_in_each_year_on_its_last_day_where_there_is_none():
    assert day_in_year("15.11.", 2026) == dt.date(2026, 11, 15)
    assert day_in_year("29.2.", 2027) == dt.date(2027, 2, 28)
    assert day_in_year(None, 2026) is None


def test_a_yearly_duty_falls_in_the_years_in_which_it_holds():
    assert due_in_year(yearly(9, 30), 2026) == dt.date(2026, 9, 30)
    assert due_in_year(yearly(9, 30, first=2027), 2026) is None
    assert due_in_year(yearly(9, 30, last=2025), 2026) is None
    assert due_in_year(yearly(2, 29), 2026) == dt.date(2026, 2, 28)

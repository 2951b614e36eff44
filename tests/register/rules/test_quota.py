import datetime as dt

import pytest

from portfolio.register.rules import Counted, InitiativeKind, QuotaVerdict, Status, check_quota

TODAY = dt.date(2026, 5, 4)
YEARS = (2025, 2026, 2027)
UNIT = 7


def measure(starts=None, ends=None, *, status=Status.UNDER_WAY, kind=InitiativeKind.MEASURE, completed=None, unit=UNIT):
    days = [dt.date.fromisoformat(one) if one else None for one in (starts, ends, completed)]
    return Counted(kind, unit, status, *days)


BEGUN = measure("2025-01-01", "2025-01-31", unit=8)
"""Another unit's measure in the first year: the programme had begun."""


def check(*measures, least=2, most=3):
    return check_quota([BEGUN, *measures], [UNIT], YEARS, least, most, today=TODAY)


def counts(*measures):
    return [one.measures for one in check(*measures).units[UNIT]]


def verdicts(*measures, **limits):
    return [one.verdict for one in check(*measures, **limits).units[UNIT]]


@pytest.mark.parametrize(
    ("one", "years"),
    [
        (measure("2026-01-01", "2026-12-31"), [0, 1, 0]),
        (measure("2025-06-01", "2027-05-31"), [1, 1, 1]),
        (measure(None, "2026-12-31"), [0, 1, 0]),
        (measure("2026-03-01", None), [0, 1, 1]),
        (measure("2025-03-01", None, status=Status.ESTABLISHED), [1, 0, 0]),
        (measure("2025-03-01", "2027-12-31", status=Status.COMPLETED, completed="2026-02-01"), [1, 1, 0]),
        (measure("2026-03-01", "2026-12-31", status=Status.COMPLETED, completed="2025-12-01"), [1, 0, 0]),
    ],
)
def test_a_measure_counts_in_each_year_in_which_it_is_carried_out(one, years):
    assert counts(one) == years


@pytest.mark.parametrize(
    "status", [Status.PROPOSED, Status.IN_PREPARATION, Status.PAUSED, Status.REJECTED, Status.STOPPED, Status.MERGED]
)
def test_what_is_not_carried_out_does_not_count(status):
    assert counts(measure("2026-01-01", "2026-12-31", status=status)) == [0, 0, 0]


@pytest.mark.parametrize("kind", [InitiativeKind.NEED, InitiativeKind.PROJECT])
def test_the_range_is_of_measures_only(kind):
    assert counts(measure("2026-01-01", "2026-12-31", kind=kind)) == [0, 0, 0]


def test_too_few_and_too_many_are_told_and_a_year_to_come_is_not_yet_too_little():
    four = [measure("2026-01-01", "2026-12-31")] * 4
    assert verdicts(*four) == [QuotaVerdict.UNDER, QuotaVerdict.OVER, QuotaVerdict.SO_FAR]
    found = check(*four)
    assert [one.off for one in found.units[UNIT]] == [2, 1, 0]
    assert found.warnings == 2


def test_an_end_of_the_range_may_be_open():
    four = [measure("2025-01-01", "2027-12-31")] * 4
    assert verdicts(*four, most=None) == [QuotaVerdict.FITS] * 3
    assert verdicts(least=None) == [QuotaVerdict.FITS] * 3


def test_measures_without_a_time_are_counted_apart():
    found = check_quota([measure(), measure(), measure(status=Status.PROPOSED)], [UNIT], YEARS, 2, 3, today=TODAY)
    assert found.undated == 2


def test_each_unit_has_its_own_count_and_one_without_measures_is_there():
    found = check_quota([BEGUN, measure("2026-01-01", None, unit=None)], [UNIT, None], YEARS, 1, None, today=TODAY)
    assert [one.measures for one in found.units[None]] == [0, 1, 1]
    assert [one.measures for one in found.units[UNIT]] == [0, 0, 0]


def test_years_before_the_first_measure_are_left_out_but_never_the_present_one():
    assert check_quota([measure("2026-02-01", None)], [UNIT], YEARS, 1, 3, today=TODAY).years == (2026, 2027)
    assert check_quota([measure("2027-02-01", None)], [UNIT], YEARS, 1, 3, today=TODAY).years == (2026, 2027)
    assert check_quota([], [UNIT], YEARS, 1, 3, today=TODAY).years == (2026, 2027)

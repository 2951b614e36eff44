"""Seasons, council terms and weeks: what the words of a municipality mean."""

from datetime import date
from itertools import pairwise

import pytest

from portfolio.core.timespan import COUNCIL_TERMS, SEASON_LIMITS, Context, Precision, Season
from portfolio.core.timespan import context as units


def test_council_terms_follow_each_other_without_gaps():
    for (_, last), (first, _) in pairwise(COUNCIL_TERMS):
        assert (first - last).days == 1


def test_settings_override_single_seasons_and_keep_the_rest():
    context = Context.of_settings({"autumn": [8, 15, 12, 31]}, None)
    assert context.season(Season.AUTUMN, 2026).start == date(2026, 8, 15)
    assert context.season_limits[Season.SPRING] == SEASON_LIMITS[Season.SPRING]
    assert context.council_terms == COUNCIL_TERMS


@pytest.mark.parametrize(
    "seasons",
    [{"monsoon": [1, 1, 2, 2]}, {"autumn": [2, 30, 3, 1]}, {"autumn": [9, 1, 8, 31]}, {"autumn": [9, 1]}],
)
def test_impossible_seasons_are_refused(seasons):
    with pytest.raises(ValueError):  # noqa: PT011 -- each for its own reason
        Context.of_settings(seasons, None)


def test_a_council_term_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends before it starts"):
        Context.of_settings(None, [["2025-06-01", "2021-05-31"]])


@pytest.mark.parametrize(
    ("written", "relative", "first_year"),
    [
        (date(2021, 7, 31), 0, 2017),
        (date(2021, 8, 1), 0, 2021),
        (date(2021, 8, 1), 1, 2025),
        (date(2021, 8, 1), -1, 2017),
    ],
)
def test_the_current_term_is_that_of_the_documents_date(written, relative, first_year):
    assert Context.default(written).term(relative)[0].year == first_year


def test_a_term_outside_the_table_is_not_known():
    assert Context.default(date(2028, 1, 1)).term(1) is None
    assert Context.default(date(2012, 1, 1)).term(0) is None
    assert Context.default().term(0) is None


def test_a_week_is_the_iso_week_and_known_to_the_day():
    assert units.week(2024, 38) == (date(2024, 9, 16), date(2024, 9, 22), Precision.DAY)
    with pytest.raises(ValueError, match="week"):
        units.week(2024, 53)


def test_a_season_may_end_with_february():
    context = Context.of_settings({"early_year": [1, 1, 2, 29]}, None)
    assert context.season(Season.EARLY_YEAR, 2023).end == date(2023, 2, 28)
    assert context.season(Season.EARLY_YEAR, 2024).end == date(2024, 2, 29)

import datetime as dt

import pytest

from portfolio.roadmap.bars.window import Scale, Window, choose_window, neighbours

DAY = dt.date(2024, 5, 12)
TERMS = (
    (dt.date(2017, 6, 1), dt.date(2021, 7, 31)),
    (dt.date(2021, 8, 1), dt.date(2025, 5, 31)),
    (dt.date(2025, 6, 1), dt.date(2029, 5, 31)),
)


def days(window):
    return window.first.isoformat(), window.last.isoformat()


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        (Scale.QUARTER, ("2024-04-01", "2024-06-30")),
        (Scale.YEAR, ("2024-01-01", "2024-12-31")),
        (Scale.YEARS, ("2024-01-01", "2026-12-31")),
        (Scale.TERM, ("2021-08-01", "2025-05-31")),
    ],
)
def test_a_window_holds_the_day_in_whole_units(scale, expected):
    assert days(choose_window(scale, DAY, years=3, terms=TERMS)) == expected


def test_everything_reaches_from_the_first_year_to_the_last():
    dated = [dt.date(2019, 8, 1), dt.date(2031, 2, 1)]

    assert days(choose_window(Scale.ALL, DAY, years=3, dated=dated)) == ("2019-01-01", "2031-12-31")


def test_everything_is_the_year_of_the_day_when_nothing_is_dated():
    assert days(choose_window(Scale.ALL, DAY, years=3)) == ("2024-01-01", "2024-12-31")


def test_a_typing_error_in_a_year_does_not_stretch_everything_to_the_end_of_time():
    assert choose_window(Scale.ALL, DAY, years=3, dated=[dt.date(9999, 12, 31)]).last.year == 2200


def test_a_day_after_the_last_known_term_shows_the_last_term():
    assert choose_window(Scale.TERM, dt.date(2040, 1, 1), years=3, terms=TERMS).first == dt.date(2025, 6, 1)


def test_a_municipality_without_known_terms_gets_four_years():
    assert days(choose_window(Scale.TERM, DAY, years=3)) == ("2024-01-01", "2027-12-31")


@pytest.mark.parametrize(
    ("scale", "before", "after"),
    [
        (Scale.QUARTER, "2024-01-01", "2024-07-01"),
        (Scale.YEAR, "2023-01-01", "2025-01-01"),
        (Scale.YEARS, "2023-01-01", "2025-01-01"),
        (Scale.TERM, "2017-06-01", "2025-06-01"),
    ],
)
def test_the_neighbours_of_a_window_lie_before_and_after(scale, before, after):
    window = choose_window(scale, DAY, years=3, terms=TERMS)

    assert neighbours(window, terms=TERMS) == (dt.date.fromisoformat(before), dt.date.fromisoformat(after))


def test_the_first_term_has_nothing_before_and_everything_has_no_neighbours():
    first = choose_window(Scale.TERM, dt.date(2018, 1, 1), years=3, terms=TERMS)

    assert neighbours(first, terms=TERMS) == (None, dt.date(2021, 8, 1))
    assert neighbours(choose_window(Scale.ALL, DAY, years=3)) == (None, None)


def test_nobody_can_page_to_before_1900_or_after_2200():
    assert neighbours(choose_window(Scale.YEAR, dt.date(1900, 1, 1), years=3))[0] is None
    assert neighbours(choose_window(Scale.YEAR, dt.date(2200, 1, 1), years=3))[1] is None


def test_places_are_per_cent_of_the_true_days_and_held_to_the_window():
    window = Window(Scale.YEAR, dt.date(2024, 1, 1), dt.date(2024, 12, 31))

    assert window.place(dt.date(2024, 7, 2).toordinal()) == 50
    assert window.place(dt.date(2020, 1, 1).toordinal()) == 0
    assert window.place(dt.date(2030, 1, 1).toordinal()) == 100

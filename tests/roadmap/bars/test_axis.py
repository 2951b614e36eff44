import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.roadmap.bars.axis import NARROW, ROOM, make_axis
from portfolio.roadmap.bars.text_width import AXIS_SIZE, width_of
from portfolio.roadmap.bars.window import Scale, choose_window

DAY = dt.date(2024, 5, 12)


def axis_of(scale, language="fi", day=DAY, **options):
    return make_axis(choose_window(scale, day, years=3, **options), language)


def labels(ticks):
    return [tick.label for tick in ticks]


def test_three_years_are_years_over_quarters():
    axis = axis_of(Scale.YEARS)

    assert labels(axis.upper) == ["2024", "2025", "2026"]
    assert labels(axis.lower) == ["I", "II", "III", "IV"] * 3


@pytest.mark.parametrize(
    ("language", "first"), [("fi", ["tammi", "helmi"]), ("sv", ["jan", "feb"]), ("en", ["Jan", "Feb"])]
)
def test_a_year_is_months_in_the_language(language, first):
    axis = axis_of(Scale.YEAR, language)

    assert labels(axis.lower)[:2] == first
    assert [tick.short for tick in axis.lower] == [str(month) for month in range(1, 13)]


def test_a_quarter_is_months_over_iso_weeks_of_which_a_phone_names_every_second():
    axis = axis_of(Scale.QUARTER)

    assert labels(axis.upper) == ["huhtikuu 2024", "toukokuu 2024", "kesäkuu 2024"]
    assert labels(axis.lower) == [f"vk {week}" for week in range(14, 27)]
    assert [tick.short for tick in axis.lower if tick.short] == ["14", "16", "18", "20", "22", "24"]  # 26 has no room


def test_the_first_days_of_a_year_belong_to_the_last_week_of_the_year_before():
    assert labels(axis_of(Scale.QUARTER, day=dt.date(2027, 1, 1)).lower)[1] == "vk 1"
    assert dt.date(2027, 1, 1).isocalendar().week == 53


def test_a_council_term_begins_in_the_middle_of_a_year():
    axis = axis_of(Scale.TERM, terms=[(dt.date(2021, 8, 1), dt.date(2025, 5, 31))])

    assert labels(axis.upper) == ["2021", "2022", "2023", "2024", "2025"]
    assert labels(axis.lower)[:3] == ["III", "IV", "I"]


def test_a_hundred_years_are_labelled_by_decades():
    axis = axis_of(Scale.ALL, dated=[dt.date(1955, 1, 1), dt.date(2054, 1, 1)])

    assert axis.upper == ()
    assert labels(axis.lower)[1:4] == ["1960", "1970", "1980"]


@given(
    st.sampled_from(Scale),
    st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)),
    st.lists(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)), max_size=2),
    st.sampled_from(["fi", "sv", "en"]),
)
def test_ticks_fill_the_window_and_their_labels_never_touch(scale, day, dated, language):
    axis = axis_of(scale, language, day, dated=dated)

    for ticks in (axis.upper, axis.lower):
        assert not ticks or (ticks[0].x, round(ticks[-1].x + ticks[-1].width)) == (0, 100)
        assert all(tick.width >= 0 for tick in ticks)
        for room, texts in ((ROOM, [(t.x, t.label) for t in ticks]), (NARROW, [(t.x, t.short) for t in ticks])):
            end = 0.0
            for x, text in texts:
                if text:
                    assert x * room / 100 >= end - 0.1
                    end = x * room / 100 + width_of(text, AXIS_SIZE)
            assert end <= room

import datetime as dt

import pytest

from portfolio.core.timespan import Kind, Precision
from portfolio.roadmap.bars.shape import EDGE, LEAD, SMALLEST, clip, shape_of
from tests.roadmap.items import create_span, day, three_years

WINDOW = three_years()


def bar_of(span, progress=None, window=WINDOW):
    return clip(shape_of(span, window), window, progress)


def ordinal(text):
    return day(text).toordinal()


def test_exact_ends_are_drawn_hard_and_the_last_day_belongs_to_the_bar():
    shape = shape_of(create_span("1.3.2024", "31.5.2024"), WINDOW)

    assert (shape.begins, shape.ends) == (ordinal("1.3.2024"), ordinal("1.6.2024"))
    assert (shape.full_from, shape.full_to) == (shape.begins, shape.ends)
    assert not shape.vague
    assert bar_of(create_span("1.3.2024", "31.5.2024")).seen.fade == ()


def test_a_vague_end_fades_over_the_season_in_which_it_lies():
    shape = shape_of(create_span("1.1.2023", "31.12.2024", end_precision=Precision.SEASON), WINDOW)

    assert shape.full_from == shape.begins
    assert shape.ends - shape.full_to == 123
    assert shape.vague


def test_a_vague_start_rises_over_its_year():
    shape = shape_of(create_span("1.1.2023", "30.6.2025", start_precision=Precision.YEAR), WINDOW)

    assert shape.full_from == ordinal("1.1.2024")
    assert shape.opacity(shape.begins) == EDGE
    assert shape.opacity(ordinal("2.7.2023")) == pytest.approx((1 + EDGE) / 2, abs=0.01)


def test_one_season_keeps_a_full_core_between_its_two_soft_ends():
    shape = shape_of(create_span("1.8.2024", "31.12.2024", Precision.SEASON, Precision.SEASON), WINDOW)

    length = shape.ends - shape.begins
    assert shape.full_from - shape.begins == pytest.approx(length / 3)
    assert shape.ends - shape.full_to == pytest.approx(length / 3)


def test_a_due_date_is_hard_however_vaguely_it_was_said_and_work_rises_towards_it():
    shape = shape_of(create_span(None, "31.12.2024", end_precision=Precision.YEAR, kind=Kind.BY), WINDOW)

    assert shape.ends == ordinal("1.1.2025")
    assert shape.begins == shape.ends - LEAD
    assert shape.last_edge == 1
    assert shape.full_to == shape.ends
    assert shape.first_edge == 0


def test_without_an_end_the_bar_reaches_the_edge_of_the_window_and_fades_to_nothing():
    shape = shape_of(create_span("1.9.2023", kind=Kind.FROM), WINDOW)

    assert shape.ends == WINDOW.ends
    assert shape.last_edge == 0
    assert shape.open
    assert not shape.vague


def test_what_is_ongoing_without_any_day_fades_at_both_edges():
    shape = shape_of(create_span(kind=Kind.ONGOING, words="jatkuva"), WINDOW)

    assert (shape.begins, shape.ends) == (WINDOW.begins, WINDOW.ends)
    assert (shape.first_edge, shape.last_edge) == (0, 0)


def test_what_recurs_is_drawn_as_what_goes_on():
    assert shape_of(create_span(kind=Kind.RECURRING, words="vuosittain"), WINDOW) is not None


def test_words_without_an_interval_have_no_bar():
    assert shape_of(create_span(kind=Kind.UNREAD, words="määräaikaisia"), WINDOW) is None


def test_a_bar_is_cut_at_the_window_and_says_so():
    bar = bar_of(create_span("1.6.2022", "30.6.2030"))

    assert (bar.seen.x, bar.seen.width) == (0, 100)
    assert bar.cut_start
    assert bar.cut_end


def test_a_cut_keeps_the_fade_that_remains_in_the_window():
    bar = bar_of(create_span("1.1.2022", "31.12.2023", Precision.YEAR, Precision.YEAR), window=three_years(2023))

    assert bar.seen.fade[-1] == (100, round(100 * EDGE))
    assert bar.seen.fade[0][1] > 20


def test_a_bar_outside_the_window_is_not_drawn():
    assert bar_of(create_span("1.1.2019", "31.12.2022")) is None
    assert bar_of(create_span("1.1.2026", kind=Kind.FROM)) is None


def test_one_day_in_three_years_can_still_be_seen_even_at_the_edge():
    assert bar_of(create_span("12.5.2024", "12.5.2024")).seen.width == SMALLEST
    last = bar_of(create_span("31.12.2025", "31.12.2025")).seen
    assert (last.x, last.right) == (100 - SMALLEST, 100)


def test_progress_is_a_share_of_the_whole_time_not_of_what_is_seen():
    bar = bar_of(create_span("1.1.2022", "31.12.2023"), progress=75)

    assert bar.done.x == 0
    assert bar.done.width == pytest.approx(33.3 / 2, abs=0.1)


def test_progress_before_the_window_is_not_drawn():
    assert bar_of(create_span("1.1.2020", "31.12.2023"), progress=10).done is None


def test_progress_of_unknown_length_is_not_drawn():
    assert bar_of(create_span("1.1.2023", kind=Kind.FROM), progress=50).done is None


def test_unknown_and_no_progress_draw_nothing():
    assert bar_of(create_span("1.1.2023", "31.12.2023"), progress=None).done is None
    assert bar_of(create_span("1.1.2023", "31.12.2023"), progress=0).done is None


def test_a_hundred_years_fit():
    bar = bar_of(create_span("1.1.1950", "31.12.2049", Precision.YEAR, Precision.YEAR), progress=100)

    assert (bar.seen.x, bar.seen.right, bar.done.right) == (0, 100, 100)


def test_the_first_and_last_days_of_the_calendar_do_no_harm():
    assert bar_of(create_span("1.1.1", "31.12.9999")).seen.width == 100
    assert shape_of(create_span(None, "2.1.1", kind=Kind.BY), WINDOW).begins == 1
    assert dt.date.max.year == 9999

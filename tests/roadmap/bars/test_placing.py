import pytest

from portfolio.core.timespan import Precision
from portfolio.register.rules import Status
from portfolio.roadmap.bars import Side
from tests.roadmap.items import create_item, create_mark, create_span, day, only_row

LONG = create_span("1.1.2023", "31.12.2025")
SHORT = create_span("1.4.2023", "30.4.2023")
AWAY = day("1.1.2020")
"""A today that stands in nobody's way."""


def label_of(**facts):
    return only_row(create_item(**facts), today=AWAY).label


def test_a_label_that_does_not_fit_in_a_short_bar_stands_beside_it():
    label = label_of(span=SHORT, status=Status.APPROVED)

    assert (label.side, label.light) == (Side.RIGHT, False)


def test_at_the_right_edge_the_label_stands_on_the_left():
    label = label_of(span=create_span("1.12.2025", "31.12.2025"), status=Status.APPROVED)

    assert label.side is Side.LEFT


def test_text_in_a_filled_bar_is_light_and_in_an_outline_dark():
    assert label_of(span=LONG, status=Status.APPROVED).light
    assert not label_of(span=LONG, status=Status.PROPOSED).light


def test_text_in_a_filled_bar_stands_only_where_the_bar_is_full():
    soft = create_span("1.1.2023", "31.12.2025", Precision.YEAR, Precision.DAY)

    assert label_of(span=soft, status=Status.APPROVED).x == pytest.approx(33.3, abs=0.1)


def test_a_tentative_time_is_an_outline_with_dark_text():
    row = only_row(create_item(span=create_span("1.1.2023", "31.12.2025", tentative=True), progress=45), today=AWAY)

    assert not row.filled
    assert not row.label.light


def test_the_line_of_today_is_not_written_over():
    row = only_row(create_item(span=LONG, progress=45), today=day("5.1.2023"))

    assert row.label.x > 0


def test_a_label_fits_on_a_phone_only_when_it_is_short():
    assert label_of(span=LONG, progress=45).narrow
    done = {"status": Status.COMPLETED, "completed_on": day("6.10.2023")}
    assert not label_of(span=create_span("1.4.2023", "31.12.2023"), **done).narrow


def test_a_mark_is_named_on_its_right_where_there_is_room():
    row = only_row(create_item(span=SHORT, marks=(create_mark("15.6.2023"),)), today=AWAY)

    [mark] = row.marks
    assert (mark.label.text, mark.label.side, mark.label.line) == ("Ohjausryhmä nimetty", Side.RIGHT, 0)
    assert row.lines == 1


def test_a_mark_in_a_filled_bar_is_named_in_light_text():
    [mark] = only_row(create_item(span=LONG, marks=(create_mark("15.6.2024", title="Väliarvio"),)), today=AWAY).marks

    assert mark.label.light


def test_a_name_that_would_cross_the_bars_edge_goes_below_the_bar():
    span = create_span("1.1.2023", "30.6.2024")
    title = "Väliarvio kaupunginhallitukselle"
    first, last = create_mark("1.1.2023", title="Alku"), create_mark("15.6.2024", title=title)
    row = only_row(create_item(span=span, marks=(first, last), status=Status.PROPOSED, progress=None), today=AWAY)

    assert row.marks[1].label.line in {0, 1}
    assert row.marks[1].label.text == title


def test_a_repeated_name_is_written_once():
    marks = tuple(create_mark(f"30.9.{year}", title="Raportti") for year in (2023, 2024, 2025))
    row = only_row(create_item(span=None, marks=marks), today=AWAY)

    assert [mark.label is not None for mark in row.marks] == [True, False, False]


def test_names_without_room_are_left_to_the_rows_text():
    marks = tuple(create_mark(f"{number}.6.2024", title=f"Ohjausryhmän kokous {number}") for number in range(1, 13))
    row = only_row(create_item(span=LONG, marks=marks), today=AWAY)

    assert len(row.marks) == 12
    assert sum(mark.label is not None for mark in row.marks) < 12


def test_a_name_of_300_letters_is_shortened():
    [mark] = only_row(create_item(span=None, marks=(create_mark(title="Väliarvio " * 30),)), today=AWAY).marks

    assert mark.label.text.endswith("…")
    assert len(mark.label.text) <= 34

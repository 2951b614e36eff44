"""What nobody should type, and somebody does: each has a picture or a sentence in both faces."""

import datetime as dt

import plotly.graph_objects as go
import pytest

from portfolio.core.timespan import COUNCIL_TERMS, Kind
from portfolio.register.rules import Status
from portfolio.roadmap import drawing
from portfolio.roadmap.bars import Arrangement, Need, Scale, choose_window, lay_out, sentence
from portfolio.roadmap.bars.axis import ROOM
from portfolio.roadmap.bars.text_width import width_of
from portfolio.roadmap.figure import gantt
from tests.roadmap.items import HEADS, TODAY, create_item, create_mark, create_span, three_years

ENDLESS_TITLE = "Palvelurakenneuudistushanke" * 12
CENTURY = create_span("1.1.1950", "31.12.2049")


def roadmap_of(*items, window=None):
    return lay_out(items, Arrangement(HEADS, terms=COUNCIL_TERMS), window or three_years(), TODAY, "fi")


def draw(roadmap):
    """Draw both faces, as the pages do."""
    figure = gantt(roadmap, TODAY, "fi")
    go.Figure(data=figure["data"], layout=figure["layout"])
    pieces = [one(roadmap) for one in (drawing.shared, drawing.lines, drawing.terms, drawing.axis, drawing.arrows)]
    return "".join([*pieces, *(drawing.track(row, roadmap.today) for row in roadmap.rows)]), figure


def in_sight(roadmap):
    """Whether all that is drawn lies within the track."""
    stretches = [part for row in roadmap.rows if row.bar for part in (row.bar.seen, row.bar.done) if part]
    return all(0 <= part.x <= part.right <= 100.01 and part.width > 0 for part in stretches)


def test_no_bars_at_all_are_a_sentence_and_an_empty_picture():
    roadmap = roadmap_of()

    draw(roadmap)
    assert (roadmap.rows, sentence(roadmap, "fi")) == ((), "Ei kehittämiskohteita")


def test_what_has_no_dates_is_listed_and_counted_not_drawn():
    roadmap = roadmap_of(create_item(span=None), create_item(span=create_span(kind=Kind.UNREAD)))

    draw(roadmap)
    assert (len(roadmap.undated), roadmap.rows) == (2, ())
    assert "2 ilman ajankohtaa" in sentence(roadmap, "fi")


@pytest.mark.parametrize("scale", Scale)
def test_a_bar_of_a_hundred_years_fits_in_every_window(scale):
    window = choose_window(scale, TODAY, years=3, terms=COUNCIL_TERMS, dated=[CENTURY.start, CENTURY.end])

    roadmap = roadmap_of(create_item(span=CENTURY, progress=99), window=window)

    drawn, figure = draw(roadmap)
    assert in_sight(roadmap)
    assert "rm-bar" in drawn
    assert figure["data"]


def test_one_day_of_a_year_can_be_seen():
    window = choose_window(Scale.YEAR, TODAY, years=1)

    [row] = roadmap_of(create_item(span=create_span("31.12.2024", "31.12.2024")), window=window).rows

    assert row.bar.seen.width >= 0.75
    assert row.bar.seen.right <= 100


def test_a_time_at_the_end_of_the_calendar_is_drawn():
    days = create_span("1.1.1", "31.12.9999")
    window = choose_window(Scale.ALL, TODAY, years=3, dated=[days.start, days.end])

    roadmap = roadmap_of(create_item(span=days, late=True, progress=50), window=window)

    draw(roadmap)
    assert in_sight(roadmap)


def test_titles_without_a_space_lose_no_label_and_push_none_out():
    before = create_item(title=ENDLESS_TITLE, marks=(create_mark(title=ENDLESS_TITLE),))
    after = create_item(title=ENDLESS_TITLE, needs=(Need(before.id, ENDLESS_TITLE, broken=True),))
    roadmap = roadmap_of(before, after)

    _drawn, figure = draw(roadmap)

    [row] = [one for one in roadmap.rows if one.marks]
    label = row.marks[0].label
    assert label is None or width_of(label.text) < ROOM
    assert ENDLESS_TITLE in [mark.title for mark in row.told]
    assert max(map(len, figure["layout"]["yaxis"]["ticktext"])) <= 45
    assert max(map(len, figure["narrow"]["ticktext"])) <= 25


def test_markup_in_a_title_stays_text_in_both_faces():
    mark = create_mark(title="<script>alert(1)</script>")
    drawn, figure = draw(roadmap_of(create_item(title="<b>Kaava</b>", marks=(mark,))))

    assert "<script>" not in drawn
    assert all("<b>" not in text for text in figure["layout"]["yaxis"]["ticktext"])


@pytest.mark.parametrize("status", Status)
def test_one_bar_alone_is_a_whole_picture_whatever_its_status(status):
    roadmap = roadmap_of(create_item(status=status, completed_on=dt.date(2024, 2, 1), progress=100))

    drawn, figure = draw(roadmap)
    assert "rm-bar" in drawn
    assert len(figure["layout"]["yaxis"]["tickvals"]) == 2

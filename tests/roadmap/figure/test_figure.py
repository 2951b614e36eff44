import datetime as dt
import itertools
import json
import re
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.timespan import Kind, Precision
from portfolio.register.rules import Status
from portfolio.roadmap.bars import Arrangement, LaneHead, MarkKind, Tone, lay_out
from portfolio.roadmap.figure import gantt
from portfolio.roadmap.figure.data import STEPS
from portfolio.roadmap.figure.layout import TALLEST
from portfolio.roadmap.figure.tokens import COLOURS, ICE, INK, LANE, LINE, LINGON, PAPER, QUIET, SPRUCE
from tests.roadmap.items import HEADS, TODAY, create_item, create_mark, create_roadmap, create_span, day, three_years

TOKENS = Path(__file__).parents[3] / "portfolio/static/tokens.css"


def figure_of(*items, language="fi", today=TODAY, **options):
    return gantt(create_roadmap(*items, today=today, language=language, **options), today, language)


def trace(figure, name):
    [found] = [one for one in figure["data"] if one["name"] == name]
    return found


def names(figure):
    return [one["name"] for one in figure["data"]]


def test_the_chart_shows_the_rows_of_the_grid_in_their_order():
    items = [
        create_item(lanes=("vitality",)),
        create_item(),
        create_item(span=None, marks=(create_mark(),)),
        create_item(span=create_span("1.1.2019", "31.12.2020"), late=True),
        create_item(span=None),
        create_item(span=create_span("1.1.2010", "31.12.2012")),
    ]
    roadmap = create_roadmap(*items)
    figure = gantt(roadmap, TODAY, "fi")

    drawn = {}
    for one in figure["data"]:
        drawn |= dict(zip(one.get("customdata", ()), one["y"], strict=False))
    assert sorted(drawn, key=drawn.get) == [row.item.id for row in roadmap.rows]


def test_plotly_knows_every_property_of_the_figure():
    figure = figure_of(
        create_item(progress=40, marks=(create_mark(), create_mark(kind=MarkKind.RECURRING))),
        create_item(status=Status.PROPOSED, span=create_span("1.1.2023", kind=Kind.FROM)),
        create_item(span=create_span("1.1.2023", "31.12.2023"), late=True),
    )

    go.Figure({"data": figure["data"], "layout": figure["layout"]})
    assert json.loads(json.dumps(figure)) == figure


def test_an_exact_bar_is_one_piece_of_its_days():
    bars = trace(figure_of(create_item(span=create_span("1.4.2023", "30.6.2023"))), "way")

    assert bars["base"] == ["2023-04-01"]
    assert bars["x"] == [91 * 86_400_000]
    assert bars["marker"]["opacity"] == [1.0]


def pieces_of(bars):
    """When each piece begins and ends, and how opaque the bar is there."""
    begins = [dt.datetime.fromisoformat(base) for base in bars["base"]]
    ends = [base + dt.timedelta(milliseconds=piece) for base, piece in zip(begins, bars["x"], strict=True)]
    below, seen = 0.0, []
    for opacity in bars["marker"]["opacity"]:
        below += (1 - below) * opacity
        seen.append(round(below, 2))
    return list(zip(begins, ends, seen, strict=True))


def test_a_soft_end_is_drawn_in_steps_that_grow_fainter():
    span = create_span("1.1.2023", "31.12.2024", end_precision=Precision.SEASON)
    pieces = pieces_of(trace(figure_of(create_item(span=span)), "way"))

    assert [seen for _, _, seen in pieces] == [0.28, 0.44, 0.6, 0.76, 0.92, 1.0]
    assert len({first for first, _, _ in pieces}) == 1
    lasts = [last for _, last, _ in pieces]
    assert lasts == sorted(lasts, reverse=True)
    assert lasts[0] == dt.datetime(2025, 1, 1)


def test_two_ends_that_are_as_soft_need_no_more_pieces_than_one():
    span = create_span("1.1.2023", "31.12.2024", Precision.SEASON, Precision.SEASON)

    assert len(trace(figure_of(create_item(span=span)), "way")["y"]) == 1 + STEPS


def test_what_is_not_decided_is_hatched_and_what_is_decided_is_filled():
    figure = figure_of(create_item(status=Status.PROPOSED), create_item(status=Status.APPROVED))

    assert "pattern" in trace(figure, "proposed")["marker"]
    assert "pattern" not in trace(figure, "approved")["marker"]


def test_progress_and_lateness_are_drawn():
    figure = figure_of(create_item(span=create_span("1.1.2023", "31.12.2023"), progress=50, late=True))

    assert trace(figure, "progress")["x"] == [365 * 86_400_000 // 2]
    assert trace(figure, "late")["x"] == ["2024-01-01", "2024-05-12", None]


def test_lanes_are_bands_with_bold_titles_that_need_no_markup():
    layout = figure_of(create_item(), create_item(lanes=("vitality",)))["layout"]

    heads = [one for one in layout["annotations"] if one.get("xref") == "paper"]
    assert [(one["text"], one["y"]) for one in heads] == [("Hyvinvointi", 0), ("Elinvoima", 2)]
    assert all("<" not in one["text"] for one in layout["annotations"])
    assert layout["yaxis"]["ticktext"][0] == ""


def test_a_phone_gets_shorter_titles_and_lanes_among_them():
    figure = figure_of(create_item(title="Asiakaspalvelun ja neuvonnan kehittäminen"))

    assert figure["narrow"]["ticktext"] == ["Hyvinvointi", "Asiakaspalvelun ja…"]
    assert len(figure["narrow"]["annotations"]) == 1


def test_titles_that_look_like_markup_stay_text():
    figure = figure_of(create_item(title='<a href="javascript:alert(1)">Kohde</a>', marks=(create_mark(title="<b>"),)))

    text = json.dumps(figure)
    assert "<a" not in text
    assert "&lt;a" in text
    assert "<b>" not in text


def test_the_line_of_today_is_drawn_only_inside_the_window():
    lines = [one["type"] for one in figure_of(create_item())["layout"]["shapes"]]
    assert lines.count("line") == 1

    layout = figure_of(create_item(), today=day("1.1.2030"))["layout"]
    assert [one["type"] for one in layout["shapes"]] == ["rect"]


def test_months_and_days_are_named_in_the_language():
    figure = figure_of(create_item(), language="fi")

    names = figure["locale"]["format"]
    assert (names["months"][0], names["shortMonths"][0]) == ("tammikuu", "tammi")
    assert (names["days"][0], names["days"][1]) == ("sunnuntai", "maanantai")
    assert figure_of(create_item(), language="sv")["locale"]["format"]["shortMonths"][4] == "maj"


def test_very_many_rows_are_panned_not_shrunk():
    figure = figure_of(*(create_item() for _ in range(TALLEST + 50)))
    layout = figure["layout"]

    assert not figure["config"]["showAxisDragHandles"]
    assert layout["yaxis"]["range"] == [TALLEST - 0.5, -0.5]
    assert not layout["yaxis"]["fixedrange"]
    assert (layout["yaxis"]["minallowed"], layout["yaxis"]["maxallowed"]) == (-0.5, TALLEST + 50.5)
    assert layout["dragmode"] == "pan"


def test_no_rows_give_an_empty_chart():
    figure = figure_of()

    assert figure["data"] == []
    go.Figure({"data": figure["data"], "layout": figure["layout"]})


@pytest.mark.parametrize(("start", "end"), [("1.1.1", "31.12.9999"), ("1.1.1950", "31.12.2049")])
def test_years_out_of_reach_do_not_break_the_chart(start, end):
    bars = trace(figure_of(create_item(span=create_span(start, end), progress=50)), "bars")

    assert int(bars["base"][0][:4]) >= 1800


def test_a_lane_within_another_has_no_band_and_is_moved_in():
    inner = (LaneHead("a", "Asuminen"), LaneHead("", "Muut"))
    roadmap = lay_out([create_item(inner_lanes=("a",))], Arrangement(HEADS, inner), three_years(), TODAY, "fi")
    layout = gantt(roadmap, TODAY, "fi")["layout"]

    titles = [(one["text"], one["xshift"] > 0) for one in layout["annotations"] if one.get("xref") == "paper"]
    assert titles == [("Hyvinvointi", False), ("Asuminen", True)]
    assert [one["type"] for one in layout["shapes"]].count("rect") == 1


def test_the_colours_are_those_of_the_style_sheet():
    tokens = dict(re.findall(r"--([\w-]+): (#\w+);", TOKENS.read_text(encoding="utf-8")))

    expected = {
        "ink": INK,
        "line-2": LINE,
        "ice-2": LANE,
        "ice": ICE,
        "lingon": LINGON,
        "spruce": SPRUCE,
        "ink-3": QUIET,
    }
    assert {name: tokens[name] for name in expected} == expected
    assert PAPER == "#ffffff"
    classes = [f"c{number}" for number in range(1, 9)]
    assert {COLOURS[Tone(name)]: name for name in classes} == {tokens[name]: name for name in classes}
    statuses = {colour for tone, colour in COLOURS.items() if tone.value not in classes}
    assert statuses == {tokens[name] for name in ("ink-3", "heather", "lake-2", "spruce")}


@pytest.mark.parametrize("tone", list(Tone))
def test_a_colour_stands_out_on_white_and_carries_white_text(tone):
    channels = [int(COLOURS[tone][place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 3000), st.sampled_from(Precision))
def test_the_pieces_of_a_bar_lie_within_one_another_and_the_first_is_as_long_as_the_bar(start, length, precision):
    if precision in {Precision.OPEN, Precision.NONE}:
        return
    first, last = start, start + dt.timedelta(days=length)
    window_item = create_item(
        span=create_span(f"{first:%-d.%-m.%Y}", f"{last:%-d.%-m.%Y}", precision, precision), late=True
    )
    figure = figure_of(window_item)
    if "way" not in names(figure):
        return
    pieces, slack = pieces_of(trace(figure, "way")), dt.timedelta(minutes=1)
    assert all(
        after[0] >= before[0] - slack and after[1] <= before[1] + slack for before, after in itertools.pairwise(pieces)
    )
    [whole], [length] = (trace(figure, "bars")[name] for name in ("base", "x"))
    assert pieces[0][:2] == pieces_of({"base": [whole], "x": [length], "marker": {"opacity": [1]}})[0][:2]

import datetime as dt

import plotly.graph_objects as go

from portfolio.core.timespan import COUNCIL_TERMS
from portfolio.roadmap.bars import Arrangement, Need, lay_out
from portfolio.roadmap.figure import gantt
from portfolio.roadmap.figure.tokens import LINGON
from tests.roadmap.items import HEADS, TODAY, create_item, create_span, three_years

EXPECTED = dt.date(2025, 1, 1), dt.date(2026, 1, 1)


def figure_of(*items, terms=()):
    roadmap = lay_out(items, Arrangement(HEADS, terms=terms), three_years(2024), TODAY, "fi")
    return gantt(roadmap, TODAY, "fi")


def traces(figure):
    return {one["name"]: one for one in figure["data"] if one.get("mode") == "lines+markers"}


def test_a_dependency_is_a_line_from_the_end_of_one_bar_to_the_beginning_of_the_other():
    plan = create_item(span=create_span("1.1.2024", "31.12.2024"))
    library = create_item(span=create_span("1.1.2026", "31.12.2026"), needs=(Need(plan.id, "Kaava"),))

    figure = figure_of(plan, library)

    go.Figure(data=figure["data"], layout=figure["layout"])
    [line] = traces(figure).values()
    *way, gap = line["x"]
    ends = [dt.datetime.fromtimestamp(moment / 1000, dt.UTC).date() for moment in (way[0], way[-1])]
    assert gap is None
    assert all(abs((found - day).days) <= 1 for found, day in zip(ends, EXPECTED, strict=True))
    assert (line["y"][0], line["y"][-2]) == (1, 2)
    assert line["marker"]["size"][-2] > 0 == line["marker"]["size"][0]


def test_a_broken_dependency_is_red_and_dashed():
    plan = create_item()
    [line] = traces(figure_of(plan, create_item(needs=(Need(plan.id, "Kaava", broken=True),)))).values()

    assert line["line"]["color"] == LINGON
    assert line["line"]["dash"] != "solid"


def test_terms_are_shaded_behind_the_rows_and_named_above():
    bare, figure = figure_of(create_item()), figure_of(create_item(), terms=COUNCIL_TERMS)

    go.Figure(layout=figure["layout"])
    assert len(figure["layout"]["shapes"]) == len(bare["layout"]["shapes"]) + 1
    assert figure["layout"]["margin"]["t"] > bare["layout"]["margin"]["t"]
    texts = [one["text"] for one in figure["layout"]["annotations"]]
    assert {"Valtuustokausi 2021–2025", "Valtuustokausi 2025–2029"} <= set(texts)
    narrow = [one["text"] for one in figure["narrow"]["annotations"]]
    assert "2025–2029" in narrow
    assert not any(text.startswith("Valtuustokausi") for text in narrow)

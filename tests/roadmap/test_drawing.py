import json
import re

import pytest
from bs4 import BeautifulSoup

from portfolio.core.timespan import COUNCIL_TERMS, Kind, Precision
from portfolio.register.rules import Status
from portfolio.roadmap import drawing
from portfolio.roadmap.bars import Arrangement, MarkKind, Need, Sign, Tone, lay_out
from tests.roadmap.bars.test_ghost import changed
from tests.roadmap.items import (
    HEADS,
    TODAY,
    create_item,
    create_mark,
    create_roadmap,
    create_span,
    day,
    only_row,
    three_years,
)

SOFT = create_span("1.4.2023", "31.12.2024", Precision.DAY, Precision.SEASON)


def svg(markup):
    return BeautifulSoup(str(markup), "html.parser")


def track_of(**facts):
    roadmap = create_roadmap(create_item(**facts))
    return svg(drawing.track(roadmap.rows[0], roadmap.today))


def test_a_bar_is_placed_in_per_cent_and_coloured_by_class():
    [bar] = track_of(span=create_span("1.1.2024", "31.12.2024"), status=Status.APPROVED).select("rect.rm-bar")

    assert (bar["x"], bar["width"]) == ("33.3%", "33.4%")
    assert "approved" in bar["class"]
    assert not bar.has_attr("fill")


def test_a_soft_bar_takes_its_paint_from_a_gradient_that_is_defined():
    roadmap = create_roadmap(create_item(span=SOFT, progress=95))
    defined = {one["id"] for one in svg(drawing.shared(roadmap)).select("[id]")}

    used = set(re.findall(r"url\(#([\w-]+)\)", str(drawing.track(roadmap.rows[0], roadmap.today))))
    assert used
    assert used <= defined


def test_bars_of_the_same_softness_share_one_gradient():
    roadmap = create_roadmap(*(create_item(span=SOFT) for _ in range(20)))

    assert len(svg(drawing.shared(roadmap)).select("lineargradient")) == 1


def test_ids_are_unique():
    roadmap = create_roadmap(create_item(span=SOFT), create_item(span=SOFT, status=Status.PROPOSED))
    ids = [one["id"] for one in svg(drawing.shared(roadmap)).select("[id]")]

    assert len(ids) == len(set(ids))


def test_what_is_proposed_is_an_outline_whose_line_fades():
    [bar] = track_of(span=SOFT, status=Status.PROPOSED).select("rect.rm-bar")

    assert "outline" in bar["class"]
    assert bar["stroke"].startswith("url(#rm-proposed-")


def test_a_bar_that_goes_on_beyond_the_window_has_no_round_corner_there():
    [bar] = track_of(span=create_span("1.1.2020", "31.12.2024")).select("svg svg > rect.rm-bar")

    assert float(bar["x"].rstrip("%")) < 0


def test_nothing_in_a_track_is_read_aloud_or_styled_in_place():
    track = track_of(progress=40, marks=(create_mark(),), late=True)

    assert track.svg["aria-hidden"] == "true"
    assert not track.select("[style], [onclick]")


def test_texts_are_escaped():
    markup = str(drawing.track(only_row(create_item(span=None, marks=(create_mark(title="<script>&"),))), None))

    assert "&lt;script&gt;&amp;" in markup


def test_a_mark_is_drawn_by_its_kind_and_green_once_reached():
    marks = (
        create_mark("1.3.2023", kind=MarkKind.RECURRING),
        create_mark("1.3.2024", completed_on=create_mark().start),
    )
    drawn = [one["class"][1] for one in track_of(marks=marks).select(".rm-mark .rm-diamond")]

    assert drawn == ["recurring", "completed"]


def test_the_axis_draws_years_over_quarters_for_wide_and_narrow_tracks():
    axis = svg(drawing.axis(create_roadmap()))

    assert [one.text for one in axis.select(".rm-year")] == ["2023", "2024", "2025"]
    assert len(axis.select(".rm-tick-word")) == 12


def test_today_is_one_line_with_a_white_edge():
    assert [one["class"] for one in track_of().select("line")] == [["rm-today-edge"], ["rm-today"]]

    elsewhere = create_roadmap(create_item(span=create_span("1.1.2030", "31.12.2030")), window=three_years(2030))
    assert "rm-today" not in drawing.track(elsewhere.rows[0], elsewhere.today)


@pytest.mark.parametrize("hatched", [False, True])
@pytest.mark.parametrize("sign", Sign)
def test_every_sign_has_a_picture_for_the_legend(sign, hatched):
    assert svg(drawing.sign(sign, hatched=hatched)).select("rect, line, path")


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_has_a_picture_for_the_legend(tone):
    pictures = {
        str(drawing.tone_sign(tone, filled=filled, hatched=hatched)) for filled, hatched in ((1, 0), (0, 0), (0, 1))
    }

    assert len(pictures) == 3


def test_what_is_open_at_both_ends_fades_to_nothing():
    shared = svg(drawing.shared(create_roadmap(create_item(span=create_span(kind=Kind.ONGOING, words="jatkuva")))))

    stops = [one["stop-opacity"] for one in shared.select("stop")]
    assert (stops[0], stops[-1]) == ("0", "0")


def test_a_ghost_lies_below_the_bar_and_above_it_where_a_vague_milestone_lies_below():
    def top(*marks):
        roadmap = create_roadmap(changed("syksy 2023", "1.1.2024–30.6.2024", marks=marks))
        ghost = svg(drawing.track(roadmap.rows[0], roadmap.today)).select_one(".rm-ghost")
        gradient = ghost["fill"].removeprefix("url(#").removesuffix(")")
        assert svg(drawing.shared(roadmap)).find(id=gradient)
        return int(ghost["y"])

    assert top() > drawing.BAR_TOP
    assert top(create_mark(start=day("1.3.2024"), end=day("31.5.2024"))) < drawing.BAR_TOP


def test_shaded_terms_lie_behind_every_row_and_are_named_above_the_axis():
    roadmap = lay_out([create_item()], Arrangement(HEADS, terms=COUNCIL_TERMS), three_years(2024), TODAY, "fi")

    assert drawing.lines(roadmap).count('class="rm-band"') == 1
    assert "Valtuustokausi 2025–2029" in drawing.terms(roadmap)
    assert drawing.terms(create_roadmap(create_item())) == ""


def test_arrows_are_handed_to_the_script_as_numbers():
    plan = create_item(span=create_span("1.1.2023", "31.12.2023"))
    library = create_item(span=create_span("1.7.2023", "31.12.2024"), needs=(Need(plan.id, "Kaava", broken=True),))
    roadmap = create_roadmap(plan, library)

    told = re.search(r'data-arrows="([^"]+)"', drawing.arrows(roadmap))[1]
    [arrow] = roadmap.arrows
    assert json.loads(told) == [[plan.id, library.id, arrow.x_from, arrow.x_to, 1]]

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from portfolio.core.problem import Refusal
from portfolio.files.document import Paper
from portfolio.roadmap.bars import LaneHead
from portfolio.roadmap.takeout.picture import as_png, picture, sheets_of
from portfolio.roadmap.takeout.picture.frame import ALONE, Head, entries, sheets, wrapped
from portfolio.roadmap.takeout.picture.style import style
from tests.roadmap.items import create_item, create_roadmap
from tests.roadmap.takeout_examples import ABOUT, ARRANGED, arranged_roadmap, full_roadmap

SVG = "{http://www.w3.org/2000/svg}"
UNSTYLED = {
    "rm-shared",
    "rm-axis",
    "rm-svg",
    "rm-row",
    "rm-label",
    "rm-bar-label",
    "rm-mark-label",
    "rm-now",
    "rm-lines",
}
"""Classes that only hold others together, or whose text has the usual colour."""


def classes(svg):
    return {name for words in re.findall(r'class="([^"]+)"', svg) for name in words.split() if name.startswith("rm-")}


def sheets_for(roadmap, about=ABOUT, first=500, room=645):
    return list(sheets_of(roadmap, about, first, room))


@pytest.mark.parametrize("roadmap", [full_roadmap(), arranged_roadmap()], ids=["full", "arranged"])
def test_every_class_that_is_drawn_has_its_colours_in_the_picture(roadmap):
    known = set(re.findall(r"rm-[a-z0-9-]+", style()))

    assert classes(picture(roadmap, ARRANGED).svg) - known - UNSTYLED == set()


@pytest.mark.parametrize("paper", Paper)
def test_sheets_hold_every_row_once_and_none_is_higher_than_its_page(paper):
    roadmap = create_roadmap(*(create_item(lanes=(lane,)) for lane in ("wellbeing", "vitality") for _ in range(40)))
    about = replace(ABOUT, paper=paper)

    found = sheets_for(roadmap, about)

    assert [row.item.id for sheet in found for row in sheet.part.rows] == [row.item.id for row in roadmap.rows]
    assert max(sheet.drawn.height for sheet in found) <= 645
    assert found[0].drawn.height <= 500


def test_a_lane_that_goes_on_says_its_head_again():
    roadmap = create_roadmap(*(create_item() for _ in range(30)))

    second = sheets_for(roadmap)[1].drawn.svg
    assert "Hyvinvointi (jatkuu)" in second


def test_no_head_stands_without_a_row_below_it():
    items = [create_item(lanes=(str(number),), inner_lanes=(str(number),)) for number in range(30)]
    roadmap = create_roadmap(*items, heads=[LaneHead(str(number), f"Kaista {number}") for number in range(30)])

    for room in range(200, 400, 7):
        for page in sheets(entries(roadmap, ALONE), room, room, "fi"):
            assert not isinstance(page[-1], Head)


def test_a_row_higher_than_a_page_stands_there_alone():
    roadmap = create_roadmap(create_item(), create_item())

    assert len(sheets_for(roadmap, first=10, room=10)) == 2


def test_an_arrow_is_drawn_where_both_its_rows_are_and_a_broken_one_otherwise():
    assert sorted(_links(picture(arranged_roadmap(), ARRANGED).svg)) == ["rm-link", "rm-link broken"]
    assert not any(_links(sheet.drawn.svg) for sheet in sheets_for(arranged_roadmap(), first=10, room=10))


def _links(svg):
    """The classes of the arrows between rows: those that turn, unlike the legend's."""
    paths = ET.fromstring(svg).iter(f"{SVG}path")  # noqa: S314 - our own drawing
    links = (one for one in paths if one.get("class", "").startswith("rm-link"))
    return [one.get("class") for one in links if "V" in one.get("d")]


def test_signs_of_control_in_a_title_do_not_break_the_picture():
    assert ET.fromstring(picture(create_roadmap(create_item(title="A\x00\x0bB")), ABOUT).svg)  # noqa: S314 - as above


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Lyhyt", ("Lyhyt",)),
        ("Kirjaston palvelut ja neuvonta", ("Kirjaston palvelut ja", "neuvonta")),
        ("T" * 60, ("TTTTTTTTTTTTTTTT…",)),
        ("Yksi kaksi kolme neljä viisi kuusi seitsemän", ("Yksi kaksi kolme", "neljä viisi kuusi…")),
        ("", ("",)),
    ],
)
def test_a_title_is_broken_into_two_lines_at_most(title, found):
    assert wrapped(title, 160) == found


def test_too_many_rows_for_dots_are_refused_in_words():
    with pytest.raises(Refusal) as refused:
        as_png(create_roadmap(*(create_item() for _ in range(700))), ABOUT)
    assert refused.value.problems[0].params == {"count": 700}


def test_lines_above_the_picture_are_broken_and_nothing_of_them_is_cut():
    about = replace(ABOUT, narrowed=("Rajaus " * 80,))

    root = ET.fromstring(picture(create_roadmap(create_item()), about).svg)  # noqa: S314 - our own drawing
    lines = [one.text for one in root.iter(f"{SVG}text") if one.text.startswith("Rajaus")]
    assert len(lines) > 1
    assert sum(line.count("Rajaus") for line in lines) == 80

from hypothesis import given
from hypothesis import strategies as st

from portfolio.roadmap.bars.screens import ROOM_OF_SCREEN, height_of, in_screens, screens_of
from tests.roadmap.items import create_item, create_roadmap


def test_each_row_is_on_exactly_one_screen_in_order():
    roadmap = create_roadmap(*(create_item(title=f"Kohde {number:02}") for number in range(30)))
    screens = screens_of(roadmap)
    assert [row for screen in screens for row in screen.rows] == list(roadmap.rows)
    assert [(one.part, one.parts) for one in screens] == [(part, len(screens)) for part in range(1, len(screens) + 1)]


def test_a_long_title_takes_more_room():
    short = create_roadmap(create_item(title="Lyhyt")).rows[0]
    long = create_roadmap(create_item(title="Pitkä " * 50)).rows[0]
    assert height_of(short) < height_of(long)


def test_a_lane_without_rows_has_no_screen():
    assert screens_of(create_roadmap()) == []


@given(st.lists(st.floats(0.5, 9)))
def test_no_screen_holds_more_than_fits_unless_one_line_alone_is_too_high(heights):
    parts = in_screens(heights, float, ROOM_OF_SCREEN)
    assert [height for part in parts for height in part] == heights
    assert all(len(part) == 1 or sum(part) <= ROOM_OF_SCREEN for part in parts)

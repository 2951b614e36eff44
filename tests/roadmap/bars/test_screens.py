from hypothesis import given
from hypothesis import strategies as st

from portfolio.roadmap.bars import Arrangement, LaneHead, lay_out
from portfolio.roadmap.bars.screens import (
    ROOM_OF_ROWS,
    for_screens,
    in_screens,
    screens_of,
)
from tests.roadmap.items import HEADS, TODAY, create_item, create_mark, create_roadmap, three_years


def create_items(count, **facts):
    return [create_item(title=f"Kohde {number:03}", **facts) for number in range(count)]


def test_six_rows_fit_and_the_screens_of_a_lane_are_equally_full():
    screens = screens_of(create_roadmap(*create_items(17)))
    assert [len(screen.rows) for screen in screens] == [6, 6, 5]
    assert [len(screen.rows) for screen in screens_of(create_roadmap(*create_items(6)))] == [6]


def test_each_row_is_on_exactly_one_screen_in_order():
    roadmap = create_roadmap(*create_items(30))
    screens = screens_of(roadmap)
    assert [row.item for screen in screens for row in screen.rows] == [row.item for row in roadmap.rows]
    assert [(one.part, one.parts) for one in screens] == [(part, len(screens)) for part in range(1, len(screens) + 1)]


def test_few_rows_are_higher():
    assert [screen.airy for screen in screens_of(create_roadmap(*create_items(5)))] == [True]
    assert [screen.airy for screen in screens_of(create_roadmap(*create_items(6)))] == [False]


def test_labels_are_placed_for_the_narrow_track_and_below_a_bar_too():
    marks = tuple(create_mark(f"{day}.3.2024", title=f"Johtoryhmän kokous {day}") for day in (1, 15, 28))
    roadmap = for_screens(create_roadmap(*create_items(5, marks=marks)), "fi")
    below = [mark for screen in screens_of(roadmap) for row in screen.rows for mark in row.marks if is_below(mark)]
    assert below


def test_inner_lanes_share_the_screens_of_the_lane_round_them_under_their_headings():
    inner = (LaneHead("a", "Palvelut"), LaneHead("b", "Tilat"), LaneHead("", "Muut"))
    items = [*create_items(2, inner_lanes=("a",)), *create_items(6, inner_lanes=("b",))]
    roadmap = lay_out(items, Arrangement(HEADS, inner=inner), three_years(), TODAY, "fi")
    first, second = screens_of(roadmap)
    assert [(group.heading, len(group.rows)) for group in first.groups] == [("Palvelut", 2), ("Tilat", 2)]
    assert [(group.heading, len(group.rows)) for group in second.groups] == [("Tilat", 4)]
    assert first.lane.title == second.lane.title == "Hyvinvointi"
    assert first.lane.count == len(items)


def test_a_lane_without_rows_has_no_screen():
    assert screens_of(create_roadmap()) == []


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=40), st.booleans())
def test_no_screen_is_higher_than_its_room(lanes, one_level):
    inner = () if one_level else (LaneHead("a", "Palvelut"), LaneHead("b", "Tilat"), LaneHead("c", "Muut"))
    items = [create_item(title="Pitkä " * 50, inner_lanes=(lane,)) for lane in lanes]
    screens = screens_of(lay_out(items, Arrangement(HEADS, inner=inner), three_years(), TODAY, "fi"))
    assert sum(len(screen.rows) for screen in screens) == len(items)
    assert all(screen.height <= ROOM_OF_ROWS for screen in screens)


@given(st.lists(st.integers(1, 400), max_size=40))
def test_only_a_line_that_is_too_high_alone_is_higher_than_the_room(heights):
    parts = in_screens(heights, sum, ROOM_OF_ROWS)
    assert [height for part in parts for height in part] == heights
    assert all(len(part) == 1 or sum(part) <= ROOM_OF_ROWS for part in parts)


def is_below(mark):
    return mark.label is not None and mark.label.line == 1

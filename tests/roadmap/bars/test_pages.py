"""Pages of a roadmap of thousands, here of some rows each."""

from dataclasses import replace

from portfolio.roadmap.bars import Arrangement, LaneHead, Need, lay_out
from portfolio.roadmap.bars.pages import part_of
from tests.roadmap.items import HEADS, TODAY, create_item, create_roadmap, create_span, three_years

INNER = (LaneHead("x", "X"), LaneHead("y", "Y"))


def titles(roadmap):
    return [row.item.title for row in (*roadmap.rows, *roadmap.undated, *roadmap.elsewhere)]


def create_mixed():
    """Five rows in two lanes, two without a time, one of another time."""
    lanes = [("wellbeing",)] * 3 + [("vitality",)] * 2
    drawn = [create_item(title=f"{number}", sort=f"{number}", lanes=one) for number, one in enumerate(lanes)]
    undated = [create_item(title=one, sort=one, span=None) for one in "ab"]
    return create_roadmap(*drawn, *undated, create_item(title="z", span=create_span("1.1.2010", "31.12.2010")))


def test_each_initiative_is_on_one_page_in_the_order_of_the_whole():
    whole = create_mixed()
    for most in (1, 2, 3, 4, 8, 9):
        pages = [part_of(whole, first, first + most - 1) for first in range(1, whole.count + 1, most)]
        assert [title for page in pages for title in titles(page)] == titles(whole)
        assert all(page.count == most for page in pages[:-1])


def test_a_lane_that_goes_on_keeps_its_count():
    whole = create_mixed()
    first, second = (part_of(whole, 1, 2), part_of(whole, 3, 4))

    assert [(lane.title, len(lane.rows), lane.count) for lane in first.lanes] == [("Hyvinvointi", 2, 3)]
    assert [(lane.title, len(lane.rows), lane.count) for lane in second.lanes] == [
        ("Hyvinvointi", 1, 3),
        ("Elinvoima", 1, 2),
    ]


def test_an_outer_lane_stands_once_before_those_of_its_lanes_that_are_on_the_page():
    items = [create_item(title=f"{key}{n}", inner_lanes=(key,)) for key in "xy" for n in range(2)]
    whole = lay_out(items, Arrangement(HEADS, INNER), three_years(), TODAY, "fi")

    found = [[lane.key for lane in part_of(whole, first, first + 2).lanes] for first in (1, 4)]
    assert found == [["wellbeing", "wellbeing/x", "wellbeing/y"], ["wellbeing", "wellbeing/y"]]


def test_arrows_lead_between_rows_of_a_page_only():
    plan = create_item(title="Kaava", span=create_span("1.1.2023", "31.12.2023"))
    near, far = (
        create_item(title=f"{n}", needs=(Need(plan.id, "Kaava"),), span=create_span(f"1.{n}.2024", "31.12.2024"))
        for n in (1, 2)
    )
    whole = create_roadmap(plan, near, far)

    assert [(one.before, one.after) for one in part_of(whole, 1, 2).arrows] == [(plan.id, near.id)]
    assert part_of(whole, 3, 4).arrows == ()
    assert part_of(whole, 1, 3) == replace(whole, arrows=part_of(whole, 1, 3).arrows)

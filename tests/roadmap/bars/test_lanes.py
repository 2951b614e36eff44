from decimal import Decimal

import pytest

from portfolio.budgets.rules import Total, add_up
from portfolio.core.timespan import Kind
from portfolio.roadmap.bars import Arrangement, LaneHead, Order, lay_out
from tests.roadmap.items import HEADS, TODAY, create_item, create_span, three_years

INNER = (LaneHead("a", "Asumispalvelut"), LaneHead("b", "Varhaiskasvatus"), LaneHead("", "Ei yksikköä"))


def lay(*items, **arranged):
    return lay_out(items, Arrangement(HEADS, **arranged), three_years(), TODAY, "fi")


def test_an_outer_lane_is_followed_by_those_within_it_and_has_no_rows_of_its_own():
    roadmap = lay(
        create_item(title="1", inner_lanes=("b",)),
        create_item(title="2", inner_lanes=("a",)),
        create_item(title="3", lanes=("vitality",)),
        inner=INNER,
    )

    assert [(lane.key, lane.level, lane.full_title, lane.count, len(lane.rows)) for lane in roadmap.lanes] == [
        ("wellbeing", 1, "Hyvinvointi", 2, 0),
        ("wellbeing/a", 2, "Hyvinvointi – Asumispalvelut", 1, 1),
        ("wellbeing/b", 2, "Hyvinvointi – Varhaiskasvatus", 1, 1),
        ("vitality", 1, "Elinvoima", 1, 0),
        ("vitality/", 2, "Elinvoima – Ei yksikköä", 1, 1),
    ]


def test_an_outer_lane_adds_up_the_money_of_those_within_it():
    roadmap = lay(
        create_item(inner_lanes=("a",), amount=add_up([Decimal(100)])),
        create_item(inner_lanes=("b",), amount=add_up([Decimal(50)])),
        create_item(inner_lanes=("b",)),
        inner=INNER,
    )

    assert [lane.money for lane in roadmap.lanes] == [
        Total(Decimal(150), 1),
        Total(Decimal(100)),
        Total(Decimal(50), 1),
    ]


def test_every_item_is_once_in_a_lane_within_a_lane():
    items = [
        create_item(lanes=lanes, inner_lanes=inner) for lanes in ((), ("x",)) for inner in ((), ("y",), ("a", "b"))
    ]

    assert sorted(row.item.id for row in lay(*items, inner=INNER).rows) == [item.id for item in items]


@pytest.mark.parametrize(("order", "titles"), [(Order.START, "bacd"), (Order.END, "acbd"), (Order.TITLE, "abcd")])
def test_rows_stand_in_the_order_that_is_wanted(order, titles):
    roadmap = lay(
        create_item(title="d", sort="d", span=create_span("1.1.2025", kind=Kind.ONGOING)),
        create_item(title="c", sort="c", span=create_span("1.6.2024", "30.6.2024")),
        create_item(title="b", sort="b", span=create_span("1.1.2023", "31.12.2025")),
        create_item(title="a", sort="a", span=create_span("1.1.2024", "30.6.2024")),
        order=order,
    )

    assert "".join(row.item.title for row in roadmap.rows) == titles


def test_what_has_no_end_comes_last_in_the_order_of_ends():
    roadmap = lay(
        create_item(title="a", span=create_span("1.1.2023", kind=Kind.FROM)),
        create_item(title="b", span=create_span("1.1.2023", "31.12.2030")),
        order=Order.END,
    )

    assert [row.item.title for row in roadmap.rows] == ["b", "a"]

import pytest

from portfolio.roadmap.bars import LaneHead
from portfolio.roadmap.queries import Grouping, usual_grouping


def ways_of(*lanes):
    """Two ways to group: by unit, which are given, and by the parity of the number."""
    heads = tuple(LaneHead(key, key) for key in ("a", "b", ""))
    by_unit = Grouping("unit", "yksikkö", heads, lambda found: lanes[found])
    by_parity = Grouping("scheme-p", "pariteetti", heads, lambda found: ("ab"[found % 2],))
    return [by_unit, by_parity], range(len(lanes))


def test_rows_are_usually_grouped_by_unit():
    ways, found = ways_of(("a",), ("b",))

    assert usual_grouping(ways, found).key == "unit"


@pytest.mark.parametrize("lanes", [((), ()), (("a",), ("a",)), (("a",), ()), (("gone",), ("lost",))])
def test_units_that_tell_nothing_apart_give_way_to_a_classification(lanes):
    ways, found = ways_of(*lanes)

    assert usual_grouping(ways, found).key == "scheme-p"


def test_where_nothing_tells_rows_apart_they_are_grouped_by_unit():
    ways, found = ways_of(("a",))

    assert usual_grouping(ways, found).key == "unit"
    assert usual_grouping(ways, []).key == "unit"

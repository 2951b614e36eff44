import datetime as dt

import pytest
from werkzeug.datastructures import MultiDict

from portfolio.roadmap.bars import LaneHead, Scale
from portfolio.roadmap.forms import Grouping, read_asked, usual_grouping

UNIT = Grouping("unit", "yksikkö", (LaneHead("", "Ei yksikköä"),), lambda _found: ())
SCHEME = Grouping("scheme-nakokulma", "Näkökulma", (LaneHead("", "Ei luokiteltu"),), lambda _found: ())


def asked(**parameters):
    return read_asked(MultiDict(parameters), [UNIT, SCHEME])


def test_nothing_asked_is_some_years_round_today():
    found = asked()

    assert (found.scale, found.day, found.grouping, found.problems) == (Scale.YEARS, None, None, ())


def test_scale_day_and_grouping_are_read():
    found = asked(scale="term", group="scheme-nakokulma", **{"from": "2021-08-01"})

    assert (found.scale, found.day, found.grouping) == (Scale.TERM, dt.date(2021, 8, 1), SCHEME)
    assert found.problems == ()


@pytest.mark.parametrize(
    "parameters",
    [
        {"scale": "century"},
        {"from": "yesterday"},
        {"from": "1899-12-31"},
        {"from": "2024-02-30"},
        {"group": "scheme-gone"},
        {"group": "x" * 500},
    ],
)
def test_what_is_not_known_takes_the_usual_and_is_told(parameters):
    found = asked(**parameters)

    assert (found.scale, found.day, found.grouping) == (Scale.YEARS, None, None)
    [problem] = found.problems
    assert len(problem.params["value"]) <= 40


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

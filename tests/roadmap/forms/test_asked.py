import datetime as dt

import pytest
from werkzeug.datastructures import MultiDict

from portfolio.roadmap.bars import LaneHead, Scale
from portfolio.roadmap.forms import read_asked
from portfolio.roadmap.queries import Grouping

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

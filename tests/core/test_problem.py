import datetime as dt
from decimal import Decimal

import pytest

from portfolio.core.problem import Place, Problem, problem_from_json, problem_to_json

NESTED = Problem("There is no %(what)s.", {"what": "unit"})
KEPT = [
    Problem("Fill this in."),
    Problem("Fill this in.", place="title_fi"),
    Problem("Too long: %(length)s.", {"length": 7}, Place("Toimenpiteet", 12, "C")),
    Problem("%(unknown)s %(near)s %(day)s", {"unknown": NESTED, "near": "A", "day": dt.date(2026, 1, 2)}),
    Problem("%(sum)s %(at)s", {"sum": Decimal("1200.50"), "at": dt.datetime(2026, 1, 2, 3, tzinfo=dt.UTC)}),
]


@pytest.mark.parametrize("problem", KEPT)
def test_a_problem_is_the_same_after_it_was_kept_as_json(problem):
    told = problem_to_json(problem)
    again = problem_from_json(told)
    assert (again, dict(again.params)) == (problem, dict(problem.params))

"""Who may move a bar, and what a move does to milestones and dependencies."""

from types import SimpleNamespace

import pytest

from portfolio.core.timespan import Context, Step, parse
from portfolio.register.rules import Facts, Fit, Status
from portfolio.roadmap.rules import (
    Distance,
    Neighbour,
    Surroundings,
    distance,
    is_movable,
    is_outside,
    judge_move,
    moved_along,
    turned,
)
from tests.factories import acting

CONTEXT = Context.default()


def span(words):
    return parse(words, CONTEXT).value


@pytest.mark.parametrize(
    ("old", "new", "first", "fits"),
    [
        ("kevät 2026", "syksy 2027", False, [Fit.BROKEN]),
        ("syksy 2027", "2025", False, [Fit.KEPT]),
        ("2025", "2026", False, []),
        ("2028", "2025", True, [Fit.BROKEN]),
        ("2028", "jatkuva", True, []),
    ],
)
def test_only_dependencies_that_the_move_turns_are_told(old, new, first, fits):
    other = Neighbour(2, "Käyttöönotto", span("1.2.2027–30.4.2027"), first)
    assert [one.after for one in turned(span(old), span(new), [other])] == fits


@pytest.mark.parametrize(
    ("before", "after", "far"),
    [
        ("syksy 2026", "syksy 2028", Distance(2, Step.YEAR)),
        ("Q2 2026", "Q3 2026", Distance(1, Step.QUARTER)),
        ("tammikuu 2026", "helmikuu 2026", Distance(1, Step.MONTH)),
        ("2.6.2026", "9.6.2026", Distance(7, Step.DAY)),
        ("vuodesta 2025 alkaen", "vuodesta 2024 alkaen", Distance(-1, Step.YEAR)),
        ("2026", "2026–2027", None),
        ("2026", "jatkuva", None),
    ],
)
def test_how_far_a_whole_time_was_moved(before, after, far):
    assert distance(span(before), span(after)) == far


def test_a_milestone_is_outside_only_when_that_is_sure():
    assert is_outside(span("lokakuu 2026"), span("2027"))
    assert is_outside(span("viimeistään 31.12.2028"), span("2027"))
    assert not is_outside(span("syksy 2026"), span("Q4 2026"))
    assert not is_outside(span("jatkuva"), span("2027"))
    assert not is_outside(None, span("2027"))


def test_a_milestone_too_vague_for_the_distance_stays():
    assert moved_along(span("2026"), Distance(1, Step.QUARTER), CONTEXT) is None
    assert moved_along(span("lokakuu 2026"), Distance(1, Step.YEAR), CONTEXT) == span("lokakuu 2027")


@pytest.mark.parametrize("status", Status)
def test_all_but_what_was_merged_into_another_can_be_moved_by_those_who_may_edit_it(status):
    facts = Facts(unit_id=7, owner_post_id=None)
    assert is_movable(acting(1, "office"), facts, status) is (status is not Status.MERGED)
    assert not is_movable(acting(1, "viewer"), facts, status)
    assert not is_movable(acting(1, "reporter", unit_ids={8}), facts, status)


def test_a_move_tells_what_it_turns_and_leaves_outside():
    milestones = [SimpleNamespace(timespan=span(words)) for words in ("lokakuu 2026", "2026", "marraskuu 2027")]
    around = Surroundings((Neighbour(2, "Käyttöönotto", span("kevät 2027"), first=False),), tuple(milestones))

    does = judge_move(span("Q4 2026"), span("Q4 2027"), around, CONTEXT)

    assert [one.after for one in does.orders] == [Fit.BROKEN]
    assert [(one.milestone.timespan.words, one.along and one.along.words) for one in does.strays] == [
        ("lokakuu 2026", "lokakuu 2027"),
        ("2026", "2027"),
    ]
    assert does.any_along


def test_taking_the_time_away_leaves_milestones_where_they_are():
    around = Surroundings((), (SimpleNamespace(timespan=span("2026")),))
    assert judge_move(span("2026"), None, around, CONTEXT).strays == ()

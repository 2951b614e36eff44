"""What a move does to milestones and dependencies."""

import pytest

from portfolio.core.timespan import Context, Step, parse
from portfolio.register.rules.order import Order, order_of
from portfolio.roadmap.rules import Distance, distance, is_outside, moved_along

CONTEXT = Context.default()


def span(words):
    return parse(words, CONTEXT).value


@pytest.mark.parametrize(
    ("before", "after", "order"),
    [
        ("2025", "2026", Order.KEPT),
        ("2026", "2026", Order.UNSURE),
        ("31.5.2026", "1.6.2026", Order.KEPT),
        ("1.6.2026", "31.5.2026", Order.BROKEN),
        ("syksy 2027", "kevät 2027", Order.BROKEN),
        ("syksy 2026", "Q4 2026", Order.UNSURE),
        ("jatkuva", "2026", Order.UNSURE),
        ("2025", "viimeistään 2026", Order.UNSURE),
    ],
)
def test_an_order_holds_breaks_or_cannot_be_told(before, after, order):
    assert order_of(span(before), span(after)) is order


def test_an_order_with_what_has_no_time_cannot_be_told():
    assert order_of(None, span("2026")) is Order.UNSURE


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

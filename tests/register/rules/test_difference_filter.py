"""What a filter keeps of a difference, and what it says of an initiative that it keeps at one of the two times only."""

import datetime as dt
from types import SimpleNamespace

import pytest

from portfolio.core.timespan import Context, parse
from portfolio.register.rules import Aspect, Earlier, InitiativeFilter, Status, judge_item, narrow
from portfolio.register.rules.parts_difference import PartChanges
from portfolio.reviews.rules import Health

TODAY = dt.date(2026, 5, 4)


def span(words):
    return parse(words, Context.default()).value


def row(**facts):
    """An initiative as it is now, in the autumn of 2026."""
    time = facts.pop("timespan", span("syksy 2026"))
    ends = {"starts_on": time and time.start, "ends_on": time and time.end, "undated": time is None}
    usual = {"id": 1, "removed": False, "status": Status.APPROVED, "unit_id": 7, "search_text": "koulu"}
    return SimpleNamespace(**usual | {"timespan": time} | ends | facts)


def judged(cells, *, parts=None, **facts):
    now = {name: new for name, (_old, new) in cells.items() if name != "removed"}
    extra = {"parts": parts} if parts else {}
    return judge_item(row(**now | facts), cells, born=False, money={}, **extra)


def told(item, wanted, **given):
    """The aspects of what the filter keeps, None where it keeps nothing."""
    found = [one.aspects for one in narrow([item], wanted, given.pop("classes", {}), TODAY, **given)]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("cells", "wanted", "aspects"),
    [
        ({"unit_id": (7, 8)}, InitiativeFilter(unit_ids=frozenset({7})), {Aspect.UNIT, Aspect.EXITED}),
        ({"unit_id": (7, 8)}, InitiativeFilter(unit_ids=frozenset({8})), {Aspect.UNIT, Aspect.ENTERED}),
        ({"unit_id": (7, 8)}, InitiativeFilter(unit_ids=frozenset({7, 8})), {Aspect.UNIT}),
        ({"unit_id": (7, 8)}, InitiativeFilter(unit_ids=frozenset({9})), None),
        ({"unit_id": (7, 8)}, InitiativeFilter(), {Aspect.UNIT}),
        (
            {"timespan": (span("2025"), span("2028"))},
            InitiativeFilter(year_from=2026, year_to=2028),
            {Aspect.TIME, Aspect.ENTERED},
        ),
        ({"timespan": (span("2025"), None)}, InitiativeFilter(undated=False), {Aspect.TIME, Aspect.EXITED}),
        ({"timespan": (None, span("2028"))}, InitiativeFilter(undated=True), {Aspect.TIME, Aspect.EXITED}),
    ],
)
def test_what_the_filter_keeps_at_one_time_only_says_so_beside_what_changed(cells, wanted, aspects):
    assert told(judged(cells), wanted) == aspects


def test_classes_that_came_and_went_are_asked_of_their_own_time():
    moved = judged({}, parts=PartChanges(classes={1: (frozenset({4}), frozenset({5}))}))
    old, new = (InitiativeFilter(category_groups=frozenset({frozenset({one})})) for one in (4, 5))

    assert told(moved, old, classes={1: {5}}) == {Aspect.CLASS, Aspect.EXITED}
    assert told(moved, new, classes={1: {5}}) == {Aspect.CLASS, Aspect.ENTERED}


def test_words_are_looked_for_in_the_text_of_their_own_time():
    renamed = judged({"title_fi": ("Koulu", "Lukio")}, search_text="lukio")

    assert told(renamed, InitiativeFilter(text="koulu"), texts={1: "koulu"}) == {Aspect.TITLE, Aspect.EXITED}
    assert told(renamed, InitiativeFilter(text="lukio"), texts={1: "koulu"}) == {Aspect.TITLE, Aspect.ENTERED}


def test_a_filter_that_names_other_initiatives_at_the_earlier_time_is_asked_as_it_was_then():
    worse = judge_item(row(), {}, born=False, money={}, health=(Health.GREEN, Health.RED))
    red, nobody = InitiativeFilter(ids=frozenset({1})), InitiativeFilter(ids=frozenset())

    assert told(worse, red, before=nobody) == {Aspect.HEALTH, Aspect.ENTERED}
    assert told(worse, nobody, before=red) == {Aspect.HEALTH, Aspect.EXITED}
    assert told(worse, red, before=red) == {Aspect.HEALTH}


@pytest.mark.parametrize(("removed", "aspect"), [((False, True), Aspect.LEFT), ((True, False), Aspect.JOINED)])
def test_what_joined_or_left_says_nothing_of_the_filter(removed, aspect):
    item = judged({"removed": removed}, removed=removed[1])

    assert told(item, InitiativeFilter(unit_ids=frozenset({7}))) == {aspect}
    assert told(item, InitiativeFilter(unit_ids=frozenset({8}))) is None


def test_an_initiative_as_it_was_has_its_old_columns_and_the_ends_of_its_old_time():
    earlier = Earlier(judged({"timespan": (span("kevät 2025"), None), "unit_id": (3, 7)}))

    assert (earlier.unit_id, earlier.status) == (3, Status.APPROVED)
    assert (earlier.starts_on, earlier.undated) == (span("kevät 2025").start, False)

"""What changed in milestones and classes, judged and said."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portfolio.core.timespan import Context, parse
from portfolio.register.rules import Aspect, Difference, cells_of, difference_sentence, fate_words, judge_item, lines_of
from portfolio.register.rules.parts_difference import MilestoneFate, PartChanges, judge_milestone

DONE = dt.date(2026, 6, 30)


def span(words):
    return parse(words, Context.default()).value


@dataclass(frozen=True)
class Row:
    id: int = 1
    removed: bool = False
    title_fi: str = "Väliraportti"
    title_sv: str | None = "Mellanrapport"
    timespan: Any = None
    completed_on: dt.date | None = None


def judged(cells=None, *, born=False, **facts):
    return judge_milestone(Row(**facts), cells or {}, born=born)


def said(*milestones, language="fi", classes=None, names=None):
    parts = PartChanges(tuple(milestones), classes or {})
    item = judge_item(Row(), {}, born=False, money={}, parts=parts)
    return lines_of(fate_words(item, language), cells_of(item, names or {}, language), language)


def test_a_milestone_that_moved_says_by_how_much():
    change = judged({"timespan": (span("30.6.2026"), span("31.8.2026"))}, timespan=span("31.8.2026"))
    assert said(change) == ["Etappi: Väliraportti: 30.6.2026 → 31.8.2026 (siirtyi: 62 päivää myöhemmin)"]


def test_a_milestone_that_was_completed_says_on_which_day():
    change = judged({"completed_on": (None, DONE)}, completed_on=DONE)
    assert said(change, language="sv") == ["Milstolpe: Mellanrapport: inte färdig → färdig 30.6.2026"]


def test_a_new_milestone_and_one_that_was_removed_say_so():
    new, gone = judged(born=True, timespan=span("2027")), judged({"removed": (False, True)}, removed=True)
    assert (new.fate, gone.fate) == (MilestoneFate.ADDED, MilestoneFate.REMOVED)
    assert said(new, gone) == ["Etappi: Väliraportti: ei ollut → 2027", "Etappi: Väliraportti: lisätty → poistettu"]


def test_a_milestone_that_came_and_went_or_whose_texts_changed_is_not_told():
    assert judged({"removed": (False, True)}, born=True, removed=True) is None
    assert judged({"title_fi": ("a", "b")}) is None


def test_classes_are_said_by_their_scheme():
    names = {("category_scheme", 1): "Näkökulma", ("category", 2): "Elinvoima", ("category", 3): "Hyvinvointi"}
    assert said(classes={1: (frozenset({2}), frozenset({3}))}, names=names) == ["Näkökulma: Elinvoima → Hyvinvointi"]
    assert said(classes={1: (frozenset(), frozenset({3}))}, names=names) == ["Näkökulma: ei tietoa → Hyvinvointi"]


def test_both_are_kinds_of_change_and_counted():
    parts = PartChanges((judged(born=True),), {1: (frozenset({2}), frozenset({3}))})
    item = judge_item(Row(), {}, born=False, money={}, parts=parts)
    assert item.aspects == {Aspect.MILESTONE, Aspect.CLASS}
    words = difference_sentence(Difference(1, None, (item,)), "fi")
    assert words == "1 kehittämiskohde on muuttunut: 1 kohteen etapit muuttuivat, 1 kohteen luokat muuttuivat."

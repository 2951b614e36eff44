"""Differences in words: the one sentence, what happened to an initiative, and its cells as old and new. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from portfolio.core.language import N_, say, say_plural
from portfolio.core.money import NOT_KNOWN, format_appropriation, format_money
from portfolio.register.rules.difference import ASPECTS, Aspect, Difference, ItemDifference, Shift
from portfolio.register.rules.difference_cells import CellWords, class_cells, health_cell, milestone_cells, time_words
from portfolio.register.rules.fields import Names, say_field, say_value
from portfolio.register.rules.grades import Turn

ASPECT_WORDS: Mapping[Aspect, str] = MappingProxyType(
    {
        Aspect.JOINED: N_("Joined"),
        Aspect.LEFT: N_("Left"),
        Aspect.ENTERED: N_("Came to match the filter"),
        Aspect.EXITED: N_("No longer matches the filter"),
        Aspect.TIME: N_("Time"),
        Aspect.STATUS: N_("Status"),
        Aspect.HEALTH: N_("Health"),
        Aspect.MILESTONE: N_("Milestones"),
        Aspect.MONEY: N_("Money"),
        Aspect.OWNER: N_("Responsible post"),
        Aspect.UNIT: N_("Unit"),
        Aspect.CLASS: N_("Classes"),
        Aspect.TITLE: N_("Title"),
        Aspect.TEXT: N_("Texts"),
        Aspect.OTHER: N_("Other facts"),
    }
)
FATES: Mapping[Aspect, str] = MappingProxyType(
    {
        Aspect.JOINED: N_("It joined"),
        Aspect.LEFT: N_("It left"),
        Aspect.ENTERED: N_("Came to match the filter"),
        Aspect.EXITED: N_("No longer matches the filter"),
    }
)
"""What became of an initiative that was not there, or not among those looked at, at both times."""

NOTHING = N_("Nothing has changed.")
CELL = N_("%(label)s: %(old)s → %(new)s")
NOTED = N_("%(cell)s (%(note)s)")
SHORT, MOST_SHOWN = 90, 3
"""Letters of a value that can stand in a row of the roadmap, and how many cells of one initiative can."""


class KnownSum(Protocol):
    """A sum of money that tells what it leaves out, as ``budgets.rules.Sum`` does."""

    @property
    def known(self) -> Decimal | None:
        """Euros known, None where nothing is."""

    @property
    def unknown(self) -> int:
        """How many amounts are not known."""


def sentence(difference: Difference, language: str) -> str:
    """Count in one sentence what differs."""
    count = len(difference.items)
    if not count:
        return say(NOTHING, language)
    parts = ", ".join(words for number, words in _counts(difference, language) if number)
    return say_plural(
        "%(num)s initiative differs: %(parts)s.", "%(num)s initiatives differ: %(parts)s.", count, language, parts=parts
    )


def aspect_counts(difference: Difference) -> Iterator[tuple[Aspect, int]]:
    """Count the initiatives of each kind of change that occurs."""
    for aspect in ASPECT_WORDS:
        if number := difference.count(aspect):
            yield aspect, number


def say_aspect(aspect: Aspect, language: str) -> str:
    """Name a kind of change."""
    return say(ASPECT_WORDS[aspect], language)


def cells_of(item: ItemDifference, names: Names, language: str) -> list[CellWords]:
    """Put what differs in an initiative into words, in the order of the aspects; what joined or left has no cells."""
    told = [
        CellWords(
            ASPECTS.get(name, Aspect.OTHER),
            say_field(name, language),
            say_value(name, old, names, language),
            say_value(name, new, names, language),
            time_words(item.time, language) if name == "timespan" and item.time else None,
        )
        for name, (old, new) in item.cells.items()
    ]
    money = [
        CellWords(
            Aspect.MONEY,
            say(N_("Appropriation %(year)s"), language, year=str(year)),
            sum_words(old, language),
            sum_words(new, language),
        )
        for year, (old, new) in item.money.items()
    ]
    parts = [*milestone_cells(item.parts, language), *class_cells(item.parts, names)]
    parts += [health_cell(*item.health, language)] if item.health is not None else []
    order = list(ASPECT_WORDS)
    return sorted([*told, *money, *parts], key=lambda one: order.index(one.aspect))


def fate_words(item: ItemDifference, language: str) -> str | None:
    """Say that an initiative joined or left, itself or what a filter keeps; None where it was there at both times."""
    return next((say(words, language) for aspect, words in FATES.items() if aspect in item.aspects), None)


def lines_of(fate: str | None, cells: Iterable[CellWords], language: str) -> list[str]:
    """Say a difference line by line: what :func:`fate_words` gave, then each cell: "Tila: Hyväksytty → Käynnissä"."""
    return [*([fate] if fate else []), *(cell_line(one, language) for one in cells)]


def in_short(cells: Iterable[CellWords]) -> tuple[list[CellWords], list[str]]:
    """Give the cells that fit in a row, at most MOST_SHOWN, and what the others are called; texts are only named."""
    shown: list[CellWords] = []
    named: list[str] = []
    for cell in cells:
        is_short = max(len(cell.old or ""), len(cell.new or "")) <= SHORT
        if cell.aspect is not Aspect.TEXT and is_short and len(shown) < MOST_SHOWN:
            shown.append(cell)
        else:
            named.append(cell.label)
    return shown, list(dict.fromkeys(named))


def cell_line(cell: CellWords, language: str) -> str:
    """Say one cell: its name, old → new, and its note."""
    old, new = (say(NOT_KNOWN, language) if side is None else side for side in (cell.old, cell.new))
    line = say(CELL, language, label=cell.label, old=old, new=new)
    return say(NOTED, language, cell=line, note=cell.note) if cell.note else line


def sum_words(one: KnownSum | None, language: str) -> str | None:
    """Say a year's sum with what it leaves out, zero in words; None where nothing is known."""
    if one is None or one.known is None:
        return None
    if not one.unknown:
        return format_appropriation(one.known, language)
    words = format_money(one.known, language)
    left_out = say_plural("%(num)s amount not known", "%(num)s amounts not known", one.unknown, language)
    return f"{words} ({left_out})"


def _counts(difference: Difference, language: str) -> Iterator[tuple[int, str]]:
    """Count each kind of change, a time that only became known more exactly apart from one that moved."""

    def ngettext(one: str, many: str, count: int) -> tuple[int, str]:  # a name by which texts are collected
        return count, say_plural(one, many, count, language)

    count, shifts = difference.count, difference.count_shift
    moved, clearer = shifts(Shift.MOVED), shifts(Shift.CLEARER)
    other = count(Aspect.TIME) - moved - clearer
    yield ngettext("%(num)s joined", "%(num)s joined", count(Aspect.JOINED))
    yield ngettext("%(num)s left", "%(num)s left", count(Aspect.LEFT))
    entered, exited = count(Aspect.ENTERED), count(Aspect.EXITED)
    yield ngettext("%(num)s came to match the filter", "%(num)s came to match the filter", entered)
    yield ngettext("%(num)s no longer matches the filter", "%(num)s no longer match the filter", exited)
    yield ngettext("%(num)s moved", "%(num)s moved", moved)
    yield ngettext("the time of %(num)s became more exact", "the times of %(num)s became more exact", clearer)
    yield ngettext("the time of %(num)s changed otherwise", "the times of %(num)s changed otherwise", other)
    yield ngettext("the status of %(num)s changed", "the status of %(num)s changed", count(Aspect.STATUS))
    turns = difference.count_turn
    improved, worsened = turns(Turn.IMPROVED), turns(Turn.WORSENED)
    yield ngettext("the health of %(num)s improved", "the health of %(num)s improved", improved)
    yield ngettext("the health of %(num)s worsened", "the health of %(num)s worsened", worsened)
    yield ngettext(
        "%(num)s was assessed for the first time", "%(num)s were assessed for the first time", turns(Turn.GRADED)
    )
    yield ngettext(
        "the assessment of %(num)s was taken back", "the assessments of %(num)s were taken back", turns(Turn.UNGRADED)
    )
    milestones = count(Aspect.MILESTONE)
    yield ngettext("the milestones of %(num)s changed", "the milestones of %(num)s changed", milestones)
    yield ngettext("the money of %(num)s changed", "the money of %(num)s changed", count(Aspect.MONEY))
    owner = count(Aspect.OWNER)
    yield ngettext("the responsible post of %(num)s changed", "the responsible post of %(num)s changed", owner)
    yield ngettext("the unit of %(num)s changed", "the unit of %(num)s changed", count(Aspect.UNIT))
    yield ngettext("the classes of %(num)s changed", "the classes of %(num)s changed", count(Aspect.CLASS))
    yield ngettext("the title of %(num)s changed", "the title of %(num)s changed", count(Aspect.TITLE))
    yield ngettext("texts of %(num)s changed", "texts of %(num)s changed", count(Aspect.TEXT))
    yield ngettext("other facts of %(num)s changed", "other facts of %(num)s changed", count(Aspect.OTHER))

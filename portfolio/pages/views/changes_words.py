"""Differences in words: the one sentence, what happened to an initiative, and its cells as old and new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from portfolio.budgets.rules import Sum
from portfolio.core.history import CellChange
from portfolio.core.language import N_
from portfolio.core.money import format_money
from portfolio.pages.queries.words import Speaker
from portfolio.register.rules import ASPECTS, Aspect, Difference, ItemDifference, Moved, Shift, TimeChange
from portfolio.web.current import current
from portfolio.web.language import gettext, ngettext

ASPECT_WORDS: Mapping[Aspect, str] = MappingProxyType(
    {
        Aspect.JOINED: N_("Joined"),
        Aspect.LEFT: N_("Left"),
        Aspect.TIME: N_("Time"),
        Aspect.STATUS: N_("Status"),
        Aspect.MONEY: N_("Money"),
        Aspect.OWNER: N_("Responsible post"),
        Aspect.UNIT: N_("Unit"),
        Aspect.TITLE: N_("Title"),
        Aspect.TEXT: N_("Texts"),
        Aspect.OTHER: N_("Other facts"),
    }
)
SHIFT_WORDS: Mapping[Shift, str] = MappingProxyType(
    {
        Shift.MOVED: N_("moved"),
        Shift.CLEARER: N_("became more exact"),
        Shift.VAGUER: N_("became vaguer"),
        Shift.DATED: N_("got a time"),
        Shift.UNDATED: N_("lost its time"),
        Shift.REWORDED: N_("is put in other words"),
    }
)


@dataclass(frozen=True, slots=True)
class CellWords:
    """One thing that differs: what it is called, as (old, new), and a note such as by how many days."""

    aspect: Aspect
    label: str
    old: str | None
    new: str | None
    note: str | None = None


def sentence(difference: Difference) -> str:
    """Count in one sentence what differs."""
    count = len(difference.items)
    if not count:
        return gettext("Nothing has changed.")
    parts = [words for number, words in _counts(difference) if number]
    whole: str = ngettext("%(num)s initiative differs: %(parts)s.", "%(num)s initiatives differ: %(parts)s.", count,
                     parts=", ".join(parts))  # fmt: skip
    return whole


def aspect_counts(difference: Difference) -> Iterator[tuple[Aspect, int]]:
    """Count the initiatives of each kind of change that occurs."""
    for aspect in ASPECT_WORDS:
        if number := difference.count(aspect):
            yield aspect, number


def cells_of(items: Iterable[ItemDifference]) -> list[list[CellWords]]:
    """Put the cells of each item into words; the names they refer to are read at once."""
    listed = list(items)
    changes = [
        CellChange("initiative", item.row.id, name, *pair) for item in listed for name, pair in item.cells.items()
    ]
    speaker = Speaker(current.session, current.municipality.id, changes, current.language)
    return [list(_cells(item, speaker)) for item in listed]


def _cells(item: ItemDifference, speaker: Speaker) -> Iterator[CellWords]:
    order = list(ASPECT_WORDS)
    told = [
        CellWords(
            ASPECTS.get(name, Aspect.OTHER),
            speaker.field("initiative", name),
            speaker.value("initiative", name, old),
            speaker.value("initiative", name, new),
            time_words(item.time) if name == "timespan" and item.time else None,
        )
        for name, (old, new) in item.cells.items()
    ]
    money = [
        CellWords(Aspect.MONEY, gettext("Appropriation %(year)s", year=str(year)), _sum_words(old), _sum_words(new))
        for year, (old, new) in item.money.items()
    ]
    yield from sorted([*told, *money], key=lambda one: order.index(one.aspect))


def time_words(change: TimeChange) -> str:
    """Say what became of a time, and by how many days its ends moved."""
    ends = [*_start_words(change.start), *_end_words(change.end)]
    words = gettext(SHIFT_WORDS[change.shift])
    return f"{words}: {', '.join(ends)}" if ends else words


def _start_words(moved: Moved | None) -> Iterator[str]:
    if moved is None:
        return
    days, about = abs(moved.days), _about(moved)
    if moved.days > 0:
        yield ngettext("start %(about)s%(num)s day later", "start %(about)s%(num)s days later", days, about=about)
    else:
        yield ngettext("start %(about)s%(num)s day earlier", "start %(about)s%(num)s days earlier", days, about=about)


def _end_words(moved: Moved | None) -> Iterator[str]:
    if moved is None:
        return
    days, about = abs(moved.days), _about(moved)
    if moved.days > 0:
        yield ngettext("end %(about)s%(num)s day later", "end %(about)s%(num)s days later", days, about=about)
    else:
        yield ngettext("end %(about)s%(num)s day earlier", "end %(about)s%(num)s days earlier", days, about=about)


def _about(moved: Moved) -> str:
    """Say that days between vague times are not to be taken to the day."""
    return "" if moved.exact else gettext("about ")


def _sum_words(one: Sum | None) -> str | None:
    """Say a year's sum with what it leaves out; None where nothing is known."""
    if one is None or one.known is None:
        return None
    words = format_money(one.known, current.language)
    if not one.unknown:
        return words
    left_out = ngettext("%(num)s amount not known", "%(num)s amounts not known", one.unknown)
    return f"{words} ({left_out})"


def _counts(difference: Difference) -> Iterator[tuple[int, str]]:
    """Count each kind of change, a time that only became known more exactly apart from one that moved."""
    count, shifts = difference.count, difference.count_shift
    joined, left, moved = count(Aspect.JOINED), count(Aspect.LEFT), shifts(Shift.MOVED)
    yield joined, ngettext("%(num)s joined", "%(num)s joined", joined)
    yield left, ngettext("%(num)s left", "%(num)s left", left)
    yield moved, ngettext("%(num)s moved", "%(num)s moved", moved)
    clearer = shifts(Shift.CLEARER)
    yield clearer, ngettext("the time of %(num)s became more exact", "the times of %(num)s became more exact", clearer)
    other = count(Aspect.TIME) - moved - clearer
    yield other, ngettext("the time of %(num)s changed otherwise", "the times of %(num)s changed otherwise", other)
    status, money, owner = count(Aspect.STATUS), count(Aspect.MONEY), count(Aspect.OWNER)
    yield status, ngettext("the status of %(num)s changed", "the status of %(num)s changed", status)
    yield money, ngettext("the money of %(num)s changed", "the money of %(num)s changed", money)
    yield owner, ngettext("the responsible post of %(num)s changed", "the responsible post of %(num)s changed", owner)
    unit, title = count(Aspect.UNIT), count(Aspect.TITLE)
    yield unit, ngettext("the unit of %(num)s changed", "the unit of %(num)s changed", unit)
    yield title, ngettext("the title of %(num)s changed", "the title of %(num)s changed", title)
    texts, facts = count(Aspect.TEXT), count(Aspect.OTHER)
    yield texts, ngettext("texts of %(num)s changed", "texts of %(num)s changed", texts)
    yield facts, ngettext("other facts of %(num)s changed", "other facts of %(num)s changed", facts)

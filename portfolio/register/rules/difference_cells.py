"""Cells of a difference in words: by how much a time moved, what became of milestones, which classes came and went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from portfolio.core.language import N_, format_date, in_language, say, say_plural
from portfolio.core.timespan import Timespan
from portfolio.register.rules.difference import Aspect, Moved, Shift, TimeChange, judge_time
from portfolio.register.rules.fields import Names
from portfolio.register.rules.grades import TURN_WORDS, Grade, turn_of
from portfolio.register.rules.parts_difference import MilestoneChange, MilestoneFate, PartChanges

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
MILESTONE = N_("Milestone: %(title)s")
HEALTH, NOT_GRADED = N_("Health"), N_("not assessed")
NOT_THERE, ADDED, REMOVED = N_("was not there"), N_("added"), N_("removed")
NOT_DONE, DONE = N_("not completed"), N_("completed %(day)s")


@dataclass(frozen=True, slots=True)
class CellWords:
    """One thing that differs: what it is called, as (old, new), and a note such as by how many days."""

    aspect: Aspect
    label: str
    old: str | None
    new: str | None
    note: str | None = None


def milestone_cells(parts: PartChanges, language: str) -> Iterator[CellWords]:
    """Say what became of each milestone: that it is new or gone, when it is now, that it was completed."""
    for one in parts.milestones:
        label = say(MILESTONE, language, title=in_language(one.title_fi, one.title_sv, language))
        if one.fate is MilestoneFate.ADDED:
            yield CellWords(Aspect.MILESTONE, label, say(NOT_THERE, language), _when(one, language))
        elif one.fate is MilestoneFate.REMOVED:
            yield CellWords(Aspect.MILESTONE, label, _when(one, language, 0), say(REMOVED, language))
        else:
            yield from _moved_cells(one, label, language)


def _moved_cells(one: MilestoneChange, label: str, language: str) -> Iterator[CellWords]:
    (old, new), (was_done, done) = one.time, one.completed
    if old != new:
        was, now = (span.words if span is not None else None for span in (old, new))
        yield CellWords(Aspect.MILESTONE, label, was, now, time_words(judge_time(old, new), language))
    if was_done != done:
        sides = [say(DONE, language, day=day) if day else say(NOT_DONE, language) for day in (was_done, done)]
        yield CellWords(Aspect.MILESTONE, label, *sides)


def _when(one: MilestoneChange, language: str, side: int = 1) -> str:
    """Say when a milestone is, or that it was added, where its time is not known."""
    done, span = one.completed[side], one.time[side]
    if done is not None:
        return say(DONE, language, day=format_date(done, language))
    return span.words if span is not None and span.words else say(ADDED, language)


def class_cells(parts: PartChanges, names: Names) -> Iterator[CellWords]:
    """Say by scheme which classes an initiative left, and which it got."""
    for scheme, sides in parts.classes.items():
        told = [", ".join(sorted(names.get(("category", one), f"#{one}") for one in side)) or None for side in sides]
        yield CellWords(Aspect.CLASS, names.get(("category_scheme", scheme), f"#{scheme}"), *told)


def health_cell(old: Grade | None, new: Grade | None, language: str) -> CellWords:
    """Say what an initiative's health was and is in its fixed words, and whether it got better or worse."""
    was, is_now = (say(NOT_GRADED if one is None else one.words, language) for one in (old, new))
    return CellWords(Aspect.HEALTH, say(HEALTH, language), was, is_now, say(TURN_WORDS[turn_of(old, new)], language))


def time_words(change: TimeChange, language: str) -> str:
    """Say what became of a time, and by how many days its ends moved."""
    whole = _is_day(change.old) and _is_day(change.new) and change.start is not None and change.start == change.end
    ends = list(
        _whole_words(change.start, language)
        if whole
        else (*_start_words(change.start, language), *_end_words(change.end, language))
    )
    words = say(SHIFT_WORDS[change.shift], language)
    return f"{words}: {', '.join(ends)}" if ends else words


def _is_day(span: Timespan | None) -> bool:
    return span is not None and span.start is not None and span.start == span.end


def _whole_words(moved: Moved | None, language: str) -> Iterator[str]:
    """Say by how much a single day moved: it has no beginning and end to tell apart."""
    if moved is None:
        return
    days, about = abs(moved.days), _about(moved, language)
    later = say_plural("%(about)s%(num)s day later", "%(about)s%(num)s days later", days, language, about=about)
    earlier = say_plural("%(about)s%(num)s day earlier", "%(about)s%(num)s days earlier", days, language, about=about)
    yield later if moved.days > 0 else earlier


def _start_words(moved: Moved | None, language: str) -> Iterator[str]:
    if moved is None:
        return
    days, about = abs(moved.days), _about(moved, language)
    later = say_plural(
        "start %(about)s%(num)s day later", "start %(about)s%(num)s days later", days, language, about=about
    )
    earlier = say_plural(
        "start %(about)s%(num)s day earlier", "start %(about)s%(num)s days earlier", days, language, about=about
    )
    yield later if moved.days > 0 else earlier


def _end_words(moved: Moved | None, language: str) -> Iterator[str]:
    if moved is None:
        return
    days, about = abs(moved.days), _about(moved, language)
    later = say_plural("end %(about)s%(num)s day later", "end %(about)s%(num)s days later", days, language, about=about)
    earlier = say_plural(
        "end %(about)s%(num)s day earlier", "end %(about)s%(num)s days earlier", days, language, about=about
    )
    yield later if moved.days > 0 else earlier


def _about(moved: Moved, language: str) -> str:
    """Say that days between vague times are not to be taken to the day."""
    return "" if moved.exact else say(N_("about "), language)

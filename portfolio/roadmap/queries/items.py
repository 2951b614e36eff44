"""From what was found to what is drawn: texts in the reader's language, marks, money of the years shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType

from portfolio.budgets.rules import Sum
from portfolio.core.language import N_, in_language, month_name, say
from portfolio.core.rights import Actor
from portfolio.core.timespan import EMPTY, Kind, MonthDay
from portfolio.register.rules import Facts, Status, is_late
from portfolio.roadmap.bars import Item, Mark, MarkKind, Need, Window, yearly_marks
from portfolio.roadmap.queries.find import FoundInitiative
from portfolio.roadmap.queries.rows import Due, Marked
from portfolio.roadmap.rules import is_movable

YEARLY = N_("every year on %(day)s")


@dataclass(frozen=True, slots=True)
class Keys:
    """Where an initiative stands: the keys of its lanes, of the lanes within them, and of its colour."""

    lanes_of: Callable[[FoundInitiative], tuple[str, ...]]
    inner_of: Callable[[FoundInitiative], tuple[str, ...]] | None = None
    colour_of: Callable[[FoundInitiative], str] | None = None


def make_items(
    found: Iterable[FoundInitiative],
    money: Mapping[int, Sum],
    window: Window,
    today: dt.date,
    language: str,
    keys: Keys,
    needs: Mapping[int, tuple[Need, ...]] = MappingProxyType({}),
    mover: Actor | None = None,
) -> Iterator[Item]:
    """Make what is drawn of initiatives: texts in the language, yearly deadlines in the window's years.

    Those that the ``mover`` may move in time are movable.
    """
    movable = cache(partial(_is_movable, mover))
    for one in found:
        row, span = one.row, one.row.timespan
        yield Item(  # by position: to name thousands of times what is made takes longer than to make it
            row.id,
            in_language(row.title_fi, row.title_sv, language),
            row.status,
            span,
            row.progress,
            row.completed_on,
            span is not None and is_late(row.status, span.end, today),
            in_language(one.owner.title_fi, one.owner.title_sv, language) if one.owner else None,
            keys.lanes_of(one),
            money.get(row.id),
            _marks(one, window, language) if one.milestones or one.deadlines else (),
            row.title_sort,
            None if language == "fi" or (language == "sv" and row.title_sv) else "fi",
            keys.inner_of(one) if keys.inner_of else (),
            keys.colour_of(one) if keys.colour_of else "",
            needs.get(row.id, ()),
            mover is not None and movable(row.unit_id, row.owner_post_id, row.status),
        )


def _is_movable(mover: Actor | None, unit_id: int | None, post_id: int | None, status: Status) -> bool:
    return mover is not None and is_movable(mover, Facts(unit_id, post_id), status)


def days_of(found: Sequence[FoundInitiative]) -> Iterator[dt.date]:
    """Give every first and last day of initiatives and milestones: what the scale of everything spans."""
    times = {one.row.timespan for one in found} | {mark.timespan for one in found for mark in one.milestones}
    return (day for span in times if span is not None for day in (span.start, span.end) if day is not None)


def _marks(one: FoundInitiative, window: Window, language: str) -> tuple[Mark, ...]:
    """Give the marks of milestones in order of time, then those of yearly deadlines."""
    due = [mark for deadline in one.deadlines for mark in _deadline(deadline, window, language)]
    if len(one.milestones) == 1:  # as most have, if any
        return (*_milestone(one.milestones[0], window, language), *due)
    milestones = sorted(one.milestones, key=_time)
    return (*(mark for milestone in milestones for mark in _milestone(milestone, window, language)), *due)


def _deadline(row: Due, window: Window, language: str) -> Iterator[Mark]:
    day = MonthDay(row.month, row.day)
    words = say(YEARLY, language, day=_day_words(day, language))
    title = in_language(row.title_fi, row.title_sv, language)
    return yearly_marks(f"d{row.id}", title, day, _years(row, window), words=words)


def _time(row: Marked) -> tuple[dt.date, int]:
    """Sort milestones by when they are due, those without a time last."""
    span = EMPTY if row.timespan is None else row.timespan
    return row.completed_on or span.end or span.start or dt.date.max, row.id


def _milestone(row: Marked, window: Window, language: str) -> Iterable[Mark]:
    """Give a milestone's mark, or one a year where its time recurs."""
    key, title = f"m{row.id}", in_language(row.title_fi, row.title_sv, language)
    span = EMPTY if row.timespan is None else row.timespan
    if span.kind is Kind.RECURRING and span.cadence and span.cadence.yearly:
        day = span.cadence.yearly.end
        return yearly_marks(key, title, day, window.years, first=span.start, last=span.end, words=span.words)
    return (Mark(key, title, MarkKind.MILESTONE, span.start, span.end, span.words, row.completed_on),)


def _years(deadline: Due, window: Window) -> Iterable[int]:
    """Give the years of the window in which a deadline holds; where there is none, the nearest in which it does."""
    first, last = deadline.from_year, deadline.to_year
    held = [year for year in window.years if (first is None or year >= first) and (last is None or year <= last)]
    if held:
        return held
    return [year for year in (last, first) if year is not None][:1]


def _day_words(day: MonthDay, language: str) -> str:
    """Write a day of any year: "30.9.", in English "30 Sep"."""
    return f"{day.day} {month_name(day.month, language)[:3]}" if language == "en" else f"{day.day}.{day.month}."

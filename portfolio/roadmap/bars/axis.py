"""The scale of time above the bars: years over quarters, months over ISO weeks, or years alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from portfolio.core.language import N_, month_name, say
from portfolio.roadmap.bars.text_width import AXIS_SIZE, width_of
from portfolio.roadmap.bars.window import MONTHS_OF_QUARTER, MONTHS_OF_YEAR, Scale, Window, add_months

ROOM = 620
"""The narrowest track, in pixels, on which all labels are drawn; on a wider one they stand further apart."""
NARROW = 270
"""The narrowest track of a phone, on which only labels made for it are drawn."""

QUARTERS = ("I", "II", "III", "IV")
WEEK = N_("wk %(number)s")
YEARS_WITH_QUARTERS = 5
STEPS = (1, 2, 5, 10, 20, 50, 100)
ROUND_STEP = 5
MOST_YEARS = 16
SMALL = 2
PADDING = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """One stretch of the axis in per cent, with its label and the label for a narrow track; empty where none fits."""

    x: float
    width: float
    label: str
    short: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One or two rows of ticks; the grid's lines stand where the ticks of ``lower`` begin, years where ``upper`` do."""

    upper: tuple[Tick, ...]
    lower: tuple[Tick, ...]


def make_axis(window: Window, language: str) -> Axis:
    """Give the ticks of a window, each labelled in the longest form that fits beside its neighbours."""
    if window.scale is Scale.QUARTER:
        return Axis(
            _ticks(window, _months(window, 1), [_month_and_year(language), _month_number]),
            _ticks(window, _weeks(window), [_named_week(language), _week]),
        )
    years = _ticks(window, _months(window, MONTHS_OF_YEAR), [_year, _year_digits])
    if len(window.years) == 1:
        return Axis(years, _ticks(window, _months(window, 1), [_month(language), _month_number]))
    if len(window.years) <= YEARS_WITH_QUARTERS:
        return Axis(years, _ticks(window, _months(window, MONTHS_OF_QUARTER), [_quarter]))
    step = next((step for step in STEPS if len(window.years) <= step * MOST_YEARS), STEPS[-1])
    return Axis((), _ticks(window, _years(window, step), [_year, _year_digits]))


def _ticks(window: Window, starts: Iterator[dt.date], forms: Sequence[Callable[[dt.date], str]]) -> tuple[Tick, ...]:
    """Cut the stretches at the window and label them for both widths of track."""
    edges = list(pairwise([*starts, window.last + dt.timedelta(days=1)]))
    places = [window.place(edge.toordinal()) for edge, _ in edges]
    widths = [round(right - x, 2) for x, right in pairwise([*places, 100])]
    wide, short = (_labels([first for first, _ in edges], widths, forms, room) for room in (ROOM, NARROW))
    return tuple(Tick(*tick) for tick in zip(places, widths, wide, short, strict=True))


def _labels(
    days: Sequence[dt.date], widths: Sequence[float], forms: Sequence[Callable[[dt.date], str]], room: int
) -> Iterator[str]:
    """Label stretches in the longest form that fits in all, or the last form in every second, third … of them.

    The first and the last may be cut by the window: they do not count, and have no label where it does not fit.
    """
    pixels = [room * width / 100 for width in widths]
    whole = range(1, len(days) - 1) if len(days) > SMALL else range(len(days))
    needs = [max(_width(form(days[i])) / pixels[i] for i in whole) for form in forms]
    form, need = next(
        ((form, need) for form, need in zip(forms, needs, strict=True) if need <= 1), (forms[-1], needs[-1])
    )
    every = ceil(need)
    for i, day in enumerate(days):
        fits = _width(form(day)) <= sum(pixels[i : i + every])
        yield form(day) if i % every == 0 and fits else ""


def _width(text: str) -> float:
    return width_of(text, AXIS_SIZE) + PADDING


def _months(window: Window, months: int) -> Iterator[dt.date]:
    """Give the window's first day, then each first day of so many months, counted from January."""
    yield window.first
    step = (window.first.year * MONTHS_OF_YEAR + window.first.month - 1) % months
    day = add_months(window.first.replace(day=1), months - step)
    while day <= window.last:
        yield day
        day = add_months(day, months)


def _years(window: Window, step: int) -> Iterator[dt.date]:
    """Give New Year's days so many years apart: round years where there are many between."""
    yield window.first
    first = window.first.year + step - (window.first.year % step if step >= ROUND_STEP else 0)
    for year in range(first, window.last.year + 1, step):
        yield dt.date(year, 1, 1)


def _weeks(window: Window) -> Iterator[dt.date]:
    yield window.first
    day = window.first + dt.timedelta(days=7 - window.first.weekday())
    while day <= window.last:
        yield day
        day += dt.timedelta(days=7)


def _year(day: dt.date) -> str:
    return str(day.year)


def _year_digits(day: dt.date) -> str:
    return f"’{day.year % 100:02}"


def _quarter(day: dt.date) -> str:
    return QUARTERS[(day.month - 1) // MONTHS_OF_QUARTER]


def _month_number(day: dt.date) -> str:
    return str(day.month)


def _week(day: dt.date) -> str:
    return str(day.isocalendar().week)


def _named_week(language: str) -> Callable[[dt.date], str]:
    return lambda day: say(WEEK, language, number=day.isocalendar().week)


def _month(language: str) -> Callable[[dt.date], str]:
    """Name months shortly: Finnish ones lose "kuu", the others keep three letters."""
    return lambda day: month_name(day.month, language).removesuffix("kuu")[: None if language == "fi" else 3]


def _month_and_year(language: str) -> Callable[[dt.date], str]:
    return lambda day: f"{month_name(day.month, language)} {day.year}"

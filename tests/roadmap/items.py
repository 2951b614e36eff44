"""Made-up items, marks and roadmaps for the tests of bars and figure."""

import datetime as dt
from itertools import count

from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.register.rules import Status
from portfolio.roadmap.bars import Arrangement, Item, LaneHead, Mark, MarkKind, Scale, choose_window, lay_out

TODAY = dt.date(2024, 5, 12)
HEADS = (LaneHead("wellbeing", "Hyvinvointi"), LaneHead("vitality", "Elinvoima"), LaneHead("", "Luokittelematta"))
numbers = count(1)


def day(text):
    """Read "12.5.2024" or None."""
    return text and dt.date(*(int(part) for part in reversed(text.split("."))))


def create_span(start=None, end=None, start_precision=Precision.DAY, end_precision=Precision.DAY, **overrides):
    """A timespan between two days given as text, exact unless said otherwise."""
    facts = {
        "words": f"{start or ''}–{end or ''}",
        "start": day(start),
        "end": day(end),
        "start_precision": start_precision if start else Precision.NONE,
        "end_precision": end_precision if end else Precision.NONE,
        "kind": Kind.DURING,
    }
    return Timespan(**facts | overrides)


def create_item(**overrides):
    """An initiative under way from 1.4.2023 to 30.9.2024."""
    number = next(numbers)
    facts = {
        "id": number,
        "title": f"Kohde {number}",
        "status": Status.UNDER_WAY,
        "span": create_span("1.4.2023", "30.9.2024"),
        "lanes": ("wellbeing",),
    }
    return Item(**facts | overrides)


def create_mark(on="15.3.2024", **overrides):
    """A milestone on one day."""
    facts = {
        "key": f"m{next(numbers)}",
        "title": "Ohjausryhmä nimetty",
        "kind": MarkKind.MILESTONE,
        "start": day(on),
        "end": day(on),
        "words": on,
    }
    return Mark(**facts | overrides)


def three_years(first=2023):
    """The window 2023–2025."""
    return choose_window(Scale.YEARS, dt.date(first, 1, 1), years=3)


def create_roadmap(*items, window=None, heads=HEADS, today=TODAY, language="fi"):
    """Lay out items in three years round the 12th of May 2024."""
    return lay_out(items, Arrangement(tuple(heads)), window or three_years(), today, language)


def only_row(*items, **options):
    """The one row that the items give."""
    [row] = create_roadmap(*items, **options).rows
    return row

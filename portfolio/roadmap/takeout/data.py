"""The roadmap as data: every bar as it is drawn, for programs that draw or count by themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portfolio.core.timespan import Timespan
from portfolio.register.rules import difference_sentence
from portfolio.roadmap.bars import Lane, PlacedMark, Roadmap, Row, sentence
from portfolio.roadmap.takeout.about import About, gone_rows


def as_data(roadmap: Roadmap, about: About) -> dict[str, Any]:
    """Give plain values ready for JSON; places are per cent of the time shown, days are ISO dates, money is euros."""
    window = roadmap.window
    return {
        "title": about.title,
        "municipality": about.municipality,
        "as_of": about.time,
        "grouping": about.grouping,
        "inner": about.inner or None,
        "colour": about.colour or None,
        "narrowed": list(about.narrowed),
        "sentence": sentence(roadmap, about.language),
        "window": {"scale": window.scale.value, "first": window.first.isoformat(), "last": window.last.isoformat()},
        "today": roadmap.today,
        "palette": [{"key": one.key, "words": one.words, "tone": one.tone.value} for one in roadmap.palette],
        "bands": [{"x": one.x, "width": one.width, "words": one.words} for one in roadmap.bands],
        "lanes": [_lane(lane) for lane in roadmap.lanes],
        "arrows": [{"before": one.before, "after": one.after, "broken": one.broken} for one in roadmap.arrows],
        "elsewhere": [_row(row) for row in roadmap.elsewhere],
        "undated": [_row(row) for row in roadmap.undated],
        "compared": _compared(roadmap, about.language),
    }


def _lane(lane: Lane) -> dict[str, Any]:
    """Give a lane; an outer one of two levels has no rows of its own."""
    facts = {"key": lane.key, "title": lane.title, "level": lane.level, "outer": lane.outer, "count": lane.count}
    return facts | {"rows": [_row(row) for row in lane.rows]}


def _compared(roadmap: Roadmap, language: str) -> dict[str, Any] | None:
    found = roadmap.compared
    if found is None:
        return None
    said = difference_sentence(found.difference, language)
    return {"with": found.words, "sentence": said, "gone": [_row(row) for row in gone_rows(roadmap)]}


def _row(row: Row) -> dict[str, Any]:
    item = row.item
    return {
        "id": item.id,
        "title": item.title,
        "status": item.status.value,
        "late": item.late,
        "progress": item.progress,
        "owner": item.owner,
        "planned": None if item.amount is None or item.amount.known is None else str(item.amount.known),
        "time": _time(item.span),
        "colour": item.colour or None,
        "needs": [{"id": one.id, "title": one.title, "broken": one.broken} for one in item.needs],
        "joined": item.is_new,
        "changed": [{"label": one.label, "old": one.old, "new": one.new, "note": one.note} for one in item.told],
        "bar": _bar(row),
        "ghost": {"x": row.ghost.seen.x, "width": row.ghost.seen.width} if row.ghost else None,
        "overrun": row.overrun,
        "marks": [_mark(placed) for placed in row.marks],
        "where": row.where.value if row.where else None,
    }


def _time(span: Timespan | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {
        "words": span.words,
        "kind": span.kind.value,
        "start": _day(span.start),
        "end": _day(span.end),
        "start_precision": span.start_precision.value,
        "end_precision": span.end_precision.value,
        "tentative": span.tentative,
    }


def _bar(row: Row) -> dict[str, Any] | None:
    bar = row.bar
    if bar is None:
        return None
    return {
        "x": bar.seen.x,
        "width": bar.seen.width,
        "fade": bar.seen.fade,
        "done": bar.done.width if bar.done else None,
        "cut_start": bar.cut_start,
        "cut_end": bar.cut_end,
        "tone": row.tone.value,
        "filled": row.filled,
        "label": row.label.text if row.label else None,
    }


def _mark(placed: PlacedMark) -> dict[str, Any]:
    mark = placed.mark
    facts = {"key": mark.key, "title": mark.title, "kind": placed.kind.value, "words": mark.words, "x": placed.x}
    return facts | {"day": _day(mark.day), "completed_on": _day(mark.completed_on)}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None

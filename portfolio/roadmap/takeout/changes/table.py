"""What has changed as a workbook: a row for each thing that differs, lane by lane."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portfolio.core.language import N_, say
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.register.rules import say_aspect
from portfolio.roadmap.takeout.changes.report import Report

COLUMNS = (
    (N_("Code"), 12),
    (N_("Title"), 52),
    (N_("What changed"), 26),
    (N_("Field"), 26),
    (N_("Before"), 36),
    (N_("After"), 36),
    (N_("Note"), 40),
)
"""What stands beside the lane, and how wide."""


def workbook(report: Report) -> bytes:
    """Write the whole difference, with what is told of it above the headings."""
    columns = [TableColumn(report.grouping, Format.TEXT, 30)]
    columns += [TableColumn(say(name, report.language), Format.TEXT, width) for name, width in COLUMNS]
    return write_table(columns, _rows(report), title=report.title, above=list(report.head()))


def _rows(report: Report) -> Iterator[list[Any]]:
    for lane in report.lanes:
        for item in lane.items:
            head = [lane.title, item.code, item.title]
            if item.fate:
                yield [*head, item.fate, None, None, None, None]
            for cell in item.cells:
                yield [*head, say_aspect(cell.aspect, report.language), cell.label, cell.old, cell.new, cell.note]

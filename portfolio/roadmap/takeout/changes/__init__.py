"""What has changed between two times, as files: slides to edit, tagged PDF, a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from portfolio.roadmap.takeout.changes.document import pdf
from portfolio.roadmap.takeout.changes.report import ChangedItem, ChangedLane, Report
from portfolio.roadmap.takeout.changes.table import workbook

__all__ = ["FORMATS", "ChangedItem", "ChangedLane", "Report", "make_changes"]


def _pptx(report: Report) -> bytes:
    from portfolio.roadmap.takeout.changes.deck import deck  # noqa: PLC0415 - no page waits for it

    return deck(report)


FORMATS: Mapping[str, Callable[[Report], bytes]] = MappingProxyType({"pdf": pdf, "pptx": _pptx, "xlsx": workbook})
"""Ending of a file's name → what makes it."""


def make_changes(kind: str, report: Report) -> bytes:
    """Give the file of a format of ``FORMATS``. Raises Refusal for what the format cannot hold."""
    return FORMATS[kind](report)

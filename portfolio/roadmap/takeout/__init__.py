"""The roadmap as files: one table of formats, each made of the same laid-out roadmap."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from portfolio.roadmap.bars import Roadmap
from portfolio.roadmap.takeout.about import About
from portfolio.roadmap.takeout.data import as_data
from portfolio.roadmap.takeout.document import pdf
from portfolio.roadmap.takeout.picture import as_png, picture
from portfolio.roadmap.takeout.table import workbook

__all__ = ["FORMATS", "MIME_TYPES", "About", "make_file"]


def _json(roadmap: Roadmap, about: About) -> bytes:
    return json.dumps(as_data(roadmap, about), ensure_ascii=False).encode()


def _pptx(roadmap: Roadmap, about: About) -> bytes:
    from portfolio.roadmap.slides import deck  # noqa: PLC0415 - no page that only tells of files waits for it

    return deck(roadmap, about)


def _svg(roadmap: Roadmap, about: About) -> bytes:
    return picture(roadmap, about).svg.encode()


FORMATS: Mapping[str, Callable[[Roadmap, About], bytes]] = MappingProxyType(
    {"json": _json, "pdf": pdf, "png": as_png, "pptx": _pptx, "svg": _svg, "xlsx": workbook}
)
"""Ending of a file's name → what makes it."""

MIME_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "json": "application/json",
        "pdf": "application/pdf",
        "png": "image/png",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "svg": "image/svg+xml",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


def make_file(kind: str, roadmap: Roadmap, about: About) -> bytes:
    """Give the file of a format of ``FORMATS``. Raises Refusal for what the format cannot hold."""
    return FORMATS[kind](roadmap, about)

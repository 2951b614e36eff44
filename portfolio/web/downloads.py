"""Files that a page gives to be kept, each under a name of its own."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import send_file

if TYPE_CHECKING:
    from flask import Response

_OFFICE = "application/vnd.openxmlformats-officedocument"
MIME_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": f"{_OFFICE}.wordprocessingml.document",
        "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    }
)
"""Ending of a file's name → what it holds."""


def attachment(data: bytes, name: str) -> Response:
    """Answer with a file; the ending of its name says what it holds."""
    kind = MIME_TYPES[name.rpartition(".")[2]]
    return send_file(io.BytesIO(data), kind, as_attachment=True, download_name=name)

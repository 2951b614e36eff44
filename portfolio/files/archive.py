"""Several files in one zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import PurePath


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Put files by name into a zip, one at a time; a name that stands there already gets a number: "a (2).xlsx"."""
    names: set[str] = set()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:  # workbooks are compressed already
        for name, data in files:
            own = _free(name, names)
            names.add(own.casefold())
            archive.writestr(own, data)
    return buffer.getvalue()


def _free(name: str, taken: set[str]) -> str:
    path, number, own = PurePath(name), 1, name
    while own.casefold() in taken:
        number += 1
        own = f"{path.stem} ({number}){path.suffix}"
    return own

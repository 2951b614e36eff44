"""Several files in one zip, given out as it grows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePath


def stream(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Put files by name into a zip and give its bytes as each is in; the next is asked for only then.

    A name that stands there already gets a number: "a (2).xlsx".
    """
    names: set[str] = set()
    growing = _Growing()
    with zipfile.ZipFile(growing, "w") as archive:  # workbooks are compressed already
        for name, data in files:
            own = _free(name, names)
            names.add(own.casefold())
            archive.writestr(own, data)
            yield growing.take()
    yield growing.take()


class _Growing(io.BytesIO):
    """A file whose beginning is taken away while its end is written; places are told as of the whole."""

    def __init__(self) -> None:
        super().__init__()
        self._gone = 0

    def tell(self) -> int:
        return self._gone + super().tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._gone + super().seek(offset - self._gone if whence == io.SEEK_SET else offset, whence)

    def take(self) -> bytes:
        data = self.getvalue()
        super().seek(0)
        super().truncate()
        self._gone += len(data)
        return data


def _free(name: str, taken: set[str]) -> str:
    path, number, own = PurePath(name), 1, name
    while own.casefold() in taken:
        number += 1
        own = f"{path.stem} ({number}){path.suffix}"
    return own

"""One cell of an OpenDocument sheet: its typed value, its error, and the text that is shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from portfolio.files.cells import CellValue

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "

CELLS = frozenset({TABLE + "table-cell", TABLE + "covered-table-cell"})

ROWS_REPEATED, COLUMNS_REPEATED = TABLE + "number-rows-repeated", TABLE + "number-columns-repeated"
ROWS_SPANNED, COLUMNS_SPANNED = TABLE + "number-rows-spanned", TABLE + "number-columns-spanned"
_TYPE, _CALC_TYPE, _FORMULA = OFFICE + "value-type", CALC + "value-type", TABLE + "formula"

_SPACE, _TAB, _BREAK = TEXT + "s", TEXT + "tab", TEXT + "line-break"
PARAGRAPHS = frozenset({TEXT + "p", TEXT + "h"})
INLINE = frozenset({*PARAGRAPHS, TEXT + "span", TEXT + "a", _SPACE, _TAB, _BREAK})
"""The elements whose text is the cell's; all others inside a cell (notes, drawings) are not read."""

MOST_SPACES = 1_000
_ERROR = re.compile(r"#(?:REF|NAME|VALUE|DIV/0|NUM|NULL)[!?]|#N/A|Err:[0-9]{3}")
_DURATION = re.compile(r"(-?)P(?:(\d{1,7})D)?T?(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7}(?:\.\d{1,9})?)S)?")
_BLANKS = re.compile(r"[ \t\r\n]+")
_DAY = dt.timedelta(days=1)
_MIDNIGHT = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a clock on the wall of no place


class Cell:
    """A cell while it is read: first its attributes, then its text, then what both mean."""

    __slots__ = ("_attributes", "_inside", "_paragraphs", "repeated")

    def __init__(self, attributes: Mapping[str, str]) -> None:
        """Begin a cell; it stands for as many equal ones beside it as it says."""
        self._attributes = attributes
        self._paragraphs: list[list[str]] = []
        self._inside = False
        self.repeated = count(attributes, COLUMNS_REPEATED)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element of the text, one of INLINE."""
        if tag in PARAGRAPHS:
            self._paragraphs.append([])
            self._inside = True
        elif self._inside and tag == _SPACE:
            self._paragraphs[-1].append(" " * min(int(attributes.get(TEXT + "c", 1)), MOST_SPACES))
        elif self._inside and tag in {_TAB, _BREAK}:
            self._paragraphs[-1].append("\t" if tag == _TAB else "\n")

    def end(self, tag: str) -> None:
        """End an element of the text."""
        if tag in PARAGRAPHS:
            self._inside = False

    def add(self, text: str) -> None:
        """Add characters; outside a paragraph they only lay out the file."""
        if self._inside:
            self._paragraphs[-1].append(_BLANKS.sub(" ", text))

    @property
    def span(self) -> tuple[int, int]:
        """How many rows and columns are merged with this one."""
        return count(self._attributes, ROWS_SPANNED), count(self._attributes, COLUMNS_SPANNED)

    @property
    def error(self) -> str | None:
        """The error that is shown in place of a value."""
        is_error = self._attributes.get(_CALC_TYPE) == "error"
        if not is_error and not self._has_formula:
            return None
        shown = self._shown()
        return (shown or "#") if is_error or _ERROR.fullmatch(shown) else None

    @property
    def is_uncalculated(self) -> bool:
        """Whether it is a formula that was saved without its result."""
        return self._has_formula and _TYPE not in self._attributes

    def value(self) -> CellValue:
        """Give the value by its type, as the text that is shown where the type's own attribute is missing or wrong."""
        kind, told = self._attributes.get(_TYPE), self._attributes
        try:
            if kind in {"float", "percentage", "currency"}:
                return float(told[OFFICE + "value"])
            if kind == "date":
                return _date(told[OFFICE + "date-value"])
            if kind == "time":
                return _duration(told[OFFICE + "time-value"])
        except (KeyError, ValueError, OverflowError):
            return self._shown()
        if kind == "boolean":
            return told.get(OFFICE + "boolean-value") == "true"
        return told.get(OFFICE + "string-value") or self._shown()

    @property
    def _has_formula(self) -> bool:
        return _FORMULA in self._attributes

    def _shown(self) -> str:
        return "\n".join("".join(pieces) for pieces in self._paragraphs)


def count(attributes: Mapping[str, str], name: str) -> int:
    """Read how many a cell, row or column stands for; 1 where it does not say."""
    told = attributes.get(name)
    return 1 if told is None else max(1, int(told))


def _date(text: str) -> dt.date:
    """Read a day, or a moment; midnight is the day."""
    moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    return moment if moment.time() != dt.time() else moment.date()


def _duration(text: str) -> dt.time | dt.timedelta:
    """Read a time of day, or a duration of a day and more."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    sign, days, hours, minutes, seconds = found.groups(default="0")
    span = dt.timedelta(int(days), float(seconds), minutes=int(minutes), hours=int(hours))
    if sign == "-":
        return -span
    return (_MIDNIGHT + span).time() if span < _DAY else span

"""Writing what items refer to: units, posts, classes, forums, meetings, each after those it stands below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import groupby
from typing import Any, TypeAlias

from portfolio.core.records import Put
from portfolio.exchange.apply.batch import Batch, Row
from portfolio.exchange.columns import Key
from portfolio.forums.operations import put_forums, put_meetings
from portfolio.organisation.operations import put_posts, put_units
from portfolio.register.operations import put_categories

Values: TypeAlias = dict[str, Any]


def write_units(batch: Batch, rows: list[Row]) -> None:
    """Write units, those above before those below."""
    _put(batch, rows, lambda some: batch.rooms.do(put_units, _by_code(some)))


def write_posts(batch: Batch, rows: list[Row]) -> None:
    """Write posts."""
    _put(batch, rows, lambda some: batch.rooms.do(put_posts, _by_code(some)))


def write_categories(batch: Batch, rows: list[Row]) -> None:
    """Write classes of schemes that are there, scheme by scheme."""

    def scheme(row: Row) -> int:
        return batch.present.ids[batch.told(row, "scheme")]

    def put(some: list[tuple[Row, Values]]) -> Put[str]:
        codes = {row.key: batch.told(row, "code") for row, _ in some}
        values = {
            codes[row.key]: {name: one for name, one in cells.items() if name != "scheme_id"} for row, cells in some
        }
        return batch.rooms.do(put_categories, scheme(some[0][0]), values)

    for _, few in groupby(sorted(rows, key=scheme), key=scheme):
        _put(batch, list(few), put)


def write_forums(batch: Batch, rows: list[Row]) -> None:
    """Write forums, the owning before the owned."""
    _put(batch, rows, lambda some: batch.rooms.do(put_forums, _by_code(some)))


def write_meetings(batch: Batch, rows: list[Row]) -> None:
    """Write meetings by forum and day."""

    def put(some: list[tuple[Row, Values]]) -> Put[tuple[int, dt.date]]:
        meetings: dict[tuple[int, dt.date], Values] = {}
        for row, _ in some:
            meetings[batch.present.ids[batch.told(row, "forum")], batch.told(row, "date")] = {}
        return batch.rooms.do(put_meetings, meetings)

    _put(batch, rows, put)


def _by_code(some: list[tuple[Row, Values]]) -> dict[str, Values]:
    return {row.key[1]: values for row, values in some}


def _put(batch: Batch, rows: list[Row], put: Callable[[list[tuple[Row, Values]]], Put[Any]]) -> None:
    """Put rows wave by wave; within a wave none refers to another, so a refusal's index is that of the row."""
    for wave in batch.in_order(rows):
        sound = batch.sound(wave)
        values = {row.key: {name: one for name, one in batch.values(row).items() if name != "code"} for row in sound}

        def call(some: list[Row], values: dict[Key, Values] = values) -> Put[Any]:
            return put([(row, values[row.key]) for row in some])

        written, answer = batch.attempt(sound, call)
        for row, identity in zip(written, answer.ids.values() if answer else (), strict=True):
            if row.key in batch.present.removed and row.key not in batch.present.ids:
                batch.note_return(row)
            batch.present.ids.setdefault(row.key, identity)

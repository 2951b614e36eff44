"""Writing what items refer to: units, posts, classes, forums, meetings, each after those it stands below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from portfolio.core.records import Put
from portfolio.exchange.apply.batch import Batch, Row
from portfolio.exchange.columns import Key
from portfolio.forums.operations import put_forums, put_meetings
from portfolio.organisation.operations import put_posts, put_units
from portfolio.register.operations import put_categories


def write_units(batch: Batch, rows: list[Row]) -> None:
    """Write units, those above before those below."""
    _put_each(batch, rows, lambda values, key: put_units(batch.session, batch.actor, {key[1]: values}))


def write_posts(batch: Batch, rows: list[Row]) -> None:
    """Write posts."""
    _put_each(batch, rows, lambda values, key: put_posts(batch.session, batch.actor, {key[1]: values}))


def write_categories(batch: Batch, rows: list[Row]) -> None:
    """Write classes of schemes that are there."""

    def put(values: dict[str, Any], key: Key) -> Put[Any]:
        cells = batch.parsed.records[key].cells
        scheme_id = batch.present.ids[cells["scheme"].value]
        values.pop("scheme_id", None)
        return put_categories(batch.session, batch.actor, scheme_id, {cells["code"].value: values})

    _put_each(batch, rows, put)


def write_forums(batch: Batch, rows: list[Row]) -> None:
    """Write forums, the owning before the owned."""
    _put_each(batch, rows, lambda values, key: put_forums(batch.session, batch.actor, {key[1]: values}))


def write_meetings(batch: Batch, rows: list[Row]) -> None:
    """Write meetings by forum and day."""

    def put(_values: dict[str, Any], key: Key) -> Put[Any]:
        cells = batch.parsed.records[key].cells
        day: dt.date = cells["date"].value
        meeting: dict[tuple[int, dt.date], dict[str, Any]] = {(batch.present.ids[cells["forum"].value], day): {}}
        return put_meetings(batch.session, batch.actor, meeting)

    _put_each(batch, rows, put)


def _put_each(batch: Batch, rows: list[Row], put: Callable[[dict[str, Any], Key], Put[Any]]) -> None:
    """Put row by row, so that what one is refused for is not told of another; they are few."""
    for wave in batch.in_order(rows):
        for row in batch.sound(wave):
            values = {name: value for name, value in batch.values(row).items() if name != "code"}
            _, answer = batch.attempt([row], lambda some, values=values: put(values, some[0].key))  # type: ignore[misc] # values of this row
            if answer is not None:
                if row.key in batch.present.removed and row.key not in batch.present.ids:
                    batch.note_return(row)
                batch.present.ids[row.key] = next(iter(answer.ids.values()))

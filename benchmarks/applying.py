"""Applying a checked plan of ten thousand changed rows, and paging through it."""

from __future__ import annotations

import datetime as dt
import json
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from benchmarks.result import Result, against, median_ms, medians_ms
from benchmarks.town import CODE, MUNICIPALITY_ID
from portfolio.cli.context import now
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.rights import operator
from portfolio.exchange.apply.apply import apply_upload
from portfolio.exchange.apply.store import store_rows
from portfolio.exchange.apply.telling import KeptRow
from portfolio.exchange.merge import Outcome, RowFate
from portfolio.exchange.models import Upload, UploadState
from portfolio.exchange.queries.plan import PlanPart, counts, page
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from benchmarks.town import Town

ROWS = 10_000
PAGE_LIMIT_MS = 100.0
GOAL = 5


def applying(large: Town) -> Iterator[Result]:
    """Write a kept plan with its history, and the bare SQL that writes the same cells and as many rows of changes."""
    with open_session(large.engine, write=True) as session:
        upload_id = _keep(session)
        session.commit()
    yield from _pages(large, upload_id)
    yield _writing(large, upload_id)


def _writing(large: Town, upload_id: int) -> Result:
    runs = count()
    session = open_session(large.engine, write=True)

    def ours() -> None:
        session.begin()
        upload = session.get_one(Upload, upload_id)
        batch = apply_upload(session, operator(now()).within(MUNICIPALITY_ID), upload, upload.plan_hash)
        if batch is None or batch.counts["changed"] != ROWS:
            message = "the plan was not applied whole"
            raise RuntimeError(message)
        session.rollback()

    def bare() -> None:
        session.begin()
        raw: Any = session.connection().connection.driver_connection
        ids = [row[0] for row in raw.execute("SELECT id FROM initiative ORDER BY id LIMIT ?", (ROWS,))]
        text, revision = f"{next(runs)}", raw.execute("SELECT max(id) FROM revision").fetchone()[0]
        raw.executemany(
            "UPDATE initiative SET notes = ?, version = version + 1 WHERE id = ?", [(text, one) for one in ids]
        )
        raw.executemany(
            "INSERT INTO change (revision_id, municipality_id, entity, entity_id, field, old, new)"
            " VALUES (?, ?, 'initiative', ?, 'notes', ?, ?)",
            [(revision, MUNICIPALITY_ID, one, json.dumps("Ennen"), json.dumps(text)) for one in ids],
        )
        session.rollback()

    mine, reference = medians_ms(ours, bare, runs=5)
    session.close()
    return against(
        "10,000 changed rows of a plan applied with their history against the bare SQL", mine, reference, GOAL
    )


def _pages(large: Town, upload_id: int) -> Iterator[Result]:
    """Read a far page of the plan, as the check page does."""
    with open_session(large.engine, write=False) as session:

        def shown(number: int) -> None:
            session.expunge_all()
            counts(session, upload_id)
            found = page(session, upload_id, PlanPart.CHANGED, page=number)
            if len(found.rows) != found.per:
                message = f"{len(found.rows)} rows on the page"
                raise RuntimeError(message)

        for number, words in ((1, "first"), (ROWS // 50, "last")):
            ours = median_ms(lambda number=number: shown(number))  # type: ignore[misc] # mypy infers no lambda with a default
            yield against(f"check page of 10,000 changes, {words} page, data, ms", ours, PAGE_LIMIT_MS, 1)


def _keep(session: Session) -> int:
    """Keep a plan that changes one cell in each of ten thousand rows, as the work on an upload keeps it."""
    at = now()
    upload = Upload(
        municipality_id=MUNICIPALITY_ID,
        at=at,
        file_name="benchmark.xlsx",
        size=0,
        sha256="0" * 64,
        kept_until=at + dt.timedelta(days=1),
        state=UploadState.CHECKED,
        language="fi",
        profile_name="benchmark",
        content_hash="0" * 64,
        planned_revision_id=history.latest_revision(session),
        summary={"rows": ROWS, "cells": ROWS, "changed": ROWS},
    )
    session.add(upload)
    session.flush()
    rows = session.execute(
        select(Initiative.id, Initiative.code, Initiative.title_fi, Initiative.notes)
        .order_by(Initiative.id)
        .limit(ROWS)
    )
    store_rows(session, upload.id, [_told(number, *row) for number, row in enumerate(rows, start=1)])
    return upload.id


def _told(number: int, identity: int, code: str, title: str, notes: str | None) -> KeptRow:
    text = f"Huomautus {number}"
    return KeptRow(
        {
            **dict.fromkeys(("comment", "choice")),
            "number": number,
            "fate": RowFate.MERGE,
            "entity": "initiative",
            "key": f"{CODE}-action_programme/{identity}",
            "entity_id": identity,
            "portfolio": f"{CODE}-action_programme",
            "source_key": str(identity),
            "code": code,
            "title": title,
            "sheet": "Toimenpiteet",
            "row": number + 1,
            "rows": [["Toimenpiteet", number + 1]],
            "ticked": True,
            "blocked": False,
        },
        [
            {
                **dict.fromkeys(("raw", "problem", "note", "choice")),
                "number": number,
                "field": "notes",
                "outcome": Outcome.APPLY,
                "sheet": "Toimenpiteet",
                "row": number + 1,
                "column": "F",
                "base": notes,
                "current": notes,
                "incoming": text,
                "result": text,
                "ticked": True,
            }
        ],
    )

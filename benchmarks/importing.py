"""The preview of an import: by a profile, and of an export that comes back, without writing anything."""

from __future__ import annotations

import datetime as dt
import io
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

from benchmarks.result import Result, against, median_ms, once_ms
from benchmarks.town import CODE, MUNICIPALITY_ID
from portfolio.cli.context import now
from portfolio.core.database import open_session
from portfolio.core.rights import operator
from portfolio.exchange.apply import ByProfile, Options, plan_import, summary
from portfolio.exchange.apply.plan import find_way
from portfolio.exchange.columns.identity import META_SHEET
from portfolio.exchange.export import ExportScope, create_export, make_workbook
from portfolio.exchange.profile import parse_profile
from portfolio.files.workbook import Format, TableColumn, read_workbook, write_table
from portfolio.organisation.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.town import Town

ROWS = 1_000
TEXTS = ("present_state", "target_state", "goals", "solution", "results", "continues", "out_of_scope", "training_plan")
FIELDS = (
    *("number", "title_fi", "summary_fi", "status", "unit", "timespan", "progress", "budget_effect", "completed_on"),
    *("source", "carried_by", "ledger_number"),
    *TEXTS,
)
LIMIT_MS = 1_000.0
COLUMNS = 25
LIMIT_MB = 400.0

PROFILE = f"""
name = "benchmark"
language = "fi"

[[sheet]]
match = "*"
entity = "initiative"
portfolio = "{CODE}-action_programme"
[sheet.constants]
kind = "measure"
[sheet.columns]
{chr(10).join(f'{name} = ["{name}"]' for name in FIELDS)}
[sheet.identity]
fields = ["number"]
"""


def previews(town: Town) -> Iterator[Result]:
    """Read and plan a thousand new rows in a municipality of a thousand initiatives."""
    columns = [TableColumn(name, Format.DATE if name == "completed_on" else Format.GENERAL) for name in FIELDS]
    data = write_table(columns, [_row(index) for index in range(ROWS)], title="Toimenpiteet")
    profile = parse_profile(PROFILE)

    def preview() -> None:
        with open_session(town.engine, write=False) as session:
            municipality = session.get_one(Municipality, MUNICIPALITY_ID)
            actor = operator(now()).within(MUNICIPALITY_ID)
            workbook = read_workbook(data, "benchmark.xlsx")
            way, options = ByProfile(profile), Options(dt.date(2026, 1, 1))
            done = plan_import(session, actor, municipality, workbook, way, options)
        if len(done.parsed.records) != ROWS or done.faults:
            message = f"{len(done.parsed.records)} rows read, {len(done.faults)} faults"
            raise RuntimeError(message)

    name = "import preview of 1,000 rows × 20 columns, ms"
    yield against(name, median_ms(preview, runs=3, warm_up=1), LIMIT_MS, None)


def returns(town: Town) -> Iterator[Result]:
    """Read an export that comes back, validate it, load base and present, merge; the reference only reads the file."""
    data = _exported(town)
    times = [(once_ms(lambda: _preview(town, data)), once_ms(lambda: _bare(data))) for _ in range(3)]
    ours, reference = map(statistics.median, zip(*times, strict=True))
    yield against("preview of our export, 10,000 rows × 25 columns, against bare openpyxl", ours, reference, 1)
    yield against("memory of that preview as a command, MB", _memory(town, data), LIMIT_MB, 1)


def _exported(town: Town) -> bytes:
    """Take all out, and leave the first columns of the initiatives, as people do who hand a part on."""
    with open_session(town.engine, write=True) as session:
        actor = operator(now()).within(MUNICIPALITY_ID)
        export = create_export(session, actor, ExportScope(), "fi")
        whole = read_workbook(make_workbook(session, export, actor, now().date()), "whole.xlsx")
        session.commit()
    book = openpyxl.Workbook(write_only=True)
    for sheet in (whole.sheets[1], next(one for one in whole.sheets if one.name == META_SHEET)):
        written = book.create_sheet(sheet.name)
        for row in sheet.rows:
            written.append(row[: None if sheet.name == META_SHEET else COLUMNS])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _preview(town: Town, data: bytes) -> None:
    with open_session(town.engine, write=False) as session:
        municipality = session.get_one(Municipality, MUNICIPALITY_ID)
        actor = operator(now()).within(MUNICIPALITY_ID)
        workbook = read_workbook(data, "export.xlsx")
        way = find_way(session, MUNICIPALITY_ID, workbook, [])
        if way is None:
            raise RuntimeError(workbook.name)
        done = plan_import(session, actor, municipality, workbook, way, Options(now().date()))
    counts = summary(done)
    if counts["cells"] != counts["unchanged"] or done.faults:
        raise RuntimeError(counts)


def _bare(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


def _memory(town: Town, data: bytes) -> float:
    """Run the command itself and give the most memory that it held, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.xlsx"
        file.write_bytes(data)
        python = (sys.executable, "-m")
        command = (*python, "benchmarks.peak", *python, "portfolio.cli", "import", str(file), "--json")
        environment = {"PORTFOLIO_DATABASE_URL": str(town.engine.url), "PATH": ""}
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)  # noqa: S603 -- our own command
    return float(told.stdout)


def _row(index: int) -> list[Any]:
    return [
        *(f"{index + 1}", f"Toimenpide {index + 1}", "Tarpeesta on sovittu.", "Käynnissä"),
        *(f"Palvelualue {index % 24 + 1}", "syksy 2026", index % 101, "kyllä", dt.date(2026, 12, 1)),
        *("Asukkaat", "Oma työ", f"{index:05}"),
        *("Teksti, joka kertoo tilanteen." for _ in TEXTS),
    ]

"""The preview of an import: a workbook of a thousand rows and twenty columns, read, planned and given up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from benchmarks.result import Result, against, median_ms
from benchmarks.town import CODE, MUNICIPALITY_ID
from portfolio.cli.context import now
from portfolio.core.database import open_session
from portfolio.core.rights import operator
from portfolio.exchange.apply import ByProfile, Options, import_workbook
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
    """Read, plan, write and give up a thousand new rows in a municipality of a thousand initiatives."""
    columns = [TableColumn(name, Format.DATE if name == "completed_on" else Format.GENERAL) for name in FIELDS]
    data = write_table(columns, [_row(index) for index in range(ROWS)], title="Toimenpiteet")
    profile = parse_profile(PROFILE)

    def preview() -> None:
        with open_session(town.engine, write=True) as session:
            municipality = session.get_one(Municipality, MUNICIPALITY_ID)
            actor = operator(now()).within(MUNICIPALITY_ID)
            workbook = read_workbook(data, "benchmark.xlsx")
            done = import_workbook(
                session, actor, municipality, ByProfile(profile), workbook, Options(dt.date(2026, 1, 1))
            )
            session.rollback()
        if len(done.parsed.records) != ROWS or done.faults:
            message = f"{len(done.parsed.records)} rows read, {len(done.faults)} faults"
            raise RuntimeError(message)

    name = "import preview of 1,000 rows × 20 columns, ms"
    yield against(name, median_ms(preview, runs=3, warm_up=1), LIMIT_MS, None)


def _row(index: int) -> list[Any]:
    return [
        *(f"{index + 1}", f"Toimenpide {index + 1}", "Tarpeesta on sovittu.", "Käynnissä"),
        *(f"Palvelualue {index % 24 + 1}", "syksy 2026", index % 101, "kyllä", dt.date(2026, 12, 1)),
        *("Asukkaat", "Oma työ", f"{index:05}"),
        *("Teksti, joka kertoo tilanteen." for _ in TEXTS),
    ]

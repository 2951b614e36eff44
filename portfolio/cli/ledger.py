"""``portfolio ledger``: actual amounts from accounting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from portfolio.cli import telling
from portfolio.cli.context import (
    INPUT_ERRORS,
    WRONG_USAGE,
    language,
    language_option,
    now,
    print_json,
    with_engine,
)
from portfolio.cli.exchange import NO_FILE
from portfolio.cli.source import NO_MUNICIPALITY
from portfolio.core.database import open_session
from portfolio.core.language import N_, say, say_problem
from portfolio.core.money import format_money
from portfolio.core.problem import Place, Problem, Refusal
from portfolio.core.rights import operator
from portfolio.exchange.ledger.apply import count_plan, preview_ledger, write_ledger
from portfolio.exchange.ledger.folders import ledger_profile
from portfolio.exchange.ledger.read import read_ledger
from portfolio.exchange.ledger.words import AmountWords, cells_in_words
from portfolio.files.workbook import read_workbook
from portfolio.organisation.queries import municipality_by_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.exchange.ledger.plan import LedgerPlan
    from portfolio.exchange.ledger.profile import LedgerProfile, Unit
    from portfolio.exchange.models import ImportBatch

KINDS = {
    "errors": N_("Errors:"),
    "questions": N_("To be answered first:"),
    "unmatched": N_("Left out:"),
    "notices": N_("To be noted:"),
}
LISTED = 40


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--profile", "name", required=True, help="Name in a municipality's ledger.toml, such as turku-ledger.")
@click.option("--apply", "applies", is_flag=True, help="Write; without it nothing is written.")
@click.option(
    "--unit", type=click.Choice(["eur", "teur"]), help="What the amounts are in; by default as the profile says."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@with_engine
def ledger_command(engine: Engine, file: Path, *, as_json: bool, tongue: str | None, **how: Any) -> None:
    """Show the actual amounts of FILE; with --apply, write them.

    FILE is an Excel or CSV list of the ledger's bookings. Rows that match nothing are listed and left out; an error or
    an open question stops all. What is written is an import, which portfolio undo takes back.
    """
    speaker = telling.Speaker(tongue or language(), as_json=as_json)
    try:
        if not file.is_file():
            raise Refusal(Problem(NO_FILE, {"file": str(file)}))
        telling.need_tables(engine, speaker, file.name)
        with open_session(engine, write=how["applies"]) as session:
            status = _run(session, speaker, file, **how)
    except Refusal as refusal:
        _refused(speaker, file.name, refusal.problems)
        raise SystemExit(WRONG_USAGE) from refusal
    raise SystemExit(status)


def _run(session: Session, speaker: telling.Speaker, path: Path, *, name: str, applies: bool, unit: str | None) -> int:
    """Look at a file or write it; gives the exit status."""
    profile = ledger_profile(name)
    place = municipality_by_code(session, profile.municipality)
    if place is None:
        raise Refusal(Problem(NO_MUNICIPALITY, {"code": profile.municipality}))
    file = read_ledger(read_workbook(path.read_bytes(), path.name), profile)
    asked = cast("Unit | None", unit)
    batch: ImportBatch | None = None
    if applies:
        actor = operator(now(), source="ledger", source_ref=path.name[:80]).within(place.id)
        plan, batch = write_ledger(session, actor, path.name, file, profile, unit=asked)
        session.commit()
    else:
        plan = preview_ledger(session, place.id, file, profile, asked)
    cells = cells_in_words(session, place.id, plan, speaker.language)
    stopped = bool(plan.errors) or (applies and bool(plan.asks))
    answer = _answer(path.name, profile, plan, cells, speaker.language)
    if applies:
        answer |= {"applied": not stopped, "batch": batch.id if batch else None}
    if speaker.as_json:
        print_json(answer)
    else:
        _tell(answer, cells, speaker.language)
    return INPUT_ERRORS if stopped else 0


def _answer(
    file: str, profile: LedgerProfile, plan: LedgerPlan, cells: Sequence[AmountWords], language: str
) -> dict[str, Any]:
    """Give what a file would write as the object of ``--json``."""
    return {
        "file": file,
        "profile": profile.name,
        "summary": count_plan(plan),
        "periods": {str(year): months for year, months in plan.periods.items()},
        "errors": _told(plan.errors, language),
        "questions": _told(plan.asks, language),
        "unmatched": _told(plan.unmatched, language),
        "notices": _told(plan.notices, language),
        "changes": [
            {
                "id": one.code,
                "year": one.plan.key.year,
                "part": one.plan.key.part.value,
                "source": one.source_code,
                "rows": one.plan.rows,
                "old": None if one.plan.old is None else float(one.plan.old),
                "new": float(one.plan.new),
            }
            for one in cells
            if one.plan.changes
        ],
    }


def _told(problems: Sequence[Problem], language: str) -> list[dict[str, Any]]:
    found = []
    for one in problems:
        place = one.place if isinstance(one.place, Place) else Place()
        where = {"sheet": place.sheet, "row": place.row, "column": place.column}
        found.append({**where, "message": say_problem(one, language)})
    return found


def _tell(answer: dict[str, Any], cells: Sequence[AmountWords], language: str) -> None:
    """Tell a person what was found, and what was written."""
    for key, words in KINDS.items():
        if answer[key]:
            click.echo(say(words, language))
        for one in answer[key][:LISTED]:
            where = f"{one['sheet']}, {one['column'] or ''}{one['row']}: " if one["sheet"] and one["row"] else ""
            click.echo(f"  {where}{one['message']}")
        if len(answer[key]) > LISTED:
            click.echo(say(telling.AND_MORE, language, count=len(answer[key]) - LISTED))
    for cell in [one for one in cells if one.plan.changes][:LISTED]:
        old, new = (format_money(amount, language) for amount in (cell.plan.old, cell.plan.new))
        click.echo(f"  {cell.code} {cell.title}, {cell.words}: {old} → {new}")
    told = answer["summary"]
    click.echo(
        say(
            N_("%(rows)s rows read, %(changed)s amounts change, %(unchanged)s stay, %(unmatched)s rows are left out."),
            language,
            **{name: told[name] for name in ("rows", "changed", "unchanged", "unmatched")},
        )
    )
    click.echo(_ending(answer, language))


def _ending(answer: dict[str, Any], language: str) -> str:
    if "applied" not in answer:
        return say(N_("Nothing was written. Add --apply to write."), language)
    if not answer["applied"]:
        return say(N_("Nothing was written: mend the errors, or say with --unit what the amounts are in."), language)
    if answer["batch"] is None:
        return say(N_("Everything in the file is already as it is here."), language)
    return say(N_("Saved as import %(batch)s. Undo it with: portfolio undo %(batch)s"), language, batch=answer["batch"])


def _refused(speaker: telling.Speaker, file: str, problems: Sequence[Problem]) -> None:
    if speaker.as_json:
        print_json({"file": file, "errors": _told(problems, speaker.language)})
    else:
        speaker.refused(file, problems)

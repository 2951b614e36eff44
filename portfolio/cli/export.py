"""``portfolio export``: a portfolio, or one unit's part of it, as a workbook that can be edited and brought back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.context import INPUT_ERRORS, WRONG_USAGE, end_with, now, with_engine
from portfolio.cli.context import language as terminal_language
from portfolio.cli.profiles import NO_PROFILE, folders
from portfolio.cli.source import OTHER_PORTFOLIO
from portfolio.cli.taking import check_target, find_point, find_portfolio, write_file
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.language import LANGUAGES, N_, say
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import operator
from portfolio.exchange.export import ExportScope, create_export, make_workbook
from portfolio.exchange.models import Export
from portfolio.organisation.models import Municipality, Unit
from portfolio.organisation.rules import today_in

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.exchange.profile import Profile

NO_UNIT = N_('There is no unit "%(code)s" in this municipality.')
NOT_WRITTEN = N_("%(file)s could not be written: %(reason)s. Nothing was taken out.")
WRITTEN = N_("%(file)s is written, with %(count)s items. It can be edited and imported back.")


@click.command()
@click.option("--portfolio", "code", required=True, help="Code of the portfolio, such as turku-tarvesalkku.")
@click.option("--out", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option("--unit", "unit_code", help="Only what this unit, by its code, and those below it answer for.")
@click.option("--layout", help="Name of the profile whose own layout the workbook has; by default ours.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", show_default=True, help="Of the workbook.")
@click.option("--as-of", "as_of", metavar="DATE|BASELINE", help="As it was after a day, or at a baseline by its name.")
@with_engine
def export_command(
    engine: Engine,
    *,
    code: str,
    file: Path,
    unit_code: str | None,
    layout: str | None,
    language: str,
    as_of: str | None,
) -> None:
    """Write a portfolio to a workbook that can be imported back.

    It may be edited for weeks, by many; portfolio import merges it with what has happened meanwhile.
    """
    check_target(engine, file)
    try:
        profile = _profile(layout)
        with open_session(engine, write=True) as session:
            portfolio = find_portfolio(session, code)
            if profile is not None and all(sheet.portfolio != code for sheet in profile.sheets):
                raise Refusal(Problem(OTHER_PORTFOLIO, {"profile": profile.name, "code": code}))
            municipality = session.get_one(Municipality, portfolio.municipality_id)
            at = find_point(session, municipality.id, as_of).revision if as_of else None
            scope = ExportScope(portfolio.id, _unit_id(session, municipality.id, unit_code))
            actor = operator(now()).within(municipality.id)
            tongue = profile.language if profile else language
            export = create_export(session, actor, scope, tongue, layout=layout, at=at, file_stem=file.stem)
            session.commit()
    except Refusal as refusal:
        end_with(refusal.problems, WRONG_USAGE)
    today = today_in(municipality.demo_day, actor.at)
    try:
        with open_session(engine, write=False) as session:
            data = make_workbook(session, export, actor, today, profile)
        write_file(file, data)
    except Refusal as refusal:
        _forget(engine, export.id)
        end_with(refusal.problems, INPUT_ERRORS)
    except OSError as error:
        _forget(engine, export.id)
        reason = error.strerror or type(error).__name__
        end_with((Problem(NOT_WRITTEN, {"file": str(file), "reason": reason}),), WRONG_USAGE)
    click.echo(say(WRITTEN, terminal_language(), file=str(file), count=len(export.item_ids)), err=True)


def _forget(engine: Engine, export_id: int) -> None:
    """Take back the row of a workbook that was never written: nobody can bring it in."""
    with open_session(engine, write=True) as session:
        session.delete(session.get_one(Export, export_id))
        session.commit()


def _profile(name: str | None) -> Profile | None:
    if name is None:
        return None
    known = {folder.profile.name: folder.profile for folder in folders()}
    if name not in known:
        raise Refusal(Problem(NO_PROFILE, {"name": name, "known": ", ".join(known)}))
    return known[name]


def _unit_id(session: Session, municipality_id: int, code: str | None) -> int | None:
    if code is None:
        return None
    found = history.rows(session, Unit, municipality_id, code=code)
    if not found:
        raise Refusal(Problem(NO_UNIT, {"code": code}))
    return found[0].id

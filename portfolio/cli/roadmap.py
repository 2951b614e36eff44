"""``portfolio roadmap``: a portfolio's roadmap as a file, the same bars as on the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.context import INPUT_ERRORS, WRONG_USAGE, end_with, now, with_engine
from portfolio.cli.context import language as terminal_language
from portfolio.cli.taking import check_target, find_point, find_portfolio, write_file
from portfolio.core.database import open_session
from portfolio.core.language import LANGUAGES, N_, format_date, say
from portfolio.core.problem import Problem, Refusal
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import timespan_context, today_in
from portfolio.register.forms import load_options
from portfolio.register.rules import InitiativeFilter
from portfolio.roadmap import queries
from portfolio.roadmap.takeout import FORMATS, About, make_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.roadmap.bars import Roadmap

NO_FORMAT = N_('A roadmap cannot be written as "%(ending)s". It can be written as: %(known)s.')
NO_GROUPING = N_('There is no grouping "%(value)s". There are: %(known)s.')
NOT_WRITTEN = N_("%(file)s could not be written: %(reason)s.")
WRITTEN = N_("%(file)s is written, with %(count)s items.")


@click.command()
@click.option("--portfolio", "code", required=True, help="Code of the portfolio, such as turku-tarvesalkku.")
@click.option("--out", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option("--group-by", "group", help="unit, scheme-CODE, portfolio or none; by default what tells rows apart.")
@click.option("--as-of", "as_of", metavar="DATE|BASELINE", help="As it was after a day, or at a baseline by its name.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", show_default=True, help="Of the file.")
@with_engine
def roadmap_command(
    engine: Engine, *, code: str, file: Path, group: str | None, as_of: str | None, language: str
) -> None:
    """Write a portfolio's roadmap to a file whose name ends in .json, .svg, .xlsx or .pptx."""
    kind = file.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        end_with((Problem(NO_FORMAT, {"ending": file.suffix, "known": _listed(FORMATS)}),), WRONG_USAGE)
    check_target(engine, file)
    try:
        with open_session(engine, write=False) as session:
            roadmap, about = _read(session, code, group, as_of, language)
    except Refusal as refusal:
        end_with(refusal.problems, WRONG_USAGE)
    try:
        write_file(file, make_file(kind, roadmap, about))
    except Refusal as refusal:
        end_with(refusal.problems, INPUT_ERRORS)
    except OSError as error:
        end_with((Problem(NOT_WRITTEN, {"file": str(file), "reason": error.strerror or str(error)}),), WRONG_USAGE)
    click.echo(say(WRITTEN, terminal_language(), file=str(file), count=roadmap.count), err=True)


def _read(session: Session, code: str, group: str | None, as_of: str | None, language: str) -> tuple[Roadmap, About]:
    """Lay out the roadmap that is asked for. Raises Refusal for a portfolio, a time or a grouping that is not there."""
    portfolio = find_portfolio(session, code)
    municipality = session.get_one(Municipality, portfolio.municipality_id)
    point = find_point(session, municipality.id, as_of) if as_of else None
    today = today_in(municipality.demo_day, now())
    day = min(point.day, today) if point else today
    at = point.revision if point else None
    ways = queries.groupings(load_options(session, municipality.id, at=at), language)
    wanted = queries.Wanted(
        *(InitiativeFilter(portfolio_ids=frozenset({portfolio.id})), day, language, ways, municipality.plan_horizon),
        terms=timespan_context(municipality, day, language).council_terms,
        grouping=_grouping(ways, group),
        at=at,
    )
    roadmap, grouping = queries.read(session, municipality.id, wanted)
    time = ", ".join(filter(None, (point.name if point else None, format_date(day, language))))
    names = [one.name_sv if language == "sv" and one.name_sv else one.name_fi for one in (portfolio, municipality)]
    return roadmap, About(names[0], names[1], grouping.label, time, language)


def _grouping(ways: Sequence[queries.Grouping], key: str | None) -> queries.Grouping | None:
    found = next((one for one in ways if one.key == key), None)
    if key is not None and found is None:
        raise Refusal(Problem(NO_GROUPING, {"value": key, "known": _listed(one.key for one in ways)}))
    return found


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)

"""``portfolio report``: a report for decision-makers as PDF, Word or Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from portfolio.budgets.rules import FIRST_YEAR, LAST_YEAR
from portfolio.cli.context import INPUT_ERRORS, WRONG_USAGE, end_with, now, with_engine
from portfolio.cli.context import language as terminal_language
from portfolio.cli.taking import check_target, find_point, find_portfolio, write_file
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.language import LANGUAGES, N_, format_date, say
from portfolio.core.problem import Problem, Refusal
from portfolio.documents import queries
from portfolio.documents.report import WRITERS, Kind, build
from portfolio.forums.models import Forum
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in
from portfolio.register.models import Initiative, Portfolio

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.documents.report import Report

NO_FORMAT = N_('A report cannot be written as "%(ending)s". It can be written as: %(known)s.')
NEEDS = N_("A report of the kind %(kind)s needs %(option)s.")
NOT_FOR = N_("%(option)s belongs to reports of the kind %(kind)s.")
NO_INITIATIVE = N_('There is no initiative "%(text)s" in the portfolio %(code)s.')
NO_FORUM = N_('There is no forum "%(text)s" in this municipality.')
NOT_WRITTEN = N_("%(file)s could not be written: %(reason)s.")
WRITTEN = N_("%(file)s is written.")


class Options(TypedDict):
    """What may be asked of a report; None where nothing is."""

    kind: str
    initiative: str | None
    forum: str | None
    year: int | None
    as_of: str | None
    language: str


@click.command()
@click.option("--portfolio", "code", required=True, help="Code of the portfolio, such as kemi-viisas.")
@click.option("--kind", required=True, type=click.Choice([one.value for one in Kind]), help="Which report.")
@click.option("--out", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option("--initiative", metavar="ID", help="Whose card: its code, such as K-004-8, or its number in addresses.")
@click.option("--forum", metavar="ID", help="Whose decisions: its code, or its number in addresses; all its decisions.")
@click.option(
    "--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Of the round, the measures, the money or the decisions."
)
@click.option("--as-of", "as_of", metavar="DATE|BASELINE", help="As it was after a day, or at a baseline by its name.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", show_default=True, help="Of the file.")
@with_engine
def report_command(engine: Engine, *, code: str, file: Path, **options: Unpack[Options]) -> None:
    """Write a report for decision-makers as PDF, Word or Excel.

    progress: how a programme proceeds; measures: next year's, for decision; budget: a year's amounts; card: one
    initiative (--initiative); decisions: a forum's (--forum). The ending of the file's name tells its kind: .pdf,
    .docx or .xlsx.
    """
    ending = file.suffix.removeprefix(".").lower()
    if ending not in WRITERS:
        end_with((Problem(NO_FORMAT, {"ending": file.suffix, "known": ", ".join(WRITERS)}),), WRONG_USAGE)
    check_target(engine, file)
    try:
        with open_session(engine, write=False) as session:
            made = _read(session, code, options)
    except Refusal as refusal:
        end_with(refusal.problems, WRONG_USAGE)
    try:
        write_file(file, WRITERS[ending](made))
    except Refusal as refusal:
        end_with(refusal.problems, INPUT_ERRORS)
    except OSError as error:
        end_with((Problem(NOT_WRITTEN, {"file": str(file), "reason": error.strerror or str(error)}),), WRONG_USAGE)
    click.echo(say(WRITTEN, terminal_language(), file=str(file)), err=True)


def _read(session: Session, code: str, options: Options) -> Report:
    """Build the report that is asked for. Raises Refusal for anything asked for that is not there."""
    kind = Kind(options["kind"])
    _check_options(kind, options)
    portfolio = find_portfolio(session, code)
    municipality = session.get_one(Municipality, portfolio.municipality_id)
    moment = now()
    today = today_in(municipality.demo_day, moment)
    point = find_point(session, municipality.id, options["as_of"]) if options["as_of"] else None
    at = point.revision if point else None
    portfolio = history.row(session, Portfolio, municipality.id, portfolio.id, at) or portfolio
    wanted = queries.WantedReport(
        kind=kind,
        municipality=municipality,
        portfolio=None if kind is Kind.DECISIONS else portfolio,
        language=options["language"],
        day=min(point.day, today) if point else today,
        made_at=moment,
        at=at,
        words=f"{point.name}, {format_date(point.day, options['language'])}" if point and point.name else None,
        year=options["year"],
        initiative=_initiative(session, portfolio, options["initiative"], at),
        forum=_forum(session, municipality.id, options["forum"], at),
    )
    return build(queries.read_facts(session, wanted))


def _check_options(kind: Kind, options: Options) -> None:
    """Refuse a card without its initiative, decisions without their forum, and either where it has no meaning."""
    given = {"--initiative": (Kind.CARD, options["initiative"]), "--forum": (Kind.DECISIONS, options["forum"])}
    problems = [
        Problem(NEEDS if own is kind else NOT_FOR, {"kind": own.value, "option": option})
        for option, (own, value) in given.items()
        if (own is kind) is (value is None)
    ]
    if problems:
        raise Refusal(*problems)


def _initiative(session: Session, portfolio: Portfolio, text: str | None, at: int | None) -> Initiative | None:
    if text is None:
        return None
    found = queries.find_named(session, Initiative, portfolio.municipality_id, text, at)
    if found is None or found.portfolio_id != portfolio.id:
        raise Refusal(Problem(NO_INITIATIVE, {"text": text, "code": portfolio.code}))
    return found


def _forum(session: Session, municipality_id: int, text: str | None, at: int | None) -> Forum | None:
    if text is None:
        return None
    found = queries.find_named(session, Forum, municipality_id, text, at)
    if found is None:
        raise Refusal(Problem(NO_FORUM, {"text": text}))
    return found

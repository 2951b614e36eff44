"""``portfolio import``: a workbook in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from portfolio.cli import report
from portfolio.cli.context import INPUT_ERRORS, language, language_option, now, with_engine
from portfolio.cli.profiles import Folder, find_profile
from portfolio.core.database import open_session
from portfolio.core.language import HELSINKI, N_, say
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, operator
from portfolio.exchange.apply import ByProfile, Import, Options, import_workbook, set_up
from portfolio.exchange.merge import Choice
from portfolio.exchange.preview import preview
from portfolio.exchange.profile import Profile
from portfolio.exchange.rows import with_portfolio
from portfolio.files.cells import Workbook
from portfolio.files.workbook import read_workbook
from portfolio.organisation.queries import municipality_by_code
from portfolio.register.queries import portfolio_by_code

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.organisation.models import Municipality

NO_FILE = N_('There is no file "%(file)s".')
NO_MUNICIPALITY = N_(
    'The municipality "%(code)s" is not in this database. Set it up from its profile with --set-up, or try '
    "everything out with: portfolio demo"
)
NO_PORTFOLIO = N_('There is no portfolio "%(code)s" in this database.')
OTHER_PORTFOLIO = N_('The profile "%(profile)s" has no sheets for the portfolio "%(code)s".')
NO_USER = N_("%(email)s has no access to this municipality.")
READING, COMPARING, WRITING = N_("Reading %(file)s"), N_("Comparing with what is there"), N_("Saving")

CHOICES = {"stop": None, "current": Choice.CURRENT, "file": Choice.FILE}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--profile", "profile_name", help="The profile's name; by default the one that fits.")
@click.option("--portfolio", "code", help="Read only the sheets of this portfolio.")
@click.option("--apply", "applies", is_flag=True, help="Write; without it nothing is written.")
@click.option("--partial", is_flag=True, help="Leave rows with errors out instead of stopping.")
@click.option(
    "--on-conflict", type=click.Choice(list(CHOICES)), default="stop", show_default=True, help="Which side wins."
)
@click.option("--as", "email", help="Import as this user, with the user's rights; by default as the operator.")
@click.option("--set-up", "sets_up", is_flag=True, help="First set the municipality up as the profile says.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@with_engine
def import_command(
    engine: Engine, file: Path, *, as_json: bool, tongue: str | None, applies: bool, partial: bool, **how: Any
) -> None:
    """Show what FILE would change, row by row; with --apply, change it."""
    speaker = report.Speaker(tongue or language(), as_json=as_json)
    if not file.is_file():
        report.refuse(speaker, file.name, Refusal(Problem(NO_FILE, {"file": str(file)})))
    report.need_tables(engine, speaker, file.name)
    try:
        speaker.progress(say(READING, speaker.language, file=file.name))
        workbook = read_workbook(file.read_bytes(), file.name)
        folder = find_profile(how["profile_name"], file, workbook)
        profile = _narrowed(folder.profile, how["code"])
        with open_session(engine, write=True) as session:
            if how["sets_up"]:
                set_up(session, operator(now(), source="import", source_ref=file.name[:80]), profile, demo=False)
            municipality = _municipality(session, profile, how["code"])
            actor = _actor(session, municipality, how["email"], file.name)
            speaker.progress(say(COMPARING, speaker.language))
            day, choice = _document_date(folder, municipality, file.name), CHOICES[how["on_conflict"]]
            options = Options(day, choice, rehearsal=not applies)
            done = import_workbook(session, actor, municipality, ByProfile(profile), workbook, options)
            stopped = (done.has_errors and not partial) or (applies and done.has_conflicts)
            if applies and not stopped:
                speaker.progress(say(WRITING, speaker.language))
                session.commit()
            else:
                session.rollback()
    except Refusal as refusal:
        report.refuse(speaker, file.name, refusal)
    _tell(speaker, done, workbook, profile, how["code"], written=applies and not stopped, applies=applies)
    raise SystemExit(INPUT_ERRORS if stopped else 0)


def _narrowed(profile: Profile, code: str | None) -> Profile:
    if code is None:
        return profile
    if not any(sheet.portfolio == code for sheet in profile.sheets):
        raise Refusal(Problem(OTHER_PORTFOLIO, {"profile": profile.name, "code": code}))
    return with_portfolio(profile, code)


def _municipality(session: Session, profile: Profile, code: str | None) -> Municipality:
    """Find the municipality of the profile, or of the portfolio where the profile is a person's own."""
    if profile.municipality is not None:
        found = municipality_by_code(session, profile.municipality.code)
        if found is None:
            raise Refusal(Problem(NO_MUNICIPALITY, {"code": profile.municipality.code}))
        return found
    named = code or next((sheet.portfolio for sheet in profile.sheets if sheet.portfolio), "")
    portfolio = portfolio_by_code(session, named)
    if portfolio is None:
        raise Refusal(Problem(NO_PORTFOLIO, {"code": named}))
    from portfolio.organisation.models import Municipality

    return session.get_one(Municipality, portfolio.municipality_id)


def _actor(session: Session, municipality: Municipality, email: str | None, file: str) -> Actor:
    from portfolio.accounts.queries import actor_of, user_by_email

    at = now()
    if email is None:
        return operator(at, source="import", source_ref=file[:80]).within(municipality.id)
    user = user_by_email(session, email)
    today = municipality.demo_day or at.astimezone(HELSINKI).date()
    actor = actor_of(session, user, municipality.id, at, today) if user is not None and user.active else None
    if actor is None:
        raise Refusal(Problem(NO_USER, {"email": email}))
    return replace(actor, source="import", source_ref=file[:80])


def _document_date(folder: Folder, municipality: Municipality, file: str) -> Any:
    """Give the day by which the file's time words are meant: its step's, else the municipality's today."""
    for step in folder.profile.steps:
        if step.workbook == file:
            return step.document_date or step.date
    return municipality.demo_day or now().astimezone(HELSINKI).date()


def _tell(
    speaker: report.Speaker,
    done: Import,
    workbook: Workbook,
    profile: Profile,
    code: str | None,
    *,
    written: bool,
    applies: bool,
) -> None:
    portfolios = {sheet.portfolio for sheet in profile.sheets if sheet.portfolio}
    named = code or (next(iter(portfolios)) if len(portfolios) == 1 else None)
    answer = preview(done, workbook.name, profile.name, named, speaker.language)
    if applies:
        answer |= {"applied": written, "batch": done.batch.id if written and done.batch else None}
    speaker.imported(answer, same=done.earlier is not None and done.batch is None)

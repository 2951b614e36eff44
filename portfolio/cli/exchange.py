"""``portfolio import``: a workbook in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from portfolio.cli import telling
from portfolio.cli.context import INPUT_ERRORS, language, language_option, now, with_engine
from portfolio.cli.guessing import refuse_applying, show_guess
from portfolio.cli.source import AskedImport, Source, find_source, today_of
from portfolio.config import SettingsError, read_settings
from portfolio.core.database import open_session
from portfolio.core.language import N_, say
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, operator
from portfolio.exchange.apply import Import, Options, import_workbook, plan_import
from portfolio.exchange.merge import Choice
from portfolio.exchange.preview import preview
from portfolio.exchange.queries.words import Words
from portfolio.files.cells import Workbook
from portfolio.files.workbook import read_workbook

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.organisation.models import Municipality

NO_FILE = N_('There is no file "%(file)s".')
NO_USER = N_("%(email)s has no access to this municipality.")
PROFILE_PASSED_OVER = N_(
    'The file is a workbook that was taken out of here, and is read as such. The profile "%(profile)s" was not used.'
)
READING, COMPARING, WRITING = N_("Reading %(file)s"), N_("Comparing with what is there"), N_("Saving")

CHOICES = {"stop": None, "current": Choice.CURRENT, "file": Choice.FILE}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--profile", "profile_name", help="The profile's name; by default the one that fits.")
@click.option("--portfolio", "code", help="Read only the sheets of this portfolio.")
@click.option("--apply", "applies", is_flag=True, help="Write; without it nothing is written.")
@click.option("--partial", is_flag=True, help="Leave rows with errors out instead of stopping.")
@click.option(
    "--on-conflict",
    type=click.Choice(list(CHOICES)),
    default="stop",
    show_default=True,
    help="Which side wins where both the file and others changed a cell; stop: neither, and nothing is written.",
)
@click.option("--as", "email", help="Import as this user, with the user's rights; by default as the operator.")
@click.option("--set-up", "sets_up", is_flag=True, help="First set the municipality up as the profile says.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@with_engine
def import_command(engine: Engine, file: Path, *, as_json: bool, tongue: str | None, **how: Any) -> None:
    """Show what FILE would change; with --apply, change it.

    A workbook that was exported from here is known again, and merged with what has happened since. Any error stops all,
    unless --partial leaves its row out (status 0, the rows are listed); so does a conflict, unless --on-conflict
    decides it.
    """
    speaker = telling.Speaker(tongue or language(), as_json=as_json)
    if not file.is_file():
        telling.refuse(speaker, file.name, Refusal(Problem(NO_FILE, {"file": str(file)})))
    telling.need_tables(engine, speaker, file.name)
    asked = AskedImport(file, **how)
    try:
        speaker.progress(say(READING, speaker.language, file=file.name))
        workbook = read_workbook(file.read_bytes(), file.name)
        with open_session(engine, write=asked.applies or asked.sets_up) as session:
            source = find_source(session, asked, workbook)
            if source is None:
                status = _guess(session, speaker, asked, workbook)
            else:
                speaker.progress(say(COMPARING, speaker.language))
                status = _import(engine, session, speaker, asked, source, workbook)
    except Refusal as refusal:
        telling.refuse(speaker, file.name, refusal)
    raise SystemExit(status)


def _import(
    engine: Engine, session: Session, speaker: telling.Speaker, asked: AskedImport, source: Source, workbook: Workbook
) -> int:
    """Preview a file, or import it and keep or give up what was written; gives the exit status."""
    actor = _actor(session, source.municipality, asked.email, asked.file.name)
    options = Options(source.document_date, CHOICES[asked.on_conflict])
    if asked.applies:
        done = import_workbook(session, actor, source.municipality, source.way, workbook, options)
    else:
        done = plan_import(session, actor, source.municipality, workbook, source.way, options)
    if asked.profile_name not in (None, source.way.name):
        shown = {"profile": asked.profile_name}
        done.notices.insert(0, Problem(PROFILE_PASSED_OVER, shown))
    unusable = done.parsed.stopped or (done.has_errors and not asked.partial)
    stopped = unusable or (asked.applies and done.has_conflicts)
    written = asked.applies and not stopped
    if written:
        speaker.progress(say(WRITING, speaker.language))
        _keep(session, actor, source, done)
        _mail_owners(engine, speaker, source, done)
    else:
        session.rollback()
    answer = preview(done, workbook.name, source.way.name, source.portfolio, speaker.language)
    if asked.applies:
        answer |= {"applied": written, "batch": done.batch.id if written and done.batch else None}
    words = Words(session, source.municipality.id, (), speaker.language)
    speaker.imported(answer, words, same=done.earlier is not None and done.batch is None)
    return INPUT_ERRORS if stopped else 0


def _keep(session: Session, actor: Actor, source: Source, done: Import) -> None:
    """Keep what was written; the owners of what others changed get a notice in the same transaction."""
    from portfolio.exchange.operations.notices import note_owners

    if done.batch is not None:
        note_owners(session, actor, done.batch, source.today)
    session.commit()


def _mail_owners(engine: Engine, speaker: telling.Speaker, source: Source, done: Import) -> None:
    """Mail the owners their notices after the commit; without a mail server their home pages tell them all the same."""
    from portfolio.exchange.operations.notices import tell_owners

    try:
        settings = read_settings()
    except SettingsError as error:
        speaker.progress(str(error))
        return
    if settings.smtp is not None and done.batch is not None:
        link = f"{settings.public_url}/{source.municipality.code}/" if settings.public_url else None
        tell_owners(engine, settings.smtp, done.batch.id, link, now)


def _guess(session: Session, speaker: telling.Speaker, asked: AskedImport, workbook: Workbook) -> int:
    """Show how a file that nobody prepared would be read; gives the exit status."""
    if asked.applies:
        raise refuse_applying()

    def make_actor(session: Session, municipality: Municipality) -> Actor:
        return _actor(session, municipality, asked.email, asked.file.name)

    return show_guess(session, speaker, workbook, asked.code, make_actor)


def _actor(session: Session, municipality: Municipality, email: str | None, file: str) -> Actor:
    from portfolio.accounts.queries import actor_of, user_by_email

    at = now()
    if email is None:
        return operator(at, source="import", source_ref=file[:80]).within(municipality.id)
    user = user_by_email(session, email)
    actor = (
        actor_of(session, user, municipality.id, at, today_of(municipality))
        if user is not None and user.active
        else None
    )
    if actor is None:
        raise Refusal(Problem(NO_USER, {"email": email}))
    return replace(actor, source="import", source_ref=file[:80])

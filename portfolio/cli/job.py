"""``portfolio job``: long work in a process of its own, as the server starts it."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from portfolio.cli.context import WRONG_USAGE, end, now, with_engine
from portfolio.config import SettingsError, read_job_limits, read_mail
from portfolio.core.jobs import Handler, JobFacts, Limits, Progress, run
from portfolio.core.jobs.facts import MEGABYTE

if TYPE_CHECKING:
    from sqlalchemy import Engine

PLANNING = "plan"
"""The kind of ``exchange.operations.uploads``, which is not loaded here: only the child that works knows the rooms."""

LEDGER = "ledger"
"""The kind of ``exchange.ledger.store``."""

LETTERS = ("letters-invitation", "letters-reminder", "letter-invitation", "letter-reminder")
"""The kinds of ``exchange.operations.posting``."""

REMINDERS = "reminders"
"""The kind of ``reviews.queries.reminded``."""


@click.group()
def job_command() -> None:
    """Do the long work that pages ask for; the server starts it."""


@job_command.command("run")
@click.argument("job_id", metavar="ID", type=click.IntRange(1))
@with_engine
def run_command(engine: Engine, job_id: int) -> None:
    """Do job ID, and what the same person has waiting behind it.

    Nothing is done where another process does it already, or where it has been done.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        limits = read_job_limits(os.environ)
    except SettingsError as error:
        end(str(error), WRONG_USAGE)
    following: int | None = job_id
    while following is not None:
        following = run(engine, following, handlers(), now, Limits(limits.megabytes * MEGABYTE, limits.seconds))


def handlers() -> Mapping[str, Handler]:
    """Return who does which kind of work. Each loads its rooms when it begins, in the process that is limited."""
    return {PLANNING: _plan, LEDGER: _ledger, REMINDERS: _remind, **dict.fromkeys(LETTERS, _post)}


def _post(engine: Engine, job: JobFacts, progress: Progress) -> None:
    from portfolio.exchange.operations.posting import post_letters

    post_letters(engine, job, progress, read_mail(os.environ), now)


def _remind(engine: Engine, job: JobFacts, progress: Progress) -> None:
    from portfolio.reviews.operations.reminders import post_reminders

    post_reminders(engine, job, progress, read_mail(os.environ), now)


def _plan(engine: Engine, job: JobFacts, progress: Progress) -> None:
    from portfolio.exchange.apply.planning import plan_upload
    from portfolio.exchange.profile.folders import profiles_of

    plan_upload(engine, job, progress, profiles=profiles_of)


def _ledger(engine: Engine, job: JobFacts, progress: Progress) -> None:
    from portfolio.exchange.ledger.store import read_upload

    read_upload(engine, job, progress)

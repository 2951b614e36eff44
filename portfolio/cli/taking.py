"""What the commands that write a file share: which portfolio, which point in time, and how the file gets its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from portfolio.cli import database
from portfolio.cli.context import NO_TABLES, WRONG_USAGE, end_with
from portfolio.core import history
from portfolio.core.history import Baseline, Revision
from portfolio.core.language import HELSINKI, N_
from portfolio.core.problem import Problem, Refusal
from portfolio.register.queries import portfolio_by_code

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.register.models import Portfolio

NO_PORTFOLIO = N_('There is no portfolio "%(code)s" in this database.')
NO_POINT = N_('"%(text)s" is neither a day, such as 2026-05-04, nor the name of a baseline.')
NO_DAY = N_('"%(text)s" is not a day, such as 2026-05-04.')
NOTHING_YET = N_("Nothing had been written by %(day)s.")
NO_FOLDER = N_('There is no folder "%(folder)s" to write to.')

_DAYS = ("%Y-%m-%d", "%d.%m.%Y")


class Point(NamedTuple):
    """A point in time: its revision, its day, and the name of the baseline where it was asked for by one."""

    revision: int
    day: dt.date
    name: str | None = None


def check_target(engine: Engine, file: Path) -> None:
    """End where there is nothing to read or nowhere to write."""
    database.metadata()
    if database.current_migration(engine) is None:
        end_with((Problem(NO_TABLES),), WRONG_USAGE)
    if not file.resolve().parent.is_dir():
        end_with((Problem(NO_FOLDER, {"folder": str(file.resolve().parent)}),), WRONG_USAGE)


def write_file(file: Path, data: bytes) -> None:
    """Write a file beside its place and then put it there, so that what stood there stays where that fails."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(data)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def find_portfolio(session: Session, code: str) -> Portfolio:
    """Find a portfolio by its code, which is unique in the whole system. Raises Refusal where there is none."""
    found = portfolio_by_code(session, code)
    if found is None:
        raise Refusal(Problem(NO_PORTFOLIO, {"code": code}))
    return found


def find_point(session: Session, municipality_id: int, text: str) -> Point:
    """Find the point of a day or of a baseline; a baseline may be called like a day, and then it is meant."""
    named = history.rows(session, Baseline, municipality_id, name=text)
    if named:
        revision = session.get_one(Revision, named[-1].revision_id)
        return Point(revision.id, revision.at.astimezone(HELSINKI).date(), text)
    day = next(filter(None, (_day(text, shape) for shape in _DAYS)), None)
    if day is None:
        raise Refusal(Problem(NO_POINT, {"text": text}))
    found = history.revision_on(session, day)
    if not found:
        raise Refusal(Problem(NOTHING_YET, {"day": day}))
    return Point(found, day)


def read_day(text: str) -> dt.date:
    """Read a day, such as 2026-05-04 or 4.5.2026. Raises Refusal for anything else."""
    found = next(filter(None, (_day(text, shape) for shape in _DAYS)), None)
    if found is None:
        raise Refusal(Problem(NO_DAY, {"text": text}))
    return found


def _day(text: str, shape: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, shape).replace(tzinfo=HELSINKI).date()
    except ValueError:
        return None

"""What every command shares: which database, which language, how to end."""

from __future__ import annotations

import datetime as dt
import json
import locale
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

import click

from portfolio.core import history
from portfolio.core.database import make_engine
from portfolio.core.language import LANGUAGES, N_, say_problem

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from portfolio.core.problem import Problem

DATABASE_URL = "PORTFOLIO_DATABASE_URL"
DATABASE_FILE = "portfolio.sqlite"
NO_TABLES = N_("The database has no tables yet. Make them with: portfolio db upgrade")

P = ParamSpec("P")
R = TypeVar("R")

INPUT_ERRORS = 1
WRONG_USAGE = 2


def data_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add ``--data DIR``: the folder of the embedded database, used instead of PORTFOLIO_DATABASE_URL."""
    return click.option(
        "--data",
        "data",
        type=click.Path(file_okay=False, path_type=Path),
        help=f"Folder of the embedded SQLite database; otherwise {DATABASE_URL} names the database.",
    )(command)


language_option = click.option(
    "--language", "tongue", type=click.Choice(LANGUAGES), help="Language of the sentences; by default the terminal's."
)
"""The option of commands that speak in sentences."""


def with_engine(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command its watched ``engine``, from ``--data`` or the environment."""

    @data_option
    @wraps(command)
    def wrapped(*args: Any, data: Path | None, **options: Any) -> R:
        engine = open_engine(database_url(data))
        try:
            return command(*args, engine=engine, **options)
        finally:
            engine.dispose()

    return wrapped


def database_url(data: Path | None) -> str:
    """Return the address of the database that the command is to use; ends with status 2 when none is named."""
    if data is not None:
        return f"sqlite:///{data.resolve() / DATABASE_FILE}"
    url = os.environ.get(DATABASE_URL)
    if not url:
        end(f"No database: set {DATABASE_URL} or give --data DIR.", WRONG_USAGE)
    return url


def open_engine(url: str) -> Engine:
    """Open a database whose versioned tables are watched; nothing is made on disk before the first connection."""
    engine = make_engine(url)
    history.guard(engine)
    return engine


def now() -> dt.datetime:
    """Return the clock's time; the only place where commands read it."""
    return dt.datetime.now(dt.UTC)


def language() -> str:
    """Return the language of the terminal when it is one of ours, else Finnish."""
    code = (locale.getlocale(locale.LC_MESSAGES)[0] or os.environ.get("LANG", ""))[:2]
    return code if code in LANGUAGES else "fi"


def end(message: str, status: int) -> NoReturn:
    """Say why on standard error and end with the status."""
    click.echo(message, err=True)
    raise SystemExit(status)


def end_with(problems: tuple[Problem, ...], status: int = INPUT_ERRORS) -> NoReturn:
    """Say every problem on a line of its own in the terminal's language and end."""
    end("\n".join(say_problem(problem, language()) for problem in problems), status)


def print_json(value: Any) -> None:
    """Print one JSON object and nothing else on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))

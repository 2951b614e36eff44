"""``portfolio serve``: the application behind waitress."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING

import click

from portfolio.cli import database
from portfolio.cli.context import NO_TABLES, WRONG_USAGE, end, end_with, with_engine
from portfolio.core.problem import Problem

if TYPE_CHECKING:
    from sqlalchemy import Engine

YOUNG = 50_000
"""Objects made between two rounds of the garbage collector; the data of 5,000 bars took a fifth longer without."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=8, show_default=True, type=click.IntRange(1, 64), help="Threads that answer.")
@with_engine
def serve_command(engine: Engine, host: str, port: int, workers: int) -> None:
    """Serve the application until it is stopped."""
    if _lacks_tables(engine):
        end_with((Problem(NO_TABLES),), WRONG_USAGE)
    serve(engine, host, port, workers)


def serve(engine: Engine, host: str, port: int, workers: int, **config: str) -> None:
    """Serve one database's application; ``config`` goes to ``create_app``. A port that is taken ends with status 2."""
    from waitress import create_server

    from portfolio.app import create_app

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("waitress").setLevel(logging.WARNING)
    app = create_app(config, engine=engine)
    keep_what_is_loaded()
    try:
        server = create_server(app, host=host, port=port, threads=workers, ident=None)
    except OSError as error:
        end(f"{host}:{port} cannot be listened on: {error.strerror}. Choose another port with --port.", WRONG_USAGE)
    click.echo(f"Portfolio: http://{host}:{port}", err=True)
    server.run()


def _lacks_tables(engine: Engine) -> bool:
    """Tell whether the tables have never been made; a database that does not answer may yet come up."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        return database.current_migration(engine) is None
    except SQLAlchemyError:
        return False


def keep_what_is_loaded() -> None:
    """Take modules, models and templates out of the garbage collector's rounds: they stay for the process's life.

    A page makes thousands of objects at once and drops them together: rounds come less often than is usual.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)

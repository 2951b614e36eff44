"""``portfolio serve``: the application behind waitress."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING

import click

from portfolio.cli.context import with_engine

if TYPE_CHECKING:
    from sqlalchemy import Engine

YOUNG = 50_000
"""Objects made between two rounds of the garbage collector; the data of 5,000 bars took a fifth longer without."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=8, show_default=True, type=click.IntRange(1, 64), help="Threads that answer.")
@with_engine
def serve_command(engine: Engine, host: str, port: int, workers: int) -> None:
    """Serve the application until it is stopped."""
    serve(engine, host, port, workers)


def serve(engine: Engine, host: str, port: int, workers: int, **config: str) -> None:
    """Serve one database's application; ``config`` goes to ``create_app``."""
    from waitress import serve as waitress_serve

    from portfolio.app import create_app

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("waitress").setLevel(logging.WARNING)
    app = create_app(config, engine=engine)
    keep_what_is_loaded()
    click.echo(f"Portfolio: http://{host}:{port}", err=True)
    waitress_serve(app, host=host, port=port, threads=workers, ident=None)


def keep_what_is_loaded() -> None:
    """Take modules, models and templates out of the garbage collector's rounds: they stay for the process's life.

    A page makes thousands of objects at once and drops them together: rounds come less often than is usual.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)

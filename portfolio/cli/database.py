"""``portfolio db``: the tables' structure, one numbered migration after another."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portfolio.cli.context import INPUT_ERRORS, end, with_engine
from portfolio.core.database import Base, for_writing, make_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, MetaData

ROOMS_WITH_TABLES = (
    *("core.history", "core.jobs"),
    *("organisation", "accounts", "register", "budgets", "forums", "exchange", "reviews", "yearclock"),
)
PACKAGE = Path(__file__).resolve().parent.parent


def metadata() -> MetaData:
    """Return the tables of all rooms."""
    for room in ROOMS_WITH_TABLES:
        import_module(f"portfolio.{room}.models")
    return Base.metadata


def migrations() -> Path:
    """Return the folder of the migrations: inside an installed package, or beside it in a checkout."""
    inside = PACKAGE / "migrations"
    return inside if inside.is_dir() else PACKAGE.parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to a migration, all in one transaction a migration; an embedded database gets its folder."""
    if file := _file(engine):
        file.parent.mkdir(parents=True, exist_ok=True)
    with _unwatched(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to a migration ("base" drops all)."""
    with _unwatched(engine) as connection:
        command.downgrade(_config(connection), revision)


def current_migration(engine: Engine) -> str | None:
    """Return the number of the migration the database stands at; to ask does not make an embedded database's file."""
    if (file := _file(engine)) and not file.exists():
        return None
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_migration() -> str | None:
    """Return the number of the newest migration there is."""
    return ScriptDirectory(str(migrations())).get_current_head()


def differences(engine: Engine) -> list[object]:
    """Return what models and tables disagree on; an empty list is agreement."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata()))


def _file(engine: Engine) -> Path | None:
    """Return the file of an embedded database."""
    return Path(engine.url.database) if engine.dialect.name == "sqlite" and engine.url.database else None


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations()))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata()
    return config


@contextmanager
def _unwatched(engine: Engine) -> Iterator[Connection]:
    """Connect beside the guard: a migration may rewrite versioned tables, and logs it itself if it does."""
    beside = make_engine(engine.url.render_as_string(hide_password=False))
    try:
        with for_writing(beside).connect() as connection:
            yield connection
            connection.commit()
    finally:
        beside.dispose()


@click.group()
def db_command() -> None:
    """Create, upgrade and check the tables."""


@db_command.command("upgrade")
@click.argument("revision", default="head")
@with_engine
def upgrade_command(engine: Engine, revision: str) -> None:
    """Bring the tables up to date."""
    upgrade(engine, revision)
    click.echo(f"Migration {current_migration(engine)}")


@db_command.command("downgrade")
@click.argument("revision")
@with_engine
def downgrade_command(engine: Engine, revision: str) -> None:
    """Take the tables back to a migration, for example 0003."""
    downgrade(engine, revision)
    click.echo(f"Migration {current_migration(engine) or 'none'}")


@db_command.command("check")
@with_engine
def check_command(engine: Engine) -> None:
    """Tell whether models and tables agree."""
    if found := differences(engine):
        end("\n".join(str(one) for one in found), INPUT_ERRORS)
    click.echo("Models and tables agree.")

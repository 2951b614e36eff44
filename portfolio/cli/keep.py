"""Keeping the data: status, verify, backup and restore."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy import func, select

from portfolio.cli import database
from portfolio.cli.context import INPUT_ERRORS, WRONG_USAGE, end, open_engine, print_json, with_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.organisation.models import Municipality
from portfolio.register.models import Initiative, Portfolio

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_engine
def status_command(engine: Engine, *, as_json: bool) -> None:
    """Tell the version, the migration and what the database holds."""
    found = status(engine)
    if as_json:
        print_json(found)
        return
    click.echo(f"Portfolio {found['version']} · {found['database']} · migration {found['migration']}")
    for one in found["portfolios"]:
        click.echo(f"{one['municipality']:<12} {one['code']:<32} {one['initiatives']:>6}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_engine
def verify_command(engine: Engine, *, as_json: bool) -> None:
    """Check that the history, replayed, equals the tables.

    Foreign keys hold, time never goes back. Each fault is listed, and the status is 1 when there are any.
    """
    database.metadata()
    with open_session(engine, write=False) as session:
        faults = history.verify(session)
        revisions = history.latest_revision(session)
    if as_json:
        print_json({"revisions": revisions, "faults": [_as_dict(fault) for fault in faults]})
    for fault in faults if not as_json else ():
        click.echo(f"{fault.entity} {fault.entity_id or ''} {fault.field or ''}: {fault.expected!r} ≠ {fault.found!r}")
    if faults:
        end(f"{len(faults)} faults", INPUT_ERRORS)
    click.echo(f"Intact: {revisions} revisions replayed.", err=True)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_engine
def backup_command(engine: Engine, file: Path) -> None:
    """Copy the whole database, also one in use, to FILE."""
    if engine.dialect.name == "sqlite":
        _backup_sqlite(Path(str(engine.url.database)), file)
    else:
        _run_postgres("pg_dump", engine, "--format=custom", f"--file={file}")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    click.echo(f"{file}: {file.stat().st_size} bytes, SHA-256 {digest}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_engine
def restore_command(engine: Engine, file: Path) -> None:
    """Fill an empty database from FILE and verify it.

    A database that holds something is not overwritten.
    """
    if engine.dialect.name == "sqlite":
        _restore_sqlite(file, Path(str(engine.url.database)))
    else:
        _refuse_used(database.current_migration(engine) is not None)
        _run_postgres("pg_restore", engine, "--no-owner", "--exit-on-error", "--single-transaction", str(file))
    fresh = open_engine(engine.url.render_as_string(hide_password=False))
    database.metadata()
    with open_session(fresh, write=False) as session:
        faults = history.verify(session)
    fresh.dispose()
    if faults:
        end(f"Restored, but not intact: {len(faults)} faults. See portfolio verify.", INPUT_ERRORS)
    click.echo("Restored and intact.")


def status(engine: Engine) -> dict[str, Any]:
    """Return version, kind of database, migration and the portfolios with their counts."""
    migration = database.current_migration(engine)
    with open_session(engine, write=False) as session:
        portfolios = _portfolios(session) if migration is not None else []
        revisions = history.latest_revision(session) if migration is not None else 0
    return {
        "version": version("portfolio"),
        "database": engine.dialect.name,
        "migration": migration,
        "newest_migration": database.newest_migration(),
        "revisions": revisions,
        "portfolios": portfolios,
    }


def _portfolios(session: Session) -> list[dict[str, Any]]:
    count = func.count(Initiative.id).filter(Initiative.removed.is_(False))
    statement = (
        select(Portfolio.code, Municipality.code, Portfolio.kind, Portfolio.name_fi, count)
        .join(Municipality, Municipality.id == Portfolio.municipality_id)
        .outerjoin(Initiative, Initiative.portfolio_id == Portfolio.id)
        .where(Portfolio.removed.is_(False))
        .group_by(Portfolio.id, Municipality.code)
        .order_by(Municipality.code, Portfolio.code)
    )
    names = ("code", "municipality", "kind", "name", "initiatives")
    return [dict(zip(names, row, strict=True)) for row in session.execute(statement)]


def _backup_sqlite(source: Path, target: Path) -> None:
    """Copy by SQLite's online backup, beside the target first, so that a half copy never bears its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / "copy"
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as kept:
            live.backup(kept)
        with copy.open("rb") as written:
            os.fsync(written.fileno())
        copy.replace(target)


def _restore_sqlite(file: Path, target: Path) -> None:
    with file.open("rb") as opened:
        if opened.read(16) != b"SQLite format 3\x00":
            end(f"{file} is not a backup of an SQLite database.", WRONG_USAGE)
    _refuse_used(target.exists() and target.stat().st_size > 0)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / "copy"
        shutil.copyfile(file, copy)
        _refuse_damaged(copy, file)
        copy.replace(target)


def _refuse_damaged(copy: Path, file: Path) -> None:
    """Refuse a backup whose pages are broken before it becomes the database, so that another one can be tried."""
    try:
        with closing(sqlite3.connect(copy)) as opened:
            whole = opened.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        end(f"{file} is damaged and was not restored. Use another backup.", INPUT_ERRORS)


def _refuse_used(used: bool) -> None:  # noqa: FBT001 -- a private question with one answer
    if used:
        end("The database is not empty. Restore into an empty one.", WRONG_USAGE)


def _run_postgres(program: str, engine: Engine, *arguments: str) -> None:
    """Run PostgreSQL's own tool; the password goes through the environment, where no process list shows it."""
    path = shutil.which(program)
    if path is None:
        end(f"{program} is not installed; it comes with PostgreSQL's client programs.", WRONG_USAGE)
    url = engine.url
    environment = {**os.environ, "PGPASSWORD": url.password} if url.password else dict(os.environ)
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    result = subprocess.run(  # noqa: S603 -- a known program, no shell
        [path, f"--dbname={plain}", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if result.returncode:
        end(result.stderr.strip(), INPUT_ERRORS)


def _as_dict(fault: history.Fault) -> dict[str, Any]:
    return {name: getattr(fault, name) for name in ("entity", "entity_id", "field", "expected", "found")}

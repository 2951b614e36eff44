"""An import that is killed at any moment is there whole or not at all, and whatever was acknowledged is there."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from portfolio.cli.context import open_engine
from portfolio.cli.demo import fill
from portfolio.cli.profiles import folders
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import Change
from portfolio.exchange.models import ImportBatch

RUN = "from portfolio.cli import main; main()"
SAMPLE, WHOLE = 2, 40
KILLS = [pytest.param(seed, marks=[] if seed < SAMPLE else [pytest.mark.whole]) for seed in range(WHOLE)]
LONGEST = 2.5  # seconds until the import is certainly done on a machine that is not too busy


@pytest.fixture(scope="session")
def kemi_step():
    """Kemi's first workbook."""
    folder = next(one for one in folders() if one.profile.name == "kemi")
    return folder.path / folder.profile.steps[0].workbook


@pytest.fixture(scope="session")
def before_import(migrated_sqlite_file, tmp_path_factory):
    """A database in which the municipalities are set up and nothing is imported yet."""
    path = tmp_path_factory.mktemp("kills") / "portfolio.sqlite"
    shutil.copy(migrated_sqlite_file, path)
    _set_up_only(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_before_import(postgres_server, migrated_postgres_template):
    name = postgres_server.create_database(migrated_postgres_template)
    _set_up_only(postgres_server.url(name))
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request, tmp_path):
    """A copy of that database, on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "portfolio.sqlite"
        shutil.copy(request.getfixturevalue("before_import"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    name = server.create_database(request.getfixturevalue("postgres_before_import"))
    yield server.url(name)
    server.drop_database(name)


def _set_up_only(url):
    """Set every municipality up as the demo does, without its steps."""
    from dataclasses import replace

    engine = open_engine(url)
    fill(engine, [replace(one, profile=replace(one.profile, steps=())) for one in folders()])
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.mark.parametrize("seed", KILLS)
def test_a_killed_import_is_there_whole_or_not_at_all(url, kemi_step, seed):
    wait = random.Random(seed).uniform(0.3, LONGEST)
    command = [sys.executable, "-c", RUN, "import", str(kemi_step), "--profile", "kemi", "--apply", "--json"]
    environment = {**os.environ, "PORTFOLIO_DATABASE_URL": url}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        acknowledged = process.wait() == 0

    engine = open_engine(url)
    with open_session(engine, write=False) as session:
        assert history.verify(session) == []
        batches = session.scalars(select(ImportBatch)).all()
        written = session.scalar(select(func.count(Change.id)).where(Change.entity == "initiative"))
    engine.dispose()
    assert len(batches) <= 1
    assert bool(batches) == bool(written)
    if acknowledged:
        assert batches

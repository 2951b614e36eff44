"""An applied plan is there whole or not at all, whenever its process is killed, and two at once lose nothing."""

import random
import shutil
import signal
import threading
import time

import pytest
from sqlalchemy import func, select

from portfolio.budgets.models import BudgetLine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import Change
from portfolio.exchange.apply.apply import StalePlanError
from portfolio.exchange.models import ImportBatch, ImportOrigin, Upload, UploadState
from portfolio.register.models import Initiative
from tests.exchange.killing import POINTS, Death, start
from tests.exchange.towns import HEAD, make_town
from tests.exchange.uploads import apply, plan, sent

OLD, NEW = 150, 50
SAMPLE, WHOLE = 5, 50
SEEDS = [pytest.param(seed, marks=[] if seed < SAMPLE else [pytest.mark.whole]) for seed in range(WHOLE)]
NAMED = [pytest.param(point, marks=[pytest.mark.whole]) for point in POINTS]
LONGEST = 30


def _fill(url):
    """A town with items, and an upload that changes each of them and adds more; gives the upload's id."""
    town = make_town(url)
    apply(town, sent(town, [(number, f"Toimenpide {number}", "tekninen", "Menossa", 10, 5) for number in range(OLD)]))
    rows = [(number, f"Toimenpide {number} uusi", "sivistys", "Menossa", 20, 6) for number in range(OLD + NEW)]
    upload_id = sent(town, rows, HEAD)
    if town.engine.dialect.name == "sqlite":
        with town.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    town.engine.dispose()
    return upload_id


@pytest.fixture(scope="session")
def planned_sqlite(migrated_sqlite_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("planned") / "portfolio.sqlite"
    shutil.copy(migrated_sqlite_file, path)
    return path, _fill(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def planned_postgres(postgres_server, migrated_postgres_template):
    name = postgres_server.create_database(migrated_postgres_template)
    return name, _fill(postgres_server.url(name))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def planned(request, tmp_path):
    """The URL of a copy of that database, on each kind, and its upload's id."""
    if request.param == "sqlite":
        path, upload_id = request.getfixturevalue("planned_sqlite")
        shutil.copy(path, tmp_path / "portfolio.sqlite")
        yield f"sqlite:///{tmp_path / 'portfolio.sqlite'}", upload_id
        return
    server = request.getfixturevalue("postgres_server")
    template, upload_id = request.getfixturevalue("planned_postgres")
    name = server.create_database(template)
    yield server.url(name), upload_id
    server.drop_database(name)


@pytest.fixture(scope="session")
def usual(planned_sqlite, tmp_path_factory):
    """How many statements applying takes, and how many seconds."""
    path, upload_id = planned_sqlite
    copied = tmp_path_factory.mktemp("usual") / "portfolio.sqlite"
    shutil.copy(path, copied)
    process, receiving = start(f"sqlite:///{copied}", upload_id)
    assert receiving.recv() == "ready"
    began = time.monotonic()
    _, statements = receiving.recv()
    process.join(LONGEST)
    return statements, time.monotonic() - began


@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_apply_is_there_whole_or_not_at_all_and_again_it_is_there_once(planned, usual, seed):
    url, upload_id = planned
    chance = random.Random(seed)
    statements, seconds = usual
    if seed % 2:
        acknowledged = _killed(url, upload_id, Death(statement=chance.randint(1, statements)))
    else:
        acknowledged = _killed(url, upload_id, after=chance.uniform(0, 1.2 * seconds))
    _is_whole_or_nothing(url, upload_id, acknowledged=acknowledged)


@pytest.mark.parametrize("point", NAMED)
def test_an_apply_that_is_killed_when(planned, point):
    url, upload_id = planned
    assert not _killed(url, upload_id, Death(point))
    whole = _is_whole_or_nothing(url, upload_id, acknowledged=False)
    assert whole is (point == "the commit is done")


def _killed(url, upload_id, death=None, after=None):
    """Run a process until it dies; tell whether it had said that it was done."""
    process, receiving = start(url, upload_id, death)
    assert receiving.recv() == "ready"
    if after is not None:
        time.sleep(after)
        process.kill()
    process.join(LONGEST)
    try:
        told = receiving.recv() is not None
    except EOFError:
        told = False
    assert process.exitcode == -signal.SIGKILL or told
    return told


def _is_whole_or_nothing(url, upload_id, *, acknowledged):
    """Check what a killed process left, apply again, and check that it is there once."""
    from tests.exchange.towns import SET_UP, Town, open_engine, parse_profile

    town = Town(open_engine(url), parse_profile(SET_UP))
    try:
        before = _check(town, upload_id)
        assert before or not acknowledged
        apply(town, upload_id)
        assert _check(town, upload_id)
    finally:
        town.engine.dispose()
    return before


def _check(town, upload_id):
    """Tell whether the import is there, and that it is there whole or nothing of it is."""
    with open_session(town.engine, write=True) as session:
        history.take_turn(session)  # until then a server may still be at what its client left
        assert history.verify(session) == []
        upload = session.get_one(Upload, upload_id)
        is_there = upload.state is UploadState.APPLIED
        first, *batches = session.scalars(select(ImportBatch).order_by(ImportBatch.id)).all()
        assert [batch.id for batch in batches] == ([upload.batch_id] if is_there else [])
        latest = history.latest_revision(session)
        assert latest == (batches[0] if is_there else first).revision_id
        counted = [
            session.scalar(select(func.count()).select_from(model).where(*conditions))
            for model, *conditions in (
                (Initiative, Initiative.title_fi.like("% uusi")),
                (BudgetLine, BudgetLine.planned == 6000),
                (Change, Change.revision_id > first.revision_id),
                (ImportOrigin, ImportOrigin.batch_id == upload.batch_id),
            )
        ]
    changes = 3 * OLD + OLD + NEW + NEW  # title, unit and progress; money; births of items and of their money
    assert counted == ([OLD + NEW, OLD + NEW, changes, OLD + NEW] if is_there else [0, 0, 0, 0])
    return is_there


def test_two_people_who_apply_overlapping_plans_at_once_lose_nothing(town):
    head = ("Nro", "Toimenpide", "Valmiina", "Tavoitteet")
    apply(town, sent(town, [(number, f"Toimenpide {number}", 10, "Alku") for number in range(30)], head))
    uploads = {
        sent(town, [(n, f"Toimenpide {n}", 40) for n in range(30)], ("Nro", "Toimenpide", "Valmiina")): "progress",
        sent(town, [(n, f"Toimenpide {n}", "Loppu") for n in range(30)], ("Nro", "Toimenpide", "Tavoitteet")): "goals",
        sent(town, [(n, f"Nimi {n}", 50) for n in range(10)], ("Nro", "Toimenpide", "Valmiina")): "both",
    }
    outcomes = {}
    gate = threading.Barrier(len(uploads))
    threads = [threading.Thread(target=_apply_until_done, args=(town, one, gate, outcomes)) for one in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    assert sorted(outcomes) == sorted(uploads)
    assert sum(outcomes.values()) >= 2, "all but the first were planned against what was no more"
    rows = town.rows()
    assert {row.goals for row in rows} == {"Loppu"}
    assert {row.progress for row in rows[10:]} == {40}
    assert {row.progress for row in rows[:10]} <= {40, 50}
    assert len(town.all(ImportBatch)) == 4
    assert town.faults() == []
    with open_session(town.engine, write=False) as session:
        written = session.execute(
            select(Change.field, func.count()).where(Change.field.in_(("progress", "goals"))).group_by(Change.field)
        )
        counted = {row[0]: row[1] for row in written}
    assert counted["goals"] == 30
    assert counted["progress"] == 40


def _apply_until_done(town, upload_id, gate, outcomes):
    """Apply as a person does who is told that the plan is stale: have it planned anew, look, and apply."""
    gate.wait()
    stale = 0
    while True:
        try:
            apply(town, upload_id)
        except StalePlanError:
            stale += 1
            plan(town, upload_id)
        else:
            outcomes[upload_id] = stale
            return

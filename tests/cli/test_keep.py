import json
import os
import sqlite3

import pytest
from click.testing import CliRunner

from portfolio.cli import database, main
from portfolio.cli.context import open_engine
from portfolio.core.database import open_session
from portfolio.core.history import Insert, Update, write_many
from portfolio.organisation.models import Municipality, Unit
from tests.core.history.conftest import act


@pytest.fixture
def run():
    def run(*arguments, code=0):
        result = CliRunner().invoke(main, [str(one) for one in arguments])
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def data(data_folder):
    """The folder of an embedded database that holds one municipality, one unit and two revisions."""
    engine = open_engine(f"sqlite:///{data_folder}/portfolio.sqlite")
    with open_session(engine, write=True) as session:
        kemi = {"code": "kemi", "number": "240", "name_fi": "Kemi", "name_sv": "Kemi"}
        identity = write_many(session, act(1), inserts=[Insert(Municipality, kemi)]).ids[0]
        unit = {"municipality_id": identity, "code": "tek", "name_fi": "Tekninen"}
        unit_id = write_many(session, act(1), inserts=[Insert(Unit, unit)]).ids[0]
        session.commit()
        write_many(session, act(2), updates=[Update(Unit, unit_id, {"name_fi": "Tekninen palvelukeskus"})])
        session.commit()
    engine.dispose()
    return data_folder


def test_status_tells_version_migration_and_counts_as_one_object(run, data):
    found = json.loads(run("status", "--data", data, "--json").stdout)
    assert found["database"] == "sqlite"
    assert found["migration"] == found["newest_migration"] == database.newest_migration()
    assert (found["revisions"], found["portfolios"]) == (2, [])


def test_a_backup_of_a_database_in_use_restores_to_the_same_state(run, data, tmp_path):
    kept = tmp_path / "kept" / "copy.sqlite"
    with sqlite3.connect(data / "portfolio.sqlite") as in_use:
        in_use.execute("BEGIN IMMEDIATE")
        in_use.execute("UPDATE unit SET name_fi = 'kesken'")
        run("backup", kept, "--data", data)
        in_use.rollback()
    run("restore", kept, "--data", tmp_path / "fresh")
    run("verify", "--data", tmp_path / "fresh")
    with sqlite3.connect(tmp_path / "fresh" / "portfolio.sqlite") as restored:
        assert restored.execute("SELECT name_fi FROM unit").fetchall() == [("Tekninen palvelukeskus",)]
    assert list(kept.parent.iterdir()) == [kept]


def test_restore_overwrites_nothing_and_takes_nothing_but_a_backup(run, data, tmp_path):
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"not a database")
    assert "not a backup" in run("restore", other, "--data", tmp_path / "fresh", code=2).stderr
    kept = tmp_path / "copy.sqlite"
    run("backup", kept, "--data", data)
    assert "not empty" in run("restore", kept, "--data", data, code=2).stderr


def test_a_damaged_backup_is_refused_and_leaves_room_for_another(run, data, tmp_path):
    kept, damaged = tmp_path / "copy.sqlite", tmp_path / "damaged.sqlite"
    run("backup", kept, "--data", data)
    content = kept.read_bytes()
    for broken in (content[: len(content) // 2], content[:4096] + bytes(8192) + content[12288:]):
        damaged.write_bytes(broken)
        assert "damaged" in run("restore", damaged, "--data", tmp_path / "fresh", code=1).stderr
    run("restore", kept, "--data", tmp_path / "fresh")


def test_verify_names_the_cell_that_was_changed_behind_the_history(run, data):
    with sqlite3.connect(data / "portfolio.sqlite") as behind:
        behind.execute("UPDATE unit SET name_fi = 'muutettu'")
    result = run("verify", "--data", data, "--json", code=1)
    faults = json.loads(result.stdout)["faults"]
    assert {(one["entity"], one["field"], one["found"]) for one in faults} >= {("unit", "name_fi", "muutettu")}


def test_a_command_without_a_database_says_how_to_name_one(run, monkeypatch):
    monkeypatch.delenv("PORTFOLIO_DATABASE_URL", raising=False)
    assert "--data DIR" in run("status", code=2).stderr


@pytest.mark.postgres
def test_postgresql_is_backed_up_and_restored_by_its_own_tools(run, data, postgres_server, tmp_path, monkeypatch):
    from tests.fixtures.postgres import program_folder

    monkeypatch.setenv("PATH", str(program_folder()), prepend=os.pathsep)
    first, second = postgres_server.create_database(), postgres_server.create_database()
    monkeypatch.setenv("PORTFOLIO_DATABASE_URL", postgres_server.url(first))
    run("db", "upgrade")
    run("backup", tmp_path / "copy.dump")
    monkeypatch.setenv("PORTFOLIO_DATABASE_URL", postgres_server.url(second))
    run("restore", tmp_path / "copy.dump")
    assert json.loads(run("status", "--json").stdout)["migration"] == database.newest_migration()
    for name in (first, second):
        postgres_server.drop_database(name)

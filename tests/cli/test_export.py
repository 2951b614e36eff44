import errno
import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portfolio.cli import main
from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import Baseline, BaselineKind
from portfolio.exchange.models import Export
from tests.exchange.export.house import make_house, table
from tests.factories import write


@pytest.fixture
def data(data_folder):
    """The folder of a database in which there is a municipality with something of everything."""
    return data_folder


@pytest.fixture
def engine(data):
    engine = open_engine(f"sqlite:///{data}/portfolio.sqlite")
    yield engine
    engine.dispose()


@pytest.fixture
def house(engine):
    with open_session(engine, write=True) as session:
        yield make_house(session)


@pytest.fixture
def session(house):
    return house.session


@pytest.fixture
def out(tmp_path):
    return tmp_path / "vienti.xlsx"


@pytest.fixture
def run(data, session, out):
    """Run the command; gives the workbook that it wrote, or what it said when it wrote none."""

    def run(*arguments, code=0, portfolio="kunta-ohjelma"):
        session.commit()
        command = ["export", "--data", str(data), "--portfolio", portfolio, "--out", str(out), *arguments]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == code, result.output
        return result.output if code else openpyxl.load_workbook(io.BytesIO(out.read_bytes()))

    return run


def titles(workbook):
    return [row["Nimi suomeksi"] for row in table(workbook["Kehittämiskohteet"])]


def test_a_portfolio_is_written_in_finnish_and_recorded(run, session):
    made = run()
    assert titles(made) == ["=Kirjasto auki", "Satama", "Kirjasto kiinni"]
    export = session.scalars(select(Export)).one()
    assert made.properties.identifier == export.token
    assert (export.language, len(export.item_ids), export.user_id) == ("fi", 3, None)


def test_a_unit_and_a_language_may_be_named(run):
    made = run("--unit", "sivistys", "--language", "sv")
    assert [row["Namn på finska"] for row in table(made["Utvecklingsobjekt"])] == ["=Kirjasto auki"]


def test_the_past_is_named_by_a_day_or_a_baseline(run, house):
    now = history.latest_revision(house.session)
    values = {"name": "Talousarvio 2026", "kind": BaselineKind.FREE, "revision_id": now}
    write(house.session, Baseline, values | {"municipality_id": house.municipality.id})
    assert len(titles(run("--as-of", "Talousarvio 2026"))) == 3
    assert len(titles(run("--as-of", "2026-05-04"))) == 3
    assert len(titles(run("--as-of", "4.5.2026"))) == 3
    assert {one.revision_id for one in house.session.scalars(select(Export))} >= {now}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--unit", "satama"], "satama"),
        (["--as-of", "joskus"], "joskus"),
        (["--as-of", "1999-01-01"], "1999"),
        (["--layout", "kadonnut"], "kadonnut"),
        (["--layout", "kemi"], "kemi"),
        (["--language", "de"], "de"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_writes_nothing(run, out, session, arguments, told):
    assert told in run(*arguments, code=2)
    assert not out.exists()
    assert session.scalars(select(Export)).all() == []


def test_an_unknown_portfolio_and_a_missing_folder_end_with_status_2(run, data, tmp_path, out):
    assert "muu" in run(code=2, portfolio="muu")
    where = str(tmp_path / "puuttuu" / "vienti.xlsx")
    command = ["export", "--data", str(data), "--portfolio", "kunta-ohjelma", "--out", where]
    assert CliRunner().invoke(main, command).exit_code == 2


def test_a_file_that_cannot_be_written_ends_with_a_sentence_and_leaves_no_export(run, session, out, monkeypatch):
    out.write_bytes(b"ennen")

    def full(_path, _data):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        told = run(code=2)
    assert str(out) in told
    assert "No space left on device" in told
    assert session.scalars(select(Export)).all() == []
    assert out.read_bytes() == b"ennen"
    assert [one.name for one in out.parent.glob("*.part")] == []


def test_a_folder_of_the_files_name_ends_with_a_sentence(run, session, out):
    out.mkdir()
    run(code=2)
    assert session.scalars(select(Export)).all() == []


def test_a_database_without_tables_ends_with_status_2(tmp_path, out):
    command = ["export", "--data", str(tmp_path), "--portfolio", "kunta-ohjelma", "--out", str(out)]
    assert CliRunner().invoke(main, command).exit_code == 2

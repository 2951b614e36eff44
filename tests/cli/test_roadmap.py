import io
import json

import openpyxl
import pytest
from click.testing import CliRunner

from portfolio.cli import database, main
from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import Baseline, BaselineKind
from portfolio.roadmap.takeout import FORMATS
from tests.exchange.export.house import make_house
from tests.factories import write


@pytest.fixture
def data(tmp_path):
    """The folder of a database in which there is a municipality with something of everything."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def house(data):
    engine = open_engine(f"sqlite:///{data}/portfolio.sqlite")
    database.upgrade(engine)
    with open_session(engine, write=True) as session:
        yield make_house(session)
    engine.dispose()


@pytest.fixture
def run(data, house, tmp_path):
    """Run the command; gives the bytes that it wrote, or what it said when it wrote none."""

    def run(*arguments, ending="json", code=0, portfolio="kunta-ohjelma"):
        house.session.commit()
        out = tmp_path / f"tiekartta.{ending}"
        out.unlink(missing_ok=True)
        command = ["roadmap", "--data", str(data), "--portfolio", portfolio, "--out", str(out), *arguments]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == code, result.output
        assert out.exists() == (code == 0)
        return result.output if code else out.read_bytes()

    return run


def titles(written):
    found = json.loads(written)
    rows = [row for lane in found["lanes"] for row in lane["rows"]]
    return [row["title"] for row in (*rows, *found["elsewhere"], *found["undated"])]


def test_a_roadmap_is_written_as_data(run):
    found = json.loads(run())

    assert (found["title"], found["municipality"], found["grouping"]) == ("Ohjelma", "Kunta", "Yksikkö")
    assert sorted(titles(run())) == ["=Kirjasto auki", "Kirjasto kiinni", "Satama"]


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_written_in_every_language(run, ending):
    for language in ("fi", "sv", "en"):
        assert run("--language", language, ending=ending)


def test_the_table_holds_every_item_and_no_formula(run):
    sheet = openpyxl.load_workbook(io.BytesIO(run(ending="xlsx"))).active

    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=Kirjasto auki"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_rows_are_grouped_as_asked(run):
    found = json.loads(run("--group-by", "none"))

    assert found["grouping"] == "ei ryhmittelyä"
    assert "scheme-luokka" in run("--group-by", "väri", code=2)


def test_the_past_is_named_by_a_day_or_a_baseline(run, house):
    now = history.latest_revision(house.session)
    values = {"name": "Talousarvio 2026", "kind": BaselineKind.FREE, "revision_id": now}
    write(house.session, Baseline, values | {"municipality_id": house.municipality.id})

    named = json.loads(run("--as-of", "Talousarvio 2026"))

    assert named["as_of"].startswith("Talousarvio 2026, ")
    assert len(titles(run("--as-of", "4.5.2026"))) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"ending": "docx"}, ".docx"),
        ({"ending": "odp"}, "json"),
        ({"portfolio": "kadonnut"}, "kadonnut"),
        ({"arguments": ("--as-of", "joskus")}, "joskus"),
        ({"arguments": ("--as-of", "1999-01-01")}, "1999"),
        ({"arguments": ("--language", "de")}, "de"),
    ],
)
def test_wrong_usage_is_told_in_words_ends_with_status_2_and_writes_nothing(run, arguments, told):
    assert told in run(*arguments.pop("arguments", ()), code=2, **arguments)


def test_a_missing_folder_ends_with_status_2(data, house, tmp_path):
    house.session.commit()
    out = tmp_path / "missing" / "r.svg"
    command = ["roadmap", "--data", str(data), "--portfolio", "kunta-ohjelma", "--out", str(out)]

    result = CliRunner().invoke(main, command)

    assert (result.exit_code, "missing" in result.output) == (2, True)

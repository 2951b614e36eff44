import io
import json
import re

import openpyxl
import pytest
from click.testing import CliRunner

from portfolio.cli import main
from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import Baseline, BaselineKind
from portfolio.roadmap.takeout import FORMATS
from tests.exchange.export.house import make_house
from tests.factories import write


@pytest.fixture
def data(data_folder):
    """The folder of a database in which there is a municipality with something of everything."""
    return data_folder


@pytest.fixture
def house(data):
    engine = open_engine(f"sqlite:///{data}/portfolio.sqlite")
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


def test_lanes_colours_order_and_time_are_as_asked(run):
    asked = (
        "--group-by",
        "none",
        "--inner",
        "unit",
        "--colour",
        "kind",
        "--order",
        "title",
        "--scale",
        "all",
        "--money",
    )
    found = json.loads(run(*asked))

    assert (found["grouping"], found["inner"], found["colour"]) == ("ei ryhmittelyä", "Yksikkö", "Laji")
    assert found["window"]["scale"] == "all"
    assert {lane["level"] for lane in found["lanes"]} == {1, 2}
    shown = [row["title"] for lane in found["lanes"] for row in lane["rows"]]
    assert shown == sorted(shown)
    assert json.loads(run("--scale", "year", "--from", "1.5.2030"))["window"]["first"] == "2030-01-01"


def test_what_has_changed_since_a_baseline_is_told(run, house):
    values = {"name": "Alku", "kind": BaselineKind.FREE, "revision_id": history.latest_revision(house.session)}
    write(house.session, Baseline, values | {"municipality_id": house.municipality.id})

    assert json.loads(run("--compare", "Alku"))["compared"]["with"] == "Alku"
    assert "Alku" in run("--as-of", "Alku", "--compare", "Alku", code=2)


def test_the_paper_of_a_document_is_as_asked(run):
    sizes = [re.search(rb"/MediaBox ?\[0 0 ([\d.]+)", run("--paper", paper, ending="pdf")) for paper in ("a4", "a3")]

    assert [round(float(size[1])) for size in sizes] == [842, 1191]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"ending": "docx"}, ".docx"),
        ({"ending": "odp"}, "json"),
        ({"portfolio": "kadonnut"}, "kadonnut"),
        ({"arguments": ("--as-of", "joskus")}, "joskus"),
        ({"arguments": ("--as-of", "1999-01-01")}, "1999"),
        ({"arguments": ("--language", "de")}, "de"),
        ({"arguments": ("--inner", "väri")}, "scheme-luokka"),
        ({"arguments": ("--group-by", "unit", "--inner", "unit")}, "kahdesti"),
        ({"arguments": ("--colour", "väri")}, "kind"),
        ({"arguments": ("--order", "rank")}, "rank"),
        ({"arguments": ("--scale", "decade")}, "decade"),
        ({"arguments": ("--from", "kohta")}, "kohta"),
        ({"arguments": ("--compare", "joskus")}, "joskus"),
        ({"arguments": ("--paper", "a5")}, "a5"),
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

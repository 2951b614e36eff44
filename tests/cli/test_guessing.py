"""A workbook that no profile fits, on the command line."""

import json

import pytest
from click.testing import CliRunner

from portfolio.cli import main
from portfolio.exchange.models import ImportBatch
from tests.exchange.towns import SET_UP, make_town
from tests.workbooks import workbook_bytes

ROWS = [["Hankelista 2026"], ["Nro", "Hanke", "Toimiala", "Tila", "TA 2026 (1 000 €)", "Mittari"]]
ROWS += [[7, "Uusi tie", "tekninen", "Kesken", 5, "km"], [8, "Koulu", "sivistys", "Valmis", 6, None]]
ROWS += [["Yhteensä", None, None, None, 12, None]]


@pytest.fixture
def town(data_folder, tmp_path, monkeypatch):
    folder = tmp_path / "imports" / "kunta"
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text(SET_UP, encoding="utf-8")
    monkeypatch.setenv("PORTFOLIO_IMPORTS", str(folder.parent))
    town = make_town(f"sqlite:///{data_folder}/portfolio.sqlite")
    yield town
    town.engine.dispose()


@pytest.fixture
def tell(town, tmp_path):
    """Run the import of a list that nobody prepared."""

    def tell(*options, rows=ROWS):
        file = tmp_path / "oma.xlsx"
        file.write_bytes(workbook_bytes({"Lista": rows}))
        return CliRunner().invoke(main, ["import", str(file), "--data", str(tmp_path / "data"), *options])

    return tell


def test_the_guess_and_what_it_would_read_are_one_json_object(tell, town):
    answer = tell("--portfolio", "kunta-ohjelma", "--json", "--language", "en")
    assert answer.exit_code == 0
    told = json.loads(answer.stdout)
    assert (told["profile"], told["portfolio"]) == (None, "kunta-ohjelma")
    (sheet,) = told["sheets"]
    assert sheet["header_rows"] == [2]
    assert sheet["rows"] == 2
    assert sheet["columns"]["TA 2026 (1 000 €)"] == "money:2026:operating:own:planned"
    assert sheet["columns"]["Mittari"] is None
    assert sheet["totals"] == {"TA 2026 (1 000 €)": 11}
    assert told["summary"]["added"] == 2
    assert {one["outcome"] for one in told["changes"]} == {"add"}
    assert any("E5" in notice and "12" in notice for notice in told["notices"])
    columns = {one["heading"]: one for one in told["guess"]["sheets"][0]["columns"]}
    assert columns["Hanke"]["field"] == "title_fi"
    assert all(one["reasons"] for one in columns.values())
    assert told["guess"]["profile"]["sheet"][0]["portfolio"] == "kunta-ohjelma"
    assert town.all(ImportBatch) == []


def test_without_a_portfolio_it_is_said_that_nobody_knows_where_the_rows_would_go(tell):
    answer = tell("--json", "--language", "en")
    assert answer.exit_code == 0
    told = json.loads(answer.stdout)
    assert told["portfolio"] is None
    assert told["sheets"][0]["columns"]["Hanke"] == "title_fi"
    assert told["changes"] == []
    assert any("--portfolio" in notice for notice in told["notices"])


def test_in_words_each_column_is_told_with_its_reason(tell):
    answer = tell("--portfolio", "kunta-ohjelma", "--language", "fi")
    assert answer.exit_code == 0
    assert "Mittari: ei lueta" in answer.stdout
    assert "Hanke: title_fi" in answer.stdout


def test_a_guess_is_not_applied(tell, town):
    answer = tell("--portfolio", "kunta-ohjelma", "--apply", "--json")
    assert answer.exit_code == 2
    assert len(json.loads(answer.stdout)["errors"]) == 1
    assert town.all(ImportBatch) == []


def test_a_file_without_any_table_ends_in_two(tell):
    answer = tell("--json", rows=[["Hallitus päätti asiasta."]])
    assert answer.exit_code == 2
    assert json.loads(answer.stdout)["guess"]["sheets"][0]["read"] is False

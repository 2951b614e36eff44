import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portfolio.budgets.models import BudgetLine
from portfolio.budgets.operations import put_funding_sources
from portfolio.cli import main
from portfolio.cli.context import open_engine
from portfolio.core.database import open_session
from tests import factories
from tests.workbooks import workbook_bytes

HEAD = ["Projekti", "Tili", "Kausi", "Euroa", "Tosite"]
GOOD = ["80101", "4010", "1/2026", 100.0, "A1"]


@pytest.fixture
def data(data_folder):
    """The folder of a database with the municipality of the profile that comes with the program."""
    engine = open_engine(f"sqlite:///{data_folder}/portfolio.sqlite")
    with open_session(engine, write=True) as session:
        place = factories.create_municipality(session, code="turku").id
        sources = {"own": {"name_fi": "Oma"}, "external": {"name_fi": "Ulkopuolinen", "external": True}}
        put_funding_sources(session, factories.acting(place, "office"), sources)
        factories.create_initiative(session, municipality_id=place, ledger_number="80101")
        session.commit()
    engine.dispose()
    return data_folder


@pytest.fixture
def ledger(data):
    """Run the command over a file of these rows; gives its exit status and its JSON object."""

    def run(*rows, options=(), head=HEAD):
        path = Path(data) / "kirjanpito.xlsx"
        path.write_bytes(workbook_bytes({"Tapahtumat": [head, *rows]}))
        asked = ["ledger", str(path), "--profile", "turku-ledger", "--data", str(data), "--language", "fi", "--json"]
        answer = CliRunner().invoke(main, [*asked, *options])
        return answer.exit_code, json.loads(answer.stdout)

    return run


def actuals(data):
    engine = open_engine(f"sqlite:///{data}/portfolio.sqlite")
    with open_session(engine, write=False) as session:
        found = [float(one) for one in session.scalars(select(BudgetLine.actual)) if one is not None]
    engine.dispose()
    return found


def test_a_preview_writes_nothing_and_lists_what_is_left_out(ledger, data):
    status, told = ledger(GOOD, ["80199", "4010", "1/2026", 5.0, "A2"])
    assert (status, actuals(data)) == (0, [])
    assert [(one["sheet"], one["row"], one["column"]) for one in told["unmatched"]] == [("Tapahtumat", 3, "A")]
    assert [(one["old"], one["new"]) for one in told["changes"]] == [(None, 100.0)]
    assert "applied" not in told


def test_what_is_applied_can_be_undone(ledger, data):
    status, told = ledger(GOOD, options=["--apply"])
    assert (status, told["applied"], actuals(data)) == (0, True, [100.0])
    undone = CliRunner().invoke(main, ["undo", str(told["batch"]), "--data", str(data), "--json"])
    assert undone.exit_code == 0
    again, told = ledger(GOOD)
    assert (again, told["summary"]["changed"]) == (0, 1)


def test_errors_and_another_municipality_s_numbers_write_nothing(ledger, data):
    status, told = ledger(GOOD, ["80101", "4010", "1/2026", "noin sata", ""], options=["--apply"])
    assert (status, told["applied"], told["errors"][0]["column"]) == (1, False, "D")
    status, told = ledger(["70001", "4010", "1/2026", 5.0, ""], options=["--apply"])
    assert (status, told["batch"], actuals(data)) == (1, None, [])


def test_an_unknown_profile_and_a_missing_file_are_wrong_usage(ledger, data):
    assert ledger(GOOD, options=["--profile", "nobody"])[0] == 2
    asked = ["ledger", str(data / "ei.xlsx"), "--profile", "turku-ledger", "--data", str(data), "--json"]
    assert CliRunner().invoke(main, asked).exit_code == 2


def test_a_file_without_rows_is_an_error(ledger):
    assert ledger()[0] == 1

import io

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from portfolio.cli import main
from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.rights import operator
from portfolio.documents.report import WRITERS
from portfolio.forums.models import Forum
from portfolio.register.models import Initiative
from tests.exchange.export.house import make_house
from tests.factories import MORNING, create_baseline, write


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

    def run(kind, *arguments, ending="docx", code=0, portfolio="kunta-ohjelma"):
        house.session.commit()
        out = tmp_path / f"raportti.{ending}"
        out.unlink(missing_ok=True)
        command = ["report", "--data", str(data), "--portfolio", portfolio, "--kind", kind, "--out", str(out)]
        result = CliRunner().invoke(main, [*command, *arguments])
        assert result.exit_code == code, result.output
        assert out.exists() == (code == 0)
        return result.output if code else out.read_bytes()

    return run


def words(written):
    found = docx.Document(io.BytesIO(written))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *cells])


def first(house):
    return house.session.query(Initiative).order_by(Initiative.id).first()


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("kind", ["progress", "measures", "budget"])
def test_every_report_of_a_portfolio_is_written_in_every_format(run, kind, ending):
    assert run(kind, ending=ending)[:2] == {"pdf": b"%P", "docx": b"PK", "xlsx": b"PK"}[ending]


def test_a_card_is_named_by_its_code_or_its_number(run, house):
    row = first(house)
    code, identity, title = row.code, row.id, row.title_fi
    assert title in words(run("card", "--initiative", code))
    assert title in words(run("card", "--initiative", str(identity)))
    assert "EI-OLE" in run("card", "--initiative", "EI-OLE", code=2)


def test_decisions_are_of_a_forum(run, house):
    values = {"municipality_id": house.municipality.id, "code": "raportti", "name_fi": "Tarkastuslautakunta"}
    write(house.session, Forum, values | {"kind": "body"})
    assert "Tarkastuslautakunta" in words(run("decisions", "--forum", "raportti"))
    assert "99999" in run("decisions", "--forum", "99999", code=2)


def test_what_a_kind_needs_is_told_and_so_is_what_it_has_no_use_for(run):
    assert "--initiative" in run("card", code=2)
    assert "--forum" in run("decisions", code=2)
    assert "--initiative" in run("progress", "--initiative", "1", code=2)


def test_a_report_is_of_a_past_and_says_which(run, house):
    create_baseline(house.session, municipality_id=house.municipality.id, name="Talousarvio")
    row = first(house)
    identity, old = row.id, row.title_fi
    house.session.commit()
    change = history.Update(Initiative, identity, {"title_fi": "Aivan uusi nimi"})
    history.write_many(house.session, operator(MORNING), updates=[change])
    then, now = (words(run("progress", *more)) for more in (("--as-of", "Talousarvio"), ()))
    assert old in then
    assert "Talousarvio" in then
    assert "Aivan uusi nimi" in now
    assert "Aivan uusi nimi" not in then


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_language_is_that_of_the_file(run, language):
    title = {"fi": "Määrärahaluettelo 2026", "sv": "Anslagslista 2026", "en": "Budget list 2026"}[language]
    assert title in words(run("budget", "--language", language, "--year", "2026"))


def test_wrong_usage_ends_with_two_and_writes_nothing(run, tmp_path):
    assert "pdf, docx, xlsx" in run("progress", ending="txt", code=2)
    assert "ei-ole" in run("progress", portfolio="ei-ole", code=2)
    assert run("progress", "--year", "12", code=2)
    assert run("progress", "--as-of", "joskus", code=2)


def test_a_title_that_looks_like_a_formula_is_text_in_the_workbook(run):
    book = openpyxl.load_workbook(io.BytesIO(run("progress", ending="xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=Kirjasto auki"]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}

"""What came of a file: what was written, what was left and why, and the rows in error to be corrected."""

import io

import openpyxl
import pytest
from sqlalchemy.orm import undefer

from portfolio.core.language import say
from portfolio.core.problem import Place, Problem, problem_to_json
from portfolio.core.rights import Role
from portfolio.exchange.columns.sheets import REASON_HEADING
from portfolio.exchange.guess.extract import rows_extract
from portfolio.exchange.merge import Outcome, RowFate
from portfolio.exchange.models import Upload, UploadState
from portfolio.files.cells import Sheet, Workbook
from tests.exchange.collected import create_batch
from tests.exchange.plans import MORNING, Plan, create_export, create_upload

SHEET = "Kehittämiskohteet"
ROWS = [["Tunnus", "Edistyminen"], ["K-001", 0.5], ["K-002", "puolet"]]
KEPT = rows_extract(Workbook("asiakkuudet.xlsx", (Sheet(SHEET, ROWS),)), {SHEET: {1, 3}})


@pytest.fixture
def applied(town):
    """A file of the office's of which one row was in error and one change not ticked."""
    place, user = town.municipality.id, town.users[Role.OFFICE].id
    batch = create_batch(town.session, municipality_id=place, user_id=user, revision_id=1, applied_at=MORNING)
    upload = create_upload(
        town.session, place, user, state=UploadState.APPLIED, batch_id=batch.id, data=b"PK", extract=KEPT,
        export_id=create_export(town.session, place, user).id,
        sheets=[{"name": SHEET, "hidden": False, "rows": 2, "header_rows": [1]}],
        problems=[problem_to_json(Problem('The sheet "%(sheet)s" is missing.', {"sheet": "Budjetti"}))],
    )  # fmt: skip
    plan = Plan(town.session, upload)
    wrong = Problem('"%(text)s" is not a number. Write it in digits.', {"text": "puolet"}, Place(SHEET, 3, "B"))
    bad = plan.row("Tonttitarjonta", place=3, blocked=True, rows=[[SHEET, 3]], ticked=False)
    plan.cell(bad, "progress", Outcome.ERROR, raw="puolet", problem=problem_to_json(wrong), ticked=False)
    plan.cell(plan.row("Asiakaspalvelu", place=2), "goals", incoming="x", ticked=False)
    town.commit()
    return f"/{town.code}/exchange/uploads/{upload.id}"


@pytest.fixture
def office(pages, applied):
    pages.sign_in(Role.OFFICE)
    return pages


def test_the_result_tells_what_was_written_and_what_was_left_and_why(office, applied):
    page = office.get(f"{applied}/result")
    for words in ("Tuotu: 3 muutosta.", "1 rivillä on virhe", "1 muutosta ei merkitty", "Tonttitarjonta", "puolet"):
        assert words in page.words
    assert "Budjetti" in page.words, "what could not be read of the file as a whole"
    assert page.select_one("a[href$='/undo']")
    assert not page.select("main input[type=checkbox]")


def test_rows_in_error_come_with_their_reason_and_heads(office, applied):
    answer = office.client.get(f"{applied}/errors.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data))[SHEET].iter_rows(values_only=True))
    assert [row[:2] for row in rows] == [("Tunnus", "Edistyminen"), ("K-002", "puolet")]
    assert rows[1][2] == f"{SHEET}, B3: ”puolet” ei ole luku. Kirjoita se numeroin."


def test_rows_in_error_speak_one_language_that_of_the_file(office, applied, town):
    upload = town.session.query(Upload).one()
    upload.language = "sv"
    town.commit()
    answer = office.client.get(f"{applied}/errors.xlsx")
    assert "asiakkuudet-felrader" in answer.headers["Content-Disposition"]
    head, row = openpyxl.load_workbook(io.BytesIO(answer.data))[SHEET].iter_rows(values_only=True)
    assert head[2] == say(REASON_HEADING, "sv")
    assert row[2] == f"{SHEET}, B3: ”puolet” är inget tal. Skriv det med siffror."


def test_rows_that_were_not_kept_are_neither_offered_nor_given(office, applied, town):
    assert office.get(f"{applied}/result").select_one("a[href$='/errors.xlsx']")
    upload = town.session.query(Upload).options(undefer(Upload.extract)).one()
    upload.extract = None
    town.commit()
    assert office.client.get(f"{applied}/errors.xlsx").status_code == 404
    assert not office.get(f"{applied}/result").select_one("a[href$='/errors.xlsx']")


def test_the_first_rows_of_a_file_to_be_mapped_are_not_its_rows_in_error(office, applied, town):
    town.session.query(Upload).one().state = UploadState.MAPPING
    town.commit()
    assert office.client.get(f"{applied}/errors.xlsx").status_code == 404


def test_a_file_that_changed_nothing_says_so(office, applied, town):
    upload = town.session.query(Upload).one()
    upload.batch_id = None
    town.commit()
    words = office.get(f"{applied}/result").words
    assert "Ei uutta tuotavaa" in words
    assert "oli tuotu jo aiemmin" in words


def test_changes_that_nobody_ticked_are_listed_and_those_past_the_first_counted(office, applied, town):
    plan = Plan(town.session, town.session.query(Upload).one(), 100)
    plan.row("Uusi tilannekuva", RowFate.ADD, place=31, ticked=False)
    gone = plan.row("Poistettava", RowFate.REMOVE, place=32, ticked=False)
    plan.cell(gone, "removed", Outcome.CONFLICT, base=False, incoming=True, ticked=False)
    town.commit()
    words = office.get(f"{applied}/result").words
    for told in ("3 muutosta ei merkitty", "Asiakaspalvelu", "Uusi tilannekuva", "Poistettava"):
        assert told in words
    assert "lisää" not in words
    for number in range(18):
        plan.row(f"Lisätty {number}", RowFate.ADD, place=40 + number, ticked=False)
    town.commit()
    page = office.get(f"{applied}/result")
    assert "ja 1 muutos lisää" in page.words
    assert "Lisätty 16" in page.words
    assert "Lisätty 17" not in page.words

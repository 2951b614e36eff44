"""Rows in error as a workbook that can be corrected and sent again."""

import datetime as dt
import io

import openpyxl
import pytest

from portfolio.core.language import say
from portfolio.exchange.columns.sheets import REASON_HEADING
from portfolio.exchange.export.errors import RowsInError, error_book
from portfolio.files.workbook import read_workbook, write_book
from tests.workbooks import workbook_bytes

REASON = say(REASON_HEADING, "fi")
AT = dt.datetime(2026, 5, 4, 6, tzinfo=dt.UTC)
SHEET = "Kehittämiskohteet"
ROWS = [
    ["Rivin tunniste", "Nimi", "Edistyminen", "Valmistunut"],
    ["I-1-A", "=SUM(1)", 0.5, dt.date(2026, 1, 2)],
    ["I-2-B", "Toinen", "puolet", None],
    ["I-3-C", "Kolmas", True, dt.time(12, 30)],
]
META = [["export", "abc"], ["language", "fi"]]


def carried(book):
    book["_meta"].sheet_state = "hidden"
    book.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="portfolio_export", value="abc"))


def corrected(reasons, *, whole=False, head=(1,)):
    data = workbook_bytes({"Ohjeet": [["Lue tämä"]], SHEET: ROWS, "_meta": META}, change=carried)
    wanted = RowsInError(reasons, {SHEET: head}, whole)
    return write_book(error_book(read_workbook(data, "vienti.xlsx"), wanted, "fi", AT))


def test_only_the_rows_in_error_come_with_their_reasons():
    book = openpyxl.load_workbook(io.BytesIO(corrected({(SHEET, 3): ["E3: ei ole luku."], (SHEET, 4): ["a", "b"]})))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [SHEET]
    rows = list(book[SHEET].iter_rows(values_only=True))
    assert rows[0] == (*ROWS[0], REASON)
    assert rows[1] == ("I-2-B", "Toinen", "puolet", None, "E3: ei ole luku.")
    assert rows[2] == ("I-3-C", "Kolmas", True, "12.30", "a b")
    assert len(rows) == 3


def test_a_row_that_waits_for_another_row_of_its_item_comes_without_a_reason():
    book = openpyxl.load_workbook(io.BytesIO(corrected({(SHEET, 2): [], (SHEET, 3): ["x"]})))
    rows = list(book[SHEET].iter_rows(values_only=True))
    assert [(row[0], row[-1]) for row in rows[1:]] == [("I-1-A", None), ("I-2-B", "x")]


def test_the_identity_of_the_export_comes_with_them():
    again = read_workbook(corrected({(SHEET, 2): ["x"]}), "virheet.xlsx")
    assert again.properties["custom:portfolio_export"] == "abc"
    assert again.properties["core:identifier"] == "abc"
    assert again.properties["name:portfolio_export"] == "abc"
    (meta,) = (sheet for sheet in again.sheets if sheet.name == "_meta")
    assert meta.hidden
    assert meta.value(1, 2) == "abc"


def test_text_that_looks_like_a_formula_stays_text():
    book = openpyxl.load_workbook(io.BytesIO(corrected({(SHEET, 2): ["=x"]})))
    assert {cell.data_type for cell in book[SHEET][2]} <= {"s", "n", "d"}


def test_where_sections_matter_the_other_rows_come_too():
    book = openpyxl.load_workbook(io.BytesIO(corrected({(SHEET, 3): ["x"]}, whole=True)))
    assert book[SHEET].max_row == len(ROWS)
    assert [row[-1] for row in book[SHEET].iter_rows(values_only=True)] == [REASON, None, "x", None]


@pytest.mark.parametrize("reasons", [{}, {("Poissa", 3): ["x"]}])
def test_without_rows_in_error_there_is_no_sheet_of_them(reasons):
    data = workbook_bytes({SHEET: ROWS})
    book = error_book(read_workbook(data, "vienti.xlsx"), RowsInError(reasons, {}, whole=False), "fi", AT)
    assert book.sheets == []

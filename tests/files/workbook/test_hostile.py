"""Sheets made to break a reader, and honest ones that look so: each is read, or refused with a sentence."""

import contextlib
import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName

from portfolio.core.problem import Refusal
from portfolio.files.cells import Merged
from portfolio.files.workbook import extent, limits, read_workbook, reading, safety
from portfolio.files.workbook.scan import scan_sheet
from tests.workbooks import with_parts, workbook_bytes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLAIN = workbook_bytes({"Taulu": [["Otsikko"], ["arvo"]]})
SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(rows, *, before="", after=""):
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def with_rows(rows, **around):
    """A workbook whose one sheet has these rows of XML."""
    return with_parts(PLAIN, {SHEET: sheet_xml(rows, **around)})


def read(rows, **around):
    (sheet,) = read_workbook(with_rows(rows, **around), "t.xlsx").sheets
    return sheet


def refused(data, name="t.xlsx"):
    with pytest.raises(Refusal) as refusal:
        read_workbook(data, name)
    (problem,) = refusal.value.problems
    return problem


def test_a_million_padded_rows_are_not_content():
    padding = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(3, 1_048_577))
    sheet = read(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>{padding}')
    assert sheet.rows == [[1.0, ""], ["", 2.0]]


def test_padding_is_passed_over_too_where_every_element_must_be_looked_at():
    rows = '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>'
    padding = "".join(f'<row r="{number}" hidden="1"><c r="C{number}" s="1"/></row>' for number in range(3, 200_000))
    sheet = read(rows + padding, after='<mergeCells count="1"><mergeCell ref="A5:B6"/></mergeCells>')
    assert (sheet.rows, sheet.hidden_rows, sheet.errors) == ([[1.0, ""], ["", ""]], {1}, {(2, 2): "#N/A"})
    assert sheet.merged == (Merged((5, 1), (6, 2)),)


@pytest.mark.parametrize(
    ("cell", "row"), [("XFD1", 1), ("A1048576", 1_048_576), ("ALM1", 1), ("XFD1048576", 1)], ids=str
)
def test_one_cell_far_away_is_refused_before_the_rectangle_is_made(cell, row):
    problem = refused(with_rows(f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'))
    assert (problem.msgid, problem.params["cell"], problem.place.sheet) == (limits.REACHES_TOO_FAR, cell, "Taulu")


def test_a_text_that_no_cell_of_excel_holds_leaves_its_row_out_and_says_where():
    second = f"<c r='B2' t='inlineStr'><is><t>{'x' * 40_000}</t></is></c>"
    sheet = read(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        f'<row r="2"><c r="A2" t="inlineStr"><is><t>b</t></is></c>{second}</row>'
    )
    (fault,) = sheet.faults
    assert (fault.msgid, fault.params["length"]) == (limits.TOO_LONG, 40_000)
    assert (fault.place.row, fault.place.column) == (2, "B")
    assert sheet.rows == [["a", ""], []]


def test_the_longest_text_that_excel_holds_is_read():
    text = "ä" * 32_767
    assert read(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>').rows == [[text]]


def test_a_control_character_is_told_and_a_word_processor_s_line_break_is_one():
    sheet = read(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000B_b</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>c_x0007_d</t></is></c></row>'
    )
    (fault,) = sheet.faults
    assert (fault.msgid, fault.params, fault.place.row) == (limits.CONTROL_CHARACTER, {"code": "0007"}, 2)
    assert sheet.rows == [["a\nb"], []]


def test_a_control_character_that_xml_forbids_is_a_damaged_file_or_told():
    rows = '<row r="1"><c r="A1" t="e"><v>\x07</v></c></row>'
    assert refused(with_rows(rows)).msgid == safety.BROKEN


@pytest.mark.parametrize("text", ["１２", "＝1+1", "－5", "1\u00a0234,50", "1\u202f234", "1\u2009234", "\u22125"])
def test_spaces_and_signs_of_any_kind_stay_as_the_person_typed_them(text):
    assert read(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>').rows == [[text]]


CELLS = [
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>',
    '<row r="1"><c r="A1"><f>1+1</f></c></row>',
    '<row r="1"><c r="A1"><f>1+1</f><v></v></c></row>',
    '<row r="1"><c r="A1"><f t="shared" si="0"/></c><c r="B1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><f t="shared" si="0"/><v>4</v></c><c r="B1"><v>1</v></c></row>',
    '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>',
    '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="C1"><v>1</v></c></row>',
    "<row r='1'><c r='A1' t='e'><v>#REF!</v></c></row>",
    '<row r="2" hidden="1"><c r="B2"><v>1</v></c></row>',
    '<row r="2" hidden="false"><c r="B2"><v>1</v></c></row>',
    '<row r="2"><c s="1" r="B2"><v>1</v></c></row>',
    "<row><c><v>1</v></c><c><v>2</v></c></row>",
    '<row r="3"><!-- a note --><c r="C3"><v>1</v></c></row>',
    '<row r="7"><c r="C7" s="4"/></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="Z9" s="4"/></row>',
    "",
]


@pytest.mark.parametrize("rows", CELLS)
def test_the_quick_look_finds_what_a_scan_of_every_element_finds(rows):
    xml = sheet_xml(
        rows,
        before='<cols><col min="2" max="3" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    ).encode()
    looked, scanned = extent.look(xml), scan_sheet(io.BytesIO(xml))
    assert looked == scanned


def test_what_a_workbook_carries_beside_its_sheets_is_read():
    def carry(workbook):
        workbook.defined_names["portfolio_export"] = DefinedName("portfolio_export", attr_text='"ABC-123"')
        workbook.defined_names["alue"] = DefinedName("alue", attr_text="Taulu!$A$1")
        workbook.custom_doc_props.append(StringProperty(name="portfolio_export", value="ABC-123"))
        workbook.properties.identifier = "ABC-123"

    found = read_workbook(workbook_bytes({"Taulu": [["x"]]}, change=carry), "t.xlsx").properties
    assert found == {
        "name:portfolio_export": "ABC-123",
        "custom:portfolio_export": "ABC-123",
        "core:identifier": "ABC-123",
    }


def test_reading_tells_how_far_it_is_and_stops_when_it_is_told_to():
    told = []
    read_workbook(workbook_bytes({"Yksi": [["a"], ["b"]], "Kaksi": [["c"]]}), "t.xlsx", lambda *step: told.append(step))
    assert told == [
        (reading.CHECKING, 0, 0),
        *((reading.READING, done, 3) for done in (0, 2, 3)),
    ]

    class StopError(Exception):
        pass

    def stop(*_step):
        raise StopError

    with pytest.raises(StopError):
        read_workbook(PLAIN, "t.xlsx", stop)


def test_a_workbook_of_too_many_sheets_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_SHEETS", 2)
    assert refused(workbook_bytes({name: [["x"]] for name in "abc"})).msgid == limits.TOO_MANY_SHEETS


def test_a_bomb_of_nested_zips_is_no_workbook():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 1_000_000)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(50):
            archive.writestr(f"{number}.zip", inner.getvalue())
    assert refused(outer.getvalue()).msgid == safety.NOT_A_WORKBOOK


@pytest.mark.parametrize("place", range(40, len(PLAIN), 397))
def test_a_damaged_byte_anywhere_is_a_damaged_file_or_does_no_harm(place):
    broken = bytearray(PLAIN)
    broken[place] ^= 0xFF
    with contextlib.suppress(Refusal):
        assert read_workbook(bytes(broken), "t.xlsx").sheets


def test_without_defusedxml_the_program_does_not_start():
    code = "import openpyxl; openpyxl.DEFUSEDXML = False; import portfolio.files.workbook"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode
    assert "defusedxml" in found.stderr
    assert openpyxl.DEFUSEDXML

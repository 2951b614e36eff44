import datetime as dt

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from portfolio.core.problem import Refusal
from portfolio.files.cells import Merged, address, column_letter, column_number
from portfolio.files.workbook import limits, read_workbook
from tests.workbooks import read_rows, with_parts, workbook_bytes


def sheet_of(rows, **more):
    (sheet,) = read_rows(rows, **more).sheets
    return sheet


def test_values_keep_their_types_and_addresses():
    day, moment = dt.date(2025, 12, 31), dt.datetime(2025, 1, 2, 3, 4)
    sheet = sheet_of([[], [None, "teksti", 1, 1.5, True, day, moment]])
    assert [sheet.value(2, column) for column in range(1, 8)] == ["", "teksti", 1.0, 1.5, True, day, moment]
    assert sheet.value(99, 1) == sheet.value(2, 99) == ""
    assert sheet.place(2, 28).column == "AB"


def test_a_table_that_does_not_begin_in_the_corner_keeps_its_rows_and_columns():
    def write(workbook):
        workbook["Toimenpiteet"]["C5"] = "kaukana"

    sheet = sheet_of([], change=write)
    assert sheet.value(5, 3) == "kaukana"
    assert (len(sheet.rows), sheet.width) == (5, 3)


def test_hidden_sheets_rows_and_columns_are_read_and_named():
    def hide(workbook):
        sheet = workbook["Toimenpiteet"]
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        workbook.create_sheet("Piilo")["A1"] = 1
        workbook["Piilo"].sheet_state = "hidden"
        workbook.create_sheet("Syvällä").sheet_state = "veryHidden"

    shown, hidden, deep = read_rows([["a", "b"], ["c", "d"]], change=hide).sheets
    assert (shown.hidden_rows, shown.hidden_columns) == ({2}, {2})
    assert shown.value(2, 2) == "d"
    assert (hidden.hidden, deep.hidden, deep.rows) == (True, True, [])


def test_columns_hidden_to_the_end_of_the_sheet_count_only_where_something_stands():
    def hide(workbook):
        dimension = workbook["Toimenpiteet"].column_dimensions["C"]
        dimension.min, dimension.max, dimension.hidden = 3, 16_384, True

    assert sheet_of([["a", "b"]], change=hide).hidden_columns == frozenset()


def test_merged_ranges_are_told():
    sheet = sheet_of([["a", None], [None, None]], change=lambda book: book["Toimenpiteet"].merge_cells("A1:B2"))
    assert sheet.merged == (Merged((1, 1), (2, 2)),)
    assert sheet.merged[0].holds(2, 2)
    assert not sheet.merged[0].holds(3, 1)


def test_an_error_and_a_formula_without_a_result_are_no_blanks():
    sheet = sheet_of([["=1+1", "#REF!", '=IF(1,"","")']])
    assert sheet.errors == {(1, 2): "#REF!"}
    assert sheet.uncalculated == {(1, 1), (1, 3)}


def test_a_formula_with_its_result_is_its_result():
    data = workbook_bytes({"Taulu": [["=1+1", '=""']]})
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    (read,) = read_workbook(with_parts(data, {"xl/worksheets/sheet1.xml": sheet}), "t.xlsx").sheets
    assert (read.value(1, 1), read.uncalculated) == (2.0, frozenset())


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_a_sheet_written_with_prefixes_or_without_addresses_is_scanned_alike():
    data = workbook_bytes({"Taulu": [["x"]]})
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2" hidden="1"><x:c r="B2" t="e"><x:v>#N/A</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    (sheet,) = read_workbook(with_parts(data, {"xl/worksheets/sheet1.xml": prefixed}), "t.xlsx").sheets
    assert (sheet.errors, sheet.hidden_rows) == ({(2, 2): "#N/A"}, {2})
    bare = f'<worksheet xmlns="{MAIN}"><sheetData><row><c/><c><f>A1</f></c></row></sheetData></worksheet>'
    (sheet,) = read_workbook(with_parts(data, {"xl/worksheets/sheet1.xml": bare}), "t.xlsx").sheets
    assert sheet.uncalculated == {(1, 2)}


def test_days_counted_from_1904_are_the_same_days():
    def count_from_1904(workbook):
        workbook.epoch = CALENDAR_MAC_1904
        workbook["Toimenpiteet"]["A1"] = dt.date(2025, 12, 31)

    assert sheet_of([], change=count_from_1904).value(1, 1) == dt.date(2025, 12, 31)


def test_a_sheet_that_reaches_too_far_is_refused_with_its_last_cell():
    def write_far(workbook):
        workbook["Toimenpiteet"]["A1048576"] = "kaukana"

    with pytest.raises(Refusal) as refusal:
        sheet_of([["a"]], change=write_far)
    (problem,) = refusal.value.problems
    assert (problem.msgid, problem.params["cell"]) == (limits.REACHES_TOO_FAR, "A1048576")


def test_styled_but_empty_cells_are_not_content():
    def style_far(workbook):
        workbook["Toimenpiteet"]["B200000"].number_format = "0.00"

    sheet = sheet_of([["a"]], change=style_far)
    assert (len(sheet.rows), sheet.value(1, 1)) == (1, "a")


def test_letters_and_numbers_of_columns_agree():
    assert [column_letter(number) for number in (1, 26, 27, 16_384)] == ["A", "Z", "AA", "XFD"]
    assert all(column_number(column_letter(number)) == number for number in range(1, 2_000))
    assert address("$AB$12") == (12, 28)

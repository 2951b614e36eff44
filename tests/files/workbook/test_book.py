import datetime as dt
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.problem import Place, Refusal
from portfolio.files.cells import Merged
from portfolio.files.workbook import (
    Book,
    BookColumn,
    BookRow,
    BookSheet,
    DropDown,
    Format,
    Formula,
    Style,
    Tone,
    read_workbook,
    sheet_title,
    write_book,
)

MADE = dt.datetime(2026, 5, 4, 6, 30, tzinfo=dt.UTC)
TEXT = Style(format=Format.TEXT)
CLOSED = Style(Tone.CLOSED, Format.TEXT)


def book(*rows, styles=(TEXT,), **more):
    sheet = BookSheet("Kohteet", [BookRow(row, styles) for row in rows], **more)
    return Book([sheet], MADE)


def opened(made, **more):
    return openpyxl.load_workbook(io.BytesIO(write_book(made)), **more)


def read(made):
    return read_workbook(write_book(made), "vienti.xlsx")


def test_values_come_back_as_they_were():
    row = ["Kirjasto", 5, 0.25, Decimal("1234.50"), True, dt.date(2026, 8, 1), None, "007"]
    values = read(book(row, styles=[TEXT, *[Style()] * 4, Style(format=Format.DATE)])).sheets[0].rows
    assert values == [["Kirjasto", 5.0, 0.25, 1234.5, True, dt.date(2026, 8, 1), "", "007"]]


@pytest.mark.parametrize("text", ["=1+1", "+358 40", "-", "@nimi", "＝1+1", "#N/A", "\tsisennys"])
def test_text_that_looks_like_a_formula_is_text_with_a_quote(text):
    made = opened(book([text]))
    cell = made["Kohteet"]["A1"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text != "#N/A")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(lambda one: one.strip()))
def test_any_text_comes_back(text):
    assert read(book([text, "loppu"])).sheets[0].rows[0][0] == text


def test_what_looks_like_a_code_of_a_character_stays_as_it_is():
    assert read(book(["a_x0041_b", "_x005F_"])).sheets[0].rows == [["a_x0041_b", "_x005F_"]]


def test_control_characters_and_half_characters_are_left_out():
    assert read(book(["a\x00b\x0bc\ud800d\ne"])).sheets[0].rows == [["abcd\ne"]]


def test_a_text_that_does_not_fit_is_refused_with_its_place():
    with pytest.raises(Refusal) as refused:
        write_book(book(["a"], ["b", "x" * 32_768]))
    assert refused.value.problems[0].place == Place("Kohteet", 2, "B")


def test_the_longest_text_fits():
    text = "ä" * 32_767
    assert read(book([text])).sheets[0].rows == [[text]]


def test_a_day_before_the_programs_agree_is_text_and_a_moment_is_helsinkis():
    values = read(book([dt.date(1899, 5, 4), MADE], styles=[TEXT, Style(format="d.m.yyyy h:mm")])).sheets[0].rows
    assert values == [["4.5.1899", dt.datetime(2026, 5, 4, 9, 30)]]


def test_a_formula_is_a_formula():
    assert opened(book([1, 2, Formula("=SUM(A1:B1)")]))["Kohteet"]["C1"].value == "=SUM(A1:B1)"


def test_blanks_take_the_style_of_their_column_and_are_written_only_where_theirs_differs():
    columns = [BookColumn(style=TEXT), BookColumn(style=TEXT)]
    sheet = opened(book([None, None], styles=(TEXT, CLOSED), columns=columns))["Kohteet"]
    assert sheet["B1"].fill.fgColor.rgb.endswith("EEF1F3")
    part = zipfile.ZipFile(io.BytesIO(write_book(book([None, None], styles=(TEXT, CLOSED), columns=columns))))
    assert b'r="A1"' not in part.read("xl/worksheets/sheet1.xml")


def test_a_row_that_follows_keeps_nothing_of_the_one_before():
    rows = [["=1", dt.date(2026, 1, 1)], ["a", 5], [None, None]]
    sheet = opened(book(*rows, styles=(TEXT, Style())))["Kohteet"]
    assert [sheet["A2"].quotePrefix, sheet["B2"].value, sheet["A3"].value] == [False, 5, None]


def test_columns_fold_away_and_the_head_stays_in_view():
    columns = [BookColumn(9, folded=True), BookColumn(9, folded=True), BookColumn(44)]
    sheet = opened(book(["a", "b", "c"], columns=columns, head=1, frozen=3, filtered=1, last_row=9))["Kohteet"]
    assert (sheet.column_dimensions["A"].hidden, sheet.column_dimensions["A"].outlineLevel) == (True, 1)
    assert sheet.column_dimensions["C"].width == 44
    assert sheet.sheet_format.outlineLevelCol == 1
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:C9"
    assert sheet.print_title_rows == "$1:$1"


def test_a_drop_down_offers_a_list_of_the_hidden_sheet():
    drops = [
        DropDown(1, "tila", explanation="Valitse listalta."),
        DropDown(2, "hyöty", strict=False),
        DropDown(3, "ei"),
    ]
    lists = {"tila": ["Ehdotettu", "Käynnissä"], "hyöty": ["Tuottavuus"], "ei": []}
    made = opened(Book([BookSheet("Kohteet", [], drop_downs=drops)], MADE, lists))
    assert made.sheetnames == ["Kohteet", "_lists"]
    assert made["_lists"].sheet_state == "hidden"
    assert made["_lists"].protection.sheet
    assert [[cell.value for cell in row] for row in made["_lists"].rows] == [
        *(["tila", "hyöty", "ei"], ["Ehdotettu", "Tuottavuus", None], ["Käynnissä", None, None]),
    ]
    strict, free = made["Kohteet"].data_validations.dataValidation
    assert (strict.formula1, str(strict.sqref)) == ("'_lists'!$A$2:$A$3", "A2:A1048576")
    assert (strict.showErrorMessage, strict.error, free.showErrorMessage) == (True, "Valitse listalta.", False)


def test_notes_stand_on_their_cells_alone():
    sheet = opened(book(["Nimi", None], ["a", "b"], notes={(1, 2): "Kirjoita sanoin."}))["Kohteet"]
    assert sheet["B1"].comment.text == "Kirjoita sanoin."
    assert [sheet[at].comment for at in ("A1", "A2", "B2")] == [None, None, None]


def test_merged_ranges_row_heights_and_hidden_rows():
    rows = [BookRow(["Toimiala", None], (Style(Tone.SECTION),), 24.0), BookRow(["piilossa"], hidden=True)]
    sheet = opened(Book([BookSheet("Kohteet", rows, merged=[Merged((1, 1), (1, 2))])], MADE))["Kohteet"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]
    assert (sheet.row_dimensions[1].height, sheet.row_dimensions[2].hidden) == (24.0, True)


def test_data_sheets_are_not_protected_and_hidden_ones_may_be():
    sheets = [BookSheet("Kohteet", []), BookSheet("_meta", [BookRow(["a"])], hidden=True, protected=True)]
    made = opened(Book(sheets, MADE))
    assert not made["Kohteet"].protection.sheet
    assert (made["_meta"].sheet_state, made["_meta"].protection.sheet) == ("hidden", True)
    assert made.active.title == "Kohteet"


def test_the_identity_stands_in_each_carrier():
    made = opened(
        Book(
            [BookSheet("A", [])],
            MADE,
            names={"vienti": 'a"b'},
            properties={"vienti": "t"},
            identifier="t",
            title="Salkku",
        )
    )
    assert made.defined_names["vienti"].attr_text == '"a""b"'
    assert made.custom_doc_props["vienti"].value == "t"
    assert (made.properties.identifier, made.properties.title, made.properties.language) == ("t", "Salkku", "fi")
    assert made.properties.created == dt.datetime(2026, 5, 4, 6, 30)


def test_names_of_sheets_are_made_to_fit():
    assert sheet_title("Kehitys/tuki: [2026] ja jotakin aivan muuta") == "Kehitys tuki   2026  ja jotakin"
    assert sheet_title("//") == "1"


def test_every_tone_can_be_written():
    rows = [BookRow([tone.value], (Style(tone, wrap=True, indent=1, centred=True),)) for tone in Tone]
    assert [row[0] for row in read(Book([BookSheet("Kohteet", rows)], MADE)).sheets[0].rows] == [*Tone]

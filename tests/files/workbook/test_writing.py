import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.core.problem import Refusal
from portfolio.files.workbook import Format, TableColumn, read_workbook, write_table, writing


def written(columns, rows, **more):
    return openpyxl.load_workbook(io.BytesIO(write_table(columns, rows, **more))).worksheets[0]


def test_a_table_is_frozen_filterable_and_as_wide_as_asked():
    columns = [TableColumn("Tunnus", Format.TEXT, 12), TableColumn("Nimi", width=40)]
    sheet = written(columns, [["T-1", "Kirjasto"]], title="Kohteet: 2026/27")
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Kohteet  2026 27", "A2", "A1:B2")
    assert sheet.column_dimensions["B"].width == 40
    assert sheet["A1"].font.bold


def test_days_are_days_and_money_is_grouped():
    columns = [TableColumn("Päivä", Format.DATE), TableColumn("Summa", Format.MONEY), TableColumn("%", Format.PERCENT)]
    sheet = written(columns, [[dt.date(2026, 5, 4), Decimal("1234.50"), 45], [None, None, None]])
    assert (sheet["A2"].value, sheet["A2"].number_format) == (dt.datetime(2026, 5, 4), "d\\.m\\.yyyy")
    assert (sheet["B2"].value, sheet["B2"].number_format) == (1234.5, "#,##0.00\\ [$€-40B]")
    assert (sheet["C2"].value, sheet["A3"].value) == (0.45, None)


def test_a_moment_is_written_as_helsinki_sees_it():
    sheet = written([TableColumn("Aika")], [[dt.datetime(2026, 6, 1, 21, tzinfo=dt.UTC)]])
    assert sheet["A2"].value == dt.datetime(2026, 6, 2)


@pytest.mark.parametrize("text", ["=1+1", "+358 40", "-1", "@nimi", "\ttab", "＝1+1", "#REF!", "#N/A"])
def test_text_is_never_a_formula_or_an_error(text):
    cell = written([TableColumn("Nimi")], [[text]])["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix is (not text.startswith("#"))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=60))
@example("\r")
@example("a\x00\r\n\rb")
def test_what_is_written_reads_back_as_the_same_text(text):
    (sheet,) = read_workbook(write_table([TableColumn("Nimi")], [[text]]), "t.xlsx").sheets
    kept = writing.FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    assert sheet.value(2, 1) == kept
    assert not sheet.errors
    assert not sheet.uncalculated


def test_what_excel_cannot_hold_is_refused_and_never_cut(monkeypatch):
    with pytest.raises(Refusal):
        write_table([TableColumn("Nimi")], [["x" * 32_768]])
    monkeypatch.setattr(writing, "MOST_ROWS", 2)
    with pytest.raises(Refusal):
        write_table([TableColumn("Nimi")], [["a"]] * 3)


def test_an_empty_list_is_a_table_without_rows():
    sheet = written([TableColumn("Nimi")], [])
    assert sheet.auto_filter.ref == "A1:A1"

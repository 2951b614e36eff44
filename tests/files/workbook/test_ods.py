import datetime as dt

import pytest

from portfolio.core.problem import Refusal
from portfolio.files.cells import Merged
from portfolio.files.workbook import limits, read_workbook, safety
from tests.opendocument import SPACES, cell, content, number, ods, package, row, table, text
from tests.workbooks import with_parts

ERROR = 'calcext:value-type="error"'


def sheet_of(*rows):
    (sheet,) = read_workbook(ods(*rows), "t.ods").sheets
    return sheet


def refused(data):
    with pytest.raises(Refusal) as refusal:
        read_workbook(data, "t.ods")
    (problem,) = refusal.value.problems
    return problem


def test_values_have_their_types():
    cells = [
        *(text("teksti"), number(1.5), cell("percentage", value=0.25), cell("currency", value=1234.5)),
        cell("boolean", "<text:p>TOSI</text:p>", value="true"),
        *(cell("date", value="2025-03-04"), cell("date", value="2025-03-04T05:06:07")),
        *(cell("date", value="2025-03-04T00:00:00"), cell("time", value="PT03H04M05S")),
        *(cell("time", value="PT30H00M00S"), cell(inside="<text:p>vain näkyvä</text:p>")),
        cell("date", "<text:p>joskus</text:p>", value="-0044-03-15"),
    ]
    assert sheet_of(row(*cells)).rows == [
        [
            *("teksti", 1.5, 0.25, 1234.5, True, dt.date(2025, 3, 4), dt.datetime(2025, 3, 4, 5, 6, 7)),
            *(dt.date(2025, 3, 4), dt.time(3, 4, 5), dt.timedelta(hours=30), "vain näkyvä", "joskus"),
        ]
    ]


def test_lines_tabs_and_spaces_of_a_text_are_kept_and_notes_and_drawings_are_not_its_text():
    inside = (
        "<office:annotation><text:p>huomautus</text:p></office:annotation>\n"
        '<text:p>eka   <text:span>rivi</text:span></text:p><text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>'
        "<text:a>d</text:a></text:p><draw:frame><text:p>kuva</text:p></draw:frame>"
    )
    assert sheet_of(row(cell("string", inside))).rows == [["eka rivi\na   b\tc\nd"]]


def test_repeated_rows_and_cells_stand_where_they_stood():
    sheet = sheet_of(
        row(cell(number_columns_repeated=2), text("x", number_columns_repeated=2)),
        row(cell(number_columns_repeated=16_384), number_rows_repeated=3),
        row(number(7), number_rows_repeated=2),
        row(cell(number_columns_repeated=16_384), number_rows_repeated=1_048_570),
    )
    assert sheet.rows == [["", "", "x", "x"], *[[""] * 4] * 3, [7.0, "", "", ""], [7.0, "", "", ""]]


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        ([row(number(1), number_rows_repeated=1_048_576)], "A1048576"),
        ([row(number(1, number_columns_repeated=16_384))], "XFD1"),
        ([row(number_rows_repeated=1_048_575), row(text("kaukana"))], "A1048576"),
        ([row(number(1, number_columns_repeated=900), number_rows_repeated=90_000)], "AHP90000"),
        ([row(number(1, number_columns_repeated=900)), *[row(number(2), number_rows_repeated=90_000)]], "AHP90001"),
        ([row(number(1)), row(cell(formula="of:=X"), number_rows_repeated=1_000_000)], "A1000001"),
    ],
    ids=["rows", "columns", "far away", "both", "ragged", "formulas"],
)
def test_a_bomb_of_repeated_cells_is_refused_before_it_grows(rows, far):
    problem = refused(ods(*rows))
    assert (problem.msgid, problem.params["cell"]) == (limits.REACHES_TOO_FAR, far)


def test_errors_and_formulas_without_a_result_are_no_blanks():
    sheet = sheet_of(
        row(
            cell("string", "<text:p>#N/A</text:p>", formula="of:=NA()"),
            cell(formula="of:=[.A1]"),
            text("Err:502", formula="of:=X"),
            text("#REF!"),
            number(2, formula="of:=1+1"),
            f'<table:table-cell office:value-type="string" {ERROR}><text:p>#DIV/0!</text:p></table:table-cell>',
        )
    )
    assert sheet.errors == {(1, 1): "#N/A", (1, 3): "Err:502", (1, 6): "#DIV/0!"}
    assert sheet.uncalculated == {(1, 2)}
    assert sheet.rows == [["", "", "", "#REF!", 2.0, ""]]


def test_what_is_hidden_or_merged_is_told():
    column = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    rows = [
        row(text("a", number_columns_spanned=2, number_rows_spanned=2), cell(), text("c")),
        row(text("d"), visibility="filter"),
        f'<table:table-row-group table:display="false">{row(text("e"))}</table:table-row-group>',
        f"<table:table-header-rows>{row(text('f'))}</table:table-header-rows>",
        row(number_rows_repeated=1_000_000, visibility="collapse"),
    ]
    main = content(table(column, *rows), table(row(text("x")), name="Piilo", style="hidden"))
    shown, hidden = read_workbook(package(main), "t.ods").sheets
    assert (shown.hidden_rows, shown.hidden_columns) == ({2, 3}, {3})
    assert shown.merged == (Merged((1, 1), (2, 2)),)
    assert (shown.value(4, 1), hidden.name, hidden.hidden, shown.hidden) == ("f", "Piilo", True, False)


def test_what_a_document_carries_is_read_whoever_wrote_it():
    names = (
        '<table:named-expressions><table:named-expression table:name="portfolio_export" '
        'table:expression="&quot;ABC&quot;"/><table:named-expression table:name="alue" table:expression="[.A1]"/>'
        "</table:named-expressions>"
    )
    meta = (
        f"<office:document-meta {SPACES}><office:meta>"
        '<meta:user-defined meta:name="portfolio_export">ABC</meta:user-defined>'
        '<meta:user-defined meta:name="OOXMLCorePropertyIdentifier">ABC</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )
    found = read_workbook(package(content(table(row(text("x"))), after=names), meta=meta), "t.ods").properties
    assert found == {"name:portfolio_export": "ABC", "custom:portfolio_export": "ABC", "core:identifier": "ABC"}


def test_old_versions_of_cells_kept_by_tracked_changes_are_no_cells():
    tracked = f"<table:tracked-changes>{table(row(text('ennen')))}</table:tracked-changes>"
    (sheet,) = read_workbook(package(content(tracked, table(row(text("nyt"))))), "t.ods").sheets
    assert sheet.rows == [["nyt"]]


def test_a_sheet_that_is_fetched_from_another_file_is_refused():
    assert (
        refused(package(content(table('<table:table-source table:name="x"/>', row(text("x")))))).msgid == safety.LINKS
    )


@pytest.mark.parametrize("definition", ['<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">'])
def test_definitions_are_refused(definition):
    main = content(table(row(text("&a;"))), before=f"<!DOCTYPE x [{definition}]>")
    assert refused(package(main)).msgid == safety.DEFINES_ENTITIES


def test_a_protected_and_a_broken_document_are_told_as_such():
    locked = with_parts(ods(row(text("x"))), {safety.MANIFEST: b"<manifest:encryption-data/>"})
    assert refused(locked).msgid == safety.ENCRYPTED
    assert refused(package("<office:document-content>")).msgid == safety.BROKEN
    assert refused(ods(row(cell("float", value=1, number_columns_repeated="many")))).msgid == safety.BROKEN

import openpyxl
import pytest

from portfolio.core.problem import Refusal
from portfolio.exchange.columns import Entity, Known
from portfolio.exchange.guess import ColumnGiven, SheetGiven, assign, whole
from portfolio.exchange.rows import read, totals, trouble, typed
from tests.guesses import PORTFOLIO, guessed
from tests.workbooks import with_parts, workbook_bytes

HEAD = ["Nro", "Toimenpide", "Tila", "Vastuualue"]
ROWS = [[1, "Kirjasto auki", "Valmis", "tekninen"], [2, "Satama", "Käynnissä", "sivistys"]]
ITEM = Known((Entity.INITIATIVE, f"{PORTFOLIO}/1"), "Kirjasto auki", PORTFOLIO, (), ("1",), ("Kirjasto auki",))


def hide(*names):
    def change(workbook):
        for name in names:
            workbook[name].sheet_state = "hidden"

    return change


def test_the_sheet_with_the_table_is_found_among_others_which_are_named():
    found = guessed(
        sheets={"Ohje": [["Täytä keltaiset sarakkeet."]], "Hankkeet": [HEAD, *ROWS], "Koodit": [["K1", "Valmis"]]}
    )
    assert [(one.name, one.read) for one in found.guess.sheets] == [
        ("Ohje", False),
        ("Hankkeet", True),
        ("Koodit", False),
    ]
    assert [one.params["sheet"] for one in found.parsed.notices if one.msgid == read.UNREAD_SHEET] == ["Ohje", "Koodit"]
    assert found.sheet(0).reasons[0].msgid == whole.NO_TABLE


def test_a_hidden_sheet_with_data_of_its_own_is_read_and_named():
    hidden = [["Tunnus", "Hankkeen nimi", "Aikataulu"], ["S1", "Salainen", "2025"], ["S2", "Toinen", "2026"]]
    found = guessed(sheets={"Hankkeet": [HEAD, *ROWS], "Salaiset": hidden}, change=hide("Salaiset"))
    assert ("S1", "Salainen") in found.values("number", "title_fi")
    assert found.said(read.HIDDEN_SHEET) == {"sheet": "Salaiset"}


def test_an_old_hidden_copy_of_the_table_is_left_out_and_may_be_wanted():
    sheets = {"2025": [HEAD, *ROWS], "2023": [HEAD, [9, "Vanha", "Valmis", "tekninen"]]}
    found = guessed(sheets=sheets, change=hide("2023"))
    assert found.values("number") == [("1",), ("2",)]
    assert found.sheet(1).reasons[0].msgid == whole.OLD_COPY
    wanted = guessed(sheets=sheets, change=hide("2023"), given={"2023": SheetGiven(read=True)})
    assert ("9",) in wanted.values("number")


def test_hidden_rows_and_columns_are_read_and_named():
    def change(workbook):
        workbook["Taul1"].row_dimensions[3].hidden = True
        workbook["Taul1"].column_dimensions["C"].hidden = True
        workbook["Taul1"].auto_filter.ref = "A1:D3"

    found = guessed([HEAD, *ROWS], change=change)
    assert found.values("number", "status") == [("1", "completed"), ("2", "under_way")]
    assert found.said(read.HIDDEN_ROWS) == {"rows": "3"}
    assert found.said(read.HIDDEN_COLUMNS) == {"columns": "C"}


def test_formulas_without_results_and_cached_errors_are_told_cell_by_cell():
    rows = [["Nro", "Toimenpide", "TA 2025 (€)"], [1, "a", "=1+1"], [2, "b", 5], [3, "c", "x"]]
    plain = workbook_bytes({"Taul1": rows})
    sheet = _part(plain, "xl/worksheets/sheet1.xml")
    broken = sheet.replace(b'<c r="C4" t="inlineStr"><is><t>x</t></is></c>', b'<c r="C4" t="e"><v>#REF!</v></c>')
    found = guessed(data=with_parts(plain, {"xl/worksheets/sheet1.xml": broken}))
    assert (trouble.NO_RESULT, 2, "C") in found.faults
    assert found.values("money:2025:operating:own:planned")[1] == (5,)


def _part(data, name):
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_a_total_that_is_a_formula_without_a_result_is_told():
    rows = [["Nro", "Toimenpide", "TA 2025 (€)"], [1, "a", 5], [2, "b", 6], ["Yhteensä", None, "=SUM(C2:C3)"]]
    found = guessed(rows)
    assert found.said(totals.UNREAD_TOTAL)["cell"] == "C4"


def test_meaning_that_stands_in_colours_alone_is_said_not_to_be_read():
    def change(workbook):
        fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
        for row in (2, 3):
            workbook["Taul1"].cell(row, 5).fill = fill

    found = guessed([[*HEAD, "Liikennevalo"], *ROWS], change=change)
    assert whole.FORMATS in found.told
    assert found.why("Liikennevalo") == [assign.EMPTY]
    assert read.UNMAPPED in found.told


def test_the_same_project_on_several_rows_is_told_and_never_merged_silently():
    found = guessed([["Toimenpide", "Tila"], ["Kirjasto", "Valmis"], ["Kirjasto", "Käynnissä"], ["Satama", "Valmis"]])
    assert (typed.SAME_TWICE, 3, None) in found.faults


def test_rows_without_a_number_are_told_apart_by_their_title():
    found = guessed([HEAD, *ROWS, [None, "Kadut", "Valmis", "tekninen"]])
    assert found.sheet().identity == ("title_fi",)
    assert found.values("number", "title_fi")[-1] == (None, "Kadut")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_file_is_guessed_whatever_its_separator_and_encoding(separator, encoding):
    lines = [separator.join(["Nro", "Toimenpide", "Tila", "Määräraha 2025 (€)"])]
    lines += [
        separator.join(["1", "Kirjasto pysyy", "Valmis", "1200"]),
        separator.join(["2", "Älyliikenne", "Kesken", "50"]),
    ]
    found = guessed(data="\r\n".join(lines).encode(encoding), name="oma.csv")
    assert found.values("number", "title_fi", "status", "money:2025:operating:own:planned") == [
        ("1", "Kirjasto pysyy", "completed", 1200),
        ("2", "Älyliikenne", "under_way", 50),
    ]


def test_a_csv_row_whose_fields_shifted_is_reported_by_its_line_and_not_shifted():
    text = "Nro;Toimenpide;Tila\n1;Kirjasto; auki;Valmis\n2;Satama;Valmis\n3;Kadut;Valmis\n"
    found = guessed(data=text.encode(), name="oma.csv")
    assert [row for _, row, _ in found.faults] == [2]
    assert found.values("number", "title_fi") == [("2", "Satama"), ("3", "Kadut")]


def test_a_wrong_ending_is_refused_in_a_sentence():
    with pytest.raises(Refusal):
        guessed(data=workbook_bytes({"Taul1": [HEAD, *ROWS]}), name="oma.csv")


def test_a_sheet_of_money_fills_the_same_items_as_the_sheet_that_names_them():
    found = guessed(
        sheets={
            "Hankkeet": [["Nro", "Hanke", "Laji"], [1, "Tori", "projekti"], [2, "Silta", "projekti"]],
            "Rahat": [["Hanke", "TA 2025 (€)"], ["Tori", 5], ["Silta", 6]],
        }
    )
    assert found.values("number", "kind", "money:2025:operating:own:planned") == [
        ("1", "project", 5),
        ("2", "project", 6),
    ]
    assert found.faults == []


def test_milestones_and_lines_of_money_of_known_items_are_sheets_of_their_own_kinds():
    found = guessed(
        sheets={
            "Etapit": [
                ["Etappi", "Hanke", "Ajankohta"],
                ["Kaava", "Kirjasto auki", "2025"],
                ["Avajaiset", "1", "2026"],
            ],
            "Rahat": [["Hanke", "Vuosi", "Suunniteltu", "Toteuma"], ["Kirjasto auki", 2025, 5, 4]],
        },
        known=(ITEM,),
    )
    assert [one.entity for one in found.guess.sheets] == [Entity.MILESTONE, Entity.BUDGET]
    assert found.faults == []
    assert whole.ASSUMED_LINE in found.told


def test_what_a_person_says_of_a_column_stands_and_the_rest_is_guessed_around_it():
    given = {"Taul1": SheetGiven(columns={2: ColumnGiven("goals"), 3: ColumnGiven(None), 5: ColumnGiven("title_fi")})}
    found = guessed([[*HEAD, "Muu"], [*ROWS[0], "Yksi"], [*ROWS[1], "Kaksi"]], given=given)
    assert found.fields() == {
        "Nro": "number", "Toimenpide": "goals", "Tila": None, "Vastuualue": "unit", "Muu": "title_fi",
    }  # fmt: skip
    assert found.why("Tila") == [assign.NOT_WANTED]


def test_two_columns_are_not_given_the_same_field():
    given = {"Taul1": SheetGiven(columns={2: ColumnGiven("title_fi"), 5: ColumnGiven("title_fi")})}
    found = guessed([[*HEAD, "Muu"], [*ROWS[0], "Yksi"], [*ROWS[1], "Kaksi"]], given=given)
    assert found.fields()["Muu"] is None
    assert found.why("Muu") == [assign.TAKEN]


def test_a_heading_that_a_person_points_at_is_the_heading():
    rows = [HEAD, ["vanha", "rivi", "Valmis", "tekninen"], HEAD, *ROWS]
    found = guessed(rows, given={"Taul1": SheetGiven(header=(3, 3))})
    assert found.values("number") == [("1",), ("2",)]
    assert found.guess.profile.sheets[0].header_from == 3


def test_rows_between_the_data_mean_what_a_person_says():
    rows = [HEAD[:3], ["TEKNINEN TOIMIALA"], [1, "a", "Valmis"], [2, "b", "Valmis"]]
    found = guessed(rows, given={"Taul1": SheetGiven(section="")})
    assert found.values("number", "unit") == [("1", None), ("2", None)]


def test_a_workbook_without_any_table_is_said_to_have_none():
    found = guessed([["Hallitus päätti asiasta."], ["Toimenpide. Vastuuhenkilö X."]])
    assert not found.guess.is_readable
    assert whole.NOTHING in found.told


SWEDISH = [
    ["Nr", "Åtgärd", "Tidtabell", "Läge"],
    [1, "Biblioteket", "v 36 2025", "Pågår"],
    [2, "Hamnen", "v 40 2025", "Klar"],
]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_swedish_workbook_is_judged_by_swedish_words_whoever_looks_on(language):
    found = guessed(SWEDISH, language=language)
    assert found.guess.profile.language == "sv"
    assert found.fields()["Tidtabell"] == "timespan"
    first = next(iter(found.parsed.records.values())).cells["timespan"].value
    assert first.start.isoformat() == "2025-09-01"
    assert found.column("Tidtabell").confidence == guessed(SWEDISH, language="sv").column("Tidtabell").confidence


def test_the_language_is_found_of_headings_with_brackets_and_of_two_rows():
    rows = [["Uppgifter", None, "Budget"], ["Nr (löpande)", "Åtgärd (rubrik)", 2025], [1, "Hamnen", 5], [2, "Torg", 6]]
    assert guessed(rows).guess.profile.language == "sv"


def test_a_workbook_whose_headings_are_no_words_of_ours_is_finnish_whoever_looks_on():
    assert guessed([["abc", "def"], [1, 2]], language="en").guess.profile.language == "fi"


def test_headings_that_several_languages_share_are_in_the_language_of_who_looks_on():
    found = [
        guessed([["Status", "Budget 2025"], ["a", 1]], language=one).guess.profile.language for one in ("sv", "en")
    ]
    assert found == ["sv", "en"]

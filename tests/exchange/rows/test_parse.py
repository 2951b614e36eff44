import datetime as dt
from decimal import Decimal

import pytest

from portfolio.core.language import say_problem
from portfolio.exchange.columns import UNKNOWN, Entity
from portfolio.exchange.profile import parse_profile
from portfolio.exchange.rows import fits, headings, parse, read, table, totals, trouble, typed, with_portfolio
from portfolio.exchange.rows.split import CANNOT_SPLIT
from portfolio.files.workbook import read_workbook
from tests.workbooks import make_profile, make_surroundings, read_rows, workbook_bytes

HEAD = ["Nro", "Toimenpide", "Vastuualue", "Tila", "Valmiina"]
YEARS = """
[[sheet.years]]
pattern = "TA {year}"
amount = "planned"
part = "operating"
source = "own"
unit = "teur"
"""


def parsed(rows, *, change=None, name="tiedosto.xlsx", document_date=dt.date(2026, 5, 4), **parts):
    return parse(read_rows(rows, change=change, name=name), make_profile(**parts), make_surroundings(document_date))


def values(found, *names):
    return [tuple(record.cells[name].value for name in names) for record in found.records.values()]


def faults(found):
    return [(fault.problem.msgid, fault.place.row, fault.place.column) for fault in found.faults]


def notices(found):
    return [notice.msgid for notice in found.notices]


def test_a_plain_table_becomes_records_with_typed_cells_and_their_places():
    found = parsed([HEAD, [1, "Kirjasto", "Tekninen toimiala", "Käynnissä", "45 %"], [2, "Satama", "sivistys", "", ""]])
    assert values(found, "number", "title_fi", "status", "progress", "kind") == [
        ("1", "Kirjasto", "under_way", 45, "measure"),
        ("2", "Satama", None, None, "measure"),
    ]
    first = next(iter(found.records.values()))
    assert (first.key, first.source_key) == ((Entity.INITIATIVE, "kunta-ohjelma/1"), "1")
    assert (first.cells["progress"].place.row, first.cells["progress"].place.column) == (2, "E")
    assert (found.rows, found.faults) == (2, [])
    assert found.sheets[0].columns == {
        "Nro": "number",
        "Toimenpide": "title_fi",
        "Vastuualue": "unit",
        "Tila": "status",
        "Valmiina": "progress",
    }


def test_everything_wrong_comes_in_one_pass_with_row_column_and_value():
    found = parsed(
        [
            [*HEAD, "Valmistunut"],
            [1, "Kirjasto", "Teknillinen toimiala", "Menossa", "puolet", "30.2.2026"],
            [2, None, "sivistys", "Valmis", 145, "joskus"],
            [2, "Toinen", "", "", "", ""],
        ],
        tables='[sheet.values.status]\n"Valmis" = "completed"',
    )
    assert [(fault.place.row, fault.place.column, fault.value) for fault in found.faults] == [
        (2, "C", "Teknillinen toimiala"),
        (2, "D", "Menossa"),
        (2, "E", "puolet"),
        (2, "F", "30.2.2026"),
        (3, "B", ""),
        (3, "E", 145.0),
        (3, "F", "joskus"),
        (4, None, ""),
    ]
    sentences = [say_problem(fault.problem, "en") for fault in found.faults]
    assert 'Did you mean "Tekninen toimiala"?' in sentences[0]
    assert sentences[4] == "Title in Finnish is missing."


def test_a_missing_column_is_told_once_and_not_again_on_every_row():
    found = parsed([["Nro", "Tila"], [1, "Valmis"], [2, ""]])
    assert faults(found)[0] == (headings.MISSING_COLUMN, 1, None)
    assert [msgid for msgid, *_ in faults(found)].count(typed.REQUIRED) == 0


def test_the_same_item_twice_on_a_sheet_is_a_fault_and_neither_is_written():
    found = parsed([HEAD, [1, "Kirjasto"], [1, "Satama"]])
    assert faults(found) == [(typed.SAME_TWICE, 3, None)]
    assert found.blocked == {(Entity.INITIATIVE, "kunta-ohjelma/1")}


def test_the_very_same_row_twice_is_only_noted():
    found = parsed([HEAD, [1, "Kirjasto"], [1, "Kirjasto"]])
    assert (faults(found), notices(found)) == ([], [typed.ALIKE_TWICE])


def test_an_error_and_a_formula_without_a_result_are_faults_and_no_blanks():
    found = parsed([HEAD, [1, "Kirjasto", None, "#N/A", "=0.1+0.2"]])
    assert faults(found) == [(trouble.ERROR_CELL, 2, "D"), (trouble.NO_RESULT, 2, "E")]
    assert found.faults[0].value == "#N/A"


SECTIONS = """
[[sheet.section]]
pattern = '^Toimiala: (?P<value>.+)$'
field = "unit"
[[sheet.section]]
pattern = '^\\d\\. (?P<value>.+)$'
field = "category:luokka"
"""


def test_section_rows_give_their_field_to_the_rows_below_and_an_upper_one_ends_a_lower():
    rows = [
        ["Nro", "Toimenpide"],
        ["Toimiala: Tekninen toimiala"],
        ["1. Kehittämishanke"],
        [1, "Kirjasto"],
        ["Toimiala: Sivistystoimiala"],
        [2, "Satama"],
    ]
    found = parsed(rows, tables=SECTIONS)
    units = [record.cells["unit"].value[1] for record in found.records.values()]
    classes = ["category:luokka" in record.cells for record in found.records.values()]
    assert (units, classes, found.rows) == (["tekninen", "sivistys"], [True, False], 2)


def test_a_section_may_stand_above_the_heading_and_may_be_merged_over_the_row():
    def merge(workbook):
        workbook["Toimenpiteet"].merge_cells("A1:B1")

    found = parsed([["Toimiala: Sivistystoimiala"], ["Nro", "Toimenpide"], [1, "x"]], tables=SECTIONS, change=merge)
    assert [record.cells["unit"].value[1] for record in found.records.values()] == ["sivistys"]


def test_a_saved_mapping_fits_only_a_workbook_with_all_of_its_headings():
    profile = parse_profile(
        'name = "oma"\n[[sheet]]\nmatch = "Taul1"\nentity = "initiative"\nportfolio = "p"\n'
        'required = ["title_fi"]\nwhole = true\n'
        '[sheet.columns]\ntitle_fi = ["Hanke"]\nstatus = ["Tila"]\n[sheet.identity]\nfields = ["title_fi"]\n'
    )
    assert fits(read_rows([["Hanke", "Tila"], ["a", "Valmis"]], sheet="Taul1"), profile)
    assert not fits(read_rows([["Hanke", "Vaihe"], ["a", "Valmis"]], sheet="Taul1"), profile)


def test_a_section_s_unknown_unit_is_told_at_the_section_s_row():
    found = parsed([["Nro", "Toimenpide"], ["Toimiala: Satamalaitos"], [1, "x"], [2, "y"]], tables=SECTIONS)
    assert [(row, column) for _, row, column in faults(found)] == [(2, "A")]


def test_sums_and_notes_are_skipped_counted_and_never_added_up():
    rows = [
        ["Nro", "Toimenpide", "TA 2026"],
        [1, "a", 10],
        [2, "b", 20],
        ["Yhteensä", None, 30],
        ["* huomautus"],
        [3, "c", 5],
    ]
    tables = YEARS + "[sheet.skip]\npatterns = ['^Yhteensä']\nuntil = '^\\* '"
    found = parsed(rows, tables=tables)
    assert found.rows == 2
    assert found.sheets[0].totals == {"TA 2026": Decimal(30)}
    assert notices(found) == [table.LEFT_BELOW, read.SKIPPED]
    assert values(found, "money:2026:operating:own:planned") == [(Decimal(10_000),), (Decimal(20_000),)]


@pytest.mark.parametrize(
    ("totalled", "differs"),
    [((30, 5, 35), []), ((30, 35, 35), []), ((30, 5, 36), [totals.DIFFERS]), ((29, 5, 35), [totals.DIFFERS])],
)
def test_the_sheet_s_own_totals_are_held_against_the_rows(totalled, differs):
    first, second, whole = totalled
    rows = [
        ["Nro", "Toimenpide", "TA 2026"],
        [1, "a", 10],
        [2, "b", 20],
        ["Yhteensä", None, first],
        [3, "c", "5"],
        ["Yhteensä", None, second],
        ["Yhteensä kaikki", None, whole],
    ]
    found = parsed(rows, tables=YEARS + "[sheet.skip]\npatterns = ['^Yhteensä']")
    assert [msgid for msgid in notices(found) if msgid == totals.DIFFERS] == differs


def test_unknown_zero_and_blank_amounts_are_three_things():
    rows = [["Nro", "Toimenpide", "TA 2026", "TA 2027", "TA 2028"], [1, "a", "ei tiedossa", 0, None]]
    found = parsed(rows, tables=YEARS)
    names = [f"money:{year}:operating:own:planned" for year in (2026, 2027, 2028)]
    assert values(found, *names) == [(UNKNOWN, Decimal(0), None)]


def test_the_heading_repeated_further_down_is_no_data():
    assert parsed([HEAD, [1, "Kirjasto"], HEAD, [2, "Satama"]]).rows == 2


def test_ditto_marks_and_blanks_are_filled_down_where_the_profile_says_so():
    rows = [HEAD, [1, "a", "Tekninen toimiala"], [2, "b", '"'], [3, "c", None], [4, "d", "sivistys"], [5, "e", "-”-"]]
    found = parsed(rows, keys='fill_down = ["unit"]')
    assert [record.cells["unit"].value[1] for record in found.records.values()] == [
        *["tekninen"] * 3,
        *["sivistys"] * 2,
    ]


def test_a_ditto_mark_elsewhere_is_a_fault_and_so_is_one_with_nothing_above():
    assert faults(parsed([HEAD, [1, "a", "sivistys"], [2, '"', ""]]))[0] == (table.DITTO_HERE, 3, "B")
    found = parsed([HEAD, [1, "a", '"']], keys='fill_down = ["unit"]')
    assert faults(found) == [(table.NOTHING_ABOVE, 2, "C")]


def test_a_row_that_goes_on_lengthens_the_record_above():
    rows = [["Nro", "Toimenpide", "Nykytila", "Tila"], [1, "a", "rivi yksi", ""], [None, None, "rivi kaksi", ""]]
    tables = '[sheet.continuation]\nappend = ["present_state"]'
    found = parsed(rows, tables=tables)
    assert values(found, "present_state") == [("rivi yksi\nrivi kaksi",)]
    found = parsed([*rows, [None, None, None, "Valmis"]], tables=tables)
    assert faults(found) == [(table.CONTINUATION, 4, "D")]


def test_cells_merged_over_rows_hold_for_each_of_them():
    rows = [HEAD, [1, "a", "sivistys"], [2, "b", None], [3, "c", None]]
    found = parsed(rows, change=lambda book: book["Toimenpiteet"].merge_cells("C2:C3"))
    assert [record.cells["unit"].value is None for record in found.records.values()] == [False, False, True]


SPLIT = """
[sheet.split]
title_fi = '^(?:Toimenpide )?(?P<number>\\d+ ?\\.?[a-z]?)\\.?:? +(?P<title_fi>.+)$'
"""


def test_number_and_title_in_one_cell_are_split():
    found = parsed([["Toimenpide"], ["Toimenpide 1a: Kirjasto"], ["1.b. Satama"]], tables=SPLIT)
    assert values(found, "number", "title_fi") == [("1a", "Kirjasto"), ("1.b", "Satama")]


def test_what_does_not_split_stays_whole_or_is_told():
    found = parsed([["Nro", "Toimenpide"], [7, "Ilman numeroa"]], tables=SPLIT)
    assert values(found, "number", "title_fi") == [("7", "Ilman numeroa")]
    tables = "[sheet.split]\nboth = '^(?P<number>\\d+) (?P<title_fi>.+)$'"
    found = parsed(
        [["Nro", "Kohde"], [7, "Ilman"]], columns='both = ["Kohde"]', tables=tables, keys='required = ["number"]'
    )
    assert faults(found) == [(CANNOT_SPLIT, 2, "B")]


def test_hidden_rows_columns_and_sheets_are_read_and_told():
    def hide(workbook):
        sheet = workbook["Toimenpiteet"]
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        workbook.create_sheet("Näkyvä")
        sheet.sheet_state = "hidden"

    found = parsed([HEAD, [1, "a", "sivistys"]], change=hide)
    assert notices(found) == [read.HIDDEN_SHEET, read.HIDDEN_ROWS, read.HIDDEN_COLUMNS]
    assert values(found, "unit")[0][0] == (Entity.UNIT, "sivistys")


def test_columns_and_sheets_that_nobody_reads_are_told_unless_they_are_ignored():
    def add(workbook):
        workbook.create_sheet("Muistiinpanot")["A1"] = "x"
        workbook.create_sheet("Lähde ja oletukset")["A1"] = "x"

    found = parsed(
        [[*HEAD, "Huom.", "Ohi"], [1, "a"]], change=add, top='ignore_sheets = ["Lähde*"]', keys='ignore = ["Ohi"]'
    )
    assert sorted(notices(found)) == sorted([read.UNMAPPED, read.UNREAD_SHEET])
    assert found.sheets[0].columns["Huom."] is None


def test_a_row_with_text_only_beside_the_columns_is_told():
    found = parsed([[*HEAD, "Huom."], [1, "a"], [None, None, None, None, None, "muista tämä"]])
    assert table.STRAY_ROW in notices(found)


def test_markup_is_made_into_lines_and_told():
    found = parsed([["Nro", "Toimenpide", "Nykytila"], [1, "a", "<ul><li>yksi</li><li>kaksi</li></ul>"]])
    assert values(found, "present_state") == [("yksi\nkaksi",)]
    assert read.MARKUP in notices(found)


def test_vague_words_are_kept_and_flagged_with_what_they_may_mean():
    found = parsed([["Nro", "Toimenpide", "Aikataulu"], [1, "a", "toukokuussa"], [2, "b", "jahka ehditään"]])
    assert [cells[0].words for cells in values(found, "timespan")] == ["toukokuussa", "jahka ehditään"]
    assert notices(found) == [read.PROPOSED, read.UNREAD_WORDS]
    assert "31 May 2026" in say_problem(found.notices[0], "en")


def test_the_wrong_workbook_is_told_by_the_sheet_that_is_missing():
    found = parse(read_rows([HEAD], sheet="Muu"), make_profile(), make_surroundings())
    assert faults(found) == [(read.NO_SHEET, None, None)]


def test_a_csv_file_is_read_without_a_sheet_s_name_and_its_broken_row_is_told():
    data = b"Nro;Toimenpide;Tila\n1;Kirjasto;\n2;Puisto; tori;\n3;Satama;\n"
    found = parse(read_workbook(data, "luettelo.csv"), make_profile(), make_surroundings())
    assert [fault.place.row for fault in found.faults] == [3]
    assert values(found, "number", "title_fi") == [("1", "Kirjasto"), ("3", "Satama")]


def test_the_hash_of_the_content_does_not_depend_on_order_or_on_the_program_that_saved_it():
    rows = [[1, "Kirjasto", "sivistys"], [2, "Satama", None]]
    one = parsed([["Ohjelma"], HEAD, *rows])
    other = parsed([HEAD, *reversed(rows)])
    as_text = parsed([HEAD, ["1", "Kirjasto ", "sivistys"], ["2", "Satama", ""]])
    changed = parsed([HEAD, [1, "Kirjasto", "tekninen"], [2, "Satama", None]])
    assert one.content_hash == other.content_hash == as_text.content_hash != changed.content_hash


CARD = """
name = "kortti"
language = "fi"
[[sheet]]
match = "Teko*"
entity = "initiative"
portfolio = "p"
layout = "card"
[sheet.columns]
number = ["Numero"]
title_fi = ["Nimi"]
goals = ["Tarve ja tavoitteet"]
status = ["Tila"]
[sheet.constants]
kind = "project"
[sheet.identity]
fields = ["number"]
"""


def read_card(rows):
    from portfolio.exchange.profile import parse_profile

    return parse(read_rows(rows, sheet="Teko 1"), parse_profile(CARD), make_surroundings())


def test_a_card_is_one_record_whose_lines_may_go_on():
    found = read_card(
        [
            ["KunTeko-kortti"],
            ["Numero", 1],
            ["Nimi", "Käsikirja"],
            ["Kuvaus"],
            ["Tarve ja tavoitteet", "yksi"],
            [None, "kaksi"],
            ["Muuta", "x"],
        ]
    )
    assert values(found, "number", "title_fi", "goals", "kind") == [("1", "Käsikirja", "yksi\nkaksi", "project")]
    assert [notice.params for notice in found.notices if notice.msgid == read.UNMAPPED] == [{"column": "Muuta"}]
    cell = next(iter(found.records.values())).cells["goals"]
    assert (cell.place.row, cell.place.column) == (5, "B")


def test_a_card_that_lacks_a_label_or_has_it_twice_is_told():
    assert faults(read_card([["Numero", 1]])) == [(headings.MISSING_COLUMN, 1, None)]
    assert headings.TWICE in {msgid for msgid, *_ in faults(read_card([["Numero", 1], ["Nimi", "a"], ["Nimi", "b"]]))}


def test_a_profile_is_narrowed_to_one_portfolio_and_told_to_fit_by_its_headings():
    profile = make_profile()
    assert with_portfolio(profile, "toinen").sheets == ()
    assert with_portfolio(profile, "kunta-ohjelma").sheets == profile.sheets
    assert fits(read_rows([HEAD]), profile)
    assert not fits(read_rows([["Nro", "Tila"]]), profile)
    assert not fits(read_workbook(workbook_bytes({"Muu": [HEAD]}), "a.xlsx"), profile)


def test_no_profile_of_cards_takes_any_csv_file_for_its_own():
    cards = parse_profile(CARD)
    assert fits(read_rows([["Nimi", "Kirjasto"]], sheet="Teko 1"), cards)
    assert not fits(read_workbook(b"Nimi;Tila\nKirjasto;Valmis\n", "luettelo.csv"), cards)

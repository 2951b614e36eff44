from decimal import Decimal

import pytest

from portfolio.exchange.columns import Entity, Known
from portfolio.exchange.guess import layout, meanings, sections
from portfolio.exchange.rows import read, table, totals
from portfolio.exchange.rows.sections import UNKNOWN_SECTION
from tests.guesses import guessed

HEAD = ["Nro", "Toimenpide", "Tila", "TA 2025 (€)"]


def test_section_rows_between_the_data_give_their_unit_to_the_rows_below():
    found = guessed(
        [
            HEAD,
            ["TEKNINEN TOIMIALA"],
            [1, "Satama", "Valmis", 100],
            [2, "Kadut", "Käynnissä", 200],
            ["SIVISTYSTOIMIALA"],
            [3, "Kirjasto", "Valmis", 300],
        ]
    )
    assert found.values("title_fi", "unit") == [("Satama", "tekninen"), ("Kadut", "tekninen"), ("Kirjasto", "sivistys")]
    assert sections.GIVES in found.told


def test_sections_on_two_levels_with_a_label_or_a_number_are_known_by_what_follows_it():
    found = guessed(
        [
            HEAD,
            ["Toimiala: Tekninen toimiala"],
            ["1. Kehittämishanke"],
            [1, "Satama", "Valmis", 100],
            ["Toimiala: Sivistystoimiala"],
            ["1. Kehittämishanke"],
            [2, "Kirjasto", "Valmis", 300],
        ]
    )
    assert found.values("unit", "category:luokka") == [("tekninen", "luokka | hanke"), ("sivistys", "luokka | hanke")]


def test_section_rows_that_name_nothing_known_are_headings_only_and_told():
    found = guessed(
        [HEAD, ["Hyvä arki"], [1, "a", "Valmis", 1], [2, "b", "Valmis", 2], ["Elinvoima"], [3, "c", "Valmis", 3]]
    )
    assert found.values("number", "unit") == [("1", None), ("2", None), ("3", None)]
    assert found.said(sections.HEADS_ONLY)["texts"] == "Hyvä arki, Elinvoima"


def test_a_section_that_is_not_known_among_known_ones_stops_the_rows_below_it():
    found = guessed(
        [
            HEAD,
            ["TEKNINEN TOIMIALA"],
            [1, "a", "Valmis", 1],
            ["SATAMALAITOS"],
            [2, "b", "Valmis", 2],
            ["SIVISTYSTOIMIALA"],
            [3, "c", "Valmis", 3],
        ]
    )
    assert (UNKNOWN_SECTION, 4, "A") in found.faults
    assert found.values("number", "unit") == [("1", "tekninen"), ("3", "sivistys")]
    assert sections.NOT_KNOWN in found.told


def test_subtotals_and_totals_are_left_out_named_and_compared():
    found = guessed(
        [
            HEAD,
            [1, "a", "Valmis", 100],
            [2, "b", "Valmis", 200],
            ["Välisumma", None, None, 300],
            [3, "c", "Valmis", 50],
            ["Tekninen yhteensä", None, None, 60],
            ["Yhteensä", None, None, 350],
        ]
    )
    assert found.values("number") == [("1",), ("2",), ("3",)]
    assert found.parsed.sheets[0].totals == {"TA 2025 (€)": Decimal(350)}
    assert found.said(read.SKIPPED)["rows"] == "4, 6, 7"
    different = found.said(totals.DIFFERS)
    assert (different["cell"], different["total"], different["sum"]) == ("D6", Decimal(60), Decimal(50))


def test_a_total_without_a_word_is_a_sum_too():
    found = guessed([HEAD, [1, "a", "Valmis", 100], [2, "b", "Valmis", 200], [None, None, None, 300]])
    assert found.values("number") == [("1",), ("2",)]
    assert totals.DIFFERS not in found.told
    assert found.said(read.SKIPPED)["rows"] == "4"


def test_a_project_whose_title_begins_like_a_sum_is_data():
    found = guessed(
        [HEAD, [1, "a", "Valmis", 100], ["Summa summarum -hanke", "b", "Valmis", 2], ["Summa", None, None, 102]]
    )
    assert len(found.parsed.records) == 2
    assert totals.DIFFERS not in found.told


def test_continuation_rows_go_on_with_the_row_above():
    found = guessed(
        [
            ["Nro", "Toimenpide", "Tavoite", "Tila"],
            [1, "Kirjasto", "Auki joka päivä", "Valmis"],
            [None, None, "myös yöllä", None],
            [2, "Satama", "Syvemmäksi", "Valmis"],
        ]
    )
    assert found.values("number", "goals") == [("1", "Auki joka päivä\nmyös yöllä"), ("2", "Syvemmäksi")]
    assert found.said(layout.CONTINUES)["rows"] == "3"


def test_a_project_over_many_merged_rows_is_one_project():
    def merge(workbook):
        workbook["Taul1"].merge_cells("A2:A3")
        workbook["Taul1"].merge_cells("B2:B3")

    found = guessed(
        [["Nro", "Toimenpide", "Tavoite"], [1, "Kirjasto", "a"], [None, None, "b"], [2, "Satama", "c"]], change=merge
    )
    assert found.values("number", "goals") == [("1", "a\nb"), ("2", "c")]
    assert found.faults == []


def test_what_a_continuation_cannot_hold_is_told_at_its_cell():
    found = guessed(
        [
            ["Nro", "Toimenpide", "Tavoite", "Tila"],
            [1, "Kirjasto", "a", "Valmis"],
            [None, None, "b", "Käynnissä"],
            [2, "Satama", "c", "Valmis"],
        ]
    )
    assert found.faults == [(table.CONTINUATION, 3, "D")]


def test_ditto_marks_take_the_value_above():
    found = guessed(
        [
            ["Nro", "Toimenpide", "Vastuualue", "Tila"],
            [1, "a", "tekninen", "Valmis"],
            [2, "b", '"', "″"],
            [3, "c", '-"-', '"'],
        ]
    )
    assert found.values("unit", "status") == [("tekninen", "completed")] * 3
    assert layout.FILLED_DOWN in found.told


def test_blanks_below_a_unit_that_is_written_once_mean_the_same_as_above():
    rows = [["Vastuualue", "Toimenpide", "Tila"]]
    rows += [["Tekninen toimiala", "a", "Valmis"], [None, "b", "Valmis"], [None, "c", "Valmis"]]
    rows += [["Sivistystoimiala", "d", "Valmis"], [None, "e", "Valmis"]]
    found = guessed(rows)
    assert [unit for (unit,) in found.values("unit")] == ["tekninen", "tekninen", "tekninen", "sivistys", "sivistys"]
    assert found.said(layout.SAME_AS_ABOVE)["count"] == 3


def test_a_few_blank_units_stay_blank():
    rows = [["Nro", "Toimenpide", "Vastuualue"]]
    rows += [[1, "a", "tekninen"], [2, "b", "tekninen"], [3, "c", None], [4, "d", "sivistys"], [5, "e", "sivistys"]]
    assert guessed(rows).values("unit")[2] == (None,)


def test_cells_merged_over_rows_of_data_hold_for_each_row():
    found = guessed(
        [
            ["Toimenpide", "Vastuualue", "Tila"],
            ["a", "tekninen", "Valmis"],
            ["b", None, "Valmis"],
            ["c", "sivistys", "Valmis"],
        ],
        change=lambda workbook: workbook["Taul1"].merge_cells("B2:B3"),
    )
    assert found.values("unit") == [("tekninen",), ("tekninen",), ("sivistys",)]


def test_cells_merged_over_several_columns_are_told():
    found = guessed(
        [["Toimenpide", "TA 2025 (€)", "TS 2026 (€)"], ["a", 5, None], ["b", 6, 7]],
        change=lambda workbook: workbook["Taul1"].merge_cells("B2:C2"),
    )
    assert found.said(read.MERGED_ACROSS) == {"cells": "B2:C2"}


def test_leftovers_of_a_form_are_blank_cells_and_told():
    found = guessed(
        [
            ["Nro", "Toimenpide", "Tila", "Aikataulu", "Vastuualue"],
            [1, "a", "valitse", "-", "N/A"],
            [2, "b", "Valmis", "?", "tekninen"],
            [3, "c", "Please choose", "2025", "sivistys"],
        ]
    )
    assert found.values("status", "timespan", "unit") == [
        (None, None, None),
        ("completed", None, "tekninen"),
        (None, "2025", "sivistys"),
    ]
    assert layout.BLANKS in found.told
    assert found.faults == []


def test_several_people_in_one_cell_leave_the_first_responsible_and_lose_nobody():
    found = guessed(
        [
            ["Nro", "Toimenpide", "Vastuuhenkilö"],
            [1, "a", "Rehtori / Kirjastonjohtaja"],
            [2, "b", "Tekninen johtaja, varalla Rehtori"],
            [3, "c", "Rehtori"],
        ]
    )
    assert found.values("owner_post", "notes") == [
        ("rehtori", "Kirjastonjohtaja"),
        ("johtaja", "varalla Rehtori"),
        ("rehtori", None),
    ]
    assert found.said(layout.SEVERAL_PEOPLE)["count"] == 2


def test_number_and_title_in_one_cell_are_parted():
    found = guessed(
        [["Toimenpide", "Tila"], ["1a. Kirjasto auki", "Valmis"], ["2 Satama", "Valmis"], ["T-3: Kadut", "Valmis"]]
    )
    assert found.values("number", "title_fi") == [("1a", "Kirjasto auki"), ("2", "Satama"), ("T-3", "Kadut")]
    assert found.guess.sheets[0].identity == ("number",)


def test_a_unit_behind_its_code_in_one_cell_is_that_unit():
    found = guessed(
        [
            ["Toimenpide", "Vastuualue"],
            ["a", "1200 Tekninen toimiala"],
            ["b", "Sivistystoimiala (SIV)"],
            ["c", "tekninen"],
        ]
    )
    assert found.values("unit") == [("tekninen",), ("sivistys",), ("tekninen",)]
    assert meanings.OWN_VALUES in found.told


def test_code_lists_and_notes_below_the_table_are_left_out_and_named():
    rows = [HEAD, [1, "a", "Valmis", 100], [2, "b", "Valmis", 200], ["Yhteensä", None, None, 300], []]
    rows += [["Tilat:"], ["1", "Valmis"], ["2", "Käynnissä"], [], ["Lähde: talousarvio"]]
    found = guessed(rows)
    assert found.values("number") == [("1",), ("2",)]
    assert dict(found.said(table.LEFT_BELOW)) == {"first": 6, "last": 10}
    assert found.faults == []


def test_notes_right_below_the_last_row_are_left_out_too():
    found = guessed(
        [HEAD, [1, "a", "Valmis", 100], [2, "b", "Valmis", 200], ["* sisältää avustuksen"], ["Huom. arvio"]]
    )
    assert found.values("number") == [("1",), ("2",)]
    assert found.faults == []


def test_a_code_list_that_begins_like_the_data_ends_the_table_by_its_gap():
    rows = [HEAD, [1, "a", "Valmis", 100], [2, "b", "Valmis", 200], [], [], [1, "Valmis"], [2, "Kesken"]]
    found = guessed(rows)
    assert found.guess.profile.sheets[0].skip.blank_rows == 2
    assert found.values("number", "title_fi") == [("1", "a"), ("2", "b")]


def test_a_blank_row_inside_the_data_ends_nothing():
    found = guessed([HEAD, [1, "a", "Valmis", 100], [], [2, "b", "Valmis", 200]])
    assert found.values("number") == [("1",), ("2",)]


def test_statuses_in_people_s_own_words_are_taken_and_told():
    found = guessed(
        [["Toimenpide", "Tila"], ["a", "Ei aloitettu"], ["b", "työn alla"], ["c", "Tehty"], ["d", "jäissä"]],
        known=(Known((Entity.UNIT, "x"), "X", "", ("x",), (), ()),),
    )
    assert found.values("status") == [("proposed",), ("under_way",), ("completed",), ("paused",)]
    assert meanings.OWN_VALUES in found.told


@pytest.mark.parametrize("title", ["Kirjasto (jatkoa)", "(jatkoa)", "Kirjasto – forts.", "jatkoa", "b (cont.)"])
@pytest.mark.parametrize("number", [None, 1])
def test_a_row_that_says_it_goes_on_is_joined_with_the_row_above_and_told(title, number):
    rows = [["Nro", "Toimenpide", "Tila", "Tavoitteet"], [1, "Kirjasto auki", "Valmis", "Aukiolo illalla"]]
    rows += [[number, title, "Valmis", "ja viikonloppuna"], [2, "Satama", "Valmis", "Laituri"]]
    found = guessed(rows)
    assert found.values("title_fi", "goals") == [
        ("Kirjasto auki", "Aukiolo illalla\nja viikonloppuna"),
        ("Satama", "Laituri"),
    ]
    assert layout.CONTINUES in found.told
    assert found.faults == []


@pytest.mark.parametrize("title", ["Raitiotien jatko", "Hanke, jatkuva", "Seuranta (jatkuva)", "Jatkoaika"])
def test_a_title_that_only_resembles_such_words_is_an_item(title):
    found = guessed([["Nro", "Toimenpide", "Tila"], [1, "Kirjasto", "Valmis"], [2, title, "Valmis"]])
    assert (title,) in found.values("title_fi")

import pytest

from portfolio.core.language import say_problem
from portfolio.exchange.columns import Entity
from portfolio.exchange.rows import parse, sections, table, typed
from tests.workbooks import make_profile, make_surroundings, read_rows

HEAD = ["Nro", "Toimenpide"]
SECTIONS = """
[[sheet.section]]
pattern = '^(?P<value>TEKNINEN TOIMIALA|SIVISTYSTOIMIALA)$'
field = "unit"
[[sheet.section]]
pattern = '^\\d\\. (?P<value>.+)$'
field = "category:luokka"
"""


def parsed(rows, *, tables=SECTIONS, **parts):
    return parse(read_rows(rows), make_profile(tables=tables, **parts), make_surroundings())


def faults(found):
    return [(fault.problem.params.get("unknown", fault.problem).msgid, fault.place.row) for fault in found.faults]


def titles(found):
    return {record.cells["title_fi"].value for record in found.records.values()}


def test_an_unknown_section_is_told_at_its_cell_with_the_text_that_was_perhaps_meant():
    found = parsed([HEAD, ["SIVISTYS TOIMIALA"], [1, "Kirjasto"]])
    fault = found.faults[0]
    assert (fault.place.sheet, fault.place.row, fault.place.column) == ("Toimenpiteet", 2, "A")
    assert fault.value == "SIVISTYS TOIMIALA"
    said = say_problem(fault.problem, "en")
    assert said == ('The unit or section "SIVISTYS TOIMIALA" is not known. Did you mean "SIVISTYSTOIMIALA"?')


def test_rows_below_an_unknown_section_belong_nowhere_until_a_section_of_the_first_level_begins():
    rows = [
        HEAD,
        ["TEKNINEN TOIMIALA"],
        [1, "Katu"],
        ["OLEMATON"],
        [1, "Koulu"],
        ["1. Kehittämishanke"],
        [2, "Kirjasto"],
        ["SIVISTYSTOIMIALA"],
        [3, "Museo"],
    ]
    found = parsed(rows)
    assert faults(found) == [
        (sections.UNKNOWN_SECTION, 4),
        (typed.BELOW_UNKNOWN, 5),
        (typed.BELOW_UNKNOWN, 7),
    ]
    assert titles(found) == {"Katu", "Museo"}
    assert found.blocked == set(), "a row of the section above does not suffer for one that has its number"
    assert found.records[Entity.INITIATIVE, "kunta-ohjelma/3"].cells["unit"].value[1] == "sivistys"


def test_what_is_wrong_in_a_row_below_an_unknown_section_is_told_in_the_same_pass():
    found = parsed([[*HEAD, "Valmiina"], ["OLEMATON"], [1, "Koulu", "paljon"]])
    assert [row for _, row in faults(found)] == [2, 3, 3]
    assert [cell.is_sound for cell in found.lost if cell.raw != ""] == [False] * 4


def test_a_section_in_a_column_that_is_not_read_is_no_stray_note():
    rows = [["Ala", *HEAD], ["TEKNINEN TOIMIALA"], [None, 1, "Katu"], ["OLEMATON"], [None, 2, "Koulu"]]
    found = parsed(rows)
    assert faults(found) == [(sections.UNKNOWN_SECTION, 4), (typed.BELOW_UNKNOWN, 5)]
    assert titles(found) == {"Katu"}


def test_a_note_beside_the_columns_stays_a_note():
    rows = [[*HEAD, "Huom."], ["TEKNINEN TOIMIALA"], [None, None, "muista tämä"], [1, "Katu"]]
    found = parsed(rows)
    assert (faults(found), titles(found)) == ([], {"Katu"})
    assert table.STRAY_ROW in {notice.msgid for notice in found.notices}


@pytest.mark.parametrize("number", [7, "7", "7a"])
def test_a_row_with_its_number_alone_is_an_unfinished_row_and_no_section(number):
    found = parsed([HEAD, ["TEKNINEN TOIMIALA"], [number], [8, "Katu"]])
    assert faults(found) == [(typed.REQUIRED, 3)]
    assert "Katu" in titles(found)


def test_without_sections_in_the_profile_a_lone_text_is_an_unfinished_row():
    assert faults(parsed([HEAD, ["OLEMATON"], [1, "Katu"]], tables="")) == [(typed.REQUIRED, 2)]


def test_a_text_that_may_go_on_with_the_row_above_is_no_section():
    tables = SECTIONS + '[sheet.continuation]\nappend = ["present_state"]'
    found = parsed([["Nykytila", *HEAD], ["alku", 1, "Katu"], ["loppu sanoin"]], tables=tables)
    assert faults(found) == []

import io

import openpyxl
import pytest

from portfolio.core.language import say
from portfolio.exchange.columns.sheets import REASON_HEADING
from portfolio.exchange.profile import parse_profile
from tests.exchange.export.layout.outings import Outing, cell_of, edited, saved
from tests.exchange.towns import SET_UP

HEAD = ("Nro", "Toimenpide", "Vastuualue", "Tila", "Luokka", "TA 2026", "Tavoitteet")
ROWS = (
    (1, "Kirjasto auki", "tekninen", "Menossa", "Kehittämishanke", 5, "Rivi\nToinen rivi"),
    (2, "Satama", "sivistys", "Proposed", "Laajempi muutos", "ei tiedossa", None),
    (3, "Tori", None, "Proposed", None, None, None),
)
OWN_SHEETS = SET_UP[SET_UP.index("[[sheet]]") :]


def shaped(text):
    """Give the town's profile with other sheets than its own."""
    return parse_profile(SET_UP.replace(OWN_SHEETS, text))


SECTIONED = """
[[sheet]]
match = "Ohjelma *"
entity = "initiative"
portfolio = "kunta-ohjelma"
header_rows = 2
title = "Ohjelma vuodelle {year}"
notes = ["Tilanne {day}."]
[sheet.columns]
number = ["Nro"]
title_fi = ["Toimenpide"]
status = ["Tila"]
goals = ["Tavoitteet"]
[[sheet.section]]
pattern = '^Vastuualue: (?P<value>.+)$'
field = "unit"
[[sheet.section]]
field = "category:luokka"
[sheet.skip]
patterns = ['^Yhteensä', '^Kaikki yhteensä']
[sheet.continuation]
append = ["goals"]
[sheet.constants]
kind = "measure"
[[sheet.years]]
pattern = "Raha (t€) TA {year}"
amount = "planned"
part = "operating"
source = "own"
unit = "teur"
[sheet.identity]
fields = ["number"]
"""


@pytest.fixture
def town_of(small_town):
    """Give `town_of(profile)`: the town with three measures in it, whose workbooks the profile describes."""
    assert not small_town.put({"Toimenpiteet": [HEAD, *ROWS]}).has_errors

    def with_profile(text=None):
        return Outing(small_town.engine, "kunta", shaped(text) if text else small_town.profile)

    return with_profile


def column_of(data, sheet, letter="A"):
    return [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data))[sheet][letter]]


def test_section_rows_sums_and_what_belongs_nowhere_stand_where_people_expect_them(town_of):
    town = town_of(SECTIONED)
    data = town.take_out()[1]
    assert column_of(data, "Ohjelma 2026") == [
        *("Ohjelma vuodelle 2026", "Tilanne 2.1.2026.", None, "Nro", None, 3),
        *("Vastuualue: Tekninen toimiala", "Kehittämishanke", 1, "Yhteensä Tekninen toimiala", None),
        *("Vastuualue: Sivistystoimiala", "Laajempi muutos", 2, "Yhteensä Sivistystoimiala", None, "Kaikki yhteensä"),
    ]
    formulas = [value for value in column_of(data, "Ohjelma 2026", "D") if str(value).startswith("=")]
    assert formulas == ["=SUBTOTAL(9,D9:D9)", "=SUBTOTAL(9,D14:D14)", "=SUBTOTAL(9,D6:D16)"]
    assert town.said(town.bring_back(data))["summary"]["changed"] == 0


def test_a_text_of_several_lines_is_one_cell(town_of):
    town = town_of(SECTIONED)
    data = town.take_out()[1]
    assert "Rivi\nToinen rivi" in column_of(data, "Ohjelma 2026", "G")


def test_an_amount_on_two_sheets_is_changed_on_either(town_of):
    town = town_of()
    data = town.take_out()[1]
    first = edited(data, {("Toimenpiteet", cell_of(data, "Toimenpiteet", "Kirjasto auki", "TA 2026")): 8})
    second = edited(data, {("Rahat", cell_of(data, "Rahat", "Kirjasto auki", "Suunniteltu")): 8000})
    for one in (first, second):
        said = town.said(town.bring_back(one))
        assert [(change["field"], change["new"]) for change in said["changes"]] == [
            ("money:2026:operating:own:planned", 8000)
        ]
        assert said["errors"] == []


def test_an_amount_that_two_sheets_change_differently_is_an_error(town_of):
    town = town_of()
    data = town.take_out()[1]
    both = {
        ("Toimenpiteet", cell_of(data, "Toimenpiteet", "Kirjasto auki", "TA 2026")): 8,
        ("Rahat", cell_of(data, "Rahat", "Kirjasto auki", "Suunniteltu")): 9000,
    }
    assert len(town.said(town.bring_back(edited(data, both)))["errors"]) == 1


def test_every_kind_of_table_of_a_profile_comes_back_untouched(town_of):
    town = town_of()
    data = town.take_out()[1]
    said = town.said(town.bring_back(data))
    assert (said["summary"]["changed"], said["summary"]["errors"], said["notices"]) == (0, 0, [])
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0] == "Toimenpiteet"


LETTERS = """
[[sheet]]
match = "Ohjelma"
entity = "initiative"
portfolio = "kunta-ohjelma"
blank = ["-"]
fill_down = ["unit"]
[sheet.columns]
number = ["Nro"]
title_fi = ["Toimenpide"]
unit = ["Vastuualue"]
"timespan:start" = ["Alku"]
"timespan:end" = ["Loppu"]
[sheet.letters]
status = "H"
[sheet.constants]
kind = "measure"
[sheet.identity]
fields = ["number"]
"""


def test_times_in_two_columns_and_a_column_without_a_heading_come_back(town_of):
    town = town_of(LETTERS)
    data = town.take_out()[1]
    assert town.said(town.bring_back(data))["changes"] == []
    start, end = (cell_of(data, "Ohjelma", "Satama", heading) for heading in ("Alku", "Loppu"))
    said = town.said(town.bring_back(edited(data, {("Ohjelma", start): 2026, ("Ohjelma", end): 2027})))
    assert [(one["field"], one["new"]) for one in said["changes"]] == [("timespan", "2026–2027")]


def test_a_blank_is_a_blank_also_where_the_profile_fills_downwards(town_of):
    town = town_of(LETTERS)
    data = town.take_out()[1]
    assert town.said(town.bring_back(data))["summary"]["changed"] == 0
    said = town.said(
        town.bring_back(edited(data, {("Ohjelma", cell_of(data, "Ohjelma", "Satama", "Vastuualue")): None}))
    )
    assert [(one["field"], one["new"]) for one in said["changes"]] == [("unit", None)]


CARDS = """
[[sheet]]
match = "Kortti"
entity = "initiative"
portfolio = "kunta-ohjelma"
layout = "card"
label_column = "B"
value_column = "D"
title = "Tila"
[sheet.above]
status = "Nro"
goals = "Sisältö"
[sheet.columns]
number = ["Nro"]
title_fi = ["Toimenpide"]
status = ["Tila"]
goals = ["Tavoitteet"]
[sheet.constants]
kind = "measure"
[sheet.identity]
fields = ["number"]
"""


def test_further_cards_have_sheets_of_their_own_and_come_back_all(town_of):
    town = town_of(CARDS)
    data = town.take_out()[1]
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    assert names[:3] == ["Kortti", "Kortti 2", "Kortti 3"]
    assert town.said(town.bring_back(data))["summary"]["cells"] == 12
    assert column_of(data, "Kortti", "B") == ["Nro", "Toimenpide", "Tila", None, "Sisältö", "Tavoitteet", "_id", "_ver"]
    said = town.said(town.bring_back(edited(data, {("Kortti 2", "D3"): "Valmistelussa"})))
    assert [(one["sheet"], one["field"], one["new"]) for one in said["changes"]] == [
        ("Kortti 2", "status", "in_preparation")
    ]


def test_identity_stands_folded_at_the_right_end(town_of):
    data = town_of().take_out()[1]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Toimenpiteet"]
    row = cell_of(data, "Toimenpiteet", "Nro", "Nro").removeprefix("A")
    heads = {cell.value: cell.column_letter for cell in sheet[int(row)]}
    assert list(heads)[-2:] == ["_id", "_ver"]
    assert sheet.column_dimensions[heads["_id"]].hidden
    assert sheet.column_dimensions[heads["_id"]].outlineLevel == 1


def test_closed_values_are_offered_in_the_profile_s_words(town_of):
    workbook = openpyxl.load_workbook(io.BytesIO(town_of().take_out()[1]))
    lists = [[cell.value for cell in column if cell.value] for column in workbook["_lists"].iter_cols()]
    assert any("Menossa" in one and "Valmis" in one for one in lists)
    assert any("Tekninen toimiala" in one for one in lists)
    assert workbook["Toimenpiteet"].data_validations.dataValidation


def test_a_column_that_somebody_took_away_says_nothing(town_of):
    town = town_of()
    workbook = openpyxl.load_workbook(io.BytesIO(town.take_out()[1]))
    column = cell_of(saved(workbook), "Toimenpiteet", "Nro", "Toimenpide").rstrip("0123456789")
    workbook["Toimenpiteet"].delete_cols(openpyxl.utils.column_index_from_string(column))
    said = town.said(town.bring_back(saved(workbook)))
    assert (said["errors"], said["changes"]) == ([], [])


def test_a_column_that_moved_is_found_by_its_heading(town_of):
    town = town_of()
    workbook = openpyxl.load_workbook(io.BytesIO(town.take_out()[1]))
    sheet = workbook["Etapit"]
    for row in sheet.iter_rows():
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value
    assert town.said(town.bring_back(saved(workbook)))["errors"] == []


def test_what_is_wrong_with_a_row_is_no_column_of_anybody_s(town_of):
    town = town_of()
    data = town.take_out()[1]
    row = cell_of(data, "Etapit", "Etappi", "Etappi").removeprefix("A")
    wrong = {("Etapit", f"Z{row}"): say(REASON_HEADING, "fi")}
    assert town.said(town.bring_back(edited(data, wrong)))["notices"] == []


def test_a_template_of_cards_is_a_blank_card_that_is_a_new_item_once_it_is_filled_in(town_of):
    town = town_of(CARDS)
    data = town.take_out(item_ids=())[1]
    untouched = town.said(town.bring_back(data))
    assert (untouched["errors"], untouched["changes"]) == ([], [])
    filled = edited(data, {("Kortti", "D1"): 9, ("Kortti", "D2"): "Uusi teko"})
    assert town.said(town.bring_back(filled))["summary"]["added"] == 1


def test_amounts_in_rows_of_their_own_are_open_and_what_they_are_of_is_not(town_of):
    sheet = openpyxl.load_workbook(io.BytesIO(town_of().take_out()[1]))["Rahat"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Kohde")
    shaded = {cell.value: cell.offset(1).fill.fill_type for cell in head}
    assert (shaded["Kohde"], shaded["Vuosi"], shaded["Suunniteltu"], shaded["Toteuma"]) == (
        "solid",
        "solid",
        None,
        None,
    )

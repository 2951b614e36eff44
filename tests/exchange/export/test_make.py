import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from portfolio.core.history import Update, write_many
from portfolio.core.problem import Refusal
from portfolio.exchange.apply.model import Options
from portfolio.exchange.apply.plan import find_way, plan_import
from portfolio.exchange.columns.identity import CARRIER, read_meta, read_token
from portfolio.exchange.export import TEMPLATE, ExportScope
from portfolio.exchange.export.day import moment_of
from portfolio.files.workbook import read_workbook
from portfolio.organisation.models import Municipality
from portfolio.organisation.operations import remove_unit
from portfolio.register.models import Initiative
from portfolio.register.operations import remove_initiatives
from tests.exchange.export.house import column, fresh, latest, table
from tests.factories import TODAY, create_initiative, create_portfolio, create_unit


def test_a_workbook_has_instructions_three_tables_and_hidden_sheets(house):
    made = house.opened()
    assert made.sheetnames == ["Ohjeet", "Kehittämiskohteet", "Etapit", "Talousarvio", "_meta", "_lists"]
    assert [made[name].sheet_state for name in ("_meta", "_lists", "Talousarvio")] == ["hidden", "hidden", "visible"]
    assert [made[name].protection.sheet for name in made.sheetnames] == [False] * 4 + [True] * 2


def test_initiatives_have_their_fields_as_people_read_them(any_house):
    first, second, third = table(any_house.opened()["Kehittämiskohteet"])
    code = any_house.items[0].code
    wanted = {
        "Tunnus": code,
        "Nimi suomeksi": "=Kirjasto auki",
        "Nimi ruotsiksi": "Öppet bibliotek",
        "Laji": "Toimenpide",
        "Kärkihanke": "Kyllä",
        "Luokka": "Kehittämishanke",
        "Teema": "Arki; Yritykset",
        "Yksikkö": "Sivistystoimiala",
        "Vastuutaho": "Johtaja (sivistys)",
        "Ajankohta": "syksy 2026",
        "Alkaa (laskettu)": dt.date(2026, 8, 1),
        "Päättyy (laskettu)": dt.date(2026, 12, 31),
        "Edistyminen": 0.3,
        "Hyödyt": "Tuloksellisuus; Palvelujen saatavuus",
        "Numero": "007",
        "Huomautukset": "Rivi\ntoinen",
        "Käsittelevä foorumi": "Kunnanhallitus",
        "Päätökset": "Kunnanhallitus 17.1.2026 § 15",
        "Kommentti": None,
        "Toiminto": None,
    }
    assert {heading: first[heading] for heading in wanted} == wanted
    assert second["Valmistunut"] == dt.date(2026, 2, 1)
    assert (third["Tila"], third["Yhdistetty kohteeseen"]) == ("Yhdistetty", code)


def test_every_row_bears_its_identity_and_version(house):
    made = house.opened()
    rows = table(made["Kehittämiskohteet"])
    assert [read_token(row["Rivin tunniste"])[1] for row in rows] == [item.id for item in house.items]
    assert [row["Versio"] for row in rows] == [fresh(house.session, item).version for item in house.items]
    assert read_token(table(made["Etapit"])[0]["Rivin tunniste"])[0] == "milestone"


def test_milestones_name_their_item_and_receiver(house):
    row = table(house.opened()["Etapit"])[0]
    assert row["Kehittämiskohde"] == house.items[0].code
    assert row["Kehittämiskohteen nimi"] == "=Kirjasto auki"
    assert (row["Vastaanottaja"], row["Päättyy (laskettu)"]) == ("Johtaja (tekninen)", dt.date(2026, 12, 31))


def test_texts_that_look_like_formulas_are_texts_with_a_quote(house):
    sheet = house.opened()["Kehittämiskohteet"]
    cell = sheet[f"{column(sheet, 'Nimi suomeksi')}2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_token_stands_in_four_places(house):
    export = house.export()
    made = house.opened(export)
    assert read_meta([[cell.value for cell in row] for row in made["_meta"].rows]).token == export.token
    assert made.defined_names[CARRIER].attr_text == f'"{export.token}"'
    assert made.custom_doc_props[CARRIER].value == export.token
    assert made.properties.identifier == export.token


def test_the_hidden_sheet_tells_every_column_beside_its_heading(house):
    made = house.opened()
    meta = read_meta([[cell.value for cell in row] for row in made["_meta"].rows])
    assert [one.key for one in meta.sheets] == ["initiatives", "milestones", "budget"]
    for one in meta.sheets:
        assert list(one.headings) == [cell.value for cell in made[one.title][1]]
        assert len(one.columns) == len(one.headings)


def test_identity_is_folded_away_and_the_head_and_titles_stay_in_view(house):
    made = house.opened()
    for name in ("Kehittämiskohteet", "Etapit", "Talousarvio"):
        sheet = made[name]
        assert sheet.column_dimensions["A"].hidden
        assert sheet.freeze_panes == "E2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_closed_values_are_chosen_from_lists(house):
    sheet = house.opened()["Kehittämiskohteet"]
    offered = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
    status, theme = (offered[f"{column(sheet, heading)}2"] for heading in ("Tila", "Teema"))
    assert status.showErrorMessage
    assert not theme.showErrorMessage
    for heading in ("Laji", "Kärkihanke", "Yksikkö", "Vastuutaho", "Luokka", "Laajuus", "Julkisuus", "Toiminto"):
        assert f"{column(sheet, heading)}2" in offered, heading


def test_the_same_export_gives_the_same_cells_after_others_wrote(any_house):
    export = any_house.export()
    before = _cells(any_house.data(export))
    first, second, _ = any_house.items
    any_house.update(first, title_fi="Kirjasto aina auki", progress=90)
    remove_initiatives(any_house.session, any_house.actor, [second.id])
    any_house.item(title_fi="Tuli myöhemmin")
    assert _cells(any_house.data(export)) == before
    assert _cells(any_house.data()) != before


def test_an_export_can_be_made_of_the_past(house):
    then = latest(house.session)
    house.update(house.items[1], title_fi="Uusi satama")
    titles = [row["Nimi suomeksi"] for row in table(house.opened(house.export(at=then))["Kehittämiskohteet"])]
    assert "Satama" in titles
    assert "Uusi satama" not in titles


def test_a_template_is_empty_and_bears_a_token(house):
    made = house.opened(house.export(ExportScope(house.portfolio.id, item_ids=TEMPLATE)))
    assert [table(made[name]) for name in ("Kehittämiskohteet", "Etapit", "Talousarvio")] == [[], [], []]
    assert made.properties.identifier
    assert "Tyhjä pohja uusille riveille" in made["Ohjeet"]["B3"].value


def test_an_export_of_several_portfolios_tells_each_rows_own(house):
    other = create_portfolio(house.session, municipality_id=house.municipality.id, prefix="M", name_fi="Muu")
    create_initiative(house.session, municipality_id=house.municipality.id, portfolio_id=other.id, title_fi="Muualla")
    rows = table(house.opened(house.export(ExportScope()))["Kehittämiskohteet"])
    assert {row["Salkku"] for row in rows} == {"Ohjelma", "Muu"}
    assert "Salkku" not in table(house.opened()["Kehittämiskohteet"])[0]


@pytest.mark.parametrize(
    ("language", "sheet", "heading"),
    [("sv", "Utvecklingsobjekt", "Namn på finska"), ("en", "Initiatives", "Title in Finnish")],
)
def test_headings_and_words_are_in_the_language_asked_for(house, language, sheet, heading):
    row = table(house.opened(house.export(language=language))[sheet])[0]
    assert row[heading] == "=Kirjasto auki"
    if language == "sv":
        assert (row["Enhet"], row["Spetsprojekt"]) == ("Bildningssektorn", "Ja")


def test_what_was_removed_is_still_called_by_its_name(house):
    gone = create_unit(house.session, municipality_id=house.municipality.id, code="vanha", name_fi="Vanha toimiala")
    house.update(house.items[1], unit_id=gone.id)
    remove_unit(house.session, house.actor, gone.id)
    made = house.opened()
    assert table(made["Kehittämiskohteet"])[1]["Yksikkö"] == "Vanha toimiala"
    assert "Vanha toimiala" not in [cell.value for row in made["_lists"].rows for cell in row]


def test_a_text_that_no_cell_holds_is_refused_with_its_place(house):
    too_long = Update(Initiative, house.items[1].id, {"notes": "x" * 32_768})  # the register itself takes 20,000
    write_many(house.session, house.actor, updates=[too_long])
    with pytest.raises(Refusal) as refused:
        house.data()
    assert refused.value.problems[0].place.sheet == "Kehittämiskohteet"
    assert refused.value.problems[0].place.row == 3


def test_a_layout_that_is_gone_is_told(house):
    with pytest.raises(Refusal, match="not there any more"):
        house.data(house.export(layout="kadonnut"))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_untouched_workbook_changes_nothing(any_house, language):
    house = any_house
    export = house.export(language=language)
    workbook = read_workbook(house.data(export), export.file_name)
    way = find_way(house.session, house.municipality.id, workbook, [])
    done = plan_import(house.session, house.actor, house.municipality, workbook, way, Options(TODAY))
    assert done.faults == []
    assert [(row.key, cell.field) for row in done.plan.rows for cell in row.cells] == []
    assert sum(row.same for row in done.plan.rows) > 100
    assert done.plan.not_in_file == ()


NASTY = (
    *("=1+1", "+358 40 123", "-", "@SUM(A1)", "＝1", "#N/A", "#REF!", "'lainaus", "a_x0041_b", "1.2", "007", "1e5"),
    *("a < b & c", "rivi\n\ntoinen", "31.12.2026", "kyllä; ei", "tyhjä ", "€ – “ ” é", "0,5 %", "TRUE", "12:30"),
)


def test_texts_that_programs_like_to_change_come_back_as_they_were(house):
    for number, text in enumerate(NASTY):
        house.item(title_fi=text, notes=text, source=text, number=f"{number:03}")
    export = house.export()
    workbook = read_workbook(house.data(export), export.file_name)
    way = find_way(house.session, house.municipality.id, workbook, [])
    done = plan_import(house.session, house.actor, house.municipality, workbook, way, Options(TODAY))
    assert done.faults == []
    assert [(cell.base, cell.incoming) for row in done.plan.rows for cell in row.cells] == []


def test_queries_do_not_grow_with_rows(house, counted):
    with counted(house.session) as few:
        house.data()
    for number in range(30):
        house.item(title_fi=f"Kohde {number}", unit_id=house.units["tekninen"].id)
    export = house.export()
    with counted(house.session) as many:
        house.data(export)
    assert many.queries <= few.queries


def _cells(data):
    """All cells of the visible sheets but the instructions, as they are in the file's XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
    made = openpyxl.load_workbook(io.BytesIO(data))
    return {name: [[cell.value for cell in row] for row in made[name].rows] for name in made.sheetnames[1:4]}


def test_a_demo_s_workbook_is_of_the_demo_s_day(house):
    export = house.export()
    assert moment_of(export, Municipality()) == export.made_at
    made = moment_of(export, Municipality(demo_day=dt.date(2016, 5, 4)))
    assert (made.date(), made.timetz()) == (dt.date(2016, 5, 4), export.made_at.timetz())
    assert house.opened(export).properties.created == export.made_at.replace(tzinfo=None)

import datetime as dt
import io

import openpyxl
import pytest

from portfolio.core.rights import Role
from tests import factories


@pytest.fixture
def sheet(pages, register):
    """Opens the workbook of a list with some parameters, and gives its name and its sheet."""
    pages.sign_in(Role.VIEWER)

    def open_sheet(query=""):
        answer = pages.client.get(f"/{register.town.code}/initiatives.xlsx{query}")
        assert answer.status_code == 200, answer.text
        workbook = openpyxl.load_workbook(io.BytesIO(answer.data))
        return answer.headers["Content-Disposition"], workbook.active

    return open_sheet


def table(sheet):
    """The rows under the headings, by heading."""
    lines = [row for row in sheet.iter_rows() if len([cell for cell in row if cell.value is not None]) > 1]
    headings = [cell.value for cell in lines[0]]
    return [dict(zip(headings, row, strict=True)) for row in lines[1:]]


def test_the_workbook_holds_what_the_page_shows_with_real_days_and_numbers(sheet):
    name, found = sheet()
    assert name == "attachment; filename=kehittamiskohteet-koekunta-2026-05-04.xlsx"
    assert found.title == "Kehittämiskohteet"
    rows = table(found)
    assert [row["Kehittämiskohde"].value for row in rows] == [
        "Avoin arkisto",
        "Zeppelin asemalle",
        "Ålandsbanken yhteistyö",
        "Ääniviestit kouluille",
        "Öljylämmityksen loppu",
    ]
    voice = rows[3]
    assert (voice["Laji"].value, voice["Yksikkö"].value, voice["Tila"].value) == ("Tarve", "Koulut", "Käynnissä")
    assert voice["Alkaa"].value == dt.datetime(2025, 1, 1)
    assert voice["Päättyy"].value == dt.datetime(2025, 12, 31)
    assert voice["Talousarvio 2026"].value == 180_000
    assert "#,##0" in voice["Talousarvio 2026"].number_format
    assert (voice["Edistyminen"].value, voice["Myöhässä"].value) == (0.45, "Kyllä")


def test_zero_is_a_number_and_unknown_an_empty_cell(sheet):
    rows = table(sheet()[1])
    assert rows[4]["Talousarvio 2026"].value == 0
    assert rows[2]["Talousarvio 2026"].value is None


def test_filter_order_and_columns_are_those_of_the_page_and_rows_have_no_end(sheet, register):
    for number in range(70):
        register.add(f"Kohde {number:02}")
    register.town.commit()
    _, found = sheet("?status=under_way&sort=-title&columns=title&columns=publicity&per=25")
    rows = table(found)
    assert list(rows[0]) == ["Kehittämiskohde", "Laji", "Kärkihanke", "Yksikkö", "Julkisuus"]
    assert len(rows) == 73
    assert rows[0]["Kehittämiskohde"].value == "Öljylämmityksen loppu"


def test_the_lines_above_say_whose_list_it_is_as_of_when_and_how_it_was_narrowed(sheet, register):
    _, found = sheet(f"?unit={register.units['tekniikka'].id}&q=ö")
    lines = [row[0].value for row in found.iter_rows(max_row=3)]
    assert lines[0] == "Koekunta · Tilanne 4.5.2026 · 1 kohde 5 kohteesta"
    assert lines[1:] == ["Yksikkö: Tekniikka", "Teksti: ö"]


def test_text_that_looks_like_a_formula_stays_text(sheet, register):
    register.add("=1+1")
    register.town.commit()
    cell = table(sheet("?q=1")[1])[0]["Kehittämiskohde"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_the_past_is_written_as_it_was(pages, sheet, register, clock):
    clock.move(days=40)
    pages.sign_in(Role.VIEWER)
    register.change(register.rows["Avoin arkisto"], factories.MORNING + dt.timedelta(days=30), removed=True)
    assert len(table(sheet()[1])) == 4
    name, found = sheet("?at=2026-05-04")
    assert "2026-05-04" in name
    assert table(found)[0]["Kehittämiskohde"].value == "Avoin arkisto"


def test_an_empty_list_is_a_workbook_with_headings(sheet):
    _, found = sheet("?q=olematon")
    assert table(found) == []


def test_the_page_links_to_the_workbook_of_the_same_list(pages, register):
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"/{register.town.code}/initiatives?status=proposed&columns=title&columns=ends&page=1")
    link = next(one["href"] for one in page.select(".acts a") if ".xlsx" in one["href"])
    assert "status=proposed" in link
    assert "columns=ends" in link

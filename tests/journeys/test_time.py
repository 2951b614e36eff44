"""Time in a real browser: a version is written down, something changes after it, and what changed is told.

Any console error, policy violation or request to another site fails the journey when it ends.
"""

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.fixtures.axe import violations
from tests.fixtures.demo import sign_in

TITLE, RENAMED = "Tiedepuisto", "Tiedepuisto ja kampus"


@pytest.fixture
def office(own_demo, open_page):
    folder, url = own_demo
    page = open_page()
    sign_in(page, url, folder, "office")
    page.goto(f"{url}/turku/portfolios")
    return page


def check_accessible(page):
    assert violations(page) == []


def test_a_version_is_written_down_and_what_changed_after_it_is_told(office, tmp_path):
    page = office
    # given a version of the programme, as of this moment
    page.get_by_role("link", name="Tarvesalkku", exact=False).first.click()
    page.get_by_role("link", name="Versiohistoria").click()
    page.get_by_role("link", name="Uusi versio").first.click()
    page.get_by_label("Versio", exact=True).fill("1.1")
    page.get_by_label("Muutokset").fill("Syyskauden muutostarpeet")
    page.get_by_label("Hyväksyjä").fill("kansliapäällikkö")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("main")).to_contain_text("Kaiken voi nähdä sen ajankohdan mukaisena.")
    check_accessible(page)
    # when an initiative gets another name
    page.get_by_role("link", name="Kehittämiskohteet").first.click()
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_role("link", name="Muokkaa").first.click()
    page.locator("[name=title_fi]").fill(RENAMED)
    page.get_by_role("button", name="Tallenna").first.click()
    expect(page.locator("h1")).to_have_text(RENAMED)
    # then the version shows the old one, for reading only
    page.get_by_role("link", name="Kehittämiskohteet").first.click()
    page.locator(".acts summary", has_text="Tarkasteluhetki").click()
    page.locator(".acts .menu-item", has_text="1.1").click()
    expect(page.locator(".bar .past")).to_contain_text("vain luku")
    expect(page.get_by_role("link", name=TITLE, exact=True)).to_be_visible()
    # and what changed since is one sentence, one row, and a workbook
    page.locator(".acts summary", has_text="Tarkasteluhetki").click()
    page.get_by_role("link", name="Mitä on muuttunut tämän jälkeen").click()
    expect(page.locator(".lead-sentence")).to_have_text("1 kehittämiskohde on muuttunut: 1 kohteen nimi muuttui.")
    row = page.locator("tbody tr:not(.lane)")
    expect(row.locator("del")).to_have_text(TITLE)
    expect(row.locator("ins")).to_have_text(RENAMED)
    check_accessible(page)
    page.locator(".acts summary", has_text="Lataa").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    download.value.save_as(tmp_path / "muutokset.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "muutokset.xlsx").worksheets[0]
    cells = [cell.value for line in sheet.iter_rows() for cell in line]
    assert {TITLE, RENAMED} <= set(cells)
    # and the roadmap says it in its row when it is compared with the version
    page.get_by_role("link", name="Tiekartta").first.click()
    page.locator(".acts summary", has_text="Vertaa aiempaan").click()
    page.locator(".acts .menu-item[href*=compare]", has_text="1.1").click()
    expect(page.locator("#compared")).to_contain_text("1 kehittämiskohde on muuttunut: 1 kohteen nimi muuttui.")
    expect(page.locator(".rm ins")).to_have_text(RENAMED)
    check_accessible(page)

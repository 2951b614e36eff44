"""``make screenshots``: the README's pictures, taken of the demo in a real browser."""

import sys
import tempfile
from pathlib import Path

import openpyxl
from playwright.sync_api import expect, sync_playwright

from tests.fixtures.chromium import launch
from tests.fixtures.demo import make_demo, served, sign_in

PICTURES = Path(__file__).parents[1] / "docs"
WIDTH, HEIGHT = 1280, 860
TALL = {"roadmap": 1240, "difference": 1040}
PAGES = {
    "home": "/turku/",
    "register": "/turku/initiatives",
    "roadmap": "/turku/roadmap",
    "difference": "/turku/roadmap?compare=2023-05-10",
    "changes": "/turku/changes?from=2023-05-10",
    "money": "/turku/money",
    "yearclock": "/turku/yearclock",
}


def main():
    """Take every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        make_demo(folder)
        with served(folder) as url:
            browser = launch(playwright)
            page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="fi-FI").new_page()
            sign_in(page, url, folder, "office")
            for picture, address in PAGES.items():
                page.set_viewport_size({"width": WIDTH, "height": TALL.get(picture, HEIGHT)})
                page.goto(url + address, wait_until="networkidle")
                expect(page.locator("[data-figure]:not([data-drawn])")).to_have_count(0, timeout=60_000)
                take(page, picture)
            page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            page.goto(url + PAGES["register"])
            page.get_by_role("link", name="Lasten ja nuorten johtamismalli", exact=True).click()
            page.wait_for_load_state("networkidle")
            take(page, "card")
            take_check(page, url, folder)
            take_meeting(page, url)
            take_review(browser, url, folder)
            browser.close()


def take_check(page, url, folder):
    """Bring an edited export back, in which one value is also another's, one is wrong and one row is new."""
    file = folder / "tarvesalkku.xlsx"
    page.goto(f"{url}/turku/exchange/exports/new")
    page.get_by_role("button", name="Tee työkirja").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Hae työkirja").click()
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    sheet = book["Kehittämiskohteet"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row, heading, value in (
        (3, "Edistyminen", 0.45),
        (3, "Ajankohta", "kevät 2023 – 2025"),
        (4, "Vastuutaho", "Strategiajohtaja, jota ei ole"),
        (sheet.max_row + 1, "Nimi suomeksi", "Nuorten tilannekuva"),
        (sheet.max_row + 1, "Laji", "Hanke"),
    ):
        sheet.cell(row, columns[heading]).value = value
    book.save(file)
    page.goto(f"{url}/turku/exchange")
    page.set_input_files("#files", str(file))
    page.get_by_role("button", name="Lähetä ja tarkista").click()
    page.wait_for_url("**/check", timeout=60_000)
    page.wait_for_load_state("networkidle")
    take(page, "check")


def take_meeting(page, url):
    """Show a lane on a projector with what has changed since the last meeting."""
    page.set_viewport_size({"width": WIDTH, "height": 720})
    page.goto(f"{url}/turku/roadmap/meeting?group=unit")
    page.select_option("#forum", label="Elinvoiman johtoryhmä")
    page.get_by_role("button", name="Aloita", exact=True).click()
    page.wait_for_load_state("networkidle")
    for key in (*["ArrowRight"] * 4, "m"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)  # buttons change their colour softly
    take(page, "meeting")


def take_review(browser, url, folder):
    """Show the answer that was returned to a unit's reporter."""
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="fi-FI").new_page()
    sign_in(page, url, folder, "reporter")
    page.goto(f"{url}/turku/reviews/mine")
    page.get_by_role("link", name="Lasten ja nuorten johtamismalli").click()
    page.wait_for_load_state("networkidle")
    take(page, "review")


def take(page, name):
    page.screenshot(path=PICTURES / f"{name}.png")
    sys.stdout.write(f"docs/{name}.png\n")


if __name__ == "__main__":
    main()

"""``make screenshots``: the README's pictures, taken of the demo in a real browser."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.fixtures.chromium import launch
from tests.fixtures.demo import make_demo, served, sign_in

PICTURES = Path(__file__).parents[1] / "docs"
WIDTH, HEIGHT = 1280, 860
PAGES = {
    "home": "/turku/",
    "register": "/turku/initiatives",
    "roadmap": "/turku/roadmap",
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
                page.goto(url + address, wait_until="networkidle")
                take(page, picture)
            page.goto(url + PAGES["register"])
            page.get_by_role("link", name="Lasten ja nuorten johtamismalli", exact=True).click()
            page.wait_for_load_state("networkidle")
            take(page, "card")
            browser.close()


def take(page, name):
    page.screenshot(path=PICTURES / f"{name}.png")
    sys.stdout.write(f"docs/{name}.png\n")


if __name__ == "__main__":
    main()

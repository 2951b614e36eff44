"""Every page × role × language × width through axe: nothing found. `make test` takes a sample, `make test-all` all."""

import shutil
import sqlite3
from contextlib import ExitStack, closing
from functools import cache
from itertools import product

import pytest

from portfolio.core.rights import Role
from tests.fixtures.axe import violations
from tests.fixtures.demo import served, sign_in
from tests.journeys.walk import addresses

SAMPLE = {(Role.OFFICE, "fi", 1280), (Role.ADMIN, "sv", 320), (Role.VIEWER, "en", 320)}
MATRIX = [
    pytest.param(*one, marks=[] if one in SAMPLE else [pytest.mark.whole])
    for one in product(Role, ("fi", "sv", "en"), (320, 1280))
]


@pytest.fixture(scope="session")
def demo_in(demo_folder, tmp_path_factory):
    """Give the demo whose people all read one language: its folder and address; made when first asked for."""
    with ExitStack() as running:

        @cache
        def demo_in(language):
            folder = tmp_path_factory.mktemp(language) / "demo"
            shutil.copytree(demo_folder, folder)
            with closing(sqlite3.connect(folder / "portfolio.sqlite")) as database, database:
                database.execute("UPDATE user_account SET language = ?", [language])
            return folder, running.enter_context(served(folder))

        yield demo_in


@pytest.mark.parametrize(("role", "language", "width"), MATRIX)
def test_axe_finds_nothing_on_any_page(open_page, demo_in, role, language, width):
    folder, url = demo_in(language)
    page = open_page(width=width)
    sign_in(page, url, folder, role.value)
    pages = addresses(folder, role.value)
    assert {"pages.home", "pages.initiatives", "pages.card", "roadmap.grid"} <= pages.keys()
    found = []
    for endpoint, address in pages.items():
        page.goto(url + address)
        assert page.locator("html").get_attribute("lang") == language
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [(endpoint, address, *one) for one in violations(page)]
        if too_wide > 0:
            found.append((endpoint, address, "scrolls sideways", f"{too_wide} px"))
    assert found == []

"""Fixture: a municipality of the demo with a mail server beside it, for journeys of a whole year."""

import shutil
from contextlib import ExitStack

import pytest

from tests.fixtures.demo import served
from tests.journeys.year import Town


@pytest.fixture
def year_of(demo_folder, tmp_path, open_page, post):
    """Give `year_of(code)`: a municipality in a demo of the test's own; links in mails lead to the server itself."""
    folder = tmp_path / "demo"
    shutil.copytree(demo_folder, folder)
    settings = {name: value for name, value in post.environment.items() if name != "PORTFOLIO_PUBLIC_URL"}
    with ExitStack() as stack:
        url = stack.enter_context(served(folder, **settings))
        yield lambda code: Town(folder, url, code, post, open_page)

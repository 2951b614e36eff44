"""What every test stands on: servers and browsers as fixtures, chance that repeats itself."""

import gc
import os

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.compiled",
    "tests.fixtures.counting",
    "tests.fixtures.databases",
    "tests.fixtures.demo",
    "tests.fixtures.mail",
    "tests.fixtures.memory",
    "tests.fixtures.office",
    "tests.fixtures.web",
]

# Derandomised: a failure here is the same failure on every machine. `make test-all` asks for the profile "whole".
settings.register_profile("sample", derandomize=True, deadline=None, database=None, max_examples=50)
settings.register_profile("whole", derandomize=True, deadline=None, database=None, max_examples=400)
settings.load_profile("sample")


YOUNG = 20_000
"""Objects made between two rounds of the garbage collector: pages and plans make many at once."""


def pytest_collection_modifyitems(items):
    """Mark tests by the fixtures they use, so that `-m "not browser"` needs nobody's memory."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        if "office" in fixtures:
            item.add_marker(pytest.mark.office)
        if "postgres_server" in fixtures:
            item.add_marker(pytest.mark.postgres)


def pytest_collection_finish():
    """Take what was imported and collected out of the garbage collector's rounds, and let it go round less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
    # a child that works on a job is a fork of all tests, and would go through everything they made before it ends
    os.register_at_fork(after_in_child=gc.freeze)

import shutil

import pytest

from portfolio.cli.context import DATABASE_FILE, open_engine
from tests.exchange.export.layout.outings import Outing, profile_of


@pytest.fixture
def outing(demo_folder, tmp_path):
    """Give `outing("kemi")`: a municipality of a demo of the test's own."""
    copy = tmp_path / "outing.sqlite"
    shutil.copy(demo_folder / DATABASE_FILE, copy)
    engine = open_engine(f"sqlite:///{copy}")
    yield lambda town: Outing(engine, town, profile_of(town))
    engine.dispose()

import shutil

import pytest

from tests.exchange.towns import Town, make_town, open_town


@pytest.fixture(scope="session")
def set_up_file(tmp_path_factory, migrated_sqlite_file):
    """The SQLite file that every test's town is a copy of."""
    path = tmp_path_factory.mktemp("set-up") / "portfolio.sqlite"
    shutil.copy(migrated_sqlite_file, path)
    make_town(f"sqlite:///{path}").engine.dispose()  # the last connection that closes leaves one file
    return path


@pytest.fixture
def town(migrated_url, set_up_file):
    """A town set up from a profile: each test runs on both databases."""
    town = _copied(set_up_file, migrated_url) if migrated_url.startswith("sqlite") else make_town(migrated_url)
    yield town
    town.engine.dispose()


@pytest.fixture
def small_town(migrated_sqlite_url, set_up_file):
    """The same on SQLite alone, for what does not touch the database's own ways."""
    town = _copied(set_up_file, migrated_sqlite_url)
    yield town
    town.engine.dispose()


def _copied(path, url) -> Town:
    shutil.copy(path, url.removeprefix("sqlite:///"))
    return open_town(url)

import pytest

from tests.exchange.towns import make_town


@pytest.fixture
def town(migrated_url):
    """A town set up from a profile: each test runs on both databases."""
    town = make_town(migrated_url)
    yield town
    town.engine.dispose()


@pytest.fixture
def small_town(migrated_sqlite_url):
    """The same on SQLite alone, for what does not touch the database's own ways."""
    town = make_town(migrated_sqlite_url)
    yield town
    town.engine.dispose()

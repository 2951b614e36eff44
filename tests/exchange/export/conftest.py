import pytest

from tests.exchange.export.house import make_house


@pytest.fixture
def house(db):
    """A municipality with something of everything, on SQLite."""
    return make_house(db)


@pytest.fixture
def any_house(any_db):
    """The same on each database in turn."""
    return make_house(any_db)

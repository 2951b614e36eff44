"""A municipality, and people who act in it."""

import pytest

from tests.factories import acting, create_municipality


class House:
    def __init__(self, session):
        self.session = session
        self.municipality = create_municipality(session)
        self.id = self.municipality.id
        self.office = acting(self.id, "office")
        self.elsewhere = create_municipality(session).id


@pytest.fixture
def house(db):
    return House(db)

import pytest

from portfolio.core import history
from portfolio.register.operations import remove_initiatives, update_initiatives
from portfolio.register.queries import read_difference
from portfolio.register.rules import Aspect
from tests import factories


@pytest.fixture
def told(any_db):
    """Give `told(second)`: (title, aspects) of what differs up to a revision (None: now), and that revision."""
    home = factories.create_municipality(any_db).id
    programme = factories.create_portfolio(any_db, municipality_id=home).id
    ids = [
        factories.create_initiative(any_db, portfolio_id=programme, title_fi=title).id for title in ("Yksi", "Kaksi")
    ]
    first = history.latest_revision(any_db)
    any_db.commit()
    office = factories.acting(home, "office")
    update_initiatives(any_db, office, {ids[0]: {"title_fi": "Eka", "notes": "Uusi"}})
    remove_initiatives(any_db, office, [ids[1]])
    any_db.commit()
    second = history.latest_revision(any_db)
    update_initiatives(any_db, office, {ids[0]: {"title_fi": "Ensimmäinen"}})
    any_db.commit()

    def told(at=None):
        found = read_difference(any_db, home, first, at, money={}).items
        return [(item.row.title_fi, item.aspects) for item in found]

    return told, second


def test_rows_are_told_as_they_are_at_the_later_time(told):
    told, second = told
    left = ("Kaksi", {Aspect.LEFT})
    assert told(second) == [("Eka", {Aspect.TITLE, Aspect.TEXT}), left]
    assert told() == [("Ensimmäinen", {Aspect.TITLE, Aspect.TEXT}), left]


def test_many_rows_are_read_in_another_way_with_the_same_result(told, monkeypatch):
    told, second = told
    few = told(second), told()
    monkeypatch.setattr("portfolio.register.queries.difference.FEW", 0)
    monkeypatch.setattr("portfolio.register.queries.difference.MANY", 0)
    assert (told(second), told()) == few

import pytest

from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import BIRTH, Insert, Update, cells_between, difference, write_many
from portfolio.organisation.models import Unit
from tests.core.history.conftest import act


@pytest.fixture
def session(engine, municipality_id):
    with open_session(engine, write=True) as session:
        yield session


def write(session, step, **changes):
    """One revision; its number."""
    written = write_many(session, act(step), **changes)
    session.commit()
    return written


def test_cells_between_two_revisions_are_those_of_the_difference(session, municipality_id):
    cells = {"municipality_id": municipality_id, "code": "siv", "name_fi": "Sivistys"}
    born = write(session, 1, inserts=[Insert(Unit, cells)])
    unit = born.ids[0]
    first = write(session, 2, updates=[Update(Unit, unit, {"name_fi": "Sivistys ja hyvinvointi"})]).revision_id
    second = write(
        session, 3, updates=[Update(Unit, unit, {"name_fi": "Hyvinvointi", "name_sv": "Välfärd"})]
    ).revision_id
    last = write(session, 4, updates=[Update(Unit, unit, {"name_fi": "Sivistys ja hyvinvointi"})]).revision_id
    late = write(session, 5, inserts=[Insert(Unit, cells | {"code": "tek"})])
    for start, end in ((first, second), (first, last), (second, last), (first, late.revision_id), (last, last)):
        whole = difference(session, municipality_id, start, end)
        expected = {
            identity: {name: (None, None) if name == BIRTH else pair for name, pair in row.items()}
            for (entity, identity), row in whole.items()
            if entity == "unit"
        }
        assert cells_between(session, municipality_id, "unit", start, end) == expected
    assert cells_between(session, municipality_id, "unit", first) == {
        unit: {"name_sv": (None, "Välfärd")},
        late.ids[0]: {BIRTH: (None, None)},
    }


def test_the_first_day_of_a_municipality_is_told(session, municipality_id):
    assert history.first_day(session, municipality_id).isoformat() == "2024-01-02"
    assert history.first_day(session, municipality_id + 1) is None

"""Some rows of the past without the whole table, and a row's revisions by pages."""

import pytest

from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import Insert, Update, write_many
from portfolio.organisation.models import Unit
from tests.core.history.conftest import act


@pytest.fixture
def session(engine):
    with open_session(engine, write=True) as session:
        yield session


def unit(session, municipality_id, step, **values):
    row = {"municipality_id": municipality_id, "code": f"c{step}", "name_fi": f"Yksikkö {step}", **values}
    identity = write_many(session, act(step), inserts=[Insert(Unit, row)]).ids[0]
    session.commit()
    return identity


def change(session, step, identity, **values):
    revision = write_many(session, act(step), updates=[Update(Unit, identity, values)]).revision_id
    session.commit()
    return revision


def test_few_gives_the_same_rows_as_the_whole_past_table(session, municipality_id):
    first, second = unit(session, municipality_id, 1), unit(session, municipality_id, 2)
    change(session, 3, first, name_fi="Åland")
    then = change(session, 4, second, removed=True)
    later = unit(session, municipality_id, 5)
    change(session, 6, first, name_fi="Toinen")
    change(session, 7, second, removed=False)
    for at in (None, 1, then - 1, then, then + 1, history.latest_revision(session)):
        for with_removed in (False, True):
            whole = history.rows(session, Unit, municipality_id, at, with_removed=with_removed)
            some = history.few(
                session, Unit, municipality_id, at, with_removed=with_removed, id=frozenset({first, second, later})
            )
            assert [(one.id, one.name_fi, one.name_sort, one.removed) for one in some] == [
                (one.id, one.name_fi, one.name_sort, one.removed) for one in whole
            ]


def test_few_refuses_a_column_that_may_have_been_another_in_the_past(session, municipality_id):
    identity = unit(session, municipality_id, 1)
    with pytest.raises(ValueError, match="parent_id"):
        history.few(session, Unit, municipality_id, 1, parent_id=identity)


def test_revisions_of_rows_come_by_pages_since_and_up_to(session, municipality_id):
    first, second = unit(session, municipality_id, 1), unit(session, municipality_id, 2)
    made = [change(session, 3 + number, first, name_fi=f"Nimi {number}") for number in range(5)]
    items = [("unit", first), ("unit", second)]
    assert history.count_revisions(session, items) == 7
    page = history.changes_of(session, items, limit=2, offset=1)
    assert [one.revision.id for one in page] == [made[3], made[2]]
    assert [one.revision.id for one in history.changes_of(session, items, since=made[2], limit=None)] == [
        made[4],
        made[3],
    ]
    assert [one.revision.id for one in history.changes_of(session, items, at=made[0], limit=1)] == [made[0]]
    assert history.count_revisions(session, items, at=made[0]) == 3
    assert history.changes_of(session, []) == []
    assert history.count_revisions(session, []) == 0

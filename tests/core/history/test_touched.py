from portfolio.core.database import open_session
from portfolio.core.history import Insert, Update, latest_touched, write_many
from portfolio.organisation.models import Post, Unit
from tests.core.history.conftest import act


def unit(municipality_id, number):
    return Insert(Unit, {"municipality_id": municipality_id, "code": f"u{number}", "name_fi": f"Yksikkö {number}"})


def test_the_latest_revisions_of_a_table_are_counted_and_only_single_ones_read(engine, municipality_id):
    with open_session(engine, write=True) as session:
        ids = write_many(session, act(1), inserts=[unit(municipality_id, number) for number in range(5)]).ids
        session.commit()
        write_many(session, act(2), updates=[Update(Unit, ids[3], {"name_fi": "Uusi", "name_sv": "Ny"})])
        session.commit()
        post = Insert(Post, {"municipality_id": municipality_id, "code": "p", "title_fi": "Johtaja"})
        write_many(session, act(3), inserts=[post])
        session.commit()
    with open_session(engine, write=False) as session:
        one, many = latest_touched(session, municipality_id, "unit", named=2)
        assert (one.count, one.ids) == (1, (ids[3],))
        assert {change.field: change.new for change in one.changes} == {"name_fi": "Uusi", "name_sv": "Ny"}
        assert (many.count, many.ids, many.changes) == (5, ids[:2], ())
        assert one.revision.at > many.revision.at
        assert [found.count for found in latest_touched(session, municipality_id, "unit", limit=1)] == [1]
        assert latest_touched(session, municipality_id + 1, "unit") == []

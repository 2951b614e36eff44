import datetime as dt
import threading
from decimal import Decimal

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from portfolio.budgets.models import BudgetLine
from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.columns import as_stored
from portfolio.core.database import open_session
from portfolio.core.history import Change, HistoryBypassedError, Insert, Revision, StaleError, Update, write_many
from portfolio.organisation.models import Municipality, Unit
from tests.core.history.conftest import act


def make_unit(engine, municipality_id, step=1, **values):
    with open_session(engine, write=True) as session:
        row = {"municipality_id": municipality_id, "code": f"u{step}", "name_fi": "Tekninen", **values}
        identity = write_many(session, act(step), inserts=[Insert(Unit, row)]).ids[0]
        session.commit()
    return identity


def test_a_new_row_is_one_change_that_holds_the_row(engine, municipality_id):
    identity = make_unit(engine, municipality_id, valid_from=dt.date(2016, 1, 1))
    with open_session(engine, write=False) as session:
        births = list(session.scalars(select(Change).where(Change.entity == "unit")))
        assert [(c.entity_id, c.field, c.old) for c in births] == [(identity, "*", None)]
        assert births[0].new["name_fi"] == "Tekninen"
        assert births[0].new["valid_from"] == "2016-01-01"


def test_only_cells_that_differ_are_written_and_logged_in_one_revision(engine, municipality_id):
    identity = make_unit(engine, municipality_id)
    with open_session(engine, write=True) as session:
        values = {"name_fi": "Tekninen", "name_sv": "Tekniska"}
        written = write_many(session, act(2), updates=[Update(Unit, identity, values)])
        again = write_many(session, act(2), updates=[Update(Unit, identity, {"code": "tek"})])
        session.commit()
        assert written.changed == {(Unit, identity): {"name_sv": (None, "Tekniska")}}
        assert written.revision_id == again.revision_id
        row = session.get(Unit, identity)
        assert (row.name_sv, row.code, row.version) == ("Tekniska", "tek", 3)


def test_a_row_changed_since_it_was_read_is_refused_and_nothing_is_written(engine, municipality_id):
    first, second = make_unit(engine, municipality_id), make_unit(engine, municipality_id, step=2)
    with open_session(engine, write=True) as session:
        write_many(session, act(3), updates=[Update(Unit, first, {"name_fi": "Uusi"})])
        session.commit()
    with open_session(engine, write=True) as session:
        stale = [
            Update(Unit, second, {"name_fi": "Toinen"}, expected_version=1),
            Update(Unit, first, {"name_fi": "Vanha"}, expected_version=1),
        ]
        with pytest.raises(StaleError) as refused:
            write_many(session, act(4), updates=stale)
        session.rollback()
        assert refused.value.rows == ((Unit, first),)
        assert session.get(Unit, second).name_fi == "Tekninen"


def test_a_fixed_column_keeps_its_first_value(engine, municipality_id):
    identity = make_unit(engine, municipality_id)
    with open_session(engine, write=True) as session, pytest.raises(ValueError, match="municipality_id"):
        write_many(session, act(2), updates=[Update(Unit, identity, {"municipality_id": municipality_id + 1})])


def test_decimals_are_logged_as_they_are_stored():
    assert as_stored(BudgetLine.__table__.c.planned.type, Decimal("10.005")) == Decimal("10.00")


BESIDE = {
    "the ORM's own flush": lambda s, i, m: (setattr(s.get(Unit, i), "name_fi", "X"), s.flush()),
    "a bulk update": lambda s, i, m: s.execute(update(Unit).values(name_fi="X")),
    "a bulk delete": lambda s, i, m: s.execute(delete(Unit)),
    "a core insert": lambda s, i, m: s.execute(insert(Unit.__table__), [{"code": "x", "name_fi": "x"}]),
    "raw text": lambda s, i, m: s.execute(text("UPDATE \"unit\" SET name_fi = 'X'")),
    "raw text with a common table": lambda s, i, m: s.execute(text("WITH a AS (SELECT 1) DELETE FROM unit")),
    "an ORM object added": lambda s, i, m: (s.add(Unit(municipality_id=m, code="y", name_fi="Y")), s.flush()),
    "an ORM delete": lambda s, i, m: (s.delete(s.get(Unit, i)), s.flush()),
    "a change of the log": lambda s, i, m: s.execute(update(Change).values(field="x")),
    "a deletion from the log": lambda s, i, m: s.execute(delete(Revision)),
    "a forged change": lambda s, i, m: s.execute(
        insert(Change), [{"revision_id": 1, "entity": "unit", "entity_id": 1, "field": "x"}]
    ),
}


@pytest.mark.parametrize("way", BESIDE)
def test_the_guard_catches_every_way_beside_write_many(engine, municipality_id, way):
    identity = make_unit(engine, municipality_id)
    with open_session(engine, write=True) as session, pytest.raises(HistoryBypassedError):
        BESIDE[way](session, identity, municipality_id)


def test_a_transaction_without_the_write_lock_cannot_take_a_revision(migrated_sqlite_url):
    engine = open_engine(migrated_sqlite_url)
    with open_session(engine, write=False) as session, pytest.raises(RuntimeError, match="write=True"):
        history.take_revision(session, act(1))
    engine.dispose()


def test_a_rolled_back_transaction_leaves_no_revision(engine, municipality_id):
    with open_session(engine, write=True) as session:
        row = {"municipality_id": municipality_id, "code": "u", "name_fi": "U"}
        write_many(session, act(1), inserts=[Insert(Unit, row)])
        session.rollback()
        write_many(session, act(2), inserts=[Insert(Unit, row)])
        session.commit()
        assert session.scalar(select(func.count(Revision.id))) == 2
        assert history.verify(session) == []


def test_two_writers_never_change_the_past(engine, municipality_id):
    """A second writer waits for the first: revision order is commit order, and a state once read stays."""
    first_took, may_commit, order = threading.Event(), threading.Event(), []

    def write(name, step, *, pause):
        with open_session(engine, write=True) as session:
            row = {"municipality_id": municipality_id, "code": name, "name_fi": name}
            write_many(session, act(step), inserts=[Insert(Unit, row)])
            if pause:
                first_took.set()
                may_commit.wait(10)
            session.commit()
            order.append(name)

    slow = threading.Thread(target=write, args=("slow", 1), kwargs={"pause": True})
    fast = threading.Thread(target=write, args=("fast", 2), kwargs={"pause": False})
    slow.start()
    assert first_took.wait(10)
    fast.start()
    with open_session(engine, write=False) as session:
        before = history.latest_revision(session)
        seen = [u.code for u in history.rows(session, Unit, municipality_id, before)]
    may_commit.set()
    slow.join(20)
    fast.join(20)
    with open_session(engine, write=False) as session:
        revisions = {
            change.new["code"]: change.revision_id
            for change in session.scalars(select(Change).where(Change.entity == "unit"))
        }
        assert order == ["slow", "fast"]
        assert before < revisions["slow"] < revisions["fast"]
        history.forget()
        assert [u.code for u in history.rows(session, Unit, municipality_id, before)] == seen == []


def test_a_municipality_is_its_own_tenant_in_the_log(engine, municipality_id):
    with open_session(engine, write=False) as session:
        birth = session.scalars(select(Change).where(Change.entity == "municipality")).one()
        assert birth.municipality_id == birth.entity_id == municipality_id
        assert session.get(Municipality, municipality_id).version == 1

"""Properties: replaying all changes gives the present; the present overlaid back to R is the state stored at R."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from portfolio.core import history
from portfolio.core.columns import to_json
from portfolio.core.database import open_session
from portfolio.core.history import Insert, Update, write_many
from portfolio.organisation.models import Post, Unit
from tests.core.history.conftest import act

names = st.text(alphabet="aäåöAÖ =+'\"\\", min_size=1, max_size=8)
days = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
steps = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["add", "edit", "remove", "restore"]), st.integers(0, 5), names, days),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=6,
)
serial = iter(range(10**9))


def columns(row):
    return {c.name: to_json(getattr(row, c.name)) for c in row.__table__.c if c.name != "version"}


def logged(row):
    return {name: value for name, value in row.items() if name not in Unit.derived | {"id"}}


def table(session, model, municipality_id, at=None):
    return {row.id: columns(row) for row in history.rows(session, model, municipality_id, at, with_removed=True)}


def write_step(session, municipality_id, step, edits):
    units = history.rows(session, Unit, municipality_id, with_removed=True)
    inserts, updates = [], []
    for kind, index, name, day in edits:
        if kind == "add" or not units:
            code = f"c{next(serial)}"
            row = {"municipality_id": municipality_id, "code": code, "name_fi": name, "valid_from": day}
            inserts.append(Insert(Unit, row))
        else:
            unit = units[index % len(units)]
            change = {"edit": {"name_fi": name, "valid_to": day}, "remove": {"removed": True}}
            updates.append(Update(Unit, unit.id, change.get(kind, {"removed": False})))
    write_many(session, act(step), inserts=inserts, updates=updates)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history_of=steps)
def test_any_past_state_can_be_read_again_and_replay_gives_the_present(engine, municipality_id, history_of):
    with open_session(engine, write=True) as session:
        first = history.latest_revision(session)
        stored = {first: table(session, Unit, municipality_id)}
        for number, edits in enumerate(history_of, start=1):
            write_step(session, municipality_id, 1000 + number, edits)
            session.commit()
            stored[history.latest_revision(session)] = table(session, Unit, municipality_id)
        history.forget()
        for revision, state in stored.items():
            assert table(session, Unit, municipality_id, revision) == state
        assert history.replay(session, "unit") == {
            identity: logged(row) for identity, row in table(session, Unit, municipality_id).items()
        }
        assert [f for f in history.verify(session) if f.entity == "unit"] == []
        last = history.latest_revision(session)
        changed = history.difference(session, municipality_id, first, last)
        for (entity, identity), cells in changed.items():
            assert entity == "unit"
            for name, (old, new) in cells.items():
                if name != "*":
                    assert to_json(old) == stored[first][identity][name]
                    assert to_json(new) == stored[last][identity][name]


def test_what_was_born_later_is_hidden_and_what_was_removed_is_there(engine, municipality_id):
    with open_session(engine, write=True) as session:
        row = {"municipality_id": municipality_id, "code": "a", "name_fi": "A"}
        unit_id = write_many(session, act(1), inserts=[Insert(Unit, row)]).ids[0]
        post = {"municipality_id": municipality_id, "code": "p", "title_fi": "P", "unit_id": unit_id}
        post_id = write_many(session, act(1), inserts=[Insert(Post, post)]).ids[0]
        session.commit()
        before = history.latest_revision(session)
        gone = [Update(Unit, unit_id, {"removed": True}), Update(Post, post_id, {"removed": True})]
        write_many(session, act(2), inserts=[Insert(Unit, {**row, "code": "b"})], updates=gone)
        session.commit()
        assert [u.code for u in history.rows(session, Unit, municipality_id)] == ["b"]
        assert [u.code for u in history.rows(session, Unit, municipality_id, before)] == ["a"]
        assert [p.code for p in history.rows(session, Post, municipality_id, before, unit_id=unit_id)] == ["p"]
        assert history.row(session, Unit, municipality_id, unit_id, before).removed is False
        assert history.row(session, Unit, municipality_id + 1, unit_id, None) is None


@pytest.mark.parametrize(
    ("day", "expected"), [(dt.date(2024, 1, 1), 0), (dt.date(2024, 1, 2), 2), (dt.date(2024, 1, 3), 3)]
)
def test_a_date_means_the_last_revision_before_the_next_midnight_in_helsinki(engine, municipality_id, day, expected):
    """21.30 UTC on 2 January is still the second in Helsinki; 22.30 is the third."""
    at = dt.datetime(2024, 1, 2, 21, 30, tzinfo=dt.UTC)
    with open_session(engine, write=True) as session:
        for step in range(2):
            actor = history_actor(at + dt.timedelta(hours=step))
            row = {"municipality_id": municipality_id, "code": f"u{step}", "name_fi": "U"}
            write_many(session, actor, inserts=[Insert(Unit, row)])
            session.commit()
        assert history.revision_on(session, day) == expected


def history_actor(at):
    from portfolio.core.rights import operator

    return operator(at)


def test_undo_restores_what_nobody_changed_since_and_lists_the_rest(engine, municipality_id):
    with open_session(engine, write=True) as session:
        rows = [{"municipality_id": municipality_id, "code": c, "name_fi": c} for c in "ab"]
        first, second = write_many(session, act(1), inserts=[Insert(Unit, row) for row in rows]).ids
        session.commit()
        new = {"municipality_id": municipality_id, "code": "new", "name_fi": "New"}
        edits = [Update(Unit, first, {"name_fi": "A2", "name_sv": "A2"}), Update(Unit, second, {"name_fi": "B2"})]
        written = write_many(session, act(2), updates=edits, inserts=[Insert(Unit, new)])
        session.commit()
        write_many(session, act(3), updates=[Update(Unit, first, {"name_fi": "A3"})])
        session.commit()
        undone = history.undo(session, act(4), written.revision_id, {})
        session.commit()
        a, b = session.get(Unit, first), session.get(Unit, second)
        assert (a.name_fi, a.name_sv, b.name_fi) == ("A3", None, "b")
        assert session.get(Unit, written.ids[0]).removed is True
        assert [(left.entity_id, left.field) for left in undone.left] == [(first, "name_fi")]
        assert history.verify(session) == []


def test_a_room_s_lock_keeps_a_row_from_being_undone(engine, municipality_id):
    from portfolio.core.problem import Problem

    with open_session(engine, write=True) as session:
        row = {"municipality_id": municipality_id, "code": "a", "name_fi": "a"}
        written = write_many(session, act(1), inserts=[Insert(Unit, row)])
        session.commit()
        locked = Problem("This year is locked.")
        undone = history.undo(session, act(2), written.revision_id, {"unit": lambda *_: locked})
        assert [left.problem for left in undone.left] == [locked]
        assert session.get(Unit, written.ids[0]).removed is False


def test_verify_finds_a_cell_written_behind_the_history(engine, municipality_id):
    from portfolio.core.database import for_writing, make_engine

    with open_session(engine, write=True) as session:
        row = {"municipality_id": municipality_id, "code": "a", "name_fi": "a"}
        unit_id = write_many(session, act(1), inserts=[Insert(Unit, row)]).ids[0]
        session.commit()
    unwatched = make_engine(engine.url.render_as_string(hide_password=False))
    with for_writing(unwatched).begin() as connection:
        connection.execute(text("UPDATE unit SET name_fi = 'b'"))
    unwatched.dispose()
    with open_session(engine, write=False) as session:
        faults = {f.field: (f.entity_id, f.expected, f.found) for f in history.verify(session)}
        assert faults == {"name_fi": (unit_id, "a", "b"), "name_sort": (unit_id, "b", "a")}

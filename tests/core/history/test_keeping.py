import datetime as dt

from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import keeping
from portfolio.core.history.keeping import Shelf
from portfolio.organisation.models import Unit
from tests.core.history.conftest import DAY, act


class Maker:
    """Makes a new answer each time it is asked to."""

    def __init__(self):
        self.made = 0

    def __call__(self):
        self.made += 1
        return f"answer {self.made}".encode()


def add_unit(engine, municipality_id, name, step=1):
    insert = history.Insert(Unit, {"municipality_id": municipality_id, "code": name, "name_fi": name})
    with open_session(engine, write=True) as session:
        history.write_many(session, act(step), inserts=[insert])
        session.commit()


def test_an_answer_is_made_once_for_a_key_until_anybody_writes_anything(engine, municipality_id):
    make = Maker()

    def ask(*key):
        with open_session(engine, write=False) as session:
            return history.answered(session, ("chart", municipality_id, *key), make)

    assert ask("fi") == ask("fi") == b"answer 1"
    assert ask("sv") == b"answer 2"
    add_unit(engine, municipality_id, "Kirjastot")
    assert ask("fi") == b"answer 3"


def test_revisions_of_one_number_and_another_moment_are_not_taken_for_each_other(engine, municipality_id, monkeypatch):
    """A database may be restored to an earlier state while it is served, and be written to again."""
    moments = iter([DAY, DAY + dt.timedelta(hours=1)])
    monkeypatch.setattr(keeping, "_newest", lambda _session: (7, next(moments)))
    make = Maker()
    with open_session(engine, write=False) as session:
        assert history.answered(session, ("chart",), make) != history.answered(session, ("chart",), make)


def test_what_a_transaction_that_has_written_sees_is_not_kept(engine, municipality_id):
    make = Maker()
    with open_session(engine, write=True) as session:
        insert = history.Insert(Unit, {"municipality_id": municipality_id, "code": "a", "name_fi": "Kirjastot"})
        history.write_many(session, act(1), inserts=[insert])
        assert history.answered(session, ("chart",), make) == b"answer 1"
        assert history.answered(session, ("chart",), make) == b"answer 2"


def test_what_is_made_of_the_present_is_kept_alike(engine, municipality_id):
    make = Maker()

    def ask():
        with open_session(engine, write=False) as session:
            return history.kept_now(session, ("difference", municipality_id, 1), make)

    assert ask() is ask()
    add_unit(engine, municipality_id, "Kirjastot")
    assert ask() == b"answer 2"
    with open_session(engine, write=True) as session:
        insert = history.Insert(Unit, {"municipality_id": municipality_id, "code": "a", "name_fi": "Museot"})
        history.write_many(session, act(2), inserts=[insert])
        assert history.kept_now(session, ("difference", municipality_id, 1), make) == b"answer 3"
    assert ask() == b"answer 2"


def test_what_was_kept_can_be_put_away(engine, municipality_id):
    make = Maker()
    with open_session(engine, write=False) as session:
        history.answered(session, ("chart",), make)
        history.forget()
        assert history.answered(session, ("chart",), make) == b"answer 2"


def test_an_empty_database_has_answers_too(migrated_url):
    engine = open_engine(migrated_url)
    with open_session(engine, write=False) as session:
        assert history.answered(session, ("chart",), Maker()) == b"answer 1"
    engine.dispose()


def test_a_shelf_puts_away_what_was_not_used_for_the_longest_time():
    shelf = Shelf(10, len)
    shelf.put(("a",), b"1234")
    shelf.put(("b",), b"1234")
    assert shelf.get(("a",)) == b"1234"

    shelf.put(("c",), b"1234")

    assert [shelf.get((key,)) for key in "abc"] == [b"1234", None, b"1234"]


def test_a_thing_put_again_weighs_once_and_one_that_outweighs_the_shelf_is_not_kept():
    shelf = Shelf(10, len)
    for _ in range(5):
        shelf.put(("a",), b"12345")
    shelf.put(("b",), b"12345")
    assert shelf.get(("a",)) == b"12345"

    shelf.put(("c",), b"12345678901")

    assert [shelf.get((key,)) for key in "abc"] == [b"12345", b"12345", None]


def test_the_memory_of_answers_is_bounded(engine, municipality_id, monkeypatch):
    monkeypatch.setattr(keeping, "ANSWERS", 25)
    make = Maker()
    with open_session(engine, write=False) as session:
        for number in range(10):
            history.answered(session, (number,), make)
        assert history.answered(session, (9,), make) == b"answer 10"
        assert history.answered(session, (0,), make) == b"answer 11"

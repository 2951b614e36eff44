import datetime as dt
import threading

import pytest
from sqlalchemy import func, select

from portfolio.accounts.models import RateCount
from portfolio.accounts.operations import rates
from portfolio.core.database import make_engine, open_session

NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=10)


@pytest.fixture
def shared(migrated_url):
    """An engine of a database of either kind."""
    engine = make_engine(migrated_url)
    yield engine
    engine.dispose()


def hit(engine, key="a", now=NOW, amount=1):
    with open_session(engine, write=True) as session, session.begin():
        return rates.hit(session, key, 600, amount, now)


def test_hits_add_up_within_the_window_that_the_first_one_opened(shared):
    assert [hit(shared), hit(shared, amount=2), hit(shared, now=NOW + dt.timedelta(minutes=9))] == [1, 3, 4]
    with open_session(shared, write=False) as session:
        assert rates.count(session, "a", NOW) == (4, LATER)


def test_a_new_window_begins_at_one(shared):
    hit(shared, amount=5)
    with open_session(shared, write=False) as session:
        assert rates.count(session, "a", LATER) == (0, LATER)
    assert hit(shared, now=LATER) == 1


def test_keys_do_not_mix_and_old_windows_go(shared):
    hit(shared, "a")
    hit(shared, "b")
    assert hit(shared, "c", now=LATER) == 1
    with open_session(shared, write=False) as session:
        assert session.scalars(select(RateCount.key)).all() == ["c"]


def test_one_key_or_all_are_forgotten(shared):
    for key in "abc":
        hit(shared, key)
    with open_session(shared, write=True) as session, session.begin():
        assert rates.forget(session, "a") == 1
        assert rates.forget(session, None) == 2


def test_many_workers_at_once_lose_no_hit(shared):
    workers = [threading.Thread(target=lambda: [hit(shared) for _ in range(5)]) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with open_session(shared, write=False) as session:
        assert session.scalar(select(func.sum(RateCount.count))) == 20

"""A watched, empty database with the real tables, and an actor who may do everything."""

import datetime as dt

import pytest

from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.rights import operator
from portfolio.organisation.models import Municipality

DAY = dt.datetime(2024, 1, 2, 9, tzinfo=dt.UTC)


def act(step):
    """The operator, ``step`` hours after the first morning."""
    return operator(DAY + dt.timedelta(hours=step))


@pytest.fixture
def engine(migrated_url):
    engine = open_engine(migrated_url)
    yield engine
    engine.dispose()


@pytest.fixture
def municipality_id(engine):
    with open_session(engine, write=True) as session:
        insert = history.Insert(Municipality, {"code": "kemi", "number": "240", "name_fi": "Kemi", "name_sv": "Kemi"})
        identity = history.write_many(session, act(0), inserts=[insert]).ids[0]
        session.commit()
    return identity

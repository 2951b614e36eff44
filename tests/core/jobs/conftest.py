import datetime as dt

import pytest

from portfolio.cli.context import open_engine
from portfolio.core.database import open_session
from portfolio.core.jobs import Job, create_job


def now():
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def engine(migrated_url):
    """An empty database, on each kind in turn."""
    engine = open_engine(migrated_url)
    yield engine
    engine.dispose()


@pytest.fixture
def add(engine):
    """Write a job and give its id."""

    def add(kind="count", user_id=7, subject_id=1):
        with open_session(engine, write=True) as session, session.begin():
            return create_job(session, kind, subject_id, municipality_id=None, user_id=user_id, at=now()).id

    return add


@pytest.fixture
def read(engine):
    """Read a job as it is now."""

    def read(job_id):
        with open_session(engine, write=False) as session:
            return session.get(Job, job_id)

    return read

import datetime as dt

import pytest
from click.testing import CliRunner

from portfolio.cli import main
from portfolio.cli.context import open_engine
from portfolio.core.database import open_session
from portfolio.core.jobs import Job, JobState, create_job, problems_of, running


@pytest.fixture
def command(migrated_sqlite_url):
    """Run `portfolio job run …` on an empty database, in this process."""

    def command(*arguments, **settings):
        environment = {"PORTFOLIO_DATABASE_URL": migrated_sqlite_url, **settings}
        return CliRunner().invoke(main, ["job", "run", *arguments], env=environment)

    return command


@pytest.fixture
def jobs(migrated_sqlite_url):
    """Two jobs of one person, of a kind that nobody knows: gives a function that reads them."""
    engine = open_engine(migrated_sqlite_url)
    now = dt.datetime.now(dt.UTC)
    with open_session(engine, write=True) as session, session.begin():
        for _ in range(2):
            create_job(session, "unknown", 1, municipality_id=None, user_id=7, at=now)

    def read():
        with open_session(engine, write=False) as session:
            return session.query(Job).order_by(Job.id).all()

    yield read
    engine.dispose()


def test_what_waits_behind_a_job_is_done_by_the_same_command(command, jobs):
    assert command("1").exit_code == 0
    for job in jobs():
        assert job.state is JobState.FAILED
        assert [one.msgid for one in problems_of(job, dt.datetime.now(dt.UTC))] == [running.UNKNOWN_KIND]


def test_a_job_that_is_not_there_is_nobody_s_work(command, jobs):
    assert command("99").exit_code == 0
    assert {job.state for job in jobs()} == {JobState.WAITING}


def test_limits_that_are_no_numbers_and_ids_that_are_none_are_wrong_usage(command, jobs):
    refused = command("1", PORTFOLIO_JOB_SECONDS="soon")
    assert refused.exit_code == 2
    assert "PORTFOLIO_JOB_SECONDS" in refused.output
    assert command("yksi").exit_code == 2
    assert {job.state for job in jobs()} == {JobState.WAITING}

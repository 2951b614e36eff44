import datetime as dt

from portfolio.core.database import open_session
from portfolio.core.jobs import Job, JobState, ask_to_cancel, is_over, operations, problems_of, state_of, try_again
from portfolio.core.jobs.facts import Limits
from portfolio.core.jobs.lease import Hold, take


def now():
    return dt.datetime.now(dt.UTC)


LATER = dt.timedelta(minutes=2)


def test_work_that_nobody_takes_or_holds_any_more_reads_as_failed(engine, add, read):
    job_id = add()
    job = read(job_id)
    assert (state_of(job, now()), is_over(job, now())) == (JobState.WAITING, False)
    assert state_of(job, now() + LATER) is JobState.FAILED
    lease = take(engine, job_id, now, Limits())
    assert lease.job.attempt == 1
    job = read(job_id)
    assert (state_of(job, now()), problems_of(job, now())) == (JobState.RUNNING, ())
    assert [one.msgid for one in problems_of(job, now() + LATER)] == [operations.STOPPED]


def test_a_lease_is_renewed_for_what_waits_behind_it(engine, add, read):
    first, behind, stranger = add(), add(), add(user_id=8)
    lease = take(engine, first, now, Limits(lease=dt.timedelta(hours=1)))
    assert lease.renew(("Reading", 2, 5)) is Hold.OURS
    assert (read(first).step, read(first).done, read(first).total) == ("Reading", 2, 5)
    assert state_of(read(behind), now() + LATER) is JobState.WAITING
    assert state_of(read(stranger), now() + LATER) is JobState.FAILED


def test_work_whose_process_died_is_tried_again_and_the_dead_one_cannot_end_it(engine, add, read):
    job_id = add()
    dead = take(engine, job_id, now, Limits(lease=dt.timedelta(seconds=-1)))
    with open_session(engine, write=True) as session, session.begin():
        assert try_again(session, session.get(Job, job_id), now())
    assert dead.renew() is Hold.LOST
    alive = take(engine, job_id, now, Limits())
    assert alive.job.attempt == 2
    assert dead.renew() is Hold.LOST
    dead.let_go(JobState.FAILED)
    assert read(job_id).state is JobState.RUNNING
    alive.let_go(JobState.DONE)
    assert read(job_id).state is JobState.DONE


def test_work_that_is_under_way_or_done_is_not_tried_again(engine, add, read):
    job_id = add()
    with open_session(engine, write=True) as session, session.begin():
        assert not try_again(session, session.get(Job, job_id), now())
    take(engine, job_id, now, Limits()).let_go(JobState.DONE)
    with open_session(engine, write=True) as session, session.begin():
        assert not try_again(session, session.get(Job, job_id), now())


def test_waiting_work_is_cancelled_at_once_and_what_is_done_stays_done(engine, add, read):
    waits, done = add(), add(user_id=8)
    take(engine, done, now, Limits()).let_go(JobState.DONE)
    for job_id in (waits, done):
        with open_session(engine, write=True) as session, session.begin():
            ask_to_cancel(session, session.get(Job, job_id))
    assert (read(waits).state, read(done).state) == (JobState.CANCELLED, JobState.DONE)
    assert take(engine, waits, now, Limits()) is None


def test_the_same_person_s_work_waits_only_for_what_is_alive(engine, add):
    first, second = add(), add()
    take(engine, first, now, Limits(lease=dt.timedelta(seconds=-1)))
    assert take(engine, second, now, Limits()) is not None

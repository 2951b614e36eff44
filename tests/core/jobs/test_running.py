"""Jobs that really run, each in a process of its own."""

import datetime as dt
import faulthandler
import multiprocessing
import os
import signal
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import update

from portfolio.cli.context import open_engine
from portfolio.core.database import open_session
from portfolio.core.jobs import (
    Cancelled,
    Job,
    JobState,
    Limits,
    ask_to_cancel,
    problems_of,
    run,
    running,
    state_of,
    try_again,
)
from portfolio.core.jobs.facts import MEGABYTE
from portfolio.core.problem import Place, Problem, Refusal

PROBLEM = Problem("Row %(row)s is wrong", {"row": 3, "day": dt.date(2026, 5, 4)}, Place("Taulu", 3, "B"))


def now():
    return dt.datetime.now(dt.UTC)


def count_to_ten(engine, job, progress):
    for number in range(1, 11):
        progress("Counting", number, 10)


def refuse(engine, job, progress):
    raise Refusal(PROBLEM)


def break_down(engine, job, progress):
    raise RuntimeError("a fault of ours")


def eat(engine, job, progress):
    progress("Eating", 0, 0)
    kept = []
    while True:
        kept.append(bytearray(50 * MEGABYTE))


def crash(engine, job, progress):
    faulthandler.disable()  # it would tell the whole story into the output of the tests
    os.abort()


def sleep(engine, job, progress):
    progress("Sleeping", 1, 3)
    time.sleep(60)


def sleep_through_all_signals(engine, job, progress):
    """What C code does that holds the interpreter: nothing of ours runs meanwhile."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    progress("Sleeping", 1, 3)
    time.sleep(60)


def tell_who(engine, job, progress):
    progress("Working", os.getpid(), 0)
    time.sleep(60)


HANDLERS = {one.__name__: one for one in (count_to_ten, refuse, break_down, eat, crash)}
HANDLERS |= {one.__name__: one for one in (sleep, sleep_through_all_signals, tell_who)}


def run_through(engine, job_id, **limits):
    return run(engine, job_id, HANDLERS, now, Limits(**limits))


@contextmanager
def running_beside(engine, job_id):
    """Run a job in a thread with an engine of its own, as another process has one."""
    own = open_engine(engine.url.render_as_string(hide_password=False))
    runner = threading.Thread(target=run_through, args=(own, job_id))
    runner.start()
    yield
    runner.join(20)
    own.dispose()


def cancel(engine, job_id):
    with open_session(engine, write=True) as session, session.begin():
        ask_to_cancel(session, session.get(Job, job_id))


def wait_for(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def test_work_that_is_done_says_how_far_it_came(engine, add, read):
    job_id = add("count_to_ten")
    assert run_through(engine, job_id) is None
    job = read(job_id)
    assert (job.state, job.attempt, problems_of(job, now())) == (JobState.DONE, 1, ())


def test_a_refusal_is_kept_with_its_place_and_its_parameters(engine, add, read):
    job_id = add("refuse")
    run_through(engine, job_id)
    job = read(job_id)
    assert (job.state, problems_of(job, now())) == (JobState.FAILED, (PROBLEM,))


@pytest.mark.parametrize(
    ("kind", "limits", "msgid"),
    [
        ("break_down", {}, running.FAULT),
        ("eat", {"memory": 400 * MEGABYTE}, running.OUT_OF_MEMORY),
        ("crash", {}, running.OUT_OF_MEMORY),
        ("sleep", {"seconds": 0.3}, running.OUT_OF_TIME),
        ("sleep_through_all_signals", {"seconds": 0.3}, running.OUT_OF_TIME),
        ("nobody knows", {}, running.UNKNOWN_KIND),
    ],
)
def test_whatever_becomes_of_the_work_is_told_in_a_sentence(engine, add, read, monkeypatch, kind, limits, msgid):
    monkeypatch.setattr(running, "GRACE", 0.2)
    job_id = add(kind)
    run_through(engine, job_id, **limits)
    job = read(job_id)
    assert (job.state, [problem.msgid for problem in problems_of(job, now())]) == (JobState.FAILED, [msgid])


def test_work_can_be_cancelled_while_it_runs_and_tried_again(engine, add, read):
    job_id = add("sleep")
    with running_beside(engine, job_id):
        wait_for(lambda: read(job_id).step == "Sleeping")
        job = read(job_id)
        assert (job.state, job.done, job.total) == (JobState.RUNNING, 1, 3)
        cancel(engine, job_id)
    assert read(job_id).state is JobState.CANCELLED
    with open_session(engine, write=True) as session, session.begin():
        assert try_again(session, session.get(Job, job_id), now())
    again = read(job_id)
    assert (again.state, again.step, again.cancel, again.problems) == (JobState.WAITING, None, False, None)


def test_one_person_s_work_of_a_kind_is_done_one_after_another(engine, add, read):
    first, second, other_kind, other_person = add("sleep"), add("sleep"), add("count_to_ten"), add("sleep", user_id=8)
    with running_beside(engine, first):
        wait_for(lambda: read(first).state is JobState.RUNNING)
        assert run_through(engine, second) is None
        assert read(second).state is JobState.WAITING
        run_through(engine, other_kind)
        assert read(other_kind).state is JobState.DONE
        cancel(engine, first)
    assert state_of(read(second), now()) is JobState.WAITING
    assert read(other_person).state is JobState.WAITING


def test_the_next_one_is_handed_over_when_the_work_before_it_ends(engine, add):
    first, second = add("count_to_ten"), add("count_to_ten")
    assert run_through(engine, first) == second
    assert run_through(engine, second) is None


def test_work_that_does_not_wait_is_not_begun(engine, add, read):
    job_id = add("count_to_ten")
    run_through(engine, job_id)
    assert run_through(engine, job_id) is None
    assert read(job_id).attempt == 1
    assert run_through(engine, 9_999) is None


def test_an_earlier_attempt_cannot_write_its_result_or_its_end(engine, add, read):
    def lose_and_confirm(its_engine, job, progress):
        with open_session(its_engine, write=True) as session, session.begin():
            session.execute(update(Job).values(attempt=job.attempt + 1))
        with open_session(its_engine, write=True) as session, session.begin():
            session.execute(update(Job).values(subject_id=99))
            progress.confirm(session)

    job_id = add("lose")
    run(engine, job_id, {"lose": lose_and_confirm}, now)
    job = read(job_id)
    assert (job.subject_id, job.state) == (1, JobState.RUNNING)


def test_a_result_is_confirmed_in_the_transaction_that_writes_it(engine, add, read):
    def confirm(its_engine, job, progress):
        with open_session(its_engine, write=True) as session, session.begin():
            session.execute(update(Job).values(subject_id=99))
            progress.confirm(session)
        with open_session(its_engine, write=True) as session, session.begin():
            session.execute(update(Job).values(cancel=True))
        with open_session(its_engine, write=True) as session, pytest.raises(Cancelled):
            progress.confirm(session)

    job_id = add("confirm")
    run(engine, job_id, {"confirm": confirm}, now)
    assert read(job_id).subject_id == 99


def test_a_killed_process_takes_its_child_with_it_and_the_work_can_be_tried_again(engine, add, read):
    job_id = add("tell_who")
    engine.dispose()
    runner = multiprocessing.get_context("fork").Process(target=run_through, args=(engine, job_id))
    runner.start()
    wait_for(lambda: read(job_id).step == "Working")
    os.kill(runner.pid, signal.SIGKILL)
    runner.join()
    runner.close()
    wait_for(lambda: has_ended(read(job_id).done))
    job = read(job_id)
    assert (job.state, state_of(job, now() + dt.timedelta(seconds=16))) == (JobState.RUNNING, JobState.FAILED)
    with open_session(engine, write=True) as session, session.begin():
        assert try_again(session, session.get(Job, job_id), now() + dt.timedelta(seconds=16))
    run(engine, job_id, {"tell_who": count_to_ten}, now)
    assert read(job_id).state is JobState.DONE


def has_ended(process_id):
    """Whether a process is gone, or only waits for somebody to ask how it ended."""
    try:
        return ") Z " in Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return True

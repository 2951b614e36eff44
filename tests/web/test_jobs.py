import datetime as dt
import os
import threading
import time

import pytest
from sqlalchemy import select, update

from portfolio.core.database import open_session
from portfolio.core.jobs import Job, JobState, create_job
from portfolio.core.problem import Problem, problem_to_json
from portfolio.core.rights import Role
from portfolio.web import jobs

HTMX = {"HX-Request": "true"}


@pytest.fixture
def office(probe):
    probe.sign_in(Role.ADMIN)
    return probe


@pytest.fixture
def job(town, clock):
    """A job that waits; `job(state=…)` writes more of it."""
    facts = {"municipality_id": town.municipality.id, "user_id": town.users[Role.ADMIN].id, "at": clock.now}
    made = create_job(town.session, "of the probe", 1, **facts)
    town.commit()

    def change(**values):
        with open_session(town.session.get_bind(), write=True) as session, session.begin():
            session.execute(update(Job).where(Job.id == made.id).values(**values))
        return f"/koekunta/probe/jobs/{made.id}"

    return change


def wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.1)


def test_a_process_is_started_once_the_request_is_committed_and_is_asked_for_its_end(office, town):
    begun = office.client.post("/koekunta/probe/jobs", data={"csrf_token": office.token()})
    assert begun.status_code == 200
    # the real command knows no work of the probe, and says so
    wait_for(lambda: town.rows(select(Job.state)) == [JobState.FAILED])
    wait_for(lambda: not any(thread.name.startswith("job ") for thread in threading.enumerate()))


@pytest.mark.parametrize("status", [422, 500])
def test_a_request_that_fails_starts_nothing(office, town, monkeypatch, status):
    monkeypatch.setattr(jobs.subprocess, "Popen", None)
    office.client.post("/koekunta/probe/jobs", data={"csrf_token": office.token(), "status": status})
    assert town.rows(select(Job)) == []


def test_a_machine_without_room_for_a_process_answers_all_the_same(office, town, monkeypatch, caplog):
    def full(*_arguments, **_more):
        raise BlockingIOError

    monkeypatch.setattr(jobs.subprocess, "Popen", full)
    assert office.client.post("/koekunta/probe/jobs", data={"csrf_token": office.token()}).status_code == 200
    assert town.rows(select(Job.state)) == [JobState.WAITING]
    assert "no process could be started" in caplog.text


def test_the_process_is_given_no_secrets(office, monkeypatch):
    started = []

    class Child:
        def __init__(self, command, **how):
            started.append((command, how))

        def wait(self):
            return 0

    monkeypatch.setattr(jobs.subprocess, "Popen", Child)
    monkeypatch.setenv("PORTFOLIO_SECRET_KEY", "x" * 40)
    monkeypatch.setenv("PORTFOLIO_SMTP_PASSWORD", "y")
    monkeypatch.setenv("PORTFOLIO_JOB_SECONDS", "77")
    office.client.post("/koekunta/probe/jobs", data={"csrf_token": office.token()})
    ((command, how),) = started
    assert command[1:5] == ["-m", "portfolio.cli", "job", "run"]
    ours = {name for name in how["env"] if name.startswith("PORTFOLIO_")}
    assert ours == {"PORTFOLIO_DATABASE_URL", "PORTFOLIO_JOB_SECONDS"}
    assert how["env"]["PATH"] == os.environ["PATH"]
    assert how["start_new_session"]


def test_the_page_tells_the_step_and_the_rows_and_how_to_stop(office, job, clock):
    url = job(state=JobState.RUNNING, step="Comparing", done=1200, total=10_000)
    page = office.get(url)
    bar = page.select_one("#job progress")
    assert (bar["value"], bar["max"]) == ("1200", "10000")
    assert "Comparing" in page.text
    assert page.select_one("#job-told")["hx-trigger"] == "every 1s"
    assert page.select_one("#job-said")["aria-live"] == "polite"
    assert "refresh" in page.select_one("head noscript").decode_contents()
    assert page.select_one(f'form[action="{url}/cancel"]')


def test_a_step_is_said_once_and_the_piece_asks_on(office, job):
    url = job(state=JobState.RUNNING, step="Comparing rows", done=1, total=0)
    piece = office.client.get(url, headers=HTMX).text
    assert 'hx-swap-oob="innerHTML"' in piece
    assert "said=Comparing+rows" in piece
    assert "<html" not in piece
    assert "hx-swap-oob" not in office.client.get(f"{url}?said=Comparing+rows", headers=HTMX).text


def test_the_buttons_of_work_that_runs_stand_outside_what_is_exchanged_each_second(office, job):
    url = job(state=JobState.RUNNING, step="Comparing", done=1, total=10)
    told = office.get(url).select_one("#job-told")
    assert told.select("a, button, form") == []
    piece = office.client.get(url, headers=HTMX)
    assert piece.text.lstrip().startswith('<div id="job-told"')
    assert "HX-Retarget" not in piece.headers


def test_work_that_has_stopped_exchanges_all_that_the_page_tells_of_it(office, job):
    piece = office.client.get(job(state=JobState.CANCELLED), headers=HTMX)
    assert piece.headers["HX-Retarget"] == "#job"
    assert piece.text.lstrip().startswith('<div id="job" data-state="cancelled">')


def test_work_that_is_done_leads_on_with_scripts_and_without(office, job):
    url = job(state=JobState.DONE)
    assert office.client.get(url, headers=HTMX).headers["HX-Redirect"] == "/koekunta/probe"
    answer = office.client.get(url)
    assert (answer.status_code, answer.location) == (303, "/koekunta/probe")


def test_why_work_failed_is_told_and_it_may_be_tried_again(office, job, town, monkeypatch, clock):
    told = problem_to_json(Problem("The unit %(name)s cannot be had.", {"name": "<b>"}))
    url = job(state=JobState.FAILED, problems=[told])
    page = office.get(url)
    assert "The unit <b> cannot be had." in page.text
    assert page.select_one("[hx-get]") is None
    started = []
    monkeypatch.setattr("tests.web.probe.start_after_commit", started.append)
    office.post_form(page, form=f'form[action="{url}/again"]')
    (found,) = town.rows(select(Job))
    assert (found.state, started) == (JobState.WAITING, [found.id])


def test_work_whose_process_died_reads_as_failed(office, job, clock):
    url = job(state=JobState.RUNNING, lease_until=clock.now + dt.timedelta(seconds=15))
    assert office.get(url).select_one("#job")["data-state"] == "running"
    clock.move(seconds=16)
    assert office.get(url).select_one("#job")["data-state"] == "failed"


def test_waiting_work_is_cancelled_on_the_page(office, job, town):
    page = office.get(job(state=JobState.WAITING))
    page = office.post_form(page, form='form[action$="/cancel"]')
    assert page.select_one("#job")["data-state"] == "cancelled"
    assert town.rows(select(Job.state)) == [JobState.CANCELLED]

"""Long work in a real browser: its page follows it, a closed page loses nothing, and a click stops it."""

import datetime as dt

import pytest
from sqlalchemy import select, update

from portfolio.accounts.models import User
from portfolio.cli.context import open_engine
from portfolio.core.database import open_session
from portfolio.core.jobs import Job, JobState, create_job
from portfolio.exchange.models import Upload
from portfolio.organisation.models import Municipality
from tests.fixtures.browser import wait_until
from tests.fixtures.demo import account, sign_in

HOUR = dt.timedelta(hours=1)


def now():
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def work(own_demo):
    """An upload of Turku's office that is being read; `work(done=…)` tells how far it is."""
    folder, url = own_demo
    engine = open_engine(f"sqlite:///{folder / 'portfolio.sqlite'}")
    with open_session(engine, write=True) as session:
        person = session.scalars(select(User).filter_by(email=account(folder, "office")["email"])).one()
        town = session.scalars(select(Municipality).filter_by(code="turku")).one()
        facts = {"municipality_id": town.id, "user_id": person.id}
        file = {"file_name": "palvelualue.xlsx", "size": 1, "sha256": "0" * 64, "language": "fi"}
        upload = Upload(**facts, **file, at=now(), kept_until=now() + HOUR)
        session.add(upload)
        session.flush()
        upload.job_id = create_job(session, "plan", upload.id, **facts, at=now()).id
        session.commit()
        page, job_id = f"{url}/turku/exchange/uploads/{upload.id}", upload.job_id

    def tell(**values):
        with open_session(engine, write=True) as session, session.begin():
            session.execute(update(Job).where(Job.id == job_id).values(lease_until=now() + HOUR, **values))

    def read():
        with open_session(engine, write=False) as session:
            return session.get_one(Job, job_id)

    yield page, tell, read
    engine.dispose()


def test_a_page_follows_the_work_and_stops_it(own_demo, open_page, work):
    folder, url = own_demo
    address, tell, read = work
    tell(state=JobState.RUNNING, step="Reading the file", done=10, total=400)
    page = open_page()
    sign_in(page, url, folder, "office")
    page.goto(address)
    page.wait_for_selector("#job progress[value='10'][max='400']")
    tell(done=250)
    page.wait_for_selector("#job progress[value='250']")
    tell(step="Comparing with what is there", done=0, total=0)
    page.wait_for_selector("#job progress:not([value])")
    wait_until(page, "document.querySelector('#job-said').textContent.includes('Verrataan')")
    page.goto("about:blank")
    page.goto(address)
    page.click("#job form button")
    page.wait_for_selector("#job-told:has-text('keskeytetään')")
    assert read().cancel
    tell(state=JobState.CANCELLED)
    page.wait_for_selector("#job[data-state='cancelled']")


def test_the_page_goes_on_without_scripts(own_demo, open_page, work):
    folder, url = own_demo
    address, tell, read = work
    tell(state=JobState.RUNNING, step="Reading the file", done=10, total=400)
    page = open_page(java_script_enabled=False)
    sign_in(page, url, folder, "office")
    page.goto(address)
    tell(done=300)
    page.wait_for_selector("#job progress[value='300']")
    page.click("#job form button")
    page.wait_for_selector("#job-told:has-text('keskeytetään')")
    assert read().cancel

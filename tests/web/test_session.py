from dataclasses import replace

import pytest
from sqlalchemy import event, select

from portfolio.accounts.models import AccessLog
from portfolio.core import history
from portfolio.core.database import make_engine, open_session
from portfolio.core.history import Revision
from portfolio.core.rights import Role
from portfolio.organisation.models import Unit
from portfolio.web.current import EXTENSION
from tests.fixtures.web import settle
from tests.pages import Pages

ADD = "/koekunta/probe/add"


def units(town):
    return {one.name_fi for one in town.rows(select(Unit).where(Unit.municipality_id == town.municipality.id))}


@pytest.fixture
def office(probe):
    probe.sign_in(Role.OFFICE)
    return probe


def test_a_success_is_committed_once(office, town, engine):
    token, commits = office.token(), []
    event.listen(engine, "commit", commits.append)
    office.client.post(ADD, data={"csrf_token": token, "name": "Uusi"})
    assert "Uusi" in units(town)
    assert len(commits) == 1


@pytest.mark.parametrize("status", [400, 403, 409, 422, 500])
def test_what_a_failed_answer_wrote_is_rolled_back(office, town, status):
    office.client.post(ADD, data={"csrf_token": office.token(), "name": "Uusi", "status": status})
    assert units(town) == {"Sivistys"}


@pytest.mark.parametrize("how", ["refusal", "stale", "fault"])
def test_what_was_written_before_an_exception_is_rolled_back(office, town, how):
    before = len(town.rows(select(Revision)))
    office.client.post("/koekunta/probe/fail", data={"csrf_token": office.token(), "how": how})
    assert units(town) == {"Sivistys"}
    assert len(town.rows(select(Revision))) == before


def test_the_access_log_is_written_even_when_the_request_fails(office, town):
    office.client.post("/koekunta/probe/fail", data={"csrf_token": office.token(), "how": "fault"})
    assert [(one.event, one.detail) for one in town.rows(select(AccessLog))] == [("tried", "fault")]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either(request, probe_application):
    """A visitor of the probe over a town in a database of each kind."""
    url = request.getfixturevalue("migrated_sqlite_url" if request.param == "sqlite" else "migrated_postgres_url")
    engine = make_engine(url)
    history.guard(engine)
    with open_session(engine, write=True) as session:
        settle(session)
        session.commit()
    before = probe_application.extensions[EXTENSION]
    probe_application.extensions[EXTENSION] = replace(before, engine=engine)
    yield Pages(probe_application.test_client()), engine
    probe_application.extensions[EXTENSION] = before
    engine.dispose()


def test_a_get_that_writes_history_fails_and_writes_nothing(either):
    pages, engine = either
    pages.sign_in(Role.ADMIN)
    assert pages.client.get("/koekunta/probe/writes").status_code == 500
    with open_session(engine, write=False) as session:
        assert session.scalars(select(Unit.name_fi)).all() == ["Sivistys"]


def test_a_form_saves_on_either_database(either):
    pages, engine = either
    pages.sign_in(Role.OFFICE)
    pages.post(ADD, name="Uusi")
    with open_session(engine, write=False) as session:
        assert "Uusi" in session.scalars(select(Unit.name_fi)).all()


def test_requests_that_write_nothing_do_not_wait_for_one_that_does(office, probe, town, session):
    token = office.token()
    session.execute(select(Unit))  # takes the write lock and keeps it
    office.client.get("/koekunta/probe")
    answer = office.client.post("/koekunta/probe/preview", data={"csrf_token": token})
    assert answer.status_code == 200
    stranger = Pages(probe.client.application.test_client())
    assert stranger.client.post(ADD, data={"csrf_token": stranger.token()}).status_code == 401


def test_sessions_are_given_back_to_the_pool(office, engine):
    for _ in range(20):
        office.get("/koekunta/probe")
        office.client.post("/koekunta/probe/fail", data={"csrf_token": office.token(), "how": "fault"})
    assert engine.pool.checkedout() == 0

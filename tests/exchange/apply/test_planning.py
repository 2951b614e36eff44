import pytest
from sqlalchemy import select

from portfolio.accounts import operations as accounts
from portfolio.core.database import open_session
from portfolio.core.jobs import Cancelled, JobFacts
from portfolio.core.rights import Role
from portfolio.exchange.apply.planning import plan_upload
from portfolio.exchange.models import PlannedCell, PlannedRow, Upload, UploadState
from portfolio.exchange.operations.plans import discard, plan_again, purge_uploads
from portfolio.exchange.queries.plan import PlanPart, counts, page
from tests.exchange.towns import FIRST, START
from tests.exchange.uploads import Silent, act, apply, ask, planned_rows, send, sent, state


@pytest.fixture
def user_id(town):
    with open_session(town.engine, write=True) as session:
        actor = town.actor(session)
        values = {"email": "office@kunta.example", "name": "Kehittämispäällikkö", "role": Role.OFFICE}
        new = accounts.add_user(session, actor, values)
        session.commit()
        return new.user.id


def work(town, upload_id, user_id, progress=None):
    """Do the work on an upload as the job does."""
    job = JobFacts(1, "plan", upload_id, 1, user_id, START, 1)
    plan_upload(town.engine, job, progress or Silent(), profiles=lambda _code: [town.profile])


def test_a_file_that_a_profile_fits_is_planned_and_waits_to_be_checked(town, user_id):
    upload_id = send(town, user_id=user_id)
    work(town, upload_id, user_id)
    with open_session(town.engine, write=False) as session:
        upload = session.get_one(Upload, upload_id)
        assert (upload.state, upload.profile_name, upload.planned_revision_id) == (UploadState.CHECKED, "kunta", 2)
        assert (upload.summary["added"], upload.summary["unchanged_rows"], len(upload.plan_hash)) == (2, 0, 64)
        assert upload.sheets[0]["name"] == "Toimenpiteet"
    assert ask(town, counts, upload_id).shown[PlanPart.NEW] == 2
    assert town.rows() == []


def test_a_file_that_cannot_be_read_is_refused_in_words_and_its_bytes_go(town, user_id):
    upload_id = send(town, user_id=user_id, name="kuva.xlsx")
    with open_session(town.engine, write=True) as session:
        session.get_one(Upload, upload_id).data = b"\x89PNG\r\n"
        session.commit()
    work(town, upload_id, user_id)
    with open_session(town.engine, write=False) as session:
        upload = session.get_one(Upload, upload_id)
        assert (upload.state, upload.data) == (UploadState.REFUSED, None)
        assert upload.problems[0]["msgid"]
        assert session.scalar(select(PlannedRow.id)) is None


def test_a_file_that_nobody_prepared_waits_for_its_mapping(town, user_id):
    upload_id = send(town, user_id=user_id, sheets={"Muistio": [("Hanke", "Kuka"), ("Kirjasto", "Tekninen johtaja")]})
    work(town, upload_id, user_id)
    assert state(town, upload_id) is UploadState.MAPPING


def test_a_sender_whose_access_has_ended_is_refused(town):
    upload_id = send(town, user_id=None)
    work(town, upload_id, None)
    assert state(town, upload_id) is UploadState.REFUSED


def test_a_plan_made_twice_is_there_once(town, user_id):
    upload_id = send(town, user_id=user_id)
    work(town, upload_id, user_id)
    first = ask(town, counts, upload_id)
    work(town, upload_id, user_id)
    assert ask(town, counts, upload_id) == first


def test_work_that_is_cancelled_leaves_no_plan_that_counts(town, user_id):
    class Gone(Silent):
        def confirm(self, session):
            raise Cancelled

    upload_id = send(town, user_id=user_id)
    with pytest.raises(Cancelled):
        work(town, upload_id, user_id, Gone())
    assert state(town, upload_id) is UploadState.WAITING
    assert planned_rows(town, upload_id) == []


def test_planning_does_not_wait_for_who_writes(small_town):
    """On SQLite somebody holds the write lock all the while: reading and planning are done without it."""
    from sqlalchemy.exc import OperationalError

    upload_id = sent(small_town)
    apply(small_town, upload_id)
    with open_session(small_town.engine, write=False) as session:
        from portfolio.exchange.apply.model import ByProfile, Options
        from portfolio.exchange.apply.plan import plan_import
        from portfolio.files.workbook import read_workbook
        from tests.workbooks import workbook_bytes

        data = workbook_bytes({"Toimenpiteet": [("Nro", "Toimenpide"), (1, "Toinen nimi"), (3, "Uusi")]})
        with open_session(small_town.engine, write=True) as writer:
            writer.connection()
            actor, place = small_town.actor(session), small_town.municipality(session)
            way = ByProfile(small_town.profile)
            done = plan_import(session, actor, place, read_workbook(data, "a.xlsx"), way, Options(START.date()))
            assert not done.has_errors
            with pytest.raises(OperationalError):
                _write_at_once(small_town)


def _write_at_once(town):
    with town.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def test_a_discarded_file_leaves_neither_bytes_nor_plan(town):
    upload_id = sent(town)
    act(town, discard, upload_id)
    assert state(town, upload_id) is UploadState.DISCARDED
    assert (town.all(PlannedRow), town.all(PlannedCell)) == ([], [])


def test_a_checked_file_waits_for_a_new_plan_with_the_old_one_kept(town):
    upload_id = sent(town)
    act(town, plan_again, upload_id)
    assert state(town, upload_id) is UploadState.WAITING
    assert len(town.all(PlannedRow)) == len(FIRST)


def test_files_whose_time_is_up_are_forgotten_but_what_was_applied_is_told(town):
    applied, waiting = sent(town), sent(town)
    apply(town, applied)
    later = START.replace(year=2027)
    with open_session(town.engine, write=True) as session:
        assert purge_uploads(session, START) == 0
        assert purge_uploads(session, later) == 2
        session.commit()
    assert town.all(PlannedRow) == []
    assert (state(town, applied), state(town, waiting)) == (UploadState.APPLIED, UploadState.DISCARDED)


def test_a_page_of_the_plan_is_the_same_however_far_it_is(town):
    rows = [(number, f"Toimenpide {number}", "tekninen", "Menossa", 10, 5) for number in range(1, 31)]
    apply(town, sent(town, rows))
    changed = [(*row[:4], 20, *row[5:]) for row in rows]
    upload_id = sent(town, changed)
    found = ask(town, page, upload_id, PlanPart.CHANGED, None, 3, 10)
    assert (found.total, found.pages, found.page) == (30, 3, 3)
    assert [one.row.row for one in found.rows] == list(range(22, 32))
    assert ask(town, page, upload_id, PlanPart.CHANGED, None, 99, 10).page == 3
    assert ask(town, page, upload_id, PlanPart.CHANGED, ("initiative", "title_fi"), 1, 10).total == 0


def test_the_rows_in_error_are_kept_with_the_plan_and_go_with_it(town, user_id):
    upload_id = send(town, [(1, "Kirjasto", "tekninen", "Menossa", "puolet", None)], user_id=user_id)
    work(town, upload_id, user_id)
    kept = select(Upload.extract).where(Upload.id == upload_id)
    assert "puolet" in str(ask(town, lambda session: session.scalar(kept)))
    act(town, discard, upload_id)
    assert ask(town, lambda session: session.scalar(kept)) is None

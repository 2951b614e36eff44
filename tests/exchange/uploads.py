"""Uploads into a town: sent, planned and kept as the job does it, then ticked, chosen and applied."""

import datetime as dt
import hashlib

from sqlalchemy import select

from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.exchange.apply.apply import apply_upload
from portfolio.exchange.apply.model import ByProfile, Options, Return
from portfolio.exchange.apply.plan import find_way, plan_import
from portfolio.exchange.apply.store import Made, decisions, keep_plan, plan_hash, rows_in_error
from portfolio.exchange.apply.telling import told_of
from portfolio.exchange.models import PlannedCell, PlannedRow, Upload, UploadState
from portfolio.files.workbook import read_workbook
from tests.exchange.towns import FIRST, HEAD, START
from tests.workbooks import workbook_bytes


class Silent:
    """A progress that nobody watches."""

    def __call__(self, step, done, total):
        pass

    def confirm(self, session):
        pass


def send(town, rows=FIRST, head=HEAD, *, sheets=None, data=None, name="tiedosto.xlsx", user_id=None):
    """Keep a workbook's bytes as an upload, and return its id."""
    if data is None:
        data = workbook_bytes({"Toimenpiteet": [head, *rows]} if sheets is None else sheets)
    with open_session(town.engine, write=True) as session:
        upload = Upload(
            municipality_id=town.municipality(session).id,
            user_id=user_id,
            at=START,
            file_name=name,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            data=data,
            kept_until=START + dt.timedelta(days=30),
            language="fi",
            document_date=START.date(),
        )
        session.add(upload)
        session.commit()
        return upload.id


def plan(town, upload_id, *roles, unit=None, guessed=False):
    """Plan an upload by the town's profile and keep the plan; reading only but for the keeping."""
    with open_session(town.engine, write=False) as session:
        upload = session.get_one(Upload, upload_id)
        revision = history.latest_revision(session)
        workbook = read_workbook(upload.data, upload.file_name)
        found = find_way(session, upload.municipality_id, workbook, [])
        way = found if isinstance(found, Return) else ByProfile(town.profile, guessed)
        actor = town.actor(session, *roles, unit=unit)
        done = plan_import(session, actor, town.municipality(session), workbook, way, Options(START.date()))
        planned = told_of(done, decisions(session, upload_id), "fi")
        wrong = rows_in_error(done, planned, workbook)
    made = Made(done, planned, revision, plan_hash(upload.sha256, revision), wrong)
    keep_plan(town.engine, upload_id, made, Silent())
    return done


def sent(town, rows=FIRST, head=HEAD, *roles, unit=None, guessed=False, **how):
    """Send and plan a workbook."""
    upload_id = send(town, rows, head, **how)
    plan(town, upload_id, *roles, unit=unit, guessed=guessed)
    return upload_id


def returned(town, data, *roles, unit=None):
    """Send and plan an export that comes back."""
    upload_id = send(town, data=data, name="takaisin.xlsx")
    plan(town, upload_id, *roles, unit=unit)
    return upload_id


def apply(town, upload_id, *roles, unit=None, seen=None):
    """Apply an upload and keep it; gives the id of its batch. `seen` is the plan that was looked at."""
    with open_session(town.engine, write=True) as session:
        actor = town.actor(session, *roles, unit=unit)
        upload = session.get_one(Upload, upload_id)
        batch = apply_upload(session, actor, upload, upload.plan_hash if seen is None else seen)
        session.commit()
        return batch and batch.id


def act(town, operation, upload_id, *arguments, **options):
    """Do something with a plan, as a page does."""
    with open_session(town.engine, write=True) as session:
        answer = operation(session, session.get_one(Upload, upload_id), *arguments, **options)
        session.commit()
    return answer


def ask(town, query, *arguments, **options):
    """Ask something of a plan, as a page does."""
    with open_session(town.engine, write=False) as session:
        return query(session, *arguments, **options)


def cells(town, upload_id, **equals):
    """The kept cells of a plan."""
    with open_session(town.engine, write=False) as session:
        statement = select(PlannedCell).where(PlannedCell.upload_id == upload_id).order_by(PlannedCell.id)
        return list(session.scalars(statement.filter_by(**equals)))


def planned_rows(town, upload_id):
    """The kept rows of a plan."""
    with open_session(town.engine, write=False) as session:
        statement = select(PlannedRow).where(PlannedRow.upload_id == upload_id).order_by(PlannedRow.number)
        return list(session.scalars(statement))


def state(town, upload_id):
    """Where an upload stands."""
    with open_session(town.engine, write=False) as session:
        return UploadState(session.get_one(Upload, upload_id).state)

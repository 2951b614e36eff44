"""Examples of the addresses of import and export."""

import datetime as dt

from portfolio.accounts.models import User
from portfolio.core.jobs import Job
from portfolio.exchange.guess.extract import to_extract
from portfolio.exchange.models import ImportNotice, LetterKind, UploadState
from portfolio.exchange.operations.posting import TO_ALL
from portfolio.files.workbook import read_workbook
from portfolio.reviews.models import ReviewRound
from tests import factories
from tests.exchange import plans
from tests.exchange.collected import added, create_batch, create_collection, create_export, create_owner
from tests.exchange.mapped import create_mapping, create_profile
from tests.web.examples import example
from tests.workbooks import workbook_bytes


@example("exchange.collection", "exchange.collection_files", "exchange.close_collection", "exchange.remind")
def collection(session, municipality):
    found = create_collection(session, municipality_id=municipality.id)
    unit = factories.create_unit(session, municipality_id=municipality.id)
    create_export(session, municipality_id=municipality.id, unit_id=unit.id, collection_id=found.id)
    return {"collection": found.id}


@example("exchange.sending", "exchange.stop_sending", "exchange.sending_again")
def letters(session, municipality):
    """The sending of a collection's letters, which waits."""
    found = create_collection(session, municipality_id=municipality.id)
    values = {"kind": TO_ALL[LetterKind.REMINDER], "subject_id": found.id, "made_at": factories.MORNING}
    job = added(session, Job(**values, municipality_id=municipality.id, user_id=administrator(session)))
    return {"job": job.id}


@example("exchange.export", "exchange.export_file", "exchange.close_export")
def export(session, municipality):
    return {"export": create_export(session, municipality_id=municipality.id).id}


@example("exchange.export_round")
def asked(session, municipality):
    home = {"municipality_id": municipality.id}
    portfolio = factories.create_portfolio(session, **home)
    day = dt.date(2026, 9, 1)
    days = dict.fromkeys(("period_first", "period_last", "opens_on", "due_on"), day)
    values = {"portfolio_id": portfolio.id, "name_fi": "Vuosiraportti", **days}
    return {"asked": factories.write(session, ReviewRound, home | values).id}


@example("exchange.put_away")
def notice(session, municipality):
    """A notice for somebody else: nobody of the town may put it away."""
    create_owner(session, municipality.id, "omistaja@koekunta.example")
    person = factories.create_person(session, municipality_id=municipality.id)
    batch = create_batch(session, municipality_id=municipality.id)
    return {"notice": added(session, ImportNotice(batch_id=batch.id, person_id=person.id, item_ids=[])).id}


@example("exchange.mapping", "exchange.mapping_again")
def upload_to_map(session, municipality):
    """A file of the administrator's with a sheet that is read, one that is hidden, and one without a table."""
    return {"upload": create_mapping(session, municipality.id, administrator(session)).id}


@example("exchange.forget_profile")
def saved_profile(session, municipality):
    return {"profile": create_profile(session, municipality_id=municipality.id).id}


@example(
    "exchange.progress",
    "exchange.check",
    "exchange.decide",
    "exchange.apply",
    "exchange.cancel",
    "exchange.again",
    "exchange.discard_upload",
)
def upload_to_check(session, municipality):
    """A file of the administrator's: a plan is its sender's."""
    upload = plans.create_upload(session, municipality.id, administrator(session))
    plan = plans.Plan(session, upload)
    plan.cell(plan.row("Asiakaspalvelu"), "progress", base=30, current=30, incoming=45)
    return {"upload": upload.id}


@example("exchange.result", "exchange.error_rows")
def upload_applied(session, municipality):
    data = workbook_bytes({"Kehittämiskohteet": [["Tunnus"], ["K-001"]]})
    values = {"state": UploadState.APPLIED, "data": data, "extract": to_extract(read_workbook(data, "oma.xlsx"))}
    return {"upload": plans.create_upload(session, municipality.id, administrator(session), **values).id}


def administrator(session):
    return session.query(User).filter_by(email="admin@koekunta.example").one().id


@example("exchange.ledger_check", "exchange.write_ledger")
def ledger(session, municipality):
    """A ledger of the administrator's, which another page leads to once it has been read."""
    upload = plans.create_upload(session, municipality.id, administrator(session))
    return {"upload": upload.id}


@example("exchange.ledger_list")
def ledger_list(session, municipality):
    return ledger(session, municipality) | {"name": "unmatched"}

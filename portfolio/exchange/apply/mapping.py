"""A file that nobody prepared: what a person needs to map it is kept, and what they confirmed is taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.accounts.models import User
from portfolio.accounts.queries import actor_of
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Right
from portfolio.exchange.guess.extract import to_extract
from portfolio.exchange.models import Upload, UploadState
from portfolio.exchange.profile import Profile, dump
from portfolio.files.cells import Workbook
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOBODY_PREPARED = N_(
    "The file is no export of this program, and no known mapping fits it. The development office can map its columns: "
    "ask there, or take an export and copy your changes into it."
)
BLANK = N_("The file has nothing in it.")
NOTHING_READ = N_("No sheet is read. Choose a sheet and its title column, or put the file aside.")

NO_PORTFOLIO = N_("Choose the portfolio into which the rows go. Without any, make one first.")

NAME = "guess"
"""What imports by a mapping that was not saved are known by; part of the file's name follows."""


def prepare_mapping(session: Session, upload: Upload, workbook: Workbook) -> None:
    """Keep the first rows of a file so that a person can say what its columns mean; the caller commits.

    Refuses a file that is blank, and one whose sender may not map columns.
    """
    if not any(cell != "" for sheet in workbook.sheets for row in sheet.rows for cell in row):
        raise Refusal(Problem(BLANK))
    municipality = session.get_one(Municipality, upload.municipality_id)
    user = session.get(User, upload.user_id) if upload.user_id is not None else None
    today = today_in(municipality.demo_day, upload.at)
    actor = actor_of(session, user, municipality.id, upload.at, today) if user is not None and user.active else None
    if actor is None or not actor.may(Right.IMPORT):
        raise Refusal(Problem(NOBODY_PREPARED))
    upload.extract = to_extract(workbook)
    upload.sheets = [{"name": one.name, "hidden": one.hidden, "rows": len(one.rows)} for one in workbook.sheets]
    upload.state = UploadState.MAPPING


def confirm_mapping(upload: Upload, profile: Profile, document_date: dt.date) -> None:
    """Take the mapping that a person confirmed; the file is then to be read anew, by a job of the caller's."""
    if not profile.sheets:
        raise Refusal(Problem(NOTHING_READ))
    if not all(sheet.portfolio for sheet in profile.sheets):
        raise Refusal(Problem(NO_PORTFOLIO, place="portfolio"))
    upload.profile = dump(replace(profile, name=f"{NAME}: {upload.file_name}"[:60]))
    upload.document_date = document_date
    upload.state = UploadState.WAITING

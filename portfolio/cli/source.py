"""What a workbook on the command line is: an export that comes back, or one that a profile describes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.cli.context import now
from portfolio.cli.profiles import Folder, find_profile, folders
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import operator
from portfolio.exchange.apply import ByProfile, Return, Way, set_up
from portfolio.exchange.apply.plan import find_way
from portfolio.exchange.profile import Profile
from portfolio.exchange.queries.exports import token_in
from portfolio.exchange.rows import with_portfolio
from portfolio.files.cells import Workbook
from portfolio.organisation.queries import municipality_by_code
from portfolio.organisation.rules import today_in
from portfolio.register.queries import portfolio_by_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portfolio.organisation.models import Municipality

NO_MUNICIPALITY = N_(
    'The municipality "%(code)s" is not in this database. Set it up from its profile with --set-up, or try '
    "everything out with: portfolio demo"
)
NO_PORTFOLIO = N_('There is no portfolio "%(code)s" in this database.')
OTHER_PORTFOLIO = N_('The profile "%(profile)s" has no sheets for the portfolio "%(code)s".')
OTHER_EXPORT = N_('The file is an export, and not one of the portfolio "%(code)s".')


@dataclass(frozen=True, slots=True)
class AskedImport:
    """What the command was asked to do with a file."""

    file: Path
    profile_name: str | None
    code: str | None
    applies: bool
    partial: bool
    on_conflict: str
    email: str | None
    sets_up: bool


@dataclass(frozen=True, slots=True)
class Source:
    """How a file is read, whose it is, and the day by which its time words are meant."""

    way: Way
    municipality: Municipality
    portfolio: str | None
    document_date: dt.date
    today: dt.date


def find_source(session: Session, asked: AskedImport, workbook: Workbook) -> Source | None:
    """Tell what the file is; None when nothing tells how it is read. Sets its municipality up when asked to.

    Raises Refusal for an export that is not known, and for what does not fit together.
    """
    if token_in(workbook) is not None:
        return _export(session, asked, workbook)
    folder = find_profile(asked.profile_name, asked.file, workbook)
    if folder is None:
        return None
    profile = _narrowed(folder.profile, asked.code)
    if asked.sets_up:
        source = asked.file.name[:80]
        set_up(session, operator(now(), source="import", source_ref=source), profile, demo=False)
    municipality = _municipality(session, profile, asked.code)
    portfolios = {sheet.portfolio for sheet in profile.sheets if sheet.portfolio}
    named = asked.code or (next(iter(portfolios)) if len(portfolios) == 1 else None)
    today = today_of(municipality)
    day = _document_date(folder, asked.file.name) or today
    return Source(ByProfile(profile), municipality, named, day, today)


def today_of(municipality: Municipality) -> dt.date:
    """Give the municipality's today."""
    return today_in(municipality.demo_day, now())


def _export(session: Session, asked: AskedImport, workbook: Workbook) -> Source:
    """Find the export that comes back; its layout may be that of a profile."""
    from portfolio.organisation.models import Municipality
    from portfolio.register.models import Portfolio

    way = find_way(session, None, workbook, [folder.profile for folder in folders()])
    if not isinstance(way, Return):  # a token was found, so this is an export or was refused
        raise TypeError(way)
    municipality = session.get_one(Municipality, way.export.municipality_id)
    portfolio = session.get(Portfolio, way.export.portfolio_id) if way.export.portfolio_id is not None else None
    code = portfolio.code if portfolio is not None else None
    if asked.code not in (None, code):
        raise Refusal(Problem(OTHER_EXPORT, {"code": asked.code}))
    today = today_of(municipality)
    return Source(way, municipality, code, today, today)


def _narrowed(profile: Profile, code: str | None) -> Profile:
    if code is None:
        return profile
    if not any(sheet.portfolio == code for sheet in profile.sheets):
        raise Refusal(Problem(OTHER_PORTFOLIO, {"profile": profile.name, "code": code}))
    return with_portfolio(profile, code)


def _municipality(session: Session, profile: Profile, code: str | None) -> Municipality:
    """Find the municipality of the profile, or of the portfolio where the profile is a person's own."""
    if profile.municipality is not None:
        found = municipality_by_code(session, profile.municipality.code)
        if found is None:
            raise Refusal(Problem(NO_MUNICIPALITY, {"code": profile.municipality.code}))
        return found
    named = code or next((sheet.portfolio for sheet in profile.sheets if sheet.portfolio), "")
    portfolio = portfolio_by_code(session, named)
    if portfolio is None:
        raise Refusal(Problem(NO_PORTFOLIO, {"code": named}))
    from portfolio.organisation.models import Municipality

    return session.get_one(Municipality, portfolio.municipality_id)


def _document_date(folder: Folder, file: str) -> dt.date | None:
    """Give the day that the profile's step of this file names."""
    for step in folder.profile.steps:
        if step.workbook == file:
            return step.document_date or step.date
    return None

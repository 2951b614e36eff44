"""A demo municipality whose register goes out in its own layout, is edited in Excel, and comes back."""

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from sqlalchemy import Engine, select

from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.rights import Actor, Grant, Role, operator
from portfolio.exchange.apply import ByProfile, Import, Options, import_workbook
from portfolio.exchange.apply.plan import find_way
from portfolio.exchange.export import ExportScope, create_export, make_workbook
from portfolio.exchange.models import Export
from portfolio.exchange.preview import preview
from portfolio.exchange.profile import Profile, parse_profile
from portfolio.files.workbook import read_workbook
from portfolio.organisation.models import Municipality, Unit
from portfolio.register.models import Portfolio

IMPORTS = Path(__file__).resolve().parents[4] / "imports"
DAY = dt.date(2026, 1, 5)
"""Today, where a municipality has no day of its own."""

TOWNS = ("kemi", "turku", "tuusula", "helsinki", "pori")


def profile_of(town):
    return parse_profile((IMPORTS / town / "profile.toml").read_text(encoding="utf-8"))


@dataclass
class Outing:
    """One municipality of the demo, whose workbook goes out and comes back."""

    engine: Engine
    town: str
    profile: Profile

    def municipality(self, session) -> Municipality:
        return session.scalars(select(Municipality).where(Municipality.code == self.town)).one()

    def actor(self, session, hours=1) -> Actor:
        at = session.get_one(history.Revision, history.latest_revision(session)).at + dt.timedelta(hours=hours)
        return operator(at, source="import", source_ref="file.xlsx").within(self.municipality(session).id)

    def reporter(self, unit) -> Actor:
        """Give a reporter of a unit, by its code."""
        with open_session(self.engine, write=False) as session:
            office = self.actor(session)
            wanted = select(Unit.id).where(Unit.municipality_id == office.municipality_id, Unit.code == unit)
            grant = Grant(Role.REPORTER, frozenset({session.scalars(wanted).one()}))
        return Actor(None, "reporter", office.municipality_id, (grant,), office.at, source="import")

    def take_out(self, *, actor=None, at=None, **scope):
        """Export everything and give the export's id and the file."""
        with open_session(self.engine, write=True) as session:
            portfolio = session.scalars(
                select(Portfolio).where(Portfolio.municipality_id == self.municipality(session).id)
            )
            scope = ExportScope(portfolio.first().id, **scope)
            export = create_export(session, self.actor(session), scope, "fi", layout=self.profile.name, at=at)
            session.commit()
            identity = export.id
        return identity, self.make(identity, actor)

    def make(self, identity, actor=None):
        """Make an export's file, as often as it is asked for."""
        with open_session(self.engine, write=False) as session:
            export = session.get_one(Export, identity)
            today = self.municipality(session).demo_day or DAY
            return make_workbook(session, export, actor or self.actor(session), today, self.profile)

    def bring_back(self, data, *, actor=None, alone=False, keep=False, name="file.xlsx") -> Import:
        """Import a file as what it says it is, or by the profile alone."""
        workbook = read_workbook(data, name)
        with open_session(self.engine, write=True) as session:
            municipality = self.municipality(session)
            way = ByProfile(self.profile) if alone else find_way(session, municipality.id, workbook, [self.profile])
            day = municipality.demo_day or self.profile.demo_day or DAY
            signed = actor or self.actor(session)
            done = import_workbook(session, signed, municipality, way, workbook, Options(day))
            session.commit() if keep else session.rollback()
        return done

    def said(self, done):
        """Give what the command line would say of an import."""
        return preview(done, "file.xlsx", self.profile.name, None, "fi")


def edited(data, cells):
    """Give a file with some cells changed, by sheet and address, as a person would."""
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    for (sheet, address), value in cells.items():
        workbook[sheet][address] = value
    return saved(workbook)


def saved(workbook):
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def cell_of(data, sheet, row, heading):
    """Give the address of the cell of a row, by a text in it, under a heading; on a card beside its label."""
    found = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    cells = [cell for line in found.iter_rows() for cell in line if cell.value is not None]
    number = next(cell.row for cell in cells if cell.value == row)
    column = "B" if heading is None else next(cell.column_letter for cell in cells if cell.value == heading)
    return f"{column}{number}"

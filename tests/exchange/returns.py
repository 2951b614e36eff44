"""Workbooks that are taken out of a town, edited as people do, and brought back."""

from dataclasses import dataclass
from io import BytesIO

from openpyxl import load_workbook

from portfolio.core.database import open_session
from portfolio.core.language import say, say_problem
from portfolio.exchange.apply import Import, Options, import_workbook, plan_import
from portfolio.exchange.apply.plan import find_way
from portfolio.exchange.export import ExportScope, create_export, make_workbook
from portfolio.files.workbook import read_workbook
from portfolio.register.queries import portfolio_by_code
from tests.exchange.towns import START

TODAY = START.date()


def take_out(town, *, language="fi", scope=None, at=None):
    """Export the town's portfolio and give the workbook's bytes."""
    with open_session(town.engine, write=True) as session:
        actor = town.actor(session)
        portfolio = portfolio_by_code(session, "kunta-ohjelma")
        export = create_export(session, actor, scope or ExportScope(portfolio.id), language, at=at)
        data = make_workbook(session, export, actor, TODAY)
        session.commit()
    return data


def bring_in(town, data, *, roles=(), unit=None, choice=None, keep=True, name="takaisin.xlsx"):
    """Import a workbook that was taken out, and keep it unless something is wrong, or only look at it."""
    with open_session(town.engine, write=True) as session:
        actor = town.actor(session, *roles, unit=unit)
        municipality = town.municipality(session)
        workbook = read_workbook(data, name)
        way = find_way(session, municipality.id, workbook, [])
        options = Options(TODAY, choice)
        if keep is False:
            return plan_import(session, actor, municipality, workbook, way, options)
        done: Import = import_workbook(session, actor, municipality, way, workbook, options)
        if (keep is True and not done.has_errors) or keep == "partial":
            session.commit()
        else:
            session.rollback()
    return done


@dataclass
class Edited:
    """An exported workbook open for editing, cells by sheet, row and heading as a person sees them."""

    data: bytes
    language: str = "fi"

    def __post_init__(self):
        self.book = load_workbook(BytesIO(self.data))

    def sheet(self, title):
        return self.book[say(title, self.language)]

    def header(self, title):
        for row in self.sheet(title).iter_rows():
            found = {cell.value: cell.column for cell in row if cell.value}
            if say("Identity", self.language) in found:
                return row[0].row, found
        raise LookupError(title)

    def column(self, title, heading):
        return self.header(title)[1][say(heading, self.language)]

    def row(self, title, number):
        """The row of data of this number, counted from 1."""
        return self.header(title)[0] + number

    def get(self, title, number, heading):
        return self.sheet(title).cell(self.row(title, number), self.column(title, heading)).value

    def put(self, title, number, heading, value):
        self.sheet(title).cell(self.row(title, number), self.column(title, heading)).value = value
        return self

    def save(self):
        stream = BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def messages(problems, language="en"):
    return [say_problem(getattr(one, "problem", one), language) for one in problems]


def changes(done):
    """What a plan would write, by field."""
    return {
        (row.key[0], cell.field): cell.result
        for row in done.plan.rows
        for cell in row.cells
        if cell.outcome.value == "apply"
    }


def outcomes(done):
    return {cell.field: cell.outcome.value for row in done.plan.rows for cell in row.cells}

"""Workbooks that nobody prepared: guessed, read by the guess, and asked what was read and what was told."""

import datetime as dt
from dataclasses import dataclass

from portfolio.core.problem import Problem
from portfolio.core.timespan import Timespan
from portfolio.exchange.columns import Entity, Known
from portfolio.exchange.guess import Guess, Vocabulary, guess
from portfolio.exchange.profile import dump, load_profile
from portfolio.exchange.rows import Parsed, Surroundings, parse
from portfolio.files.workbook import read_workbook
from tests.workbooks import make_surroundings, workbook_bytes

PORTFOLIO = "kunta-ohjelma"
PEOPLE = (
    Known((Entity.POST, "rehtori"), "Rehtori", "", ("rehtori",), (), ("Rehtori",)),
    Known((Entity.POST, "kirjasto"), "Kirjastonjohtaja", "", ("kirjasto",), (), ("Kirjastonjohtaja",)),
    Known((Entity.SOURCE, "external"), "Ulkopuolinen rahoitus", "", ("external",), (), ("Ulkopuolinen rahoitus",)),
)


@dataclass
class Reading:
    """A guess and what it read."""

    guess: Guess
    parsed: Parsed

    def sheet(self, number=0):
        return self.guess.sheets[number]

    def fields(self, number=0):
        """The field of each column by its heading; a heading that stands twice by its letter as well."""
        return {one.heading: one.field for one in self.sheet(number).columns}

    def column(self, heading, number=0):
        return next(one for one in self.sheet(number).columns if one.heading == heading)

    def why(self, heading, number=0):
        return [reason.msgid for reason in self.column(heading, number).reasons]

    def values(self, *fields):
        """What was read, row by row: time words as written, references by their code."""
        return [
            tuple(_plain(record.cells[field].value) if field in record.cells else None for field in fields)
            for record in self.parsed.records.values()
        ]

    @property
    def told(self):
        """Every sentence that the person sees, by its msgid, once."""
        notices = [*self.guess.notices, *self.parsed.notices]
        return list(dict.fromkeys(one.msgid for one in notices))

    def said(self, msgid):
        """The parameters of one sentence."""
        return next(one.params for one in [*self.guess.notices, *self.parsed.notices] if one.msgid == msgid)

    @property
    def faults(self):
        return [(one.problem.msgid, one.place.row, one.place.column) for one in self.parsed.faults]


def _plain(value):
    if isinstance(value, Timespan):
        return value.words
    if isinstance(value, tuple):
        return value[1]
    return value.msgid if isinstance(value, Problem) else value


def make_vocabulary(known=(), *, portfolio=PORTFOLIO, kind="measure", language="fi"):
    surroundings = make_surroundings(dt.date(2025, 1, 15), (*PEOPLE, *known))
    return Vocabulary(surroundings.registry, surroundings.times, portfolio, kind).in_language(language)


def guessed(rows=None, *, sheets=None, change=None, known=(), given=None, name="oma.xlsx", data=None, language="fi"):
    """Guess a workbook of one sheet, of several, or a file's bytes, and read it by the guess as if it was saved.

    ``language`` is that of the person who looks on.
    """
    if data is None:
        data = workbook_bytes(sheets or {"Taul1": rows}, change=change)
    workbook = read_workbook(data, name)
    vocabulary = make_vocabulary(known, language=language)
    found = guess(workbook, vocabulary, given)
    profile = load_profile(dump(found.profile))  # what is read is what could be saved
    times = vocabulary.in_language(profile.language).times
    return Reading(found, parse(workbook, profile, Surroundings(times, vocabulary.registry)))

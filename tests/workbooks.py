"""Workbooks for tests: sheets as rows of values, hostile parts put into the package, profiles to read them by."""

import io
import zipfile

import openpyxl

from portfolio.core.timespan import Context
from portfolio.exchange.columns import Entity, Known, Registry
from portfolio.exchange.profile import parse_profile
from portfolio.exchange.rows import Surroundings
from portfolio.files.workbook import read_workbook


def workbook_bytes(sheets, *, change=None):
    """An .xlsx of `{sheet name: rows}`; `change(openpyxl workbook)` may merge, hide or format before it is saved."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(workbook)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def with_parts(data, parts=None, *, without=()):
    """The same package with parts put in or replaced (`{name: bytes}`) and others left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in {*without, *(parts or {})}:
                new.writestr(item, old.read(item.filename))
        for name, content in (parts or {}).items():
            new.writestr(name, content)
    return file.getvalue()


def read_rows(rows, *, sheet="Toimenpiteet", name="tiedosto.xlsx", change=None):
    """A workbook of one sheet, as the importer sees it."""
    return read_workbook(workbook_bytes({sheet: rows}, change=change), name)


PROFILE = """
name = "{name}"
language = "fi"

{top}

[[sheet]]
match = "Toimenpiteet*"
entity = "initiative"
portfolio = "{portfolio}"
{keys}

[sheet.columns]
number = ["Nro"]
title_fi = ["Toimenpide"]
unit = ["Vastuualue"]
owner_post = ["Vastuuhenkilö"]
timespan = ["Aikataulu"]
status = ["Tila"]
progress = ["Valmiina"]
completed_on = ["Valmistunut"]
in_use_on = ["Käytössä"]
benefits = ["Hyödyt"]
present_state = ["Nykytila"]
budget_effect = ["Vaikutus"]
{columns}

[sheet.constants]
kind = "measure"

[sheet.identity]
fields = ["number"]

{tables}
"""


def make_profile(*, name="kunta", portfolio="kunta-ohjelma", top="", keys="", columns="", tables=""):
    """A profile of one sheet of measures; its parts can be lengthened with more TOML."""
    return parse_profile(
        PROFILE.format(name=name, portfolio=portfolio, top=top, keys=keys, columns=columns, tables=tables)
    )


def make_surroundings(document_date=None, known=()):
    """What a workbook is read among: a few units and posts, one scheme with classes, one source of money."""
    usual = [
        Known((Entity.UNIT, "tekninen"), "Tekninen toimiala", "", ("tekninen",), (), ("Tekninen toimiala",)),
        Known((Entity.UNIT, "sivistys"), "Sivistystoimiala", "", ("sivistys",), (), ("Sivistystoimiala",)),
        Known((Entity.POST, "johtaja"), "Tekninen johtaja", "", ("johtaja",), (), ("Tekninen johtaja",)),
        Known((Entity.SCHEME, "luokka"), "Luokka", "", ("luokka",), (), ("Luokka",)),
        Known((Entity.CATEGORY, "luokka | hanke"), "Kehittämishanke", "luokka", ("hanke",), (), ("Kehittämishanke",)),
        Known((Entity.SOURCE, "own"), "Oma rahoitus", "", ("own",), (), ("Oma rahoitus",)),
    ]
    return Surroundings(Context.default(document_date, "fi"), Registry([*usual, *known]))

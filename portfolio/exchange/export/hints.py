"""What the notes on headings say, and why a cell does not take what is not on its list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from portfolio.core.language import N_, say
from portfolio.exchange.columns import MEASURE, SUBMITTED, Entity, Kind
from portfolio.exchange.columns.sheets import (
    ACTION,
    CODE,
    COMMENT,
    DELETE,
    ENDS,
    LAST,
    NAMED,
    PORTFOLIO,
    STARTS,
    OwnColumn,
    OwnSheet,
    amount_parts,
)
from portfolio.files.workbook import DropDown

CHOOSE = N_("Choose from the list. A blank cell clears the value.")
SEVERAL = N_("Several may stand here, with semicolons between.")
READING = N_("For reading only: changes here are not read.")
COMPUTED = N_("Computed from the words of the time. Change the words, and this follows when the file is read.")
MEASURED = N_("A number, or words. Write only where an indicator is named in the column before.")
MONEY = N_(
    "Euros. Zero means that there is no separate appropriation. A blank cell says nothing; write “not known” when "
    "there is an amount that is not known yet."
)

_OF_REVIEWS: Mapping[str, str] = MappingProxyType(
    {
        CODE: READING,
        "health_reason": N_("Always for yellow and red: what is wrong, and what would help."),
        "money_used": N_("Euros. Zero means that nothing was used; leave the cell blank when it is not known."),
        "new_timespan": N_(
            "The time in your own words: a day, a season, a year, from–to. The first sheet has examples."
        ),
        "merged_into": N_("The code of the item that this one is to be merged into."),
        "done_on": N_("A true day, for example 31.12.2026."),
        SUBMITTED: N_("Blank: the row is submitted once it is changed and whole. No: it is kept for later."),
    }
)
_HINTS: Mapping[str, str] = MappingProxyType(
    {
        CODE: N_("The system gives the code. Leave it blank on a new row."),
        PORTFOLIO: N_("Which portfolio a new row goes to. On other rows it is for reading only."),
        "timespan": N_("The time in your own words: a day, a season, a year, from–to. The first sheet has examples."),
        STARTS: COMPUTED,
        ENDS: COMPUTED,
        "progress": N_("Per cent from 0 to 100. A blank cell means that it is not known."),
        "completed_on": N_("A true day, for example 31.12.2026."),
        "in_use_on": N_("A true day, for example 31.12.2026."),
        "merged_into": N_("The code of the item that this one was merged into."),
        "initiative": N_("The code of the item that the milestone belongs to."),
        "number": N_("The number in your own programme, if it has one."),
        COMMENT: N_("Write here what you want to tell those who read the file. It is kept beside the row."),
        ACTION: N_("Choose “%(word)s” to remove the item. Deleting the row from the table removes nothing."),
    }
)


def notes(sheet: OwnSheet, language: str) -> dict[tuple[int, int], str]:
    """Give the notes on the headings of a sheet, by address."""
    word = say(DELETE, language)
    return {
        (1, number): say(msgid, language, word=word) if msgid == _HINTS[ACTION] else say(msgid, language)
        for number, column in enumerate(sheet.columns, start=1)
        if (msgid := _hint(sheet.entity, column)) is not None
    }


def drop_downs(sheet: OwnSheet, language: str) -> Iterator[DropDown]:
    """Give what may be chosen in the columns of a sheet: where several may stand, anything may be written."""
    explanation = say(CHOOSE, language)
    for number, column in enumerate(sheet.columns, start=1):
        if column.choices is not None:
            yield DropDown(number, column.choices, strict=not column.several, explanation=explanation)


def _hint(entity: Entity, column: OwnColumn) -> str | None:
    if entity is Entity.REVIEW and column.key in _OF_REVIEWS:
        return _OF_REVIEWS[column.key]
    if column.key.startswith((LAST, NAMED)):
        return READING
    if column.key.startswith(MEASURE):
        return MEASURED
    if column.key in _HINTS:
        return _HINTS[column.key]
    if amount_parts(column.key):
        return MONEY
    if column.several and column.field is not None:
        return SEVERAL
    reads = column.field is None and column.kind in {Kind.REFERENCE, Kind.REFERENCES}
    return READING if reads else None

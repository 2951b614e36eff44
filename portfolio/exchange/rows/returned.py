"""Which of the tables that we wrote a sheet holds, also when somebody renamed the sheet."""

from __future__ import annotations

from portfolio.core.text import read_whole
from portfolio.exchange.columns import as_text
from portfolio.exchange.columns.identity import ID, SheetMeta
from portfolio.exchange.profile import Profile, SheetProfile
from portfolio.exchange.rows.headings import Heading, Headings
from portfolio.exchange.rows.model import Sent
from portfolio.files.cells import Sheet, Workbook, column_number

ENOUGH = 0.8
"""The part of a table's columns by which a renamed sheet is known again."""


def written_on(sheet: Sheet, workbook: Workbook, profile: Profile, sent: Sent) -> SheetMeta | None:
    """Find what we wrote on a sheet: by its title, else by its headings; None for a sheet that somebody added."""
    known = [one for one in sent.sheets if table_of(profile, one) is not None]
    if found := next((one for one in known if _same(one.title, sheet.name)), None):
        return found
    renamed = [one for one in known if not any(_same(one.title, other.name) for other in workbook.sheets)]
    parts = {one.key: _found_part(sheet, profile, one) for one in renamed}
    best = max(renamed, key=lambda one: parts[one.key], default=None)
    return best if best and parts[best.key] >= ENOUGH else None


def table_of(profile: Profile, written: SheetMeta) -> SheetProfile | None:
    """Give the table of the profile that a sheet was written by: its key begins with the table's number."""
    number = read_whole(written.key.partition("/")[0])
    return profile.sheets[number - 1] if number and number <= len(profile.sheets) else None


def _same(title: str, other: str) -> bool:
    return title.casefold() == other.casefold()


def _found_part(sheet: Sheet, profile: Profile, written: SheetMeta) -> float:
    """Tell how many of the columns that we wrote stand on a sheet, which has to bear identities as ours do."""
    table = table_of(profile, written)
    if table is None:
        return 0
    if table.layout == "card":
        labels = column_number(table.label_column)
        headings = Headings(table, written)
        texts = (as_text(sheet.value(row, labels), "fi") for row in range(1, len(sheet.rows) + 1))
        fields = {headings.field(text)[0] for text in texts}
    else:
        found = Headings(table, written).search(sheet)
        fields = set(found.fields.values()) if isinstance(found, Heading) else set()
    return len(fields & set(written.columns)) / len(written.columns) if ID in fields else 0

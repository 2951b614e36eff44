"""New rows that look like items which are there already: perhaps they are not new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.apply.model import Import
from portfolio.exchange.columns import Entity, norm
from portfolio.exchange.merge import RowFate

ALIKE = 90
"""Per cent of likeness from which two titles may be the same item's."""

MOST = 1_000
"""As many new rows are held against every title; a workbook of more is a new portfolio, not a handful of additions."""

LOOKS_ALIKE = N_('The new row "%(title)s" looks like %(code)s, "%(other)s". Is it the same item?')
NOT_ALL = N_(
    "The file has %(count)s new rows. Only the first %(most)s of them were compared with the items that are here "
    "already: look through the others yourself."
)


def look_alikes(done: Import) -> Iterator[Problem]:
    """Name the new initiatives whose title is nearly that of another in the portfolio; tell when they were too many."""
    new = [row for row in done.plan.rows if row.fate is RowFate.ADD and row.key[0] == Entity.INITIATIVE]
    titles: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    present = done.present
    for key, portfolio in present.portfolio_of.items() if new else ():
        title = present.cells.get(key, {}).get("title_fi")
        if title:
            titles[portfolio][norm(title)] = (present.names.get(key, ""), title)
    for row in new[:MOST]:
        record = done.parsed.records[row.key]
        title = row.changes.get("title_fi")
        known = titles[record.portfolio]
        if title and (near := process.extractOne(norm(title), known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)):
            code, other = known[near[0]]
            shown = {"title": title, "code": code, "other": other}
            yield Problem(LOOKS_ALIKE, shown, record.cells["title_fi"].place)
    if titles and len(new) > MOST:
        yield Problem(NOT_ALL, {"count": len(new), "most": MOST})

"""What a ledger would write: its rows added up by initiative, year, part and source, against what is there; pure."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from portfolio.budgets.rules import BudgetPart
from portfolio.core.language import N_
from portfolio.core.money import UNITS
from portfolio.core.problem import Place, Problem
from portfolio.exchange.ledger.profile import AccountRange, LedgerProfile, Unit
from portfolio.exchange.ledger.read import Entry, LedgerFile
from portfolio.files.cells import column_letter


class Key(NamedTuple):
    """Which line: a key of ``budgets.operations``, by its names."""

    initiative_id: int
    year: int
    part: BudgetPart
    source_id: int


class Amounts(NamedTuple):
    """What a line holds; None is not known."""

    planned: Decimal | None
    actual: Decimal | None


FAR_BELOW, FAR_ABOVE = 200, 50
"""How many times below and above the plan the sums of a right file may be; a wrong unit makes it a thousand times.

January alone is a twelfth of a year: in the right unit far below the plan, in the wrong one only 83 times above it.
"""

UNKNOWN_PROJECT = N_('No initiative has the ledger project number "%(project)s".')
SEVERAL = N_('Several initiatives have the ledger project number "%(project)s".')
UNKNOWN_ACCOUNT = N_('The account "%(account)s" belongs to no part of the budget in the profile.')
LEFT_OUT = N_('The account "%(account)s" is left out, as the profile says.')
TWICE = N_("The row is the same as row %(row)s. Both are counted.")
NOT_IN_FILE = N_("An actual amount of %(year)s is there already and no row of the file tells of it. It stays.")
FROM_LATER = N_(
    "The file tells of %(year)s only from month %(month)s on. Its sums replace the amounts of the whole year: "
    "send a file that begins from January."
)
NONE_HERE = N_(
    "None of the %(count)s project numbers of the file is the number of an initiative here. "
    "Is it the ledger of another municipality?"
)
TOO_LARGE = N_(
    "The amounts of the file are about %(times)s times the planned ones. "
    "Are they perhaps in another unit? Say which unit they are in."
)
TOO_SMALL = N_(
    "The planned amounts are about %(times)s times those of the file. "
    "Are they perhaps in another unit? Say which unit they are in."
)


class KnownAmounts(NamedTuple):
    """What is there: initiatives by ledger number, sources by code, and the lines' amounts."""

    items: Mapping[str, Collection[int]]
    sources: Mapping[str, int]
    lines: Mapping[Key, Amounts]


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One actual amount to be written: what it is and what it becomes, and how many rows make it."""

    key: Key
    old: Decimal | None
    new: Decimal
    rows: int

    @property
    def changes(self) -> bool:
        """Tell whether anything would be written."""
        return self.old != self.new


@dataclass(slots=True)
class LedgerPlan:
    """What a file would write (``cells``), what of it is left out (``unmatched``), and what is told besides.

    ``asks`` must be answered before anything is written; ``errors`` must be mended in the file. ``periods`` are the
    months of each year that the file covers, None for a whole year.
    """

    cells: list[CellPlan] = field(default_factory=list)
    unmatched: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    asks: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    periods: dict[int, list[int | None]] = field(default_factory=dict)
    entries: int = 0

    @property
    def changed(self) -> list[CellPlan]:
        """Give the amounts that would be written."""
        return [one for one in self.cells if one.changes]

    @property
    def stamp(self) -> str:
        """Name the plan by what it would write, so that another one is not taken for it."""
        told = [[*map(str, one.key), str(one.old), str(one.new)] for one in self.cells]
        asked = [one.msgid for one in self.asks]
        return hashlib.sha256(json.dumps([told, asked]).encode()).hexdigest()


def plan_ledger(file: LedgerFile, profile: LedgerProfile, known: KnownAmounts, unit: Unit | None = None) -> LedgerPlan:
    """Add the rows up and hold them against what is there.

    ``unit`` is what a person has said the amounts are in: then it is not asked about; None is the profile's.
    """
    plan = LedgerPlan(errors=list(file.errors), notices=list(file.notices), entries=len(file.entries))
    told = _Teller(file)
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    rows: dict[Key, int] = defaultdict(int)
    scale = UNITS[unit or profile.unit] * (1 if profile.sign == "costs_positive" else -1)
    for entry in file.entries:
        range_ = profile.range_of(entry.account)
        problem = _unmatched(entry, range_, known, told)
        if problem is not None:
            plan.unmatched.append(problem)
        elif range_ is not None and not range_.left_out:
            (item,) = known.items[entry.project]
            for key, amount in _shares(item, entry, range_, profile, known):
                sums[key] += amount * scale
                rows[key] += 1
    plan.cells = [
        CellPlan(key, known.lines[key].actual if key in known.lines else None, total, rows[key])
        for key, total in sorted(sums.items())
    ]
    plan.periods = _periods(file.entries)
    plan.notices += _twice(file.entries, told)
    plan.notices += _not_in_file(plan, known)
    plan.notices += _from_later(plan)
    plan.errors += _nothing_here(file.entries, known)
    if unit is None:
        plan.asks += _far_off(plan, known)
    return plan


class _Teller:
    """Places problems at the cells of the file."""

    def __init__(self, file: LedgerFile) -> None:
        self._columns = file.columns

    def __call__(self, entry: Entry, name: str, msgid: str, **params: object) -> Problem:
        column = self._columns.get(entry.sheet, {}).get(name)
        return Problem(msgid, params, Place(entry.sheet, entry.row, column_letter(column) if column else None))


def _unmatched(entry: Entry, range_: AccountRange | None, known: KnownAmounts, told: _Teller) -> Problem | None:
    found = known.items.get(entry.project, ())
    if len(found) != 1:
        return told(entry, "project", SEVERAL if found else UNKNOWN_PROJECT, project=entry.project)
    if range_ is None:
        return told(entry, "account", UNKNOWN_ACCOUNT, account=entry.account)
    return told(entry, "account", LEFT_OUT, account=entry.account) if range_.left_out else None


def _shares(
    item: int, entry: Entry, range_: AccountRange, profile: LedgerProfile, known: KnownAmounts
) -> Iterator[tuple[Key, Decimal]]:
    """Give whose amount a row is: income from an outside payer is the payer's share, and the rest falls by as much."""
    if range_.part is None or range_.source is None:
        return
    sign = -1 if range_.paid else 1
    yield Key(item, entry.year, range_.part, known.sources[range_.source]), entry.amount * sign
    if range_.paid and profile.pays_rest != range_.source:
        yield Key(item, entry.year, range_.part, known.sources[profile.pays_rest]), entry.amount


def _periods(entries: Iterable[Entry]) -> dict[int, list[int | None]]:
    found: dict[int, set[int | None]] = defaultdict(set)
    for one in entries:
        found[one.year].add(one.month)
    return {year: sorted(months, key=lambda month: month or 0) for year, months in sorted(found.items())}


def _twice(entries: Iterable[Entry], told: _Teller) -> Iterator[Problem]:
    """Tell rows that are the same in everything; without a document number equal bookings are no rarity."""
    first: dict[tuple[object, ...], Entry] = {}
    for one in entries:
        key = (one.sheet, one.project, one.account, one.year, one.month, one.amount, one.document)
        if key in first:
            yield told(one, "amount", TWICE, row=str(first[key].row))
        first.setdefault(key, one)


def _not_in_file(plan: LedgerPlan, known: KnownAmounts) -> Iterator[Problem]:
    """Tell the years in which actual amounts stay that the file says nothing of."""
    written = {one.key for one in plan.cells}
    staying = {
        key.year
        for key, amounts in known.lines.items()
        if amounts.actual is not None and key.year in plan.periods and key not in written
    }
    return (Problem(NOT_IN_FILE, {"year": str(year)}) for year in sorted(staying))


def _from_later(plan: LedgerPlan) -> Iterator[Problem]:
    """Tell that a file of later months alone would replace what earlier months had made of the year."""
    for year, months in plan.periods.items():
        first = months[0]
        if (
            first is not None
            and first > 1
            and any(one.key.year == year and one.old is not None for one in plan.changed)
        ):
            yield Problem(FROM_LATER, {"year": str(year), "month": first})


def _nothing_here(entries: Collection[Entry], known: KnownAmounts) -> Iterator[Problem]:
    numbers = {one.project for one in entries}
    if numbers and not numbers & known.items.keys():
        yield Problem(NONE_HERE, {"count": len(numbers)})


def _far_off(plan: LedgerPlan, known: KnownAmounts) -> Iterator[Problem]:
    """Ask about the unit where the sums are many times off the plan of the same initiatives and years."""
    plans: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for key, amounts in known.lines.items():
        if amounts.planned:
            plans[key.initiative_id, key.year] += abs(amounts.planned)
    written = {(one.key.initiative_id, one.key.year) for one in plan.cells}
    planned = sum((plans[one] for one in written if one in plans), Decimal(0))
    actual = sum((abs(one.new) for one in plan.cells if (one.key.initiative_id, one.key.year) in plans), Decimal(0))
    if planned and actual / planned >= FAR_ABOVE:
        yield Problem(TOO_LARGE, {"times": round(actual / planned)})
    elif actual and planned / actual >= FAR_BELOW:
        yield Problem(TOO_SMALL, {"times": round(planned / actual)})

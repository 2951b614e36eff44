"""What an address asks of the money page: whose money, which of it, from which year, and in which unit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from werkzeug.datastructures import MultiDict

from portfolio.budgets.queries import MoneyFilter
from portfolio.budgets.rules import AMOUNT_WORDS, EURO_WORDS, FIRST_YEAR, LAST_YEAR, BudgetPart, budget_years
from portfolio.core.columns import read_id
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.organisation.queries import TreeUnit
from portfolio.organisation.rules import subtree

Face: TypeAlias = Literal["portfolio", "unit", "year"]
FACES = {"portfolio": N_("By portfolio"), "unit": N_("By unit"), "year": N_("By year")}
PARAMETERS = frozenset({"by", "portfolio", "unit", "source", "part", "amount", "year", "euros"})
BEFORE = 2
"""How many years before the first are told of beside the plan, since their actual amounts are there by now."""
LONGEST_SHOWN = 40

NO_YEAR = N_('"%(value)s" is not a budget year, so this year is shown first.')
NO_SUCH = N_('"%(value)s" cannot be chosen here, and was passed over.')


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be chosen in a municipality: ids of portfolios and sources, and the tree of units."""

    portfolio_ids: Collection[int]
    source_ids: Collection[int]
    units: Collection[TreeUnit]


@dataclass(frozen=True, slots=True)
class AskedMoney:
    """How the money page is shown; ``chosen`` holds the units below those asked for, ``problems`` what was not read."""

    face: Face
    chosen: MoneyFilter
    amount: str
    years: range
    euros: str
    problems: tuple[Problem, ...] = ()

    @property
    def all_years(self) -> range:
        """Give the years shown, and those before them whose actual amounts are shown."""
        return range(self.years.start - BEFORE, self.years.stop)


def read_asked(args: MultiDict[str, str], offered: Offered, this_year: int, horizon: int) -> AskedMoney:
    """Read ``by``, ``portfolio``, ``unit`` and ``source`` (repeated), ``part``, ``amount``, ``year`` and ``euros``.

    What is not known falls back to the usual, and is told.
    """
    reader = _Reader(args)
    units = [one.unit for one in offered.units]
    unit_ids = reader.ids("unit", {one.id for one in units})
    part = reader.one("part", {one.value for one in BudgetPart}, "")
    chosen = MoneyFilter(
        reader.ids("portfolio", offered.portfolio_ids),
        subtree(units, unit_ids) if unit_ids else unit_ids,
        reader.ids("source", offered.source_ids),
        BudgetPart(part) if part else None,
    )
    face = cast("Face", reader.one("by", FACES, "portfolio"))
    amount, euros = reader.one("amount", AMOUNT_WORDS, "planned"), reader.one("euros", EURO_WORDS, "eur")
    years = budget_years(reader.year(this_year), horizon)
    return AskedMoney(face, chosen, amount, years, euros, tuple(reader.problems))


class _Reader:
    """Takes up the parameters one by one, gathering what is not known."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self._args = args
        self.problems: list[Problem] = []

    def one(self, name: str, known: Collection[str], usual: str) -> str:
        """Read one of the known words."""
        value = self._args.get(name, "").strip()
        if value in known:
            return value
        self._pass_over(value)
        return usual

    def ids(self, name: str, known: Collection[int]) -> frozenset[int]:
        """Read some of the known ids."""
        found = set()
        for value in map(str.strip, self._args.getlist(name)):
            if (identity := read_id(value)) in known and identity is not None:
                found.add(identity)
            else:
                self._pass_over(value)
        return frozenset(found)

    def year(self, usual: int) -> int:
        """Read the first year to show."""
        value = self._args.get("year", "").strip()
        if FIRST_YEAR <= (year := read_id(value) or 0) <= LAST_YEAR:
            return year
        if value:
            self.problems.append(Problem(NO_YEAR, {"value": value[:LONGEST_SHOWN]}))
        return usual

    def _pass_over(self, value: str) -> None:
        if value:
            self.problems.append(Problem(NO_SUCH, {"value": value[:LONGEST_SHOWN]}))

"""How one municipality's ledger is laid out: ``imports/*/ledger.toml``, read and checked; pure.

Each account belongs to one range: a part of the budget and a source, or left out on purpose. ``paid`` marks income by
which an outside payer takes part: it is added to its own source and taken off the one that pays the rest.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from portfolio.budgets.rules import FIRST_YEAR, LAST_YEAR, BudgetPart
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.exchange.profile import NOT_TOML
from portfolio.exchange.profile.load import Loader

Unit: TypeAlias = Literal["eur", "teur"]
Sign: TypeAlias = Literal["costs_positive", "costs_negative"]

NO_PERIOD = N_("The profile needs a column of the period, or the year of the file.")
NO_PART = N_(
    "The accounts %(first)s–%(last)s belong to no part of the budget. Give part and source, or leave them out."
)
OVERLAP = N_("The accounts %(first)s–%(last)s stand in another range too.")
BACKWARDS = N_("The accounts %(first)s–%(last)s end before they begin.")
NOT_A_NUMBER = N_('"%(value)s" is no account: only digits.')
NO_RANGES = N_("The profile names no accounts.")


@dataclass(frozen=True, slots=True)
class LedgerColumns:
    """The headings by which each column is found; any of a list will do. ``document`` tells rows that stand twice."""

    project: tuple[str, ...]
    account: tuple[str, ...]
    amount: tuple[str, ...]
    period: tuple[str, ...] = ()
    document: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountRange:
    """Accounts from ``first`` to ``last``, both included, as text of digits."""

    first: str = field(metadata={"key": "from"})
    last: str = field(metadata={"key": "to"})
    part: BudgetPart | None = None
    source: str | None = None
    paid: bool = False
    left_out: bool = False

    def holds(self, account: str) -> bool:
        """Tell whether an account is in the range; accounts of other lengths are others."""
        return len(account) == len(self.first) and self.first <= account <= self.last


@dataclass(frozen=True, slots=True)
class LedgerStep:
    """One dated ledger of a demo municipality."""

    date: dt.date
    workbook: str


@dataclass(frozen=True, slots=True)
class LedgerProfile:
    """One municipality's ledger. ``pays_rest`` is the code of the source that bears what nobody else pays."""

    name: str
    municipality: str
    columns: LedgerColumns
    unit: Unit = "eur"
    sign: Sign = "costs_positive"
    year: int | None = None
    pays_rest: str = "own"
    accounts: tuple[AccountRange, ...] = field(default=(), metadata={"key": "account"})
    steps: tuple[LedgerStep, ...] = field(default=(), metadata={"key": "step"})

    def range_of(self, account: str) -> AccountRange | None:
        """Give the range of an account; None where the profile does not know it."""
        return next((one for one in self.accounts if one.holds(account)), None)


def parse_ledger_profile(text: str) -> LedgerProfile:
    """Read a profile; raises Refusal with every problem, each placed by its key."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(Problem(NOT_TOML, {"reason": str(error)})) from error
    loader = Loader()
    profile = loader.load(LedgerProfile, table)
    problems = loader.problems + (list(_wrong_with(profile)) if profile else [])
    if profile is None or problems:
        raise Refusal(*problems)
    return profile


def _wrong_with(profile: LedgerProfile) -> Iterator[Problem]:
    if not profile.columns.period and profile.year is None:
        yield Problem(NO_PERIOD, place="columns.period")
    if profile.year is not None and not FIRST_YEAR <= profile.year <= LAST_YEAR:
        yield Problem(NO_PERIOD, place="year")
    if not profile.accounts:
        yield Problem(NO_RANGES, place="account")
    for number, one in enumerate(profile.accounts, start=1):
        place, shown = f"account[{number}]", {"first": one.first, "last": one.last}
        for value in (one.first, one.last):
            if not (value.isascii() and value.isdigit()):
                yield Problem(NOT_A_NUMBER, {"value": value}, place)
        if len(one.first) != len(one.last) or one.first > one.last:
            yield Problem(BACKWARDS, shown, place)
        if not one.left_out and (one.part is None or one.source is None):
            yield Problem(NO_PART, shown, place)
        if any(other.holds(one.first) or other.holds(one.last) for other in profile.accounts if other is not one):
            yield Problem(OVERLAP, shown, place)

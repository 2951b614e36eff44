"""Columns of money by year: which year, planned or spent, from which source, and in which unit of euros."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import AMOUNTS, Entity, money_field, norm
from portfolio.exchange.columns.words import BUDGET_PART
from portfolio.exchange.guess.evidence import Values, is_money, is_per_cent
from portfolio.exchange.guess.model import Vocabulary
from portfolio.exchange.guess.names import sources
from portfolio.exchange.guess.words import (
    AMOUNT_WORDS,
    BARE_YEAR,
    PART_WORDS,
    PER_CENT,
    SHORT_YEAR,
    SOURCE_WORDS,
    UNIT_WORDS,
    YEAR,
)
from portfolio.exchange.profile import Years

PER_CENTS = N_("Per cents of single years have no place here.")
SEVERAL_YEARS = N_("The heading names several years, so that the amounts cannot be put into one.")
NO_YEAR = N_("The amounts are of no year that is told: choose the year.")
NO_SOURCE = N_('The heading names a funding source that is not known here: "%(text)s".')
IN_UNIT = N_("The heading tells that the amounts are in %(unit)s.")
IN_UNIT_BY_NOTE = N_('"%(text)s" tells that the amounts are in %(unit)s.')
NO_UNIT = N_("Nothing tells the unit: the amounts were taken as euros.")
SMALL = N_("The amounts are small for euros (%(number)s in the middle): are they thousands or millions?")
YEAR_OF = N_("The heading names the year %(year)s.")
YEAR_BY_NOTE = N_('"%(text)s" tells the year %(year)s.')
ASSUMED = N_("The heading does not tell all; assumed: %(what)s.")
KNOWN_AS = N_("The heading tells: %(what)s.")

UNIT_NAMES = {"eur": N_("euros"), "teur": N_("thousands of euros"), "meur": N_("millions of euros")}
MOSTLY = 0.6
ANY_YEAR = "money"
"""What a person answers who knows that a column is money, but has not told the year yet."""
SMALL_AMOUNT = 1000
OWN = "own"

Part = Literal["operating", "investment"]
Amount = Literal["planned", "forecast", "actual"]
Unit = Literal["eur", "teur", "meur"]


@dataclass(frozen=True, slots=True)
class Money:
    """What a column of money was taken for, or only why it was not; ``years`` is None then."""

    years: Years | None
    confidence: float
    reasons: tuple[Problem, ...]

    @property
    def field(self) -> str | None:
        """Name the field."""
        one = self.years
        if one is None or one.year is None:
            return None
        return money_field(one.year, one.part or "", one.source or "", one.amount)


@dataclass(frozen=True, slots=True)
class NearbyTexts:
    """Texts beside a column that may tell its unit and its year: rows above the table, below it, the sheet's name."""

    notes: tuple[str, ...] = ()

    def unit(self) -> tuple[Unit, str] | None:
        """Give the unit that a text tells, and the text; a mere "€" tells euros."""
        for text in self.notes:
            if unit := unit_in(text):
                return unit, text
        return None

    def year(self) -> tuple[int, str] | None:
        """Give the one year of all the texts, if they name no second one."""
        found = {int(year): text for text in self.notes for year in YEAR.findall(norm(text))}
        return next(iter(found.items())) if len(found) == 1 else None


def unit_in(text: str) -> Unit | None:
    """Give the unit of money that a text tells."""
    plain = norm(text)
    return cast("Unit | None", next((unit for unit, words in UNIT_WORDS.items() if words.search(plain)), None))


def year_in(text: str) -> list[int]:
    """Give the years that a heading names, "TA 25" among them."""
    plain = norm(text)
    years = dict.fromkeys(int(year) for year in YEAR.findall(plain))
    if not years:
        years = dict.fromkeys(2000 + int(year) for year in SHORT_YEAR.findall(plain))
    return list(years)


def read_money(
    heading: str, values: Values, around: NearbyTexts, vocabulary: Vocabulary, *, wanted: bool = False
) -> Money | None:
    """Take a column for a year's money; None when it does not look like money at all.

    ``wanted``: a person says that it is money, and the year is still to be found: in the heading, or in one text beside
    the table.
    """
    plain = norm(heading)
    years = year_in(heading)
    says = any(words.search(plain) for words in (*AMOUNT_WORDS.values(), *PART_WORDS.values(), *UNIT_WORDS.values()))
    if not wanted:
        if years and _is_share(plain, values, around):
            return Money(None, 0.0, (Problem(PER_CENTS),))
        if not _looks_like_money(plain, values, around, says=says, dated=bool(years)):
            return None
    if len(years) > 1:
        return Money(None, 0.0, (Problem(SEVERAL_YEARS),))
    reasons: list[Problem] = []
    if years:
        reasons.append(Problem(YEAR_OF, {"year": str(years[0])}))
    elif near := around.year():
        years = [near[0]]
        reasons.append(Problem(YEAR_BY_NOTE, {"text": near[1], "year": str(near[0])}))
    else:
        return Money(None, 0.0, (Problem(NO_YEAR),))
    return _whole(plain, years[0], values, around, vocabulary, reasons)


def _is_share(plain: str, values: Values, around: NearbyTexts) -> bool:
    """Tell whether numbers are per cents: the heading says so, or no unit is told and the values are shares."""
    if PER_CENT.search(plain):
        return True
    return unit_in(plain) is None and around.unit() is None and is_per_cent(values)


def _looks_like_money(plain: str, values: Values, around: NearbyTexts, *, says: bool, dated: bool) -> bool:
    if is_money(values) < MOSTLY or PER_CENT.search(plain):
        return False
    if dated:
        return says or (not values.is_empty and bool(BARE_YEAR.fullmatch(plain) or around.unit()))
    return says and not values.is_empty


def _whole(
    plain: str, year: int, values: Values, around: NearbyTexts, vocabulary: Vocabulary, reasons: list[Problem]
) -> Money:
    """Find amount, part, source and unit, and tell which of them were only assumed."""
    amount = next((one for one, words in AMOUNT_WORDS.items() if words.search(plain)), None)
    part = next((one for one, words in PART_WORDS.items() if words.search(plain)), None)
    source, named = find_source(plain, vocabulary)
    if source is None:
        return Money(None, 0.0, (Problem(NO_SOURCE, {"text": named}),))
    told = [Problem(AMOUNTS[amount])] if amount else []
    told += [Problem(BUDGET_PART[part])] if part else []
    assumed = ([] if amount else [Problem(AMOUNTS["planned"])]) + ([] if part else [Problem(BUDGET_PART["operating"])])
    assumed += [] if named else [Problem("%(name)s", {"name": _source_label(source, vocabulary)})]
    reasons += [Problem(KNOWN_AS, {"what": listed(told)})] if told else []
    reasons += [Problem(ASSUMED, {"what": listed(assumed)})] if assumed else []
    unit, sure, why = find_unit(plain, values, around)
    reasons += why
    years = Years(plain, cast("Amount", amount or "planned"), year, cast("Part", part or "operating"), source, unit)
    return Money(years, round(sure - 0.05 * len(assumed), 2), tuple(reasons))


def find_unit(plain: str, values: Values, around: NearbyTexts) -> tuple[Unit, float, list[Problem]]:
    """Give the unit of a column of money, how sure that is, and why: by its heading, or by a text beside the table."""
    if unit := unit_in(plain):
        return unit, 0.95, [Problem(IN_UNIT, {"unit": Problem(UNIT_NAMES[unit])})]
    if near := around.unit():
        return near[0], 0.85, [Problem(IN_UNIT_BY_NOTE, {"text": near[1], "unit": Problem(UNIT_NAMES[near[0]])})]
    middle = statistics.median([abs(one) for one in values.numbers if one] or [SMALL_AMOUNT])
    if middle < SMALL_AMOUNT:
        return "eur", 0.4, [Problem(NO_UNIT), Problem(SMALL, {"number": f"{middle:g}"})]
    return "eur", 0.7, [Problem(NO_UNIT)]


def find_source(plain: str, vocabulary: Vocabulary) -> tuple[str | None, str]:
    """Give the funding source that a heading names, and the words; without words the municipality's own."""
    known = sources(vocabulary.registry)
    for code in known:
        label = norm(_source_label(code, vocabulary))
        if label and label in plain:
            return code, label
    for kind, words in SOURCE_WORDS.items():
        if match := words.search(plain):
            found = next((code for code in known if code == kind or words.search(norm(code))), None)
            found = found or next((c for c in known if words.search(norm(_source_label(c, vocabulary)))), None)
            return found or (OWN if kind == OWN and not known else None), match[0].strip()
    return (OWN if OWN in known or not known else known[0]), ""


def _source_label(code: str, vocabulary: Vocabulary) -> str:
    return vocabulary.registry.label((Entity.SOURCE, code))


def listed(problems: Iterable[Problem]) -> Problem:
    """Join a few phrases with commas, each translated where it is shown."""
    some = list(problems)
    names = [f"p{number}" for number in range(len(some))]
    return Problem(", ".join(f"%({name})s" for name in names), dict(zip(names, some, strict=True)))

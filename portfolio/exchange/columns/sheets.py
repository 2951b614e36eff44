"""The sheets of our own workbooks and their columns: the export writes by them and the import reads by them; pure.

What a field is stands in the one table of columns (``COLUMNS``). Here stands only what our own layout adds: the order,
the columns that identify a row, those that are there for reading, and what each is called on its sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from portfolio.core.language import LANGUAGES, N_, say, say_problem
from portfolio.core.problem import Problem
from portfolio.core.text import read_whole
from portfolio.exchange.columns.column import (
    AMOUNTS,
    CATEGORY,
    QUESTION,
    SUBMITTED,
    Column,
    Entity,
    Kind,
    measure_field,
    question_field,
)
from portfolio.exchange.columns.identity import ID, VERSION
from portfolio.exchange.columns.table import COLUMNS, column
from portfolio.exchange.columns.widths import NAME_WIDTH, VALUE_WIDTH, width_of

INITIATIVES, MILESTONES, BUDGET, REVIEWS = "initiatives", "milestones", "budget", "reviews"
CODE, PORTFOLIO, TITLE, STARTS, ENDS, COMMENT, ACTION = (
    *("code", "portfolio", "title", "starts", "ends", "comment", "action"),
)
OF_UNIT, STANDS, RETURNED, LAST, NAMED = "of_unit", "stands", "returned", "last:", "named:"
"""What the sheet of reviews shows for reading: the item's unit, how far the review is, why the office returned it; and
what the names of columns begin with that show what was told last time, and what an indicator is called."""

DELETE = N_("delete")
"""The one word of the action column."""

GUIDE_TITLE = N_("Instructions")
"""The title of the first sheet, which tells how the workbook is filled in; nothing is read from it."""

REASON_HEADING = N_("What is wrong")
"""The heading of a column that tells what is wrong with a row; whoever reads the sheet passes over it."""

SHEET_TITLES: Mapping[str, str] = MappingProxyType(
    {INITIATIVES: N_("Initiatives"), MILESTONES: N_("Milestones"), BUDGET: N_("Budget"), REVIEWS: N_("Reviews")}
)
_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        ID: N_("Identity"),
        VERSION: N_("Version"),
        CODE: N_("Code"),
        PORTFOLIO: N_("Portfolio"),
        TITLE: N_("Item's title"),
        STARTS: N_("Starts (computed)"),
        ENDS: N_("Ends (computed)"),
        COMMENT: N_("Comment"),
        ACTION: N_("Action"),
        OF_UNIT: N_("Unit"),
        STANDS: N_("State"),
        RETURNED: N_("The office's comment"),
    }
)
_AMOUNT_YEAR: Mapping[str, str] = MappingProxyType(
    {
        "planned": N_("Planned %(year)s, €"),
        "forecast": N_("Forecast %(year)s, €"),
        "actual": N_("Actual %(year)s, €"),
    }
)
ANOTHER = N_("%(heading)s (%(code)s)")
LAST_TIME = N_("%(heading)s (last time)")
INDICATOR, EARLIER = N_("Indicator %(number)s"), N_("Indicator %(number)s: earlier value")

_SWEDISH = ("title_sv", "summary_sv")
_FIRST = ("kind", "spearhead", "status")
_WHO_AND_WHEN = ("unit", "owner_post", "contact_post", "timespan", STARTS, ENDS)
_MAIN = (
    *("progress", "completed_on", "in_use_on", "summary_fi", "present_state", "target_state", "goals", "solution"),
    *("results", "done_so_far", "continues", "out_of_scope", "reach", "benefits", "source", "carried_by"),
    *("core_process", "budget_effect", "permanent_need", "output_home", "training_plan", "number", "ledger_number"),
    *("publicity", "merged_into", "notes"),
)
_FOR_READING = ("forum", "decision")
_MILESTONE = (
    *("initiative", TITLE, "title_fi", "title_sv", "kind", "timespan", STARTS, ENDS, "receiver", "completed_on"),
)


_TOLD_BOTH_TIMES = (
    *("health", "health_reason", "progress", "done", "results", "benefits", "money_used", "next_goals"),
)
_VERDICT = (
    *("verdict", "verdict_what", "verdict_why", "new_goal", "new_timespan", "new_owner_post", "merged_into"),
    "done_on",
)


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """One column of a sheet of ours.

    ``field`` is the field it holds, None for what is computed or there for reading only; on the budget sheet an
    amount's field is named with the row's part and source (``columns.money_field``). ``headings`` are by language and
    unique on the sheet. ``choices`` names the list of what may be chosen; ``several`` tells that a cell may hold
    several of them with semicolons between.
    """

    key: str
    headings: Mapping[str, str]
    field: str | None
    kind: Kind
    width: float
    choices: str | None = None
    several: bool = False

    def heading(self, language: str) -> str:
        """Give what stands above the column in a language."""
        return self.headings[language]


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One sheet of ours: what its rows are, its title, and its columns in order, those of identity first."""

    key: str
    entity: Entity
    titles: Mapping[str, str]
    columns: tuple[OwnColumn, ...]

    def title(self, language: str) -> str:
        """Give the sheet's name in a language."""
        return self.titles[language]

    def find(self, key: str) -> OwnColumn | None:
        """Find a column by its key."""
        return next((one for one in self.columns if one.key == key), None)


@dataclass(frozen=True, slots=True)
class OwnScheme:
    """A way of classifying: one column of the initiatives' sheet, called by its name."""

    code: str
    names: Mapping[str, str]
    several: bool = False


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question that a round asks beside what is always asked: one column of the reviews' sheet, headed by it."""

    id: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OwnRound:
    """What a round of reviews asks of its own, and whether anything was told in an earlier one.

    ``measures`` is how many indicators the item has that has most.
    """

    questions: tuple[OwnQuestion, ...] = ()
    again: bool = True
    measures: int = 0


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What the columns depend on: the schemes, which amounts of which years, and whether rows name their portfolio.

    ``amounts`` are (year, "planned" | "forecast" | "actual") in the order of the columns. A workbook of a round of
    reviews (``asked``) holds that round and nothing else.
    """

    schemes: tuple[OwnScheme, ...] = ()
    amounts: tuple[tuple[int, str], ...] = ()
    several_portfolios: bool = False
    bilingual: bool = True
    asked: OwnRound | None = None


def own_sheets(facts: OwnFacts) -> tuple[OwnSheet, ...]:
    """Give the sheets of our own layout in their order: initiatives, milestones, budget; of a round its reviews."""
    if facts.asked is not None:
        return (_sheet(REVIEWS, Entity.REVIEW, _review_columns(facts.asked), tail=(SUBMITTED, COMMENT)),)
    return (
        _sheet(INITIATIVES, Entity.INITIATIVE, _initiative_columns(facts)),
        _sheet(MILESTONES, Entity.MILESTONE, (_own(Entity.MILESTONE, key) for key in _MILESTONE)),
        _sheet(BUDGET, Entity.BUDGET, _budget_columns(facts), tail=(COMMENT,)),
    )


def amount_key(year: int, amount: str) -> str:
    """Name the budget sheet's column of one amount of one year: "planned:2026"."""
    return f"{amount}:{year}"


def amount_heading(year: int, amount: str) -> Problem:
    """Give the heading of the budget sheet's column of one amount of one year: "Planned 2026, €"."""
    return Problem(_AMOUNT_YEAR[amount], {"year": str(year)})


def amount_parts(key: str) -> tuple[int, str] | None:
    """Give year and amount of a column that :func:`amount_key` named, None for any other."""
    amount, _, digits = key.partition(":")
    year = read_whole(digits)
    return (year, amount) if amount in AMOUNTS and year is not None else None


def field_column(sheet: OwnSheet, own: OwnColumn, several: frozenset[str] = frozenset()) -> Column | None:
    """Give the column of the one table that a column of ours holds; None for what is for reading only.

    ``several`` names the schemes of which an initiative may have several classes.
    """
    if own.field is None:
        return None
    found = amount_parts(own.field) if sheet.entity is Entity.BUDGET else None
    return column(sheet.entity, found[1] if found else own.field, several)


def _sheet(
    key: str, entity: Entity, columns: Iterable[OwnColumn], tail: tuple[str, ...] = (COMMENT, ACTION)
) -> OwnSheet:
    every = [_own(entity, ID), _own(entity, VERSION), *columns, *(_own(entity, name) for name in tail)]
    titles = {language: say(SHEET_TITLES[key], language) for language in LANGUAGES}
    return OwnSheet(key, entity, titles, tuple(_told_apart(every)))


def _initiative_columns(facts: OwnFacts) -> Iterator[OwnColumn]:
    def fields(*keys: str) -> Iterator[OwnColumn]:
        return (_own(Entity.INITIATIVE, key) for key in keys)

    yield from fields(CODE, "title_fi", *(_SWEDISH[:1] if facts.bilingual else ()))
    if facts.several_portfolios:
        yield from fields(PORTFOLIO)
    yield from fields(*_FIRST)
    yield from (_scheme(one) for one in facts.schemes)
    yield from fields(*_WHO_AND_WHEN)
    for key in _MAIN:
        yield from fields(key)
        if key == "summary_fi" and facts.bilingual:
            yield from fields(_SWEDISH[1])
    yield from fields(*(() if facts.bilingual else _SWEDISH), *_FOR_READING)


def _budget_columns(facts: OwnFacts) -> Iterator[OwnColumn]:
    yield from (_own(Entity.BUDGET, key) for key in (CODE, TITLE, "part", "source"))
    for year, amount in facts.amounts:
        key = amount_key(year, amount)
        headings = {language: say_problem(amount_heading(year, amount), language) for language in LANGUAGES}
        yield OwnColumn(key, headings, key, Kind.MONEY, width_of(key, Kind.MONEY))


def _review_columns(asked: OwnRound) -> Iterator[OwnColumn]:
    """Give what is told this time, each beside what was told last time."""

    def told(one: OwnColumn) -> Iterator[OwnColumn]:
        yield one
        if asked.again:
            headings = {name: say(LAST_TIME, name, heading=text) for name, text in one.headings.items()}
            yield OwnColumn(f"{LAST}{one.key}", headings, None, one.kind, one.width)

    yield from (_own(Entity.REVIEW, key) for key in (CODE, TITLE, OF_UNIT, STANDS, RETURNED))
    for key in _TOLD_BOTH_TIMES:
        yield from told(_own(Entity.REVIEW, key))
    for place in range(1, asked.measures + 1):
        yield from _measure_columns(place)
    for one in asked.questions:
        key = question_field(one.id)
        yield from told(OwnColumn(key, one.texts, key, Kind.TEXT, width_of(key, Kind.TEXT)))
    yield from told(_own(Entity.REVIEW, _VERDICT[0]))
    yield from (_own(Entity.REVIEW, key) for key in _VERDICT[1:])


def _measure_columns(place: int) -> Iterator[OwnColumn]:
    """Give what the indicator of a place is called, its value this time, and its value before."""
    key = measure_field(place)
    number = {"number": str(place)}
    value = column(Entity.REVIEW, key)
    yield OwnColumn(f"{NAMED}{key}", _in_each(Problem(INDICATOR, number)), None, Kind.TEXT, NAME_WIDTH)
    if value is not None:
        yield OwnColumn(key, _in_each(value.heading), key, value.kind, VALUE_WIDTH)
    yield OwnColumn(f"{LAST}{key}", _in_each(Problem(EARLIER, number)), None, Kind.TEXT, VALUE_WIDTH)


def _own(entity: Entity, key: str) -> OwnColumn:
    found = COLUMNS[entity].get(key)
    if key in _HEADINGS or found is None:
        kind = {VERSION: Kind.NUMBER, STARTS: Kind.DATE, ENDS: Kind.DATE}.get(key, Kind.TEXT)
        choices = key if key in {ACTION, PORTFOLIO} else None
        return OwnColumn(key, _in_each(Problem(_HEADINGS[key])), None, kind, width_of(key, kind), choices)
    name = None if key in _FOR_READING else key
    several = found.kind in {Kind.CHOICES, Kind.REFERENCES}
    width = width_of(key, found.kind)
    choices = _list_of(entity, found) if name else None
    return OwnColumn(key, _in_each(found.heading), name, found.kind, width, choices, several)


def _scheme(one: OwnScheme) -> OwnColumn:
    key = f"{CATEGORY}{one.code}"
    kind = Kind.REFERENCES if one.several else Kind.REFERENCE
    return OwnColumn(key, one.names, key, kind, width_of(key, kind), key, one.several)


def _list_of(entity: Entity, found: Column) -> str | None:
    """Name the list of a closed value: the words of the column itself, or all that it may refer to."""
    if found.kind in {Kind.BOOL, Kind.ANSWER}:
        return found.kind.value
    if found.choices:
        return f"{entity}.{found.name}"
    return found.to.value if found.to in {Entity.UNIT, Entity.POST, Entity.SOURCE} else None


def _in_each(heading: Problem) -> Mapping[str, str]:
    return {language: say_problem(heading, language) for language in LANGUAGES}


def _told_apart(columns: list[OwnColumn]) -> Iterator[OwnColumn]:
    """Add its code to the heading of a scheme or a question that is called like another column of the sheet."""
    counts = {language: Counter(one.headings[language] for one in columns) for language in LANGUAGES}
    for one in columns:
        named = one.key.removeprefix(LAST)
        is_free = named.startswith((CATEGORY, QUESTION))
        if is_free and any(counts[name][text] > 1 for name, text in one.headings.items()):
            code = named.partition(":")[2]
            told = {name: say(ANOTHER, name, heading=text, code=code) for name, text in one.headings.items()}
            yield replace(one, headings=told)
        else:
            yield one

"""What a profile must fulfil beyond its shape: fields that exist, patterns that compile, values that mean something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import MONEY, Column, Entity, Kind, column, norm
from portfolio.exchange.profile.load import NOT_ONE_OF
from portfolio.exchange.profile.tables import Profile, SheetProfile, Years

UNKNOWN_FIELD = N_('A row of this kind has no field "%(field)s".')
BAD_PATTERN = N_('"%(pattern)s" is not a regular expression: %(reason)s.')
BAD_VALUE = N_('"%(value)s" cannot stand in the field "%(field)s".')
NO_IDENTITY = N_("The sheet does not say which fields tell one item from another ([sheet.identity]).")
NO_PORTFOLIO = N_("The sheet does not say into which portfolio its items go.")
NO_YEAR = N_('A pattern of year columns holds "{year}", or the year is given beside it.')
INCOMPLETE_MONEY = N_(
    "A year column of money says its amount, part, source and unit; an indicator's says the amount value."
)
HEADER_ROWS = N_("A heading has one, two or three rows.")
STEPS_BACKWARDS = N_("The steps do not go forward in time.")

HIGHEST_HEADER = 3
MONEY_PARTS = 4
PSEUDO_FIELD = "sheet"
START, END = "timespan:start", "timespan:end"
"""Two columns of days or words that are read as one time."""
BAD_LETTER = N_('"%(letter)s" is not the letter of a column.')

BAD_COLOUR = N_('"%(colour)s" is not a colour: write it as six hexadecimal digits, such as 1F3864.')

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_LETTER = re.compile(r"[A-Z]{1,3}")


def check(profile: Profile) -> list[Problem]:
    """Tell everything that is wrong with the meaning of a profile."""
    problems = []
    dates = [step.date for step in profile.steps]
    if dates != sorted(dates):
        problems.append(Problem(STEPS_BACKWARDS, {}, "step"))
    colours = {name: getattr(profile.look, name) for name in ("heading", "section", "subsection", "total")}
    problems += [
        Problem(BAD_COLOUR, {"colour": colour}, f"look.{name}")
        for name, colour in colours.items()
        if not _COLOUR.fullmatch(colour)
    ]
    several = frozenset(scheme.code for scheme in profile.schemes if scheme.several)
    for number, sheet in enumerate(profile.sheets, start=1):
        problems += _Checker(profile, sheet, several, f"sheet[{number}]").problems()
    return problems


class _Checker:
    """Checks one sheet's table."""

    def __init__(self, profile: Profile, sheet: SheetProfile, several: frozenset[str], place: str) -> None:
        self._profile = profile
        self._sheet = sheet
        self._several = several
        self._place = place

    def problems(self) -> Iterator[Problem]:
        """Give each problem of the sheet."""
        sheet = self._sheet
        if not 1 <= sheet.header_rows <= HIGHEST_HEADER:
            yield self._problem(HEADER_ROWS, "header_rows")
        if sheet.entity is Entity.INITIATIVE:
            if sheet.identity is None and not self._borrowed_identity():
                yield self._problem(NO_IDENTITY, "identity")
            if sheet.portfolio is None:
                yield self._problem(NO_PORTFOLIO, "portfolio")
        yield from self._fields()
        yield from self._letters()
        yield from self._beside()
        yield from self._patterns()
        for number, years in enumerate(sheet.years, start=1):
            yield from self._years(years, f"years[{number}]")
        yield from self._constants()
        yield from self._values(sheet.values, "values")
        shared = {name: one for name, one in self._profile.values.items() if name == "amount" or self._column(name)}
        yield from self._values(shared, "values")

    def _borrowed_identity(self) -> bool:
        """Tell whether another sheet says the identity of the same portfolio's items."""
        return any(
            other.identity and other.entity is self._sheet.entity and other.portfolio == self._sheet.portfolio
            for other in self._profile.sheets
        )

    def _column(self, name: str) -> Column | None:
        return column(self._sheet.entity, name, self._several)

    def _letters(self) -> Iterator[Problem]:
        """Check the columns that are told by their letter; a year's money may be one of them."""
        for name, letter in self._sheet.letters.items():
            is_money = name.startswith(MONEY) and name.count(":") == MONEY_PARTS
            if not (is_money or self._column(name) or name in self._pseudo()):
                yield self._problem(UNKNOWN_FIELD, "letters", field=name)
            if not _LETTER.fullmatch(letter):
                yield self._problem(BAD_LETTER, f"letters.{name}", letter=letter)

    def _beside(self) -> Iterator[Problem]:
        """Check what is shown for reading: a field of the row, or of what a reference of the row means."""
        for heading, shown in self._sheet.beside.items():
            name, _, other = shown.partition(".")
            found = self._column(name)
            if found is None or (other and (found.to is None or column(found.to, other) is None)):
                yield self._problem(UNKNOWN_FIELD, f"beside.{heading}", field=shown)

    def _pseudo(self) -> set[str]:
        """Name what is no field of its own: what is split, and the two ends of a time."""
        return {*self._sheet.split, *({START, END} if self._column("timespan") else ())}

    def _fields(self) -> Iterator[Problem]:
        """Check every name of a field; a key of ``split`` may be a name of its own that stands in ``columns`` only."""
        sheet = self._sheet
        pseudo = self._pseudo()
        named = {
            "columns": sheet.columns.keys() - pseudo,
            "required": set(sheet.required or ()) - pseudo,
            "fill_down": set(sheet.fill_down) - pseudo,
            "section": {section.field for section in sheet.sections if section.field} - pseudo,
            "continuation": sheet.continuation.append if sheet.continuation else (),
            "constants": sheet.constants.keys(),
            "defaults": sheet.defaults.keys(),
            "identity": set(sheet.identity.fields if sheet.identity else ()) - {PSEUDO_FIELD},
            "split": self._split_fields(),
            "above": sheet.above.keys() - pseudo,
        }
        for key, names in named.items():
            for name in sorted(names):
                if self._column(name) is None:
                    yield self._problem(UNKNOWN_FIELD, key, field=name)

    def _split_fields(self) -> Iterable[str]:
        for expression in self._sheet.split.values():
            try:
                yield from re.compile(expression).groupindex
            except re.error:
                continue

    def _patterns(self) -> Iterator[Problem]:
        sheet = self._sheet
        expressions = {
            **{f"section[{number}]": one.pattern for number, one in enumerate(sheet.sections, start=1)},
            **{f"skip.patterns[{number}]": one for number, one in enumerate(sheet.skip.patterns, start=1)},
            "skip.until": sheet.skip.until,
            "continuation.mark": sheet.continuation.mark if sheet.continuation else None,
            **{f"split.{name}": one for name, one in sheet.split.items()},
        }
        for key, expression in expressions.items():
            try:
                re.compile(expression or "")
            except re.error as error:
                yield self._problem(BAD_PATTERN, key, pattern=expression, reason=str(error))

    def _years(self, years: Years, key: str) -> Iterator[Problem]:
        if "{year}" not in years.pattern and years.year is None:
            yield self._problem(NO_YEAR, key)
        if (years.amount == "value") != (self._sheet.entity is Entity.INDICATOR) or (
            years.amount != "value" and not (years.part and years.source and years.unit)
        ):
            yield self._problem(INCOMPLETE_MONEY, key)

    def _constants(self) -> Iterator[Problem]:
        for key, table in (("constants", self._sheet.constants), ("defaults", self._sheet.defaults)):
            for name, value in table.items():
                found = self._column(name)
                if found is not None:
                    yield from self._value(found, value, f"{key}.{name}")

    def _values(self, tables: Mapping[str, Mapping[str, Any]], key: str) -> Iterator[Problem]:
        for name, table in tables.items():
            for text, value in table.items():
                place = f"{key}.{name}.{norm(text)}"
                if name == "amount":
                    yield from self._amount(value, place)
                elif found := self._column(name):
                    yield from self._value(found, value, place)

    def _amount(self, value: Any, place: str) -> Iterator[Problem]:
        if value != "unknown" and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield self._problem(BAD_VALUE, place, value=value, field="amount")

    def _value(self, found: Column, value: Any, place: str) -> Iterator[Problem]:
        if found.kind in {Kind.CHOICE, Kind.CHOICES}:
            if value not in found.choices:
                yield self._problem(NOT_ONE_OF, place, value=value, words=", ".join(found.choices))
        elif found.kind is Kind.ANSWER:
            if value not in {"yes", "no", "unknown"}:
                yield self._problem(NOT_ONE_OF, place, value=value, words="yes, no, unknown")
        elif found.kind is Kind.MONEY:
            yield from self._amount(value, place)
        elif not isinstance(value, _PLAIN.get(found.kind, str)):
            yield self._problem(BAD_VALUE, place, value=value, field=found.name)

    def _problem(self, msgid: str, key: str, **params: object) -> Problem:
        return Problem(msgid, params, f"{self._place}.{key}")


_PLAIN: Mapping[Kind, type] = {Kind.BOOL: bool, Kind.NUMBER: int, Kind.PERCENT: int}

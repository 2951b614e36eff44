"""The profile that a guess makes: what the importer reads a workbook by, and what a person may save."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from portfolio.exchange.columns import MONEY, Entity, matches, norm
from portfolio.exchange.guess.model import ColumnGuess, SheetGuess, Vocabulary
from portfolio.exchange.guess.money import OWN, find_source
from portfolio.exchange.guess.words import YEAR
from portfolio.exchange.profile import (
    Continuation,
    Identity,
    Profile,
    Section,
    SheetProfile,
    Skip,
    Years,
)
from portfolio.exchange.rows.headings import Heading, Headings
from portfolio.files.cells import Workbook, column_letter

NAME = "guess"

_DATED = re.compile(
    r"(?<!\d)(?:(?:\d{1,2}[./-]){0,2}(?:19|20)\d\d(?:[-–]\d{1,4}){0,2}|20\d\d[01]\d[0-3]\d|\d{1,2}\.\d{1,2}\.(?:\d\d)?)(?!\d)"
)
"""A year, a span of years or a day, as they stand in the name of a sheet."""


def make_profile(sheets: list[SheetGuess], vocabulary: Vocabulary, language: str, shared: str = NAME) -> Profile:
    """Make the profile of all sheets that are read."""
    return Profile(
        name=shared,
        language=language,  # type: ignore[arg-type] # one of the three languages
        sheets=tuple(_sheet(one, vocabulary, kind_is_told=_tells_kind(one, sheets)) for one in sheets if one.read),
    )


def _tells_kind(one: SheetGuess, sheets: list[SheetGuess]) -> bool:
    """Tell whether another sheet says of what kind the items of this one are."""
    return any(
        other.read
        and other.identity == one.identity
        and any(column.field == "kind" for column in other.columns)
        and _overlap(one, other)
        for other in sheets
        if other is not one
    )


def _overlap(one: SheetGuess, other: SheetGuess) -> bool:
    keys, others = (sheet.keys.get(sheet.identity[-1], frozenset[str]()) for sheet in (one, other))
    return len(keys & others) > len(keys) / 2


def _sheet(guess: SheetGuess, vocabulary: Vocabulary, *, kind_is_told: bool) -> SheetProfile:
    header = guess.header or (1, 1)
    by_heading, by_letter = _columns(guess)
    years, units = _years(guess, by_letter)
    layout = guess.layout
    read = {one.field for one in guess.columns if one.field}
    is_initiative = guess.entity is Entity.INITIATIVE
    constants: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    if is_initiative and vocabulary.kind and "kind" not in read and not kind_is_told:
        defaults["kind"] = vocabulary.kind
    if guess.entity is Entity.BUDGET and "year" in read:
        constants |= {name: value for name, value in assumed_line(vocabulary).items() if name not in read}
    return SheetProfile(
        match=(guess.name,),
        entity=guess.entity,
        portfolio=vocabulary.portfolio or None,
        required=("title_fi",) if is_initiative else None,
        header_rows=header[1] - header[0] + 1,
        whole=True,
        spread_headings=guess.spread,
        fill_down=layout.fill_down,
        columns=by_heading,
        letters=by_letter,
        blank=layout.blank,
        sections=tuple(Section(one.field, one.pattern) for one in layout.sections),
        skip=Skip(layout.skipped, layout.until, layout.only_money, layout.blank_rows),
        continuation=Continuation(layout.continued, layout.mark) if layout.continued or layout.mark else None,
        split=dict(layout.split),
        values={field: dict(values) for field, values in layout.values.items()},
        constants=constants,
        defaults=defaults,
        units=units,
        years=years,
        identity=Identity(guess.identity) if is_initiative else None,
    )


def assumed_line(vocabulary: Vocabulary) -> dict[str, str]:
    """Give what a line of money is where no column says: of the operating budget, from the municipality's own money."""
    return {"part": "operating", "source": find_source("", vocabulary)[0] or OWN}


def _columns(guess: SheetGuess) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Give the columns by heading where that is enough, else by letter: a heading that is blank or stands twice."""
    times: dict[str, int] = {}
    for one in guess.columns:
        times[norm(one.heading)] = times.get(norm(one.heading), 0) + 1
    by_heading: dict[str, tuple[str, ...]] = {}
    by_letter: dict[str, str] = {}
    for one in guess.columns:
        if one.field is None:
            continue
        if not norm(one.heading) or times[norm(one.heading)] > 1:
            by_letter[one.field] = column_letter(one.number)
        elif not one.field.startswith(MONEY):
            by_heading[one.field] = (one.heading,)
    return by_heading, by_letter


def _years(guess: SheetGuess, by_letter: Mapping[str, str]) -> tuple[tuple[Years, ...], dict[str, Any]]:
    """Give the patterns of year columns, one for all years where the headings differ by the year only."""
    years: dict[Years, None] = {}
    units: dict[str, Any] = {}
    for one in guess.columns:
        if one.field is None:
            continue
        if one.years is None or one.field in by_letter:
            if one.unit:
                units[one.field] = one.unit
            continue
        years.setdefault(_pattern(one, guess))
    return tuple(years), units


def _pattern(one: ColumnGuess, guess: SheetGuess) -> Years:
    years = one.years
    if years is None:
        raise ValueError(one.field)
    found = YEAR.findall(norm(one.heading))
    if len(found) == 1 and int(found[0]) == years.year and "*" not in one.heading:
        pattern = re.sub(YEAR, "{year}", norm(one.heading))
        if _is_alone(pattern, years, guess):
            return replace(years, pattern=pattern, year=None)
    return replace(years, pattern=norm(one.heading))


def _is_alone(pattern: str, years: Years, guess: SheetGuess) -> bool:
    """Tell whether every column that such a pattern would take says the same but for its year, and is read."""
    for other in guess.columns:
        if re.sub(YEAR, "{year}", norm(other.heading)) != pattern:
            continue
        same = other.years
        if same is None or (same.amount, same.part, same.source, same.unit) != (
            years.amount, years.part, years.source, years.unit
        ):  # fmt: skip
            return False
    return True


def found_where_guessed(profile: Profile, workbook: Workbook, guesses: Iterable[SheetGuess]) -> Profile:
    """Let the search for each heading begin where it was guessed, where it would else be found further up."""
    sheets = {one.name: one for one in workbook.sheets}
    settled = []
    for one, guess in zip(profile.sheets, (guess for guess in guesses if guess.read), strict=True):
        found = Headings(one).search(sheets[guess.name])
        first = guess.header[0] if guess.header else 1
        is_there = isinstance(found, Heading) and found.first_row == first
        settled.append(one if is_there else replace(one, header_from=first))
    return replace(profile, sheets=tuple(settled))


def for_next_years(profile: Profile, workbook: Workbook) -> Profile:
    """Give a guessed profile for the workbooks to come: a year or a day in the name of a sheet becomes a star.

    A name stays as it is where the star would take another sheet of this workbook too, or where it is all there is.
    """
    names = [one.name for one in workbook.sheets]
    return replace(
        profile, sheets=tuple(replace(one, match=(_starred(one.match[0], names),)) for one in profile.sheets)
    )


def _starred(name: str, names: list[str]) -> str:
    glob = _DATED.sub("*", name)
    taken = [other for other in names if matches(other, [glob])]
    return glob if any(letter.isalpha() for letter in glob) and taken == [name] else name

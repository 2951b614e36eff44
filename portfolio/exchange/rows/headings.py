"""Finding the heading of a table by its words, wherever it stands, and what each column below it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from portfolio.core.language import LANGUAGES, N_, say
from portfolio.core.problem import Problem
from portfolio.exchange.columns import COLUMNS, VALUE, as_text, glob_pattern, matches, money_field, norm
from portfolio.exchange.columns.identity import ID, VERSION, SheetMeta
from portfolio.exchange.columns.sheets import REASON_HEADING
from portfolio.exchange.profile import SheetProfile, Years
from portfolio.files.cells import Address, CellValue, Sheet, column_letter, column_number

IDENTITY = frozenset({ID, VERSION})
"""Columns that only workbooks of ours have: who a row is, and its version."""

SEARCHED_ROWS = 40
NEAR = 75

NO_HEADER = N_('The heading row was not found: none of the columns "%(columns)s" is on the sheet.')
MISSING_COLUMN = N_('The column "%(column)s" is missing.')
MISSING_COLUMN_NEAR = N_('The column "%(column)s" is missing. Is it "%(near)s"?')
MISSING = frozenset({MISSING_COLUMN, MISSING_COLUMN_NEAR})
"""What is wrong with a workbook that a person made; in one of ours a column that somebody took away says nothing."""
TWICE = N_('The column "%(column)s" stands on the sheet twice, in %(first)s and %(second)s.')


@dataclass(frozen=True, slots=True)
class Heading:
    """A found heading: its rows, the field of each column, and all its texts, those of unmapped columns too."""

    first_row: int
    last_row: int
    fields: dict[int, str]
    texts: dict[int, str]
    units: dict[str, str]
    problems: tuple[Problem, ...] = ()

    @property
    def columns(self) -> dict[str, int]:
        """Give the column of each field."""
        return {field: column for column, field in self.fields.items()}


class Headings:
    """Reads headings by one sheet's profile: synonyms, patterns with stars, and the patterns of year columns."""

    def __init__(self, profile: SheetProfile, written: SheetMeta | None = None) -> None:
        """Read by a profile, and where we wrote the workbook by the headings of ours that the profile does not tell."""
        self._profile = profile
        self._written = _written(written)
        self._exact = {norm(one): field for field, synonyms in profile.columns.items() for one in synonyms}
        self._globs = [
            (glob_pattern(one), field) for field, synonyms in profile.columns.items() for one in synonyms if "*" in one
        ]
        self._years = [(_year_pattern(years), years) for years in profile.years]
        self._known: dict[str, tuple[str | None, str | None]] = {}
        letters = {} if written else profile.letters  # our own workbooks have a heading over every column
        self._letters = {column_number(letter): field for field, letter in letters.items()}

    def field(self, text: str) -> tuple[str | None, str | None]:
        """Give the field a heading stands for and, for a year's money, its unit."""
        plain = norm(text)
        if plain not in self._known:
            self._known[plain] = self._find(plain)
        return self._known[plain]

    def _find(self, plain: str) -> tuple[str | None, str | None]:
        if not plain or plain in IDENTITY:
            return plain or None, None
        if plain in self._exact:
            return self._exact[plain], None
        for expression, years in self._years:
            if match := expression.fullmatch(plain):
                year = years.year if years.year is not None else int(match["year"])
                return _year_field(years, year), years.unit
        starred = (field for expression, field in self._globs if expression.fullmatch(plain))
        return next(starred, self._written.get(plain)), None

    def search(self, sheet: Sheet) -> Heading | Problem:
        """Find the rows in which most columns and all required ones are found, else tell why not."""
        best: Heading | None = None
        spread = merged_texts(sheet, SEARCHED_ROWS + self._profile.header_from + self._profile.header_rows)
        start = self._profile.header_from
        for first in range(start, min(SEARCHED_ROWS + start - 1, len(sheet.rows)) + 1):
            found = self._read(sheet, first, spread)
            if best is None or self._rank(found) > self._rank(best):
                best = found
        if best is None or not best.fields:
            wanted = ", ".join(synonyms[0] for synonyms in self._profile.columns.values() if synonyms)
            return Problem(NO_HEADER, {"columns": wanted}, sheet.place(1))
        return best

    def _rank(self, heading: Heading) -> tuple[bool, int]:
        return not any(problem.msgid != TWICE for problem in heading.problems), len(heading.fields)

    def _read(self, sheet: Sheet, first: int, spread: dict[Address, CellValue]) -> Heading:
        last = first + self._profile.header_rows - 1
        rows = range(first, last + 1)
        if self._profile.spread_headings or self._written:  # a program may have taken our joined cells apart
            spread = {**spread_rightwards(sheet, rows), **spread}
        texts = dict(joined(sheet, rows, spread))
        for column in self._letters:
            texts.setdefault(column, column_letter(column))
        fields: dict[int, str] = {}
        units: dict[str, str] = {}
        problems: list[Problem] = []
        columns: dict[str, int] = {}
        for column, text in texts.items():
            field, unit = self._field_of(column, text)
            if field is None:
                continue
            if field in columns:
                here, there = sheet.place(last, columns[field]), sheet.place(last, column)
                shown = {"column": text, "first": here.column, "second": there.column}
                problems.append(Problem(TWICE, shown, there))
                continue
            fields[column], columns[field] = field, column
            if unit:
                units[field] = unit
        problems += self._missing(sheet, last, columns, texts)
        return Heading(first, last, fields, texts, units, tuple(problems))

    def _field_of(self, column: int, text: str) -> tuple[str | None, str | None]:
        """Give the field of a column: by its letter where the profile tells it so, and else by its heading."""
        if column in self._letters:
            return self._letters[column], None
        field, unit = self.field(text)
        return (None, None) if self._letters and field in self._profile.letters else (field, unit)

    def _missing(self, sheet: Sheet, row: int, columns: dict[str, int], texts: dict[int, str]) -> Iterator[Problem]:
        free = {norm(text): text for text in texts.values() if self.field(text)[0] is None}
        for field in required_columns(self._profile):
            if field in columns:
                continue
            wanted = self._profile.columns.get(field, (field,))[0]
            near = process.extractOne(norm(wanted), free.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
            if near:
                yield Problem(MISSING_COLUMN_NEAR, {"column": wanted, "near": free[near[0]]}, sheet.place(row))
            else:
                yield Problem(MISSING_COLUMN, {"column": wanted}, sheet.place(row))


def required_fields(profile: SheetProfile) -> tuple[str, ...]:
    """Name the fields that each row of data must fill."""
    if profile.required is not None:
        return profile.required
    given = {*profile.constants, *profile.defaults, *(section.field for section in profile.sections)}
    return tuple(name for name, one in COLUMNS[profile.entity].items() if one.required and name not in given)


def required_columns(profile: SheetProfile) -> list[str]:
    """Name the columns that must be found: a field that is split off another comes with that one's column."""
    sources = {
        group: field for field, expression in profile.split.items() for group in re.compile(expression).groupindex
    }
    wanted = [
        field if field in profile.columns else sources.get(field, field)
        for field in required_fields(profile)
        if field not in profile.constants and field not in profile.defaults
    ]
    return list(dict.fromkeys(wanted))


def unmapped(texts: Iterable[str], profiles: Iterable[SheetProfile]) -> list[str]:
    """Give, of headings that no profile of the sheet maps, those that none ignores on purpose."""
    ignored = [one for profile in profiles for one in (*profile.ignore, *profile.beside)]
    ours = {norm(say(REASON_HEADING, language)) for language in LANGUAGES}  # of a workbook of rows in error
    return [text for text in texts if text and norm(text) not in ours and not matches(text, ignored)]


def _written(meta: SheetMeta | None) -> dict[str, str]:
    """Give the field of each heading that we wrote."""
    return {norm(text): name for name, text in zip(meta.columns, meta.headings, strict=False)} if meta else {}


def joined(sheet: Sheet, rows: range, spread: dict[Address, CellValue]) -> Iterator[tuple[int, str]]:
    """Join the rows of a heading top-down; what a merged range repeats is said once."""
    for column in range(1, sheet.width + 1):
        parts: list[str] = []
        for row in rows:
            value = sheet.value(row, column)
            text = " ".join(as_text(spread.get((row, column), "") if value == "" else value, "fi").split())
            if text and (not parts or norm(parts[-1]) != norm(text)):
                parts.append(text)
        if parts:
            yield column, " ".join(parts)


def merged_texts(sheet: Sheet, last_row: int) -> dict[Address, CellValue]:
    """Give every cell of the merged ranges near the top the text of the range."""
    return {
        (row, column): sheet.value(*merged.first)
        for merged in sheet.merged
        if merged.first[0] <= last_row
        for row in range(merged.first[0], min(merged.last[0], last_row) + 1)
        for column in range(merged.first[1], merged.last[1] + 1)
    }


def spread_rightwards(sheet: Sheet, rows: range) -> dict[Address, CellValue]:
    """Give the cells of a heading's upper rows that take the text on their left: it stands once for several columns.

    It reaches as far as the row below goes on, and only from a cell that has something below it.
    """
    found: dict[Address, CellValue] = {}
    for row in rows[:-1]:
        above: CellValue = ""
        for column in range(1, sheet.width + 1):
            value = sheet.value(row, column)
            has_below = any(sheet.value(below, column) != "" for below in range(row + 1, rows.stop))
            above = (value if value != "" else above) if has_below else ""
            if value == "" and above != "":
                found[row, column] = above
    return found


def _year_pattern(years: Years) -> re.Pattern[str]:
    source = glob_pattern(years.pattern.replace("{year}", "\x00")).pattern
    return re.compile(source.replace(re.escape("\x00"), r"(?P<year>\d{4})", 1).replace(re.escape("\x00"), r"\d{4}"))


def _year_field(years: Years, year: int) -> str:
    if years.amount == "value":
        return f"{VALUE}{year}"
    return money_field(year, years.part or "", years.source or "", years.amount)

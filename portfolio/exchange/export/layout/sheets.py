"""Which tables of a profile a workbook gets, what its sheets are called, and which item stands on which."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.exchange.columns import CATEGORY, Entity, matches
from portfolio.exchange.profile import Profile, SheetProfile

LONGEST_TITLE = 31
TELLING = frozenset({"kind", "spearhead"})
"""Constants that tell what an item is, as its classes do; the others may have changed since it was placed."""

_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One table of the profile, with its number in it, counted from one."""

    number: int
    profile: SheetProfile


def choose_sheets(profile: Profile, portfolio: str | None) -> list[Chosen]:
    """Choose a profile's tables for a portfolio, None for all: of each kind those of its newest workbook.

    A profile knows its workbooks' layouts over the years; two of them for the same items would say everything twice.
    """
    asked = [
        Chosen(number, one)
        for number, one in enumerate(profile.sheets, start=1)
        if portfolio is None or one.portfolio in (None, portfolio)
    ]
    newest: dict[tuple[Entity, str | None], int] = {}
    for one in asked:
        kind = one.profile.entity, one.profile.portfolio
        newest[kind] = max(newest.get(kind, -1), _age(profile, one.profile))
    return [one for one in asked if _age(profile, one.profile) == newest[one.profile.entity, one.profile.portfolio]]


def _age(profile: Profile, sheet: SheetProfile) -> int:
    """Give the number of the last step whose workbook has the sheet; one that any workbook has is the newest."""
    if sheet.workbook is None:
        return len(profile.steps)
    steps = (number for number, step in enumerate(profile.steps) if matches(step.workbook, [sheet.workbook]))
    return max(steps, default=len(profile.steps))


def sheet_title(sheet: SheetProfile, star: str, taken: Collection[str]) -> str:
    """Give a sheet a title that its profile knows: a name as it stands there, else with its star filled.

    A second sheet of the same name gets a number, which only the workbook itself explains.
    """
    names = [one for one in sheet.match if "*" not in one] if sheet.layout == "table" else []
    starred = next((one for one in sheet.match if "*" in one), sheet.match[0])
    spaced = re.sub(r"(?<=\w)\*", " *", starred)
    text = names[0] if names else spaced.replace("*", star, 1).replace("*", "")
    plain = " ".join(_NOT_IN_A_TITLE.sub(" ", text).split()).strip("'")[:LONGEST_TITLE].strip() or star
    low = {one.casefold() for one in taken}
    numbers = (f"{plain[: LONGEST_TITLE - 4]} {number}" for number in range(2, len(low) + 3))
    return next(one for one in (plain, *numbers) if one.casefold() not in low)


def place(cells: Mapping[str, Any], sheets: Iterable[tuple[int, Mapping[str, Any]]]) -> int:
    """Give the number of the sheet whose constants an item fits best: first those that say what an item is.

    ``sheets`` are their numbers with the typed constants of each.
    """

    def misfit(one: tuple[int, Mapping[str, Any]]) -> tuple[int, int, int]:
        fitting = {name: cells.get(name) == value for name, value in one[1].items()}
        telling = [fits for name, fits in fitting.items() if name in TELLING or name.startswith(CATEGORY)]
        return telling.count(False), -telling.count(True), list(fitting.values()).count(False)

    return min(sheets, key=misfit)[0]

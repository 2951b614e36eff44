"""Reading from the address how the register list is to be shown: its columns, order, page and budget year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.pages.queries.listing import SORTS
from portfolio.pages.rules import COLUMNS, TITLE, USUAL, ListColumn, class_column
from portfolio.register.forms import Options
from portfolio.web.language import name_of

PAGE_SIZES = (25, 50, 100, 200)
USUAL_SIZE = 50
USUAL_SORT = "title"
YEARS_BACK, YEARS_AHEAD = 3, 6

NO_COLUMN = N_('The list has no column "%(value)s".')
NO_ORDER = N_('The list cannot be ordered by "%(value)s", so it is in the order of titles.')
NO_SIZE = N_('A page holds 25, 50, 100 or 200 rows, not "%(value)s".')
NO_YEAR = N_('"%(value)s" is not a year of the budget that can be shown here.')
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ListChoice:
    """How the list is shown. ``asked`` holds what differs from the usual, ready for ``url_for``; paging is not in it.

    ``offered`` are all columns that may be chosen, in their order; ``columns`` those shown.
    """

    offered: tuple[ListColumn, ...]
    columns: tuple[ListColumn, ...]
    sort: str
    page: int
    per_page: int
    year: int
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def shows(self, key: str) -> bool:
        """Tell whether a column is shown."""
        return any(column.key == key for column in self.columns)


def read_list(args: MultiDict[str, str], options: Options, year: int) -> ListChoice:
    """Read how the list is to be shown; what is not known falls back to the usual, and is told.

    ``year`` is the budget year of today, from which the years that can be asked for are counted.
    """
    reader = _Reader(args)
    offered = (*COLUMNS, *(class_column(one.scheme.id, name_of(one.scheme)) for one in options.schemes))
    return ListChoice(
        offered,
        reader.columns(offered),
        reader.one("sort", {sign + name for name in SORTS for sign in ("", "-")}, USUAL_SORT, NO_ORDER),
        max(1, args.get("page", 1, type=int)),
        int(reader.one("per", set(map(str, PAGE_SIZES)), str(USUAL_SIZE), NO_SIZE)),
        int(reader.one("budget_year", set(map(str, budget_years(year))), str(year), NO_YEAR)),
        reader.asked,
        tuple(reader.problems),
    )


def budget_years(year: int) -> range:
    """Give the years whose budget the list can show."""
    return range(year - YEARS_BACK, year + YEARS_AHEAD)


class _Reader:
    """Takes up the parameters one by one, gathering what was asked and what is not known."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self._args = args
        self.asked: dict[str, tuple[str, ...]] = {}
        self.problems: list[Problem] = []

    def one(self, name: str, known: set[str], usual: str, problem: str) -> str:
        """Read one value of those known."""
        value = self._args.get(name, "").strip()
        if value and value not in known:
            self.problems.append(Problem(problem, {"value": value[:LONGEST_SHOWN]}))
        if value not in known or value == usual:
            return usual
        self.asked[name] = (value,)
        return value

    def columns(self, offered: tuple[ListColumn, ...]) -> tuple[ListColumn, ...]:
        """Read which columns are shown: in their own order, the title always among them."""
        given = dict.fromkeys(filter(None, map(str.strip, self._args.getlist("columns"))))
        known = {column.key for column in offered}
        self.problems += [Problem(NO_COLUMN, {"value": value[:LONGEST_SHOWN]}) for value in given if value not in known]
        wanted = {*(given.keys() & known or USUAL), TITLE.key}
        columns = tuple(column for column in offered if column.key in wanted)
        if wanted != set(USUAL):
            self.asked["columns"] = tuple(column.key for column in columns)
        return columns

"""What stands in a workbook of a profile: the rows of each of its tables, in the order people expect them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.core.text import sort_key
from portfolio.exchange.columns import AMOUNTS, MONEY, UNKNOWN, VALUE, Entity, Key, money_field, money_parts
from portfolio.exchange.export.layout.sheets import Chosen, place
from portfolio.exchange.profile import SheetProfile, Years
from portfolio.exchange.queries import Present

PART_OF = frozenset({Entity.MILESTONE, Entity.INDICATOR, Entity.DOCUMENT_LINK})
"""What belongs to exactly one initiative."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: which item it is of, whose identity it bears, and the cells it may show."""

    key: Key
    cells: Mapping[str, Any]


@dataclass(slots=True)
class Contents:
    """The rows of a register that a workbook holds: those of some initiatives, and all that they may refer to."""

    present: Present
    item_ids: Collection[int]
    constants: Callable[[SheetProfile], Mapping[str, Any]]
    _order: dict[Key, int] = field(default_factory=dict)
    _items: dict[Key, None] = field(default_factory=dict)
    _alike: dict[tuple[str, Any], dict[Key, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note the order of the register, and which initiatives are meant."""
        wanted = frozenset(self.item_ids)
        self._order = {key: number for number, key in enumerate(self.present.ids)}
        of_kind = (key for key in self.present.ids if key[0] == Entity.INITIATIVE)
        self._items = {key: None for key in sorted(of_kind, key=self._rank) if self.present.ids[key] in wanted}

    def number_among_its_like(self, key: Key) -> int:
        """Give the place of a row among those of its kind, or of its scheme, counted from one."""
        kind = (key[0], self._scheme(key))
        if kind not in self._alike:
            like = (one for one in self.present.ids if (one[0], self._scheme(one)) == kind)
            self._alike[kind] = {one: number for number, one in enumerate(like, start=1)}
        return self._alike[kind].get(key, 0)

    def order_of(self, value: Any) -> int:
        """Give the place of a value in the register; what is no row of it comes first."""
        return self._order.get(value, -1) if isinstance(value, tuple) else -1

    def known(self, entity: Entity | None, scheme: str) -> list[Key]:
        """List the rows that a closed list offers: units, posts, forums, funding sources, the classes of a scheme."""
        if entity not in {Entity.UNIT, Entity.POST, Entity.FORUM, Entity.SOURCE, Entity.CATEGORY}:
            return []
        found = (key for key in self.present.ids if key[0] == entity)
        return [key for key in found if entity is not Entity.CATEGORY or self._scheme(key) == (Entity.SCHEME, scheme)]

    def _scheme(self, key: Key) -> Any:
        return self.present.cells.get(key, {}).get("scheme")

    def lines(self, chosen: Chosen, all_chosen: Iterable[Chosen]) -> list[Line]:
        """Give the rows of one table."""
        profile = chosen.profile
        match profile.entity:
            case Entity.INITIATIVE:
                keys: Iterable[Key] = self._placed(chosen, all_chosen)
            case Entity.BUDGET:
                return list(self._money(profile))
            case Entity.DECISION:
                keys = filter(self._concerns, self._of(Entity.DECISION))
            case entity if entity in PART_OF:
                keys = [key for key in self._of(entity) if self._among(profile, self._cell(key, "initiative"))]
            case Entity.DEPENDENCY:
                ends = ("predecessor", "successor")
                keys = [
                    key
                    for key in self._of(Entity.DEPENDENCY)
                    if any(self._among(profile, self._cell(key, end)) for end in ends)
                ]
            case Entity.RECURRING_DEADLINE:
                keys = [key for key in self._of(Entity.RECURRING_DEADLINE) if self._is_due_in(profile, key)]
            case entity:
                keys = self._of(entity)
        return [Line(key, self.present.cells[key]) for key in keys]

    def years(self, profile: SheetProfile, lines: Iterable[Line], today: dt.date, horizon: int) -> dict[int, set[int]]:
        """Give the years that each entry of year columns shows: those that say something, and those to plan.

        Plans go on from this year for so many years as a budget is made for; an amount that came true is shown where
        there is one, and else this year's.
        """
        cells = [(name, value) for line in lines for name, value in line.cells.items() if value is not None]
        said = {name for name, value in cells if value is not UNKNOWN}
        unknown = {name for name, value in cells if value is UNKNOWN}
        found: dict[int, set[int]] = {}
        for number, one in enumerate(profile.years):
            years = {year for name in said if (year := _year_of(one, name)) is not None}
            if one.amount == "planned":
                years |= {year for name in unknown if (year := _year_of(one, name)) is not None}
                years |= {today.year + ahead for ahead in range(horizon)}
            found[number] = {one.year} if one.year is not None else years or {today.year}
        return found

    # -------------------------------------------------------------------------------- rows of each kind
    def _of(self, entity: Entity) -> list[Key]:
        return [key for key in self.present.ids if key[0] == entity]

    def _cell(self, key: Key, name: str) -> Any:
        return self.present.cells[key].get(name)

    def _rank(self, key: Key) -> tuple[bool, str, int]:
        """Order initiatives by their numbers, those without one last."""
        number = self._cell(key, "number")
        return number is None, sort_key(number or ""), self._order[key]

    def _among(self, profile: SheetProfile, key: Any) -> bool:
        return key in self._items and self.present.portfolio_of.get(key) in (profile.portfolio, None)

    def _placed(self, chosen: Chosen, all_chosen: Iterable[Chosen]) -> Iterator[Key]:
        """Give the initiatives that stand in this table and not in another one of the same portfolio's."""
        alike = [
            (one.number, self.constants(one.profile))
            for one in all_chosen
            if one.profile.entity is Entity.INITIATIVE and one.profile.portfolio == chosen.profile.portfolio
        ]
        for key in self._items:
            if self._among(chosen.profile, key) and place(self.present.cells[key], alike) == chosen.number:
                yield key

    def _concerns(self, key: Key) -> bool:
        """Tell whether a decision is about the workbook's items, or about no item at all."""
        items = self._cell(key, "initiatives") or frozenset()
        return not items or not items.isdisjoint(self._items)

    def _is_due_in(self, profile: SheetProfile, key: Key) -> bool:
        initiative = self._cell(key, "initiative")
        if initiative is not None:
            return self._among(profile, initiative)
        return profile.portfolio is None or key[1].startswith(f"{profile.portfolio}/")

    def _money(self, profile: SheetProfile) -> Iterator[Line]:
        """Give a row for each item, or for each line of its money where the table has a row for each."""
        for key in self._items:
            if not self._among(profile, key):
                continue
            cells = self.present.cells[key]
            if "year" not in profile.columns:
                yield Line(key, {"initiative": key, **{name: cells[name] for name in cells if name.startswith(MONEY)}})
                continue
            for year, part, source in sorted({money_parts(name)[:3] for name in cells if name.startswith(MONEY)}):
                amounts = {one: shown_line(cells, money_field(year, part, source, one)) for one in AMOUNTS}
                about = {"initiative": key, "year": year, "part": part, "source": (Entity.SOURCE, source)}
                yield Line(key, {**about, **amounts})


def shown_line(cells: Mapping[str, Any], name: str) -> Any:
    """Give an amount as it is shown: what is not known is said once a line, where nothing else of the line is known."""
    year, part, source, amount = money_parts(name)
    line = {one: cells.get(money_field(year, part, source, one)) for one in AMOUNTS}
    value = line[amount]
    if value is not UNKNOWN:
        return value
    return UNKNOWN if amount == "planned" and all(one in (None, UNKNOWN) for one in line.values()) else None


def _year_of(years: Years, name: str) -> int | None:
    """Give the year of a field that a column of these years holds."""
    if years.amount == "value":
        return int(name.removeprefix(VALUE)) if name.startswith(VALUE) else None
    if not name.startswith(MONEY):
        return None
    year, part, source, amount = money_parts(name)
    return year if (part, source, amount) == (years.part, years.source, years.amount) else None

"""A page of a plan in a person's words: rows with their cells, what becomes of each, and what can be decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for

from portfolio.accounts.queries import names_of_users
from portfolio.core.language import N_
from portfolio.core.problem import Place
from portfolio.exchange.columns import Entity, measure_place
from portfolio.exchange.merge import REMOVED, WIDE, Outcome, RowFate
from portfolio.exchange.models import PlannedRow, Upload
from portfolio.exchange.queries.measured import names_by_place
from portfolio.exchange.queries.plan import PlanCell, PlanRow
from portfolio.exchange.queries.words import Words
from portfolio.exchange.views.told import place_told
from portfolio.web.current import current
from portfolio.web.language import gettext, say_here

if TYPE_CHECKING:
    from portfolio.exchange.queries.touches import Touch

BRIEF = ("kind", "status", "unit", "initiative", "timespan")
"""The fields by which a whole new row is told in one line."""
ASKED = {
    WIDE: N_("Many cells of this column are empty in the file. Choose whether they are meant to be cleared."),
    REMOVED: N_("The file removes this row, but it has been changed here since the export."),
}
"""Why a plain change is asked about."""


@dataclass(frozen=True, slots=True)
class PlanCellWords:
    """One cell as it is drawn; ``mark`` names it in the form, None where there is nothing to decide."""

    label: str
    outcome: str
    old: str | None
    new: str | None
    base: str | None
    file: str | None
    raw: str | None
    notes: tuple[str, ...]
    mark: str | None
    ticked: bool
    choice: str | None
    is_cleared: bool


@dataclass(frozen=True, slots=True)
class RowWords:
    """One row as it is drawn; ``asks`` tells whether it is decided as a whole by a choice of sides."""

    title: str
    code: str | None
    url: str | None
    kind: str | None
    place: str | None
    fate: str
    brief: str | None
    notes: tuple[str, ...]
    comment: str | None
    mark: str | None
    ticked: bool
    asks: bool
    choice: str | None
    blocked: bool
    cells: tuple[PlanCellWords, ...]


class PlanWords:
    """Says the rows of one page; names of people and of what cells refer to are loaded at once."""

    def __init__(self, upload: Upload, rows: Iterable[PlanRow]) -> None:
        """Take up the rows of a page."""
        self._rows = tuple(rows)
        self._has_base = upload.export_id is not None
        cells = [cell for row in self._rows for cell in row.cells]
        values = (value for cell in cells for value in (cell.base, cell.current, cell.incoming, cell.result))
        self._words = Words(current.session, current.municipality.id, values, current.language)
        measured = {
            row.row.entity_id
            for row in self._rows
            if row.row.entity == Entity.REVIEW and any(measure_place(cell.cell.field) for cell in row.cells)
        }
        self._indicators = names_by_place(current.session, filter(None, measured), current.language)
        self._people = names_of_users(current.session, (cell.touch.user_id for cell in cells if cell.touch))

    def rows(self) -> list[RowWords]:
        """Give the rows."""
        return [self._row(one) for one in self._rows]

    def field(self, entity: str, name: str) -> str:
        """Say what a column is called."""
        return self._words.field(Entity(entity), name)

    def _row(self, one: PlanRow) -> RowWords:
        row = one.row
        entity = Entity(row.entity) if row.entity else None
        is_whole = row.fate.is_whole and not row.blocked
        is_shown = entity is Entity.INITIATIVE and row.entity_id is not None and row.fate is not RowFate.GONE
        asks = is_whole and any(cell.cell.outcome is Outcome.CONFLICT for cell in one.cells)
        return RowWords(
            title=row.title or gettext("A row without an item"),
            code=row.code if entity in {Entity.INITIATIVE, Entity.REVIEW} else None,
            url=url_for("pages.card", initiative=row.entity_id) if is_shown else None,
            kind=self._words.entity(entity) if entity not in {None, Entity.INITIATIVE} else None,
            place=_place(row),
            fate=row.fate.value,
            brief=self._brief(one) if row.fate is RowFate.ADD else None,
            notes=tuple(say_here(problem) for problem in one.problems),
            comment=row.comment,
            mark=f"r{row.id}" if is_whole else None,
            ticked=row.ticked,
            asks=asks,
            choice=row.choice.value if row.choice else None,
            blocked=row.blocked,
            cells=tuple(self._cell(row, cell) for cell in one.cells if not _is_told_by_its_row(row, cell)),
        )

    def _cell(self, row: PlannedRow, one: PlanCell) -> PlanCellWords:
        cell, entity = one.cell, Entity(row.entity) if row.entity else None
        says = {
            name: self._words.value(entity, cell.field, value)
            for name, value in (("base", one.base), ("old", one.current), ("file", one.incoming), ("new", one.result))
        }
        alone = row.fate is RowFate.MERGE and not row.blocked and cell.outcome in {Outcome.APPLY, Outcome.CONFLICT}
        return PlanCellWords(
            label=self._label(row, cell.field),
            outcome=cell.outcome.value,
            old=says["old"],
            new=says["new"],
            base=says["base"] if self._has_base else None,
            file=says["file"],
            raw=cell.raw,
            notes=tuple(self._notes(one)),
            mark=f"c{cell.id}" if alone else None,
            ticked=cell.ticked,
            choice=cell.choice.value if cell.choice else None,
            is_cleared=cell.outcome is Outcome.APPLY and says["new"] is None and says["old"] is not None,
        )

    def _label(self, row: PlannedRow, name: str | None) -> str:
        """Name a cell by its column; that of an indicator by the indicator, which is another one in each review."""
        if not (row.entity and name):
            return gettext("The whole row")
        named = self._indicators.get((row.entity_id or 0, measure_place(name) or 0))
        return named or self._words.field(Entity(row.entity), name)

    def _notes(self, one: PlanCell) -> Iterator[str]:
        if one.problem is not None:
            yield say_here(one.problem)
        if one.cell.note in ASKED:
            yield gettext(ASKED[one.cell.note])
        if one.touch is not None:
            yield self._touched(one.touch)

    def _touched(self, touch: Touch) -> str:
        """Say who changed the present side and when, and by which file where it came in one."""
        if touch.user_id is not None and touch.user_id == current.actor.user_id:
            return self._touched_myself(touch)
        who = self._people.get(touch.user_id, gettext("Erased user")) if touch.user_id else gettext("System")
        if touch.source == "import" and touch.source_ref:
            return gettext("Changed by %(who)s %(when)s, by %(file)s", who=who, when=touch.at, file=touch.source_ref)
        return gettext("Changed by %(who)s %(when)s", who=who, when=touch.at)

    @staticmethod
    def _touched_myself(touch: Touch) -> str:
        if touch.source == "import" and touch.source_ref:
            return gettext("You changed it yourself %(when)s, by %(file)s", when=touch.at, file=touch.source_ref)
        return gettext("You changed it yourself %(when)s", when=touch.at)

    def _brief(self, one: PlanRow) -> str | None:
        said: dict[str, Any] = {
            cell.cell.field: self._words.value(Entity(one.row.entity), cell.cell.field, cell.incoming)
            for cell in one.cells
            if cell.cell.field in BRIEF
        }
        return " · ".join(said[name] for name in BRIEF if said.get(name)) or None


def _is_told_by_its_row(row: PlannedRow, one: PlanCell) -> bool:
    """Tell whether a cell says no more than its row: that it is to be removed, or that others removed it."""
    if row.fate is RowFate.GONE:
        return one.cell.outcome is Outcome.KEEP
    return one.cell.field == "removed" and one.cell.outcome is Outcome.APPLY


def _place(row: PlannedRow) -> str | None:
    return place_told(Place(row.sheet, row.row)) if row.sheet is not None else None

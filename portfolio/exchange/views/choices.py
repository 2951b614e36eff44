"""The ticks and choices of one page of a plan: what the form says, held against what is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.exchange.merge import Choice, Outcome
from portfolio.exchange.models import PlannedCell, PlannedRow, Upload
from portfolio.exchange.operations.plans import choose, tick
from portfolio.web.current import current

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

CELL, ROW = "c", "r"
LATER, OPEN, TICKED, UNTICKED = "later", "open", "ticked", "unticked"
SIDES = {"file": Choice.FILE, "current": Choice.CURRENT}


@dataclass(frozen=True, slots=True)
class Mark:
    """What can be decided, as the form names it: "c12" is a cell, "r7" a whole row."""

    kind: str
    id: int

    @property
    def name(self) -> str:
        """Give its name in the form."""
        return f"{self.kind}{self.id}"


def save_page(upload: Upload, form: MultiDict[str, str]) -> dict[Mark, str]:
    """Keep what a page says otherwise than it is kept, and return that; what the page did not show stays."""
    ticked = frozenset(form.getlist("tick"))
    kept = states(upload, marks_seen(form))
    wishes = {
        mark: wish
        for mark, state in kept.items()
        if (wish := _wish(mark, state, form.get(f"side-{mark.name}"), ticked)) is not None and wish != state
    }
    by_wish: dict[str, list[Mark]] = defaultdict(list)
    for mark, wish in wishes.items():
        by_wish[wish].append(mark)
    for wish, marks in by_wish.items():
        _keep(upload, wish, marks)
    return wishes


def marks_seen(form: MultiDict[str, str]) -> list[Mark]:
    """Read what a page showed to be decided."""
    return list(dict.fromkeys(mark for text in form.getlist("seen") if (mark := _mark(text)) is not None))


def states(upload: Upload, marks: Iterable[Mark]) -> dict[Mark, str]:
    """Tell how the cells and rows of this upload are decided: a side, later or open; ticked or unticked."""
    wanted = tuple(marks)
    cells = select(PlannedCell.id, PlannedCell.ticked, PlannedCell.choice, PlannedCell.outcome)
    cells = cells.where(PlannedCell.upload_id == upload.id, PlannedCell.id.in_(_ids(wanted, CELL)))
    rows = select(PlannedRow.id, PlannedRow.ticked, PlannedRow.choice).where(PlannedRow.upload_id == upload.id)
    rows = rows.where(PlannedRow.id.in_(ids := _ids(wanted, ROW)))
    conflicts = select(PlannedCell.row_id).where(PlannedCell.row_id.in_(ids), PlannedCell.outcome == Outcome.CONFLICT)
    asking = set(current.session.scalars(conflicts))
    found = {
        Mark(CELL, one.id): _state(one.ticked, one.choice, asks=one.outcome is Outcome.CONFLICT)
        for one in current.session.execute(cells)
    }
    return found | {
        Mark(ROW, one.id): _state(one.ticked, one.choice, asks=one.id in asking)
        for one in current.session.execute(rows)
    }


def _state(ticked: bool, choice: Choice | None, *, asks: bool) -> str:  # noqa: FBT001 -- a column of the table
    if not asks:
        return TICKED if ticked else UNTICKED
    if not ticked:
        return LATER
    return choice.value if choice is not None else OPEN


def _wish(mark: Mark, state: str, side: str | None, ticked: frozenset[str]) -> str | None:
    """Tell what the form wants of a mark; a conflict on which it says nothing stays as it is."""
    if state in {TICKED, UNTICKED}:
        return TICKED if mark.name in ticked else UNTICKED
    return side if side in {*SIDES, LATER} else None


def _keep(upload: Upload, wish: str, marks: list[Mark]) -> None:
    cells, rows = _ids(marks, CELL), _ids(marks, ROW)
    if wish in SIDES:
        choose(current.session, upload, SIDES[wish], cell_ids=cells, row_ids=rows)
    else:
        tick(current.session, upload, value=wish == TICKED, cell_ids=cells, row_ids=rows)


def _ids(marks: Iterable[Mark], kind: str) -> list[int]:
    return [mark.id for mark in marks if mark.kind == kind]


def _mark(text: str) -> Mark | None:
    kind, digits = text[:1], text[1:]
    is_one = kind in {CELL, ROW} and digits.isascii() and digits.isdigit() and len(digits) < 10  # noqa: PLR2004 -- digits that any integer column keeps
    return Mark(kind, int(digits)) if is_one else None

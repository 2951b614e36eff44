"""What the records of a workbook say, as it is compared with what is there, and what is known to have been there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core.problem import Problem
from portfolio.core.timespan import Kind as TimeKind
from portfolio.core.timespan import Timespan
from portfolio.exchange.apply.model import ByProfile, Return, Way
from portfolio.exchange.columns import UNKNOWN, Key
from portfolio.exchange.merge import CLEARED, Cells, Invalid, is_blank
from portfolio.exchange.models import ImportBatch
from portfolio.exchange.queries import Present, defaults_of, items_of
from portfolio.exchange.queries.base import bases_since_imports
from portfolio.exchange.rows import Parsed
from portfolio.exchange.rows.own import OwnCells

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def begin_new(parsed: Parsed, present: Present) -> None:
    """Fill the records of new items with the values that their profile gives to new rows."""
    for key, record in parsed.records.items():
        if record.defaults and key not in present.ids and key not in present.removed:
            record.begin()


def incoming_of(parsed: Parsed, present: Present, way: Way) -> dict[Key, Cells]:
    """Give what each record says as it is compared; a row that says what is there is not looked at cell by cell."""
    is_own = isinstance(way, Return) and way.profile is None
    blocked = parsed.blocked
    found: dict[Key, Cells] = {}
    for key, record in parsed.records.items():
        now = present.cells.get(key, {})
        own = record.cells if isinstance(record.cells, OwnCells) else None
        told = {name: cell.value for name, cell in record.cells.items()} if own is None else own.typed
        if key not in blocked and told.items() <= now.items():
            found[key] = told
            continue
        defaults = defaults_of(record.entity)
        if is_own and key not in present.cells and key not in present.gone:  # a new row holds the defaults anyway
            told = {name: None if value == defaults.get(name, ...) else value for name, value in told.items()}
        found[key] = {
            name: value
            if value is (current := now.get(name))
            else _settled(value, current, defaults.get(name), is_own=is_own)
            for name, value in told.items()
        }
    return found


def _settled(value: Any, current: Any, default: Any, *, is_own: bool) -> Any:
    """Give a cell as it is compared: what could not be read, and what says no more than is there already.

    Words that tell no time for certain leave a time that someone confirmed for the same words; in an export of ours
    the same words are the same time. A blank beside a line whose amount is unknown says the same as the line, unless
    the layout has words for it, and beside what a column holds by default the same as that.
    """
    if isinstance(value, Problem):
        return Invalid()
    if isinstance(value, Timespan) and isinstance(current, Timespan) and (is_own or value.kind is TimeKind.UNREAD):
        return current if current.words == value.words else value
    if (value is None or value is CLEARED) and current is not None and current == default:
        return current
    if value is None and current is UNKNOWN and not is_own:
        return current
    return value


def base_of(
    session: Session, way: ByProfile, present: Present, incoming: Mapping[Key, Cells], earlier: ImportBatch | None
) -> dict[Key, Cells]:
    """Give what the workbook was made from, as far as that is known without an export.

    When these very rows were imported before, it is what the file said then, also where the cell was blank or another
    value was kept; so the same file again changes nothing, whoever has changed the data since. Otherwise it is, for
    cells that were changed since the row's latest import by the profile, what they held after it. A cell that cannot
    be read any more, since what it names was renamed or removed, has no base.
    """
    if earlier is None:
        changed = {} if way.guessed else bases_since_imports(session, present, way.profile.name)
        return {
            key: {name: value for name, value in cells.items() if _says(incoming[key].get(name))}
            for key, cells in changed.items()
            if key in incoming
        }
    told = items_of(session, earlier.id)
    known = {**present.removed, **present.ids}
    return {
        key: {name: value for name, value in cells.items() if not isinstance(value, Invalid)}
        for key, cells in incoming.items()
        if (key[0], known.get(key)) in told
    }


def _says(value: Any) -> bool:
    """Tell whether a cell says anything; without an export a blank is no wish to clear."""
    return value is CLEARED or not is_blank(value)

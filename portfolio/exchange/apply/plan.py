"""What a workbook would do: read, held against what is there and what it was made from; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from portfolio.core.collecting import without_collecting
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor
from portfolio.core.timespan import Kind as TimeKind
from portfolio.core.timespan import Timespan
from portfolio.exchange.apply.alike import look_alikes
from portfolio.exchange.apply.batch import LINKS
from portfolio.exchange.apply.check import check_import
from portfolio.exchange.apply.model import ByProfile, Import, Options, Return, Way
from portfolio.exchange.apply.returning import Returned, read_return
from portfolio.exchange.columns import MONEY, UNKNOWN, Entity, Key, column, group_of, money_parts
from portfolio.exchange.columns.identity import OWN_LAYOUT
from portfolio.exchange.columns.sheets import amount_heading
from portfolio.exchange.merge import (
    CLEARED,
    WIDE,
    Cells,
    Invalid,
    Plan,
    Rules,
    ask_wide_clearing,
    is_blank,
    plan,
    resolved,
)
from portfolio.exchange.models import ImportBatch
from portfolio.exchange.profile import Profile
from portfolio.exchange.queries import Present, defaults_of, earlier_import, items_of, load_present
from portfolio.exchange.queries.base import bases_since_imports
from portfolio.exchange.queries.exports import export_of
from portfolio.exchange.queries.rights import Rights
from portfolio.exchange.rows import Parsed, Surroundings, fits, parse
from portfolio.exchange.rows.own import OwnCells
from portfolio.files.cells import Workbook
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import timespan_context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Progress: TypeAlias = Callable[[str, int, int], None]
"""Tells what is being done and how far it is; may raise to stop it."""

READING, COMPARING, CHECKING = N_("Reading the rows"), N_("Comparing with what is there"), N_("Checking the changes")
STEPS = 3

WIDE_CLEARING = N_(
    'In the column "%(column)s" %(count)s cells that held something are empty in the file. '
    "Choose whether to clear them."
)
NO_LAYOUT = N_('The export went out in the layout "%(layout)s", which is not known here any more. Take a new export.')


def find_way(
    session: Session, municipality_id: int | None, workbook: Workbook, profiles: Sequence[Profile]
) -> Way | None:
    """Tell how a workbook is read: as an export that comes back, or by the one profile that fits; None for neither.

    Raises Refusal when it is an export that is not known, or is another municipality's.
    """
    export = export_of(session, workbook, municipality_id)
    if export is not None:
        if export.layout in (None, OWN_LAYOUT):
            return Return(export)
        known = next((one for one in profiles if one.name == export.layout), None)
        if known is None:
            raise Refusal(Problem(NO_LAYOUT, {"layout": export.layout}))
        return Return(export, known)
    fitting = [one for one in profiles if fits(workbook, one)]
    return ByProfile(fitting[0]) if len(fitting) == 1 else None


def plan_import(
    session: Session,
    actor: Actor,
    municipality: Municipality,
    workbook: Workbook,
    way: Way,
    options: Options,
    progress: Progress | None = None,
) -> Import:
    """Read a workbook and plan what it would change; the session is only read and may be open for reading alone."""
    tell = progress or _silent
    with without_collecting():
        tell(READING, 0, STEPS)
        if isinstance(way, Return):
            read = _read_return(session, municipality, workbook, way, options)
        else:
            read = _read_by_profile(session, municipality, workbook, way, options)
        parsed, present = read.parsed, read.present
        _begin_new(parsed, present)
        earlier = earlier_import(session, municipality.id, way.name, parsed.content_hash)
        tell(COMPARING, 1, STEPS)
        incoming = _incoming(parsed, present, way)
        rights = Rights(actor, present, incoming)
        found = _plan(session, way, read, incoming, rights, earlier)
        found = resolved(found, options.choice) if options.choice else found
        left_out = parsed.blocked | {row.key for row in found.rows if row.has_errors or row.has_conflicts}
        notices = [*parsed.notices, *_wide_clearings(found)]
        done = Import(way, parsed, present, rights, found, [*parsed.faults], notices, left_out, earlier)
        done.notices += look_alikes(done)
        tell(CHECKING, 2, STEPS)
        check_import(session, actor, done)
        tell(CHECKING, STEPS, STEPS)
    return done


def _silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def _read_return(
    session: Session, municipality: Municipality, workbook: Workbook, way: Return, options: Options
) -> Returned:
    times = timespan_context(municipality, options.document_date, way.export.language)
    return read_return(session, municipality.id, way, workbook, times)


def _read_by_profile(
    session: Session, municipality: Municipality, workbook: Workbook, way: ByProfile, options: Options
) -> Returned:
    """Read by a profile; what the workbook was made from is not known."""
    present = load_present(session, municipality.id, way.profile)
    times = timespan_context(municipality, options.document_date, way.profile.language)
    parsed = parse(workbook, way.profile, Surroundings(times, present.registry, present.aliases))
    listed = {record.portfolio for record in parsed.of(Entity.INITIATIVE)}
    expected = frozenset(key for key, code in present.portfolio_of.items() if code in listed)
    return Returned(parsed, present, {}, lambda key: present.cells.get(key, {}), expected)


# ------------------------------------------------------------------------------------ what the workbook says
def _begin_new(parsed: Parsed, present: Present) -> None:
    """Give the records of items that are neither here nor removed what a profile says of new rows."""
    for key, record in parsed.records.items():
        if record.defaults and key not in present.ids and key not in present.removed:
            record.begin()


def _incoming(parsed: Parsed, present: Present, way: Way) -> dict[Key, Cells]:
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


# ------------------------------------------------------------------------------------ what it was made from
def _plan(
    session: Session,
    way: Way,
    read: Returned,
    incoming: Mapping[Key, Cells],
    rights: Rights,
    earlier: ImportBatch | None,
) -> Plan[Key]:
    present = read.present
    removals = {key for key, record in read.parsed.records.items() if record.removal}
    if isinstance(way, Return):
        base: Mapping[Key, Cells] = read.base
        rules = Rules(group_of, based=True)
    else:
        base = _base(session, way, present, incoming, earlier)
        rules = Rules(group_of, LINKS.__contains__, asks=way.guessed)
    found = plan(base, present.cells, incoming, rights.allows, rules, removals)
    missing = dict.fromkeys((*found.not_in_file, *sorted(read.parsed.lone)))
    found = Plan(found.rows, tuple(key for key in missing if key in read.expected))
    return ask_wide_clearing(found, _column, _Filled(read)) if isinstance(way, Return) else found


def _base(
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


def _column(key: Key, field: str) -> tuple[str, ...]:
    """Name the column in which a cell stands: the money of one year and amount is one, whatever its part and source."""
    if not field.startswith(MONEY):
        return key[0], field
    year, _, _, amount = money_parts(field)
    return key[0], MONEY, str(year), amount


def _wide_clearings(found: Plan[Key]) -> Iterator[Problem]:
    """Tell of columns of which a good part is empty in the file; a person says whether that is meant."""
    cells = ((row.key, cell) for row in found.rows for cell in row.cells if cell.note == WIDE)
    cleared = Counter(_column(key, cell.field) for key, cell in cells if cell.base is not UNKNOWN)
    for (entity, name, *amount), count in cleared.items():
        about = None if amount else column(Entity(entity), name)
        shown = about.heading if about else amount_heading(int(amount[0]), amount[1])
        yield Problem(WIDE_CLEARING, {"count": count, "column": shown})


class _Filled:
    """Counts the cells of a column that said something when the workbook was made, of the rows that are in it."""

    def __init__(self, read: Returned) -> None:
        self._read = read

    def __call__(self, column: Any) -> int:
        return sum(
            not is_blank(value)
            for key, fields in self._fields(column)
            for value in map(self._read.row(key).get, fields)
        )

    def _fields(self, column: tuple[str, ...]) -> Iterable[tuple[Key, list[str]]]:
        for key, record in self._read.parsed.records.items():
            if key[0] != column[0]:
                continue
            if column[1] != MONEY:
                yield key, [column[1]] if column[1] in record.cells else []
            else:
                yield key, [name for name in record.cells if name.startswith(MONEY) and _column(key, name) == column]

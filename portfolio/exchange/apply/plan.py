"""What a workbook would do: read, held against what is there and what it was made from; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core.problem import Problem
from portfolio.core.rights import Actor
from portfolio.core.timespan import Kind as TimeKind
from portfolio.core.timespan import Timespan
from portfolio.exchange.apply.batch import LINKS
from portfolio.exchange.apply.check import check_import
from portfolio.exchange.apply.model import Import, Options, Way
from portfolio.exchange.apply.rights import Rights
from portfolio.exchange.columns import UNKNOWN, Entity, Key, group_of
from portfolio.exchange.merge import Cells, Choice, Invalid, Plan, Rules, plan, resolved
from portfolio.exchange.models import ImportBatch
from portfolio.exchange.queries import Present, defaults_of, earlier_import, items_of, load_present
from portfolio.exchange.rows import Parsed, Surroundings, parse
from portfolio.files.cells import Workbook
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import timespan_context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def plan_import(
    session: Session, actor: Actor, municipality: Municipality, workbook: Workbook, way: Way, options: Options
) -> Import:
    """Read a workbook and plan what it would change; the session is only read and may be open for reading alone."""
    profile = way.profile
    if profile is None:
        raise NotImplementedError
    present = load_present(session, municipality.id, profile)
    times = timespan_context(municipality, options.document_date, profile.language)
    surroundings = Surroundings(times, present.registry, present.aliases)
    parsed = parse(workbook, profile, surroundings)
    earlier = earlier_import(session, municipality.id, profile.name, parsed.content_hash)
    incoming: dict[Key, Cells] = {
        key: {
            name: _settled(cell.value, present.cells.get(key, {}).get(name), defaults_of(record.entity).get(name))
            for name, cell in record.cells.items()
        }
        for key, record in parsed.records.items()
    }
    rights = Rights(actor, present, incoming)
    found = _plan(session, present, parsed, incoming, rights, earlier, options.choice)
    left_out = parsed.blocked | {row.key for row in found.rows if row.has_errors or row.has_conflicts}
    done = Import(way, parsed, present, rights, found, [*parsed.faults], [*parsed.notices], left_out, earlier)
    check_import(session, actor, done)
    return done


def _plan(
    session: Session,
    present: Present,
    parsed: Parsed,
    incoming: Mapping[Key, Cells],
    rights: Rights,
    earlier: ImportBatch | None,
    choice: Choice | None,
) -> Plan[Key]:
    base = _base(session, present, incoming, earlier)
    rules = Rules(group_of, LINKS.__contains__)
    found = plan(base, present.cells, incoming, rights.allows, rules)
    found = Plan(found.rows, tuple(key for key in found.not_in_file if _is_missed(key, present, parsed)))
    return resolved(found, choice) if choice else found


def _settled(value: Any, current: Any, default: Any) -> Any:
    """Give a cell as it is compared: what could not be read, and what says no more than is there already.

    Words that tell no time for certain leave a time that someone confirmed for the same words. A blank beside a line
    whose amount is unknown says the same as the line, and beside what a column holds by default the same as that.
    """
    if isinstance(value, Problem):
        return Invalid()
    if isinstance(value, Timespan) and value.kind is TimeKind.UNREAD and isinstance(current, Timespan):
        return current if current.words == value.words else value
    if value is None and current is not None and (current is UNKNOWN or current == default):
        return current
    return value


def _base(
    session: Session, present: Present, incoming: Mapping[Key, Cells], earlier: ImportBatch | None
) -> dict[Key, Cells]:
    """Give what the workbook was made from, where that is known: these very rows, when they were imported before.

    The base is what the file said then, also where the cell was blank or another value was kept; so the same file again
    changes nothing, whoever has changed the data since. A cell that cannot be read any more, since what it names was
    renamed or removed, has no base.
    """
    if earlier is None:
        return {}
    told = items_of(session, earlier.id)
    known = {**present.removed, **present.ids}
    return {
        key: {name: value for name, value in cells.items() if not isinstance(value, Invalid)}
        for key, cells in incoming.items()
        if (key[0], known.get(key)) in told
    }


def _is_missed(key: Key, present: Present, parsed: Parsed) -> bool:
    """Tell whether a row might have been expected: an item of a portfolio whose items the workbook lists."""
    listed = {record.portfolio for record in parsed.of(Entity.INITIATIVE)}
    return key[0] == Entity.INITIATIVE and present.portfolio_of.get(key) in listed

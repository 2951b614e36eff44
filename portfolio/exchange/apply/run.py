"""Importing a workbook: read it, hold it against what is there, and write it through the rooms' operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from portfolio.core import history
from portfolio.core.problem import Problem
from portfolio.core.rights import Actor
from portfolio.core.timespan import Kind as TimeKind
from portfolio.core.timespan import Timespan
from portfolio.exchange.apply.batch import LINKS, Batch, Row
from portfolio.exchange.apply.dating import refuse_going_back
from portfolio.exchange.apply.items import (
    check_money,
    write_decisions,
    write_handling_forums,
    write_initiatives,
    write_links,
    write_money,
)
from portfolio.exchange.apply.lookups import (
    write_categories,
    write_forums,
    write_meetings,
    write_posts,
    write_units,
)
from portfolio.exchange.apply.model import Import, Options
from portfolio.exchange.apply.parts import PARTS, write_parts
from portfolio.exchange.apply.rights import Rights
from portfolio.exchange.apply.summary import summary
from portfolio.exchange.columns import UNKNOWN, Entity, Key, group_of
from portfolio.exchange.merge import Cells, Choice, Fate, Invalid, Plan, Rules, plan
from portfolio.exchange.models import ImportBatch, ImportOrigin
from portfolio.exchange.profile import Profile
from portfolio.exchange.queries import Present, defaults_of, earlier_import, items_of, load_present
from portfolio.exchange.rows import Parsed, Surroundings, parse
from portfolio.files.cells import Workbook
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import timespan_context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def import_workbook(
    session: Session, actor: Actor, municipality: Municipality, profile: Profile, workbook: Workbook, options: Options
) -> Import:
    """Read, plan and write a workbook in the session's transaction, which the caller keeps or gives up.

    Everything sound is written: rows with faults, errors or open conflicts are left out and told. Whoever wants all or
    nothing gives the transaction up when the answer has any. A preview is an import that is given up.
    """
    history.take_turn(session)
    refuse_going_back(session, actor.at)
    before = history.latest_revision(session)
    present = load_present(session, municipality.id, profile)
    times = timespan_context(municipality, options.document_date, profile.language)
    surroundings = Surroundings(times, present.registry, present.aliases)
    parsed = parse(workbook, profile, surroundings)
    earlier = earlier_import(session, municipality.id, profile.name, parsed.content_hash)
    found = _plan(session, actor, present, parsed, earlier, options.choice)
    batch = Batch(session, actor, present, parsed, found.rights)
    blocked = parsed.blocked
    rows = [row for row in found.plan.rows if row.key not in blocked and _is_to_write(row)]
    _write(batch, rows, rehearsal=options.rehearsal)
    done = Import(
        parsed,
        present,
        found.plan,
        [*parsed.faults, *batch.faults],
        [*parsed.notices, *batch.notices],
        blocked | batch.failed | {row.key for row in found.plan.rows if row.has_errors or row.has_conflicts},
        earlier,
    )
    if options.rehearsal:
        return done
    revision = history.latest_revision(session)
    done.batch = _record(session, actor, profile, workbook, done, revision if revision > before else None, before)
    return done


@dataclass(slots=True)
class _Planned:
    plan: Plan[Key]
    rights: Rights
    incoming: dict[Key, Cells] = field(default_factory=dict)


def _plan(
    session: Session,
    actor: Actor,
    present: Present,
    parsed: Parsed,
    earlier: ImportBatch | None,
    choice: Choice | None,
) -> _Planned:
    incoming: dict[Key, Cells] = {
        key: {
            name: _settled(cell.value, present.cells.get(key, {}).get(name), defaults_of(record.entity).get(name))
            for name, cell in record.cells.items()
        }
        for key, record in parsed.records.items()
    }
    rights = Rights(actor, present, incoming)
    base = _base(session, present, incoming, earlier)
    rules = Rules(group_of, LINKS.__contains__)
    found = plan(base, present.cells, incoming, rights.allows, rules)
    found = Plan(found.rows, tuple(key for key in found.not_in_file if _is_missed(key, present, parsed)))
    return _Planned(found.resolved(choice) if choice else found, rights, incoming)


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


def _is_to_write(row: Row) -> bool:
    if row.has_errors or row.has_conflicts or row.fate is Fate.GONE:
        return False
    return row.fate is Fate.ADD or bool(row.changes)


def _write(batch: Batch, rows: list[Row], *, rehearsal: bool) -> None:
    """Write kind after kind, each after those it refers to."""
    of: dict[Entity, list[Row]] = {entity: [] for entity in Entity}
    for row in rows:
        of[Entity(row.key[0])].append(row)
    write_units(batch, of[Entity.UNIT])
    write_posts(batch, of[Entity.POST])
    write_categories(batch, of[Entity.CATEGORY])
    write_forums(batch, of[Entity.FORUM])
    write_meetings(batch, of[Entity.MEETING])
    initiatives = of[Entity.INITIATIVE]
    write_initiatives(batch, initiatives)
    write_handling_forums(batch, initiatives)
    write_decisions(batch, of[Entity.DECISION])
    write_links(batch, initiatives, of[Entity.DECISION])
    (check_money if rehearsal else write_money)(batch, initiatives)
    for entity in PARTS:
        write_parts(batch, entity, of[entity])


def _record(
    session: Session,
    actor: Actor,
    profile: Profile,
    workbook: Workbook,
    done: Import,
    revision: int | None,
    before: int,
) -> ImportBatch | None:
    """Record the import and where each item stood in the file; the same rows that change nothing are no new import."""
    if revision is None and done.earlier is not None:
        return None
    ids = done.present.ids
    told = {key: record for key, record in done.parsed.records.items() if key in ids and key not in done.left_out}
    if not told:
        return None
    batch = ImportBatch(
        municipality_id=done.present.municipality_id,
        file_name=workbook.name[:200],
        content_hash=done.parsed.content_hash,
        profile=profile.name,
        applied_at=actor.at,
        user_id=actor.user_id,
        revision_id=revision,
        base_revision_id=before if done.earlier is None else done.earlier.revision_id or before,
        counts=summary(done),
    )
    session.add(batch)
    session.flush()
    session.add_all(
        ImportOrigin(batch_id=batch.id, entity=key[0], entity_id=ids[key], sheet=sheet[:80], row=row)
        for key, record in told.items()
        for sheet, row in record.rows
    )
    session.flush()
    return batch

"""What a workbook would do: read, held against what is there and what it was made from; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from portfolio.core.collecting import without_collecting
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor
from portfolio.exchange.apply.alike import look_alikes
from portfolio.exchange.apply.batch import LINKS
from portfolio.exchange.apply.check import check_import
from portfolio.exchange.apply.clearing import ask_before_clearing, wide_clearings
from portfolio.exchange.apply.forbidden import told_by_unit
from portfolio.exchange.apply.incoming import base_of, begin_new, incoming_of
from portfolio.exchange.apply.model import ByProfile, Import, Options, Return, Way
from portfolio.exchange.apply.returning import Returned, read_return
from portfolio.exchange.columns import Entity, Key, group_of
from portfolio.exchange.columns.identity import OWN_LAYOUT
from portfolio.exchange.merge import (
    Cells,
    Plan,
    Rules,
    plan,
    resolved,
)
from portfolio.exchange.models import ImportBatch
from portfolio.exchange.profile import Profile
from portfolio.exchange.queries import earlier_import, load_present
from portfolio.exchange.queries.exports import export_of
from portfolio.exchange.queries.rights import Rights
from portfolio.exchange.rows import Surroundings, fits, parse
from portfolio.exchange.rows.read import in_order
from portfolio.files.cells import Workbook
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import timespan_context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Progress: TypeAlias = Callable[[str, int, int], None]
"""Tells what is being done and how far it is; may raise to stop it."""

READING, COMPARING, CHECKING = N_("Reading the rows"), N_("Comparing with what is there"), N_("Checking the changes")
STEPS = 3

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
        begin_new(parsed, present)
        earlier = earlier_import(session, municipality.id, way.name, parsed.content_hash)
        tell(COMPARING, 1, STEPS)
        incoming = incoming_of(parsed, present, way)
        rights = Rights(actor, present, incoming)
        found, unfit = told_by_unit(_plan(session, way, read, incoming, rights, earlier), parsed, rights)
        parsed.faults = in_order(workbook, [*parsed.faults, *unfit]) if unfit else parsed.faults
        found = resolved(found, options.choice) if options.choice else found
        left_out = parsed.blocked | {row.key for row in found.rows if row.has_errors or row.has_conflicts}
        notices = [*parsed.notices, *wide_clearings(found)]
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
        base = base_of(session, way, present, incoming, earlier)
        rules = Rules(group_of, LINKS.__contains__, asks=way.guessed)
    found = plan(base, present.cells, incoming, rights.allows, rules, removals)
    missing = dict.fromkeys((*found.not_in_file, *sorted(read.parsed.lone)))
    found = Plan(found.rows, tuple(key for key in missing if key in read.expected))
    return ask_before_clearing(found, read) if isinstance(way, Return) else found

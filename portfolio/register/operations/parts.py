"""What belongs to initiatives in rows of their own: milestones, deadlines, dependencies, indicators, links."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from portfolio.core.history import Written
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import Judge, Problems, Records, Wanted, name_of, refuse
from portfolio.core.rights import Actor
from portfolio.register.models import (
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Milestone,
    RecurringDeadline,
)
from portfolio.register.operations.cycles import judge_cycles
from portfolio.register.operations.owners import judge_indicator_owner, judge_owner
from portfolio.register.rules import check_deadline, check_indicator_value, check_milestone, check_url

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Part: TypeAlias = "type[Milestone | RecurringDeadline | Dependency | Indicator | IndicatorValue | DocumentLink]"

TWICE = N_("This stands here twice.")


def _judge_rows(check: Callable[[Mapping[str, Any], Mapping[str, Any]], list[Problem]]) -> Judge:
    """Make a judge of a pure check of one row's (cells given, whole row)."""

    def judge(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
        return {item: check(row.given, row.after) for item, row in wanted.items()}

    return judge


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of part is written, and which columns together stand only once."""

    records: Records
    key: tuple[str, ...] = ()


def _kind(model: Part, *judges: Judge, needs: Collection[str] = (), key: tuple[str, ...] = ()) -> _Kind:
    return _Kind(Records(model, judges, right=None, needs=frozenset({*needs, *key})), key)


_KINDS: dict[Part, _Kind] = {
    Milestone: _kind(
        Milestone, judge_owner("milestones"), _judge_rows(check_milestone), needs=("initiative_id", "title_fi")
    ),
    RecurringDeadline: _kind(
        RecurringDeadline,
        judge_owner("recurring_deadlines"),
        _judge_rows(check_deadline),
        needs=("initiative_id", "portfolio_id", "title_fi", "month", "day", "from_year", "to_year"),
    ),
    Dependency: _kind(
        Dependency, judge_owner("dependencies", "successor_id"), judge_cycles, key=("predecessor_id", "successor_id")
    ),
    Indicator: _kind(Indicator, judge_owner("indicators"), needs=("initiative_id", "name_fi")),
    IndicatorValue: _kind(
        IndicatorValue,
        judge_indicator_owner,
        _judge_rows(check_indicator_value),
        needs=("number", "words"),
        key=("indicator_id", "year"),
    ),
    DocumentLink: _kind(
        DocumentLink, judge_owner("document_links"), _judge_rows(check_url), needs=("initiative_id", "title")
    ),
}


def add_parts(session: Session, actor: Actor, model: Part, drafts: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    """Write new parts of initiatives and return their ids in order.

    A dependency or a year's value that was removed is the same row again.
    """
    kind = _KINDS[model]
    if not kind.key:
        return kind.records.create(session, actor, drafts)
    keyed = {tuple(draft.get(name) for name in kind.key): draft for draft in drafts}
    if len(keyed) < len(drafts):
        names = {item: name_of(draft, item) for item, draft in enumerate(drafts)}
        refuse({len(drafts) - 1: [Problem(TWICE, place=kind.key[-1])]}, names)
    return tuple(kind.records.put(session, actor, keyed, key=kind.key).ids.values())


def check_parts(session: Session, actor: Actor, model: Part, drafts: Sequence[Mapping[str, Any]]) -> Problems:
    """Tell what :func:`add_parts` would refuse, by the index of the draft; nothing is written."""
    kind = _KINDS[model]
    if not kind.key:
        return kind.records.check_new(session, actor, drafts)
    keys = [tuple(draft.get(name) for name in kind.key) for draft in drafts]
    firsts = {key: item for item, key in reversed(list(enumerate(keys)))}
    keyed = {key: drafts[item] for key, item in firsts.items()}
    found = kind.records.check_put(session, actor, keyed, key=kind.key)
    problems = {firsts[key]: found[index] for index, key in enumerate(keyed) if index in found}
    twice = {item: [Problem(TWICE, place=kind.key[-1])] for item, key in enumerate(keys) if firsts[key] != item}
    return problems | twice


def check_parts_update(
    session: Session, actor: Actor, model: Part, changes: Mapping[int, Mapping[str, Any]]
) -> Problems:
    """Tell what :func:`update_parts` would refuse, by id; nothing is written."""
    return _KINDS[model].records.check_changed(session, actor, changes)


def update_parts(
    session: Session,
    actor: Actor,
    model: Part,
    changes: Mapping[int, Mapping[str, Any]],
    *,
    versions: Mapping[int, int] | None = None,
) -> Written:
    """Write cells of parts by id; raises ``StaleError`` where a version given is no longer the present one."""
    return _KINDS[model].records.update(session, actor, changes, versions=versions)


def remove_parts(session: Session, actor: Actor, model: Part, ids: Collection[int]) -> Written:
    """Remove parts of initiatives."""
    return _KINDS[model].records.set_removed(session, actor, ids, removed=True)


def restore_parts(session: Session, actor: Actor, model: Part, ids: Collection[int]) -> Written:
    """Bring removed parts back."""
    return _KINDS[model].records.set_removed(session, actor, ids, removed=False)

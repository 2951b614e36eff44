"""What changed in milestones and classes between two revisions, in a number of statements that rows do not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.records import chunks
from portfolio.register.models import Category, InitiativeCategory, Milestone
from portfolio.register.rules.parts_difference import NO_PARTS, MilestoneChange, PartChanges, judge_milestone

TOLD = ("id", "initiative_id", "title_fi", "title_sv", "timespan", "completed_on", "removed")
FEW = 500
"""So many rows of a past are read by themselves; for more, the whole past table is read once and kept."""


def changed_parts(
    session: Session, municipality_id: int, first: int, second: int | None = None
) -> dict[int, PartChanges]:
    """Return by initiative what differs in its milestones and classes; ``second`` None is now."""
    found: dict[int, PartChanges] = {}
    for initiative, milestones in _milestones(session, municipality_id, first, second).items():
        found[initiative] = PartChanges(tuple(milestones))
    for initiative, classes in _classes(session, municipality_id, first, second).items():
        found[initiative] = replace(found.get(initiative, NO_PARTS), classes=classes)
    return found


def _milestones(
    session: Session, municipality_id: int, first: int, second: int | None
) -> dict[int, list[MilestoneChange]]:
    cells = history.cells_between(session, municipality_id, Milestone.__tablename__, first, second)
    found: defaultdict[int, list[MilestoneChange]] = defaultdict(list)
    for row in sorted(_rows(session, municipality_id, cells.keys(), second), key=lambda one: one.id):
        own = cells[row.id]
        change = judge_milestone(row, own, born=history.BIRTH in own)
        if change is not None:
            found[row.initiative_id].append(change)
    return found


def _rows(session: Session, municipality_id: int, ids: Collection[int], at: int | None) -> Iterator[Any]:
    """Give milestones by id, removed ones too."""
    if at is None:
        columns = [Milestone.__table__.c[name] for name in TOLD]
        mine = select(*columns).where(Milestone.municipality_id == municipality_id)
        for chunk in chunks(list(ids)):
            yield from session.execute(mine.where(Milestone.id.in_(chunk)))
    elif len(ids) <= FEW:
        yield from history.few(session, Milestone, municipality_id, at, with_removed=True, id=frozenset(ids))
    else:
        past = history.past(session, Milestone, municipality_id, at)
        yield from (past[identity] for identity in ids if identity in past)


def _classes(
    session: Session, municipality_id: int, first: int, second: int | None
) -> dict[int, dict[int, tuple[frozenset[int], frozenset[int]]]]:
    """Give by initiative and scheme the classes that it left and those that it got; links never become others."""
    cells = history.cells_between(session, municipality_id, InitiativeCategory.__tablename__, first, second)
    links = select(
        InitiativeCategory.id, InitiativeCategory.initiative_id, InitiativeCategory.category_id, Category.scheme_id
    ).join(Category, Category.id == InitiativeCategory.category_id)
    moved: defaultdict[tuple[int, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for chunk in chunks(list(cells)):
        for link in session.execute(links.where(InitiativeCategory.id.in_(chunk))):
            own = cells[link.id]
            old, new = own.get("removed", (False, False))
            was, is_now = not (old or history.BIRTH in own), not new
            if was is not is_now:
                moved[link.initiative_id, link.scheme_id][is_now].add(link.category_id)
    found: defaultdict[int, dict[int, tuple[frozenset[int], frozenset[int]]]] = defaultdict(dict)
    for (initiative, scheme), (left, got) in sorted(moved.items()):
        found[initiative][scheme] = frozenset(left), frozenset(got)
    return found

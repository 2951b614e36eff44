"""Collections and exports with their answers: what is open, who has answered, who was told, what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from portfolio.core import history
from portfolio.core.rights import RIGHTS, Actor, Grant, Right, Role
from portfolio.core.text import sort_key
from portfolio.exchange.models import Collection, Export, ExportLetter, ImportBatch, Upload, UploadState
from portfolio.exchange.queries.files import of_municipality, undone_batches
from portfolio.exchange.queries.receivers import receivers_of
from portfolio.exchange.rules import AnswerState, days_late, standing
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Unit
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Answer:
    """One file that came back: imported, imported and undone, or checked and not yet imported.

    ``counts`` are the import's, None where nothing has been imported; ``batch_id`` likewise.
    """

    file_name: str
    at: dt.datetime
    user_id: int | None
    batch_id: int | None = None
    counts: dict[str, int] | None = None
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class ExportState:
    """How far one export is: its unit, its answers and letters in order of time, days late while it is awaited."""

    export: Export
    unit: Unit | None
    answers: tuple[Answer, ...]
    letters: tuple[ExportLetter, ...]
    standing: AnswerState
    late: int

    @property
    def applied(self) -> tuple[Answer, ...]:
        """Give the answers that are in force."""
        return tuple(one for one in self.answers if one.batch_id is not None and not one.is_undone)


@dataclass(frozen=True, slots=True)
class CollectionState:
    """One collection with how far each of its exports is, in the order of the unit tree."""

    collection: Collection
    exports: tuple[ExportState, ...]

    def count(self, *standings: AnswerState) -> int:
        """Count the exports that are so far."""
        return sum(one.standing in standings for one in self.exports)

    @property
    def late(self) -> int:
        """Count the exports that are late."""
        return sum(one.late > 0 for one in self.exports)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A workbook that waits for a person: the collection that asks for it and how far the answer is."""

    collection: Collection
    state: ExportState


def get_collection(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> Collection | None:  # noqa: ARG001 -- a loader's shape: collections are no history
    """Return one collection of the municipality."""
    return of_municipality(session, Collection, municipality_id, key)


def collections(session: Session, municipality_id: int, today: dt.date) -> list[CollectionState]:
    """Return the collections with how far their exports are: open ones first, the latest first."""
    wanted = select(Collection).where(Collection.municipality_id == municipality_id)
    found = session.scalars(wanted.order_by(Collection.closed_at.is_not(None), Collection.id.desc())).all()
    of: dict[int, list[Export]] = defaultdict(list)
    inside = select(Export).where(Export.municipality_id == municipality_id, Export.collection_id.is_not(None))
    for export in session.scalars(inside.order_by(Export.id)):
        of[export.collection_id or 0].append(export)
    due = {one.id: one.due_on for one in found}
    states = states_of(session, municipality_id, [one for few in of.values() for one in few], today, due)
    return [CollectionState(one, tuple(states[export.id] for export in of[one.id])) for one in found]


def collections_by(session: Session, municipality_id: int, today: dt.date, sort: str) -> list[CollectionState]:
    """Return the collections sorted by a key of SORTS, "-" before it turns it; else as ``collections`` has them.

    Collections without a due day come last both ways.
    """
    found = collections(session, municipality_id, today)
    name = sort.removeprefix("-")
    if name not in SORTS:
        return found
    found.sort(key=SORTS[name], reverse=sort.startswith("-"))
    return sorted(found, key=lambda one: one.collection.due_on is None) if name == "due" else found


def collection_state(session: Session, collection: Collection, today: dt.date) -> CollectionState:
    """Return one collection with how far each of its exports is."""
    inside = select(Export).where(Export.collection_id == collection.id).order_by(Export.id)
    exports = session.scalars(inside).all()
    states = states_of(session, collection.municipality_id, exports, today, {collection.id: collection.due_on})
    return CollectionState(collection, tuple(states[one.id] for one in exports))


def export_state(session: Session, export: Export, today: dt.date) -> ExportState:
    """Return how far one export is, in a collection or not."""
    due = {}
    if export.collection_id is not None:
        due[export.collection_id] = session.get_one(Collection, export.collection_id).due_on
    return states_of(session, export.municipality_id, [export], today, due)[export.id]


def states_of(
    session: Session,
    municipality_id: int,
    exports: Sequence[Export],
    today: dt.date,
    due: dict[int, dt.date | None],
) -> dict[int, ExportState]:
    """Tell how far each export is, by its id, in a number of queries that does not grow with them.

    ``due`` are the due days of collections, by their ids.
    """
    ids = [one.id for one in exports]
    answers, letters = _answers(session, ids), _letters(session, ids)
    units = frozenset(one.unit_id for one in exports if one.unit_id is not None)
    by_id = {unit.id: unit for unit in history.rows(session, Unit, municipality_id, with_removed=True, id=units)}
    found = {}
    for export in exports:
        here = tuple(sorted(answers[export.id], key=lambda one: one.at))
        state = standing(
            is_applied=any(one.batch_id is not None and not one.is_undone for one in here),
            is_checked=any(one.batch_id is None for one in here),
            is_closed=export.closed_at is not None,
        )
        late = days_late(due.get(export.collection_id or 0), today, state)
        unit = by_id.get(export.unit_id or 0)
        found[export.id] = ExportState(export, unit, here, tuple(letters[export.id]), state, late)
    return found


def waiting_for(session: Session, actor: Actor, municipality_id: int, today: dt.date) -> list[Waiting]:
    """Return the workbooks of open collections that this person is asked to answer and has not, the first due first."""
    statement = (
        select(Export, Collection)
        .join(Collection, Collection.id == Export.collection_id)
        .where(Export.municipality_id == municipality_id, Export.closed_at.is_(None), Collection.closed_at.is_(None))
        .order_by(Collection.due_on.is_(None), Collection.due_on, Export.id)
    )
    asked = {export: collection for export, collection in session.execute(statement)}  # noqa: C416 -- rows are not pairs to the type checker
    if not asked:
        return []
    receivers = receivers_of(session, municipality_id, asked.keys(), today)
    mine = [one for one in asked if any(user.id == actor.user_id for user in receivers[one.id].users)]
    states = states_of(session, municipality_id, mine, today, {one.id: one.due_on for one in asked.values()})
    awaited = {AnswerState.OPEN, AnswerState.CHECKED}
    return [Waiting(asked[one], states[one.id]) for one in mine if states[one.id].standing in awaited]


def may_open_export(session: Session, actor: Actor, export: Export) -> bool:
    """Tell whether the actor may see and fetch an export.

    Its maker and whoever imports may, who edits in its unit, and who is responsible for something that it holds.
    """
    if actor.may(Right.IMPORT) or (actor.user_id is not None and actor.user_id == export.user_id):
        return True
    unit = export.unit_id
    if unit is not None and any(Right.EDIT in RIGHTS[one.role] and one.covers(unit) for one in actor.grants):
        return True
    own = select(Initiative.id).where(
        Initiative.municipality_id == export.municipality_id, Initiative.owner_post_id.in_(actor.post_ids)
    )
    return bool(actor.post_ids) and not set(export.item_ids).isdisjoint(session.scalars(own))


def answering(session: Session, export: Export, actor: Actor) -> Actor:
    """Give the one for whom an export is made: for a unit's workbook of a collection, a reporter of that unit.

    Whoever fetches it, the cells that are open in it are those that the unit may answer.
    """
    if export.collection_id is None or export.unit_id is None:
        return actor
    reach = organisation.expand_units(session, export.municipality_id, {export.unit_id})
    return Actor(None, "reporter", export.municipality_id, (Grant(Role.REPORTER, reach),), actor.at)


def items_by_unit(session: Session, municipality_id: int) -> dict[int, int]:
    """Count the initiatives of each unit."""
    counted = (
        select(Initiative.unit_id, func.count())
        .where(Initiative.municipality_id == municipality_id, Initiative.removed.is_(False))
        .group_by(Initiative.unit_id)
    )
    return {unit: count for unit, count in session.execute(counted) if unit is not None}


def _answers(session: Session, export_ids: Sequence[int]) -> dict[int, list[Answer]]:
    batches = session.scalars(select(ImportBatch).where(ImportBatch.export_id.in_(export_ids))).all()
    undone = undone_batches(session, [one.id for one in batches])
    checked = select(Upload).where(Upload.export_id.in_(export_ids), Upload.state == UploadState.CHECKED)
    found: dict[int, list[Answer]] = defaultdict(list)
    for batch in batches:
        answer = Answer(
            batch.file_name, batch.applied_at, batch.user_id, batch.id, batch.counts, is_undone=batch.id in undone
        )
        found[batch.export_id or 0].append(answer)
    for upload in session.scalars(checked):
        found[upload.export_id or 0].append(Answer(upload.file_name, upload.at, upload.user_id))
    return found


def _letters(session: Session, export_ids: Sequence[int]) -> dict[int, list[ExportLetter]]:
    found: dict[int, list[ExportLetter]] = defaultdict(list)
    asked = select(ExportLetter).where(ExportLetter.export_id.in_(export_ids)).order_by(ExportLetter.id)
    for letter in session.scalars(asked):
        found[letter.export_id].append(letter)
    return found


def people_in(states: Iterable[ExportState]) -> set[int]:
    """Return the ids of the users that answers and letters name."""
    told = {letter.user_id for one in states for letter in one.letters}
    return told | {answer.user_id for one in states for answer in one.answers if answer.user_id is not None}


def _progress(one: CollectionState) -> int:
    """Order collections by how far they are: open and late, open, answered by all, closed."""
    if one.collection.closed_at is not None:
        return 3
    return (0 if one.late else 1) if one.count(AnswerState.OPEN, AnswerState.CHECKED) else 2


SORTS: Mapping[str, Callable[[CollectionState], Any]] = MappingProxyType(
    {
        "name": lambda one: sort_key(one.collection.name),
        "due": lambda one: one.collection.due_on or dt.date.max,
        "answered": lambda one: one.count(AnswerState.ANSWERED),
        "awaited": lambda one: one.count(AnswerState.OPEN, AnswerState.CHECKED),
        "state": _progress,
    }
)
"""What collections are sorted by, as the list's address says it."""

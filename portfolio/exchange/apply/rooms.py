"""The operations of the rooms as an import uses them: carried out, or only judged, with the very same calls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from portfolio.budgets import operations as budgets
from portfolio.core.history import Written
from portfolio.core.problem import Problem
from portfolio.core.records import Problems, Put, name_of, refuse, rows_to_come
from portfolio.core.rights import Actor
from portfolio.forums import operations as forums
from portfolio.organisation import operations as organisation
from portfolio.register import operations as register
from portfolio.reviews import operations as reviews

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

P = ParamSpec("P")
R = TypeVar("R")


class Rooms(Protocol):
    """How writers of rows call the rooms' operations: to carry them out or only to judge them."""

    @property
    def session(self) -> Session:
        """The session that is written or read."""
        ...

    def do(self, operation: Callable[Concatenate[Session, Actor, P], R], /, *args: P.args, **options: P.kwargs) -> R:
        """Carry an operation out, or judge it; raises what it raises."""
        ...


@dataclass(frozen=True, slots=True)
class Writing:
    """Carries operations out."""

    session: Session
    actor: Actor

    def do(self, operation: Callable[Concatenate[Session, Actor, P], R], /, *args: P.args, **options: P.kwargs) -> R:
        """Carry an operation out."""
        return operation(self.session, self.actor, *args, **options)


@dataclass(slots=True)
class Judging:
    """Judges operations without writing, so that no lock is taken and a session for reading will do.

    Each refuses what it would refuse. A row that would be made gets an id below zero, by which later rows may refer to
    it; ``returning`` are the removed initiatives and parts that would be restored.
    """

    session: Session
    actor: Actor
    returning: set[tuple[object, int]] = field(default_factory=set)
    _ids: Iterator[int] = field(default_factory=lambda: count(-1, -1))

    def do(self, operation: Callable[Concatenate[Session, Actor, P], R], /, *args: P.args, **options: P.kwargs) -> R:
        """Judge an operation, and answer as it would."""
        with rows_to_come():
            answer: R = _JUDGES[operation](self, *args, **options)
        return answer

    def new_ids(self, number: int) -> tuple[int, ...]:
        """Give ids to rows that would be made."""
        return tuple(next(self._ids) for _ in range(number))

    def refuse(self, problems: Mapping[int, Sequence[Problem]], rows: Mapping[int, Any] | Sequence[Any]) -> None:
        """Refuse a batch as the operation would."""
        if problems:
            named = rows.items() if isinstance(rows, Mapping) else enumerate(rows)
            refuse(problems, {item: name_of(row if isinstance(row, Mapping) else {}, item) for item, row in named})

    def as_present(self, model: object, changes: Mapping[int, Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
        """Give changes of rows that would have been restored before as changes that restore."""
        return {
            identity: {**values, "removed": False} if (model, identity) in self.returning else values
            for identity, values in changes.items()
        }


Check = Callable[..., Problems]


def _put(check: Check) -> Callable[..., Put[Any]]:
    def judge(rooms: Judging, *args: Any) -> Put[Any]:
        rows = args[-1]
        rooms.refuse(check(rooms.session, rooms.actor, *args), list(rows.values()))
        return Put(dict(zip(rows, rooms.new_ids(len(rows)), strict=True)), Written())

    return judge


def _create(check: Check) -> Callable[..., tuple[int, ...]]:
    def judge(rooms: Judging, *args: Any) -> tuple[int, ...]:
        rooms.refuse(check(rooms.session, rooms.actor, *args), args[-1])
        return rooms.new_ids(len(args[-1]))

    return judge


def _update_initiatives(rooms: Judging, changes: Mapping[int, Mapping[str, Any]]) -> Written:
    wanted = rooms.as_present(register.update_initiatives, changes)
    rooms.refuse(register.check_update(rooms.session, rooms.actor, wanted), wanted)
    return Written()


def _set_initiatives_removed(*, removed: bool) -> Callable[[Judging, Collection[int]], Written]:
    def judge(rooms: Judging, ids: Collection[int]) -> Written:
        wanted = {identity: {"removed": removed} for identity in ids}
        rooms.refuse(register.check_update(rooms.session, rooms.actor, wanted), wanted)
        if not removed:
            rooms.returning |= {(register.update_initiatives, identity) for identity in ids}
        return Written()

    return judge


def _set_categories(rooms: Judging, choices: Mapping[int, register.Choice]) -> Written:
    returning = {identity for model, identity in rooms.returning if model is register.update_initiatives}
    rooms.refuse(register.check_classes(rooms.session, rooms.actor, choices, returning), choices)
    return Written()


def _update_parts(rooms: Judging, model: register.Part, changes: Mapping[int, Mapping[str, Any]]) -> Written:
    wanted = rooms.as_present(model, changes)
    rooms.refuse(register.check_parts_update(rooms.session, rooms.actor, model, wanted), wanted)
    return Written()


def _set_parts_removed(*, removed: bool) -> Callable[[Judging, register.Part, Collection[int]], Written]:
    def judge(rooms: Judging, model: register.Part, ids: Collection[int]) -> Written:
        wanted = {identity: {"removed": removed} for identity in ids}
        rooms.refuse(register.check_parts_update(rooms.session, rooms.actor, model, wanted), wanted)
        if not removed:
            rooms.returning |= {(model, identity) for identity in ids}
        return Written()

    return judge


def _set_budget_cells(rooms: Judging, cells: Mapping[budgets.Key, Mapping[str, Any]]) -> Written:
    """Judge amounts; those of an initiative that would be restored before are judged as a new one's."""
    returning = {identity for model, identity in rooms.returning if model is register.update_initiatives}
    wanted = {(-key[0] if key[0] in returning else key[0], *key[1:]): amounts for key, amounts in cells.items()}
    rooms.refuse(budgets.check_budget_cells(rooms.session, rooms.actor, wanted), list(cells))
    return Written()


def _answer(*, whole: bool) -> Callable[..., Written]:
    def judge(rooms: Judging, answers: Mapping[int, Mapping[str, Any]], *, today: dt.date) -> Written:  # noqa: ARG001 -- what is wrong does not hang on the day
        rooms.refuse(reviews.check_answers(rooms.session, rooms.actor, answers, whole=whole), answers)
        return Written()

    return judge


def _link(check: Check) -> Callable[[Judging, Any], Written]:
    def judge(rooms: Judging, rows: Any) -> Written:
        rooms.refuse(check(rooms.session, rooms.actor, rows), list(rows))
        return Written()

    return judge


def _nothing(_session: Session, _actor: Actor, _rows: Any) -> Problems:
    return {}


_JUDGES: dict[Callable[..., Any], Callable[..., Any]] = {
    organisation.put_units: _put(organisation.check_units),
    organisation.put_posts: _put(organisation.check_posts),
    register.put_categories: _put(register.check_categories),
    forums.put_forums: _put(forums.check_forums),
    forums.put_meetings: _put(forums.check_meetings),
    forums.record_decisions: _create(forums.check_decisions),
    forums.link_decisions: _link(forums.check_links),
    forums.unlink_decisions: _link(_nothing),
    forums.set_handling_forums: _link(forums.check_handling_forums),
    register.create_initiatives: _create(register.check_creation),
    register.update_initiatives: _update_initiatives,
    register.remove_initiatives: _set_initiatives_removed(removed=True),
    register.restore_initiatives: _set_initiatives_removed(removed=False),
    register.set_categories: _set_categories,
    register.add_parts: _create(register.check_parts),
    register.update_parts: _update_parts,
    register.remove_parts: _set_parts_removed(removed=True),
    register.restore_parts: _set_parts_removed(removed=False),
    budgets.set_budget_cells: _set_budget_cells,
    reviews.submit_reviews: _answer(whole=True),
    reviews.write_answers: _answer(whole=False),
}
"""How each operation is judged: its room's own check, asked in its place."""

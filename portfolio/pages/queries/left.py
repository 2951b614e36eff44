"""What an undo left as it is, in a person's words: which item, which of its fields, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portfolio.core import history
from portfolio.core.history import BIRTH, CellChange, Left
from portfolio.core.language import N_, say, say_problem
from portfolio.core.records import chunks
from portfolio.pages.queries.undo import initiatives_of
from portfolio.pages.queries.words import Speaker, as_born
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

CHANGED_SINCE = N_("it has changed since, so it stays as it is: %(now)s")
CLEARED_SINCE = N_("it has changed since, so it stays as it is: empty")
NEW_CHANGED_SINCE = N_("it is new and has changed since, so it stays")


@dataclass(frozen=True, slots=True)
class LeftWords:
    """A cell that an undo left: its item by code and title, its field (with the part's name), and why it stays.

    ``label`` is None where the item itself stays.
    """

    cell: Left
    item: str
    label: str | None
    message: str


def left_in_words(session: Session, municipality_id: int, left: Sequence[Left], language: str) -> list[LeftWords]:
    """Say what an undo left; the number of queries does not grow with it."""
    now = _now(session, municipality_id, left)
    parts = as_born(session, municipality_id, now, None)
    speaker = Speaker(session, municipality_id, [*now, *parts], language)
    names = {(part.entity, part.entity_id): speaker.row(part) for part in parts}
    owners = initiatives_of(session, municipality_id, names.keys())
    found = []
    for one, cell in zip(left, now, strict=True):
        key = (one.entity, one.entity_id)
        owner, name = owners.get(key), names.get(key, "")
        is_part = owner is not None and one.entity != Initiative.__tablename__
        field = None if one.field == BIRTH else speaker.field(one.entity, one.field)
        label = " · ".join(filter(None, (name if is_part else None, field))) or None
        item = f"{owner.code} {_title(owner, language)}" if owner is not None else name
        found.append(LeftWords(one, item, label, _why(one, speaker.value(one.entity, one.field, cell.new), language)))
    return found


def _now(session: Session, municipality_id: int, left: Sequence[Left]) -> list[CellChange]:
    """Give what each cell holds now; of a row that stays as a whole whether it is removed."""
    ids: dict[str, set[int]] = defaultdict(set)
    for one in left:
        ids[one.entity].add(one.entity_id)
    models: dict[str, Any] = dict(history.versioned_models())
    rows = {
        (entity, row.id): row
        for entity, few in ids.items()
        for chunk in chunks(sorted(few))
        for row in history.rows(session, models[entity], municipality_id, with_removed=True, id=frozenset(chunk))
    }
    names = ("removed" if one.field == BIRTH else one.field for one in left)
    return [
        CellChange(one.entity, one.entity_id, name, None, getattr(rows[one.entity, one.entity_id], name))
        for one, name in zip(left, names, strict=True)
    ]


def _why(one: Left, now: str | None, language: str) -> str:
    if one.problem is not None:
        return say_problem(one.problem, language)
    if one.field == BIRTH:
        return say(NEW_CHANGED_SINCE, language)
    return say(CHANGED_SINCE, language, now=now) if now is not None else say(CLEARED_SINCE, language)


def _title(owner: Initiative, language: str) -> str:
    return (owner.title_sv if language == "sv" else None) or owner.title_fi

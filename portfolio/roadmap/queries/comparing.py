"""What changed in what a roadmap shows since another time: for ghost bars, texts, the sentence, what has left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.forums.models import InitiativeForum
from portfolio.register.queries import categories_of, difference_names
from portfolio.register.rules import Aspect, Difference, Earlier, InitiativeFilter, ItemDifference, Names, cells_of
from portfolio.roadmap.bars import Item
from portfolio.roadmap.queries.differing import Narrowed, read_changes
from portfolio.roadmap.queries.find import FoundInitiative
from portfolio.roadmap.queries.rows import Drawn, taken

GONE = frozenset({Aspect.LEFT, Aspect.EXITED})
"""What says that an initiative stands in no lane any more: it was removed, or the filter keeps it no more."""


@dataclass(frozen=True, slots=True)
class Against:
    """The time that a roadmap is compared with: its revision, what people call it, and the filter as it read then.

    ``filter`` is None where it is the same as at the time shown.
    """

    revision: int
    words: str
    filter: InitiativeFilter | None = None


@dataclass(frozen=True, slots=True)
class ShownDifferences:
    """What differs of the initiatives shown, by id, with the names that its cells refer to, and what has left."""

    difference: Difference
    names: Names
    left: tuple[FoundInitiative, ...]

    def mark(self, items: Iterable[Item], language: str) -> Iterator[Item]:
        """Give each item with what changed in it."""
        changes = {one.row.id: one for one in self.difference.items}
        for item in items:
            change = changes.get(item.id)
            yield item if change is None else self._marked(item, change, language)

    def gone(self, items: Iterable[Item], language: str) -> tuple[Item, ...]:
        """Give the items that have left, made of ``left``: never late, with the owner that they had."""
        owners = {one.row.id: one.row.owner_post_id for one in self.left}
        return tuple(
            item._replace(late=False, owner=self.names.get(("post", owners[item.id] or 0)))
            for item in self.mark(items, language)
        )

    def _marked(self, item: Item, change: ItemDifference, language: str) -> Item:
        return item._replace(change=change, told=tuple(cells_of(change, self.names, language)))


def read_since(
    session: Session,
    municipality_id: int,
    against: Against,
    at: int | None,
    found: Sequence[FoundInitiative],
    asked: Narrowed,
    language: str,
) -> ShownDifferences:
    """Read what differs between the time compared with and the one shown (``at``, None is now), for what was found.

    What the filter kept and keeps no more has left, removed or not. The number of statements does not grow with rows.
    """
    whole = read_changes(session, municipality_id, against.revision, at, asked).difference
    shown = {one.row.id for one in found}
    left = [item for item in whole.items if item.aspects & GONE and item.row.id not in shown]
    items = tuple(item for item in whole.items if item.row.id in shown or item.aspects & GONE)
    names = difference_names(session, municipality_id, items, language)
    rows = _as_found(session, municipality_id, left, against.revision)
    return ShownDifferences(replace(whole, items=items), names, tuple(rows))


def _as_found(
    session: Session, municipality_id: int, left: Sequence[ItemDifference], at: int
) -> Iterator[FoundInitiative]:
    """Give what has left as it was at the time compared with, with the classes and the forum that it had."""
    ids = [item.row.id for item in left]
    if not ids:
        return
    classes = categories_of(session, municipality_id, ids, at=at)
    handled = history.few(session, InitiativeForum, municipality_id, at, initiative_id=frozenset(ids))
    forums: Mapping[int, int] = {one.initiative_id: one.forum_id for one in handled}
    for row in taken(Drawn, map(Earlier, left)):
        own = frozenset(one.id for one in classes.get(row.id, ()))
        yield FoundInitiative(row, category_ids=own, forum_id=forums.get(row.id))

"""Reading an export that comes back: rows by their ids, beside what the history says it was made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.core.language import HELSINKI, N_, format_date
from portfolio.core.problem import Problem
from portfolio.core.timespan import Context
from portfolio.exchange.apply.model import Return
from portfolio.exchange.apply.record import token_of
from portfolio.exchange.apply.shown import shown_of_items, shown_of_reviews
from portfolio.exchange.columns import Entity, Key, norm
from portfolio.exchange.columns.sheets import INITIATIVES, MILESTONES, OwnScheme
from portfolio.exchange.export.layout import Says
from portfolio.exchange.queries import Present, load_present
from portfolio.exchange.queries.asked import asked_in
from portfolio.exchange.queries.base import BaseSince, base_since
from portfolio.exchange.queries.exports import added_rows, meta_of
from portfolio.exchange.queries.names import table_of
from portfolio.exchange.queries.since import CellsSince, changes_since
from portfolio.exchange.rows import Parsed, Surroundings, parse
from portfolio.exchange.rows.model import Sent
from portfolio.exchange.rows.own import OwnSurroundings, read_own
from portfolio.exchange.rows.tokens import Tokens
from portfolio.files.cells import Workbook
from portfolio.register.models import CategoryScheme, Portfolio

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CLOSED = N_("The export was closed on %(day)s: its changes can still be imported.")
CHANGED_BELOW = "milestones"
"""What counts as changed of an initiative whose milestones others changed, when the file asks to remove it."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that was read: its rows, the present to compare them with, and what it was made from."""

    parsed: Parsed
    present: Present
    base: Mapping[Key, Mapping[str, Any]]
    row: Callable[[Key], Mapping[str, Any]]
    expected: frozenset[Key]


def read_return(session: Session, municipality_id: int, way: Return, workbook: Workbook, times: Context) -> Returned:
    """Read a workbook that was exported; ``expected`` are the items that it held and that are there still."""
    since = changes_since(session, municipality_id, way.export.revision_id)
    present = load_present(session, municipality_id, way.profile, since, way.export.round_id)
    bases = _Bases(session, present, since, way.export.id)
    tokens = Tokens(present.keys, bases.first.later, _versions(present, since))
    if way.profile is None:
        around = _own_surroundings(session, way, workbook, times, present, bases, tokens)
        parsed = read_own(workbook, around)
    else:
        meta = meta_of(workbook)
        plain = Surroundings(times, present.registry, present.aliases)
        sent = Sent(tokens, meta.sheets if meta else (), bases.row, Says(way.profile, plain).says)
        parsed = parse(workbook, way.profile, Surroundings(times, present.registry, present.aliases, sent))
    if way.export.closed_at is not None:
        day = format_date(way.export.closed_at.astimezone(HELSINKI).date(), way.export.language)
        parsed.notices.append(Problem(CLOSED, {"day": day}))
    base = bases.sparse()
    _add_changes_below(base, parsed, present, bases.first)
    return Returned(parsed, present, base, bases.row, _expected(way, workbook, present, bases.first, parsed))


class _Bases:
    """What each row was made from: the export's revision, or the import that made the row of this very file."""

    def __init__(self, session: Session, present: Present, since: CellsSince, export_id: int) -> None:
        self.first = base_since(session, present, since)
        self._present = present
        self._added: dict[tuple[str, str], Key] = {}
        self._of: dict[Key, BaseSince] = {}
        by_revision: dict[int, BaseSince] = {}
        for mark, (entity, identity, revision) in added_rows(session, export_id).items():
            key = present.keys[Entity(entity)].get(identity)
            if key is None:
                continue
            self._added[mark] = key
            if revision is not None:
                if revision not in by_revision:
                    later = changes_since(session, present.municipality_id, revision)
                    by_revision[revision] = base_since(session, present, later)
                self._of[key] = by_revision[revision]

    def row(self, key: Key) -> Mapping[str, Any]:
        """Give a row as the workbook was made from it."""
        return self._of.get(key, self.first).row(key, self._present)

    def added(self, key: Key) -> Key | None:
        """Find what an earlier import of the same workbook made of a new row."""
        return self._added.get((key[0], token_of(key)))

    def sparse(self) -> dict[Key, Mapping[str, Any]]:
        """Give the cells that have changed since, by row."""
        found: dict[Key, Mapping[str, Any]] = {**self.first.cells}
        for key, base in self._of.items():
            found.pop(key, None)
            if key in base.cells:
                found[key] = base.cells[key]
        return found


def _versions(present: Present, since: CellsSince) -> Callable[[Key], tuple[int, bool] | None]:
    """Give the version a row had: exactly, where nothing touched it since."""
    tables = {entity: table_of(entity) for entity in present.keys}

    def version(key: Key) -> tuple[int, bool] | None:
        now, identity = present.versions.get(key), present.ids.get(key)
        if now is None or identity is None:
            return None
        table = tables[Entity(key[0])]
        return since.version(table, identity, now), identity not in since.of(table)

    return version


def _own_surroundings(
    session: Session, way: Return, workbook: Workbook, times: Context, present: Present, bases: _Bases, tokens: Tokens
) -> OwnSurroundings:
    export = way.export
    asked = None
    if export.round_id is not None:
        asked = asked_in(session, present.municipality_id, export.round_id, export.item_ids, export.revision_id)
        shown = shown_of_reviews(present, bases.row, asked, export.language, times)
    else:
        shown = shown_of_items(present, bases.row, export.language)
    portfolios = {identity: code for code, identity in present.portfolios.items()}
    return OwnSurroundings(
        export.language,
        times,
        present.registry,
        tokens,
        bases.row,
        meta_of(workbook),
        _schemes(session, present.municipality_id),
        asked.facts if asked else None,
        {key: name for key, name in present.names.items() if key[0] == Entity.INITIATIVE},
        portfolios.get(export.portfolio_id or 0),
        _portfolio_texts(session, present.municipality_id),
        present.portfolio_of,
        MappingProxyType(shown),
        bases.added,
    )


def _schemes(session: Session, municipality_id: int) -> tuple[OwnScheme, ...]:
    rows = session.scalars(select(CategoryScheme).where(CategoryScheme.municipality_id == municipality_id))
    return tuple(
        OwnScheme(row.code, {"fi": row.name_fi, "sv": row.name_sv or row.name_fi, "en": row.name_fi}, row.several)
        for row in rows
    )


def _portfolio_texts(session: Session, municipality_id: int) -> dict[str, str]:
    """Give the texts by which a new row may say its portfolio; a name that several have means none of them."""
    rows = list(session.scalars(select(Portfolio).where(Portfolio.municipality_id == municipality_id)))
    found: dict[str, str] = {}
    twice: set[str] = set()
    for row in rows:
        for name in {norm(one) for one in (row.name_fi, row.name_sv) if one}:
            twice |= {name} & found.keys()
            found[name] = row.code
    found = {text: code for text, code in found.items() if text not in twice}
    for row in rows:
        found[norm(row.code)] = row.code
        found |= {norm(f"{name} ({row.code})"): row.code for name in (row.name_fi, row.name_sv) if name}
    return found


def _add_changes_below(base: dict[Key, Mapping[str, Any]], parsed: Parsed, present: Present, since: BaseSince) -> None:
    """Let an initiative that is to be removed count as changed when others changed its milestones."""
    asked = {record.key for record in parsed.records.values() if record.removal and record.entity is Entity.INITIATIVE}
    if not asked:
        return
    for key in {*since.cells, *since.later}:
        owner = (present.of(key) or {}).get("initiative") if key[0] == Entity.MILESTONE else None
        if owner in asked:
            base[owner] = {**base.get(owner, {}), CHANGED_BELOW: True}


def _expected(way: Return, workbook: Workbook, present: Present, since: BaseSince, parsed: Parsed) -> frozenset[Key]:
    """Give the rows that the file held, of the sheets that are in it still."""
    items = (present.keys[Entity.INITIATIVE].get(identity) for identity in way.export.item_ids)
    held = {key for key in items if key is not None}
    if way.export.round_id is not None:
        return frozenset(
            key for key in present.reviews if key not in since.later and present.cells[key]["initiative"] in held
        )
    meta, read = meta_of(workbook), {sheet.name for sheet in parsed.sheets}
    if meta is None or way.profile is not None:
        return frozenset(held)
    there = {sheet.key for sheet in meta.sheets if sheet.title in read}
    found = held if INITIATIVES in there else set()
    if MILESTONES in there:
        found = found | {
            key
            for key in present.keys[Entity.MILESTONE].values()
            if key not in since.later and present.cells.get(key, {}).get("initiative") in held
        }
    return frozenset(found)

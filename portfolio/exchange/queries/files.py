"""Files on their way: exports, uploads and imports of one person or of a municipality, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, case, exists, func, select

from portfolio.accounts.models import User
from portfolio.core.columns import can_be_kept
from portfolio.exchange.models import Collection, Export, ImportBatch, SavedProfile, Upload, UploadState
from portfolio.exchange.queries.origins import undone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

M = TypeVar("M", Collection, Export, ImportBatch, SavedProfile, Upload)

UNDER_WAY = (UploadState.WAITING, UploadState.MAPPING, UploadState.CHECKED, UploadState.REFUSED)
"""The states in which a file waits for the machine or for its sender, who puts aside one that was refused."""


@dataclass(frozen=True, slots=True)
class BatchFilter:
    """Which imports: by this user, whose file's name holds this text, that are still in force or were undone.

    ``sort`` is a key of SORTS, "-" before it turns it; the latest come first for anything else.
    """

    user_id: int | None = None
    text: str | None = None
    is_undone: bool | None = None
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Batches:
    """A page of imports with how many there are; ``undone`` are those of the page that were undone."""

    rows: Sequence[ImportBatch]
    total: int
    undone: frozenset[int]


def of_municipality(session: Session, model: type[M], municipality_id: int, key: int) -> M | None:
    """Return a row by its id; None for none and another municipality's alike: nobody tells them apart."""
    found = session.get(model, key) if can_be_kept(key) else None
    return found if found is not None and found.municipality_id == municipality_id else None


def get_export(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> Export | None:  # noqa: ARG001 -- a loader's shape: exports are no history
    """Return one export of the municipality."""
    return of_municipality(session, Export, municipality_id, key)


def get_upload(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> Upload | None:  # noqa: ARG001 -- a loader's shape: uploads are no history
    """Return one upload of the municipality."""
    return of_municipality(session, Upload, municipality_id, key)


def batch_of(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> ImportBatch | None:  # noqa: ARG001 -- a loader's shape: imports are no history
    """Return one import of the municipality."""
    return of_municipality(session, ImportBatch, municipality_id, key)


def latest_exports(session: Session, municipality_id: int, user_id: int | None, limit: int) -> Sequence[Export]:
    """Return the latest exports, of one user or with None of everybody; those of collections stand with them."""
    statement = select(Export).where(Export.municipality_id == municipality_id, Export.collection_id.is_(None))
    if user_id is not None:
        statement = statement.where(Export.user_id == user_id)
    return session.scalars(statement.order_by(Export.id.desc()).limit(limit)).all()


def unfinished_uploads(session: Session, municipality_id: int, user_id: int | None) -> Sequence[Upload]:
    """Return a user's uploads that are not finished, the latest first."""
    own = (Upload.municipality_id == municipality_id, Upload.user_id == user_id, Upload.state.in_(UNDER_WAY))
    return session.scalars(select(Upload).where(*own).order_by(Upload.id.desc())).all()


def list_batches(
    session: Session, municipality_id: int, asked: BatchFilter, page: int = 1, per_page: int | None = None
) -> Batches:
    """Return a page of imports, or all of them, in the asked order."""
    conditions = [ImportBatch.municipality_id == municipality_id, *_conditions(asked)]
    total = session.scalar(select(func.count()).select_from(ImportBatch).where(*conditions)) or 0
    statement = select(ImportBatch).where(*conditions).order_by(*_order(asked.sort), ImportBatch.id.desc())
    if per_page is not None:
        place = max(0, min(page, max(1, -(-total // per_page))) - 1) * per_page
        statement = statement.limit(per_page).offset(place)
    rows = session.scalars(statement).all()
    return Batches(rows, total, undone_batches(session, [one.id for one in rows]))


def undone_batches(session: Session, batch_ids: Iterable[int]) -> frozenset[int]:
    """Return those imports that were undone."""
    ids = tuple(batch_ids)
    return (
        frozenset(session.scalars(select(ImportBatch.id).where(ImportBatch.id.in_(ids), undone())))
        if ids
        else frozenset()
    )


def importers(session: Session, municipality_id: int) -> Sequence[User]:
    """Return those who have imported something, by name."""
    imported = exists().where(ImportBatch.user_id == User.id, ImportBatch.municipality_id == municipality_id)
    return session.scalars(select(User).where(imported).order_by(User.name)).all()


def _conditions(asked: BatchFilter) -> Iterable[ColumnElement[bool]]:
    if asked.user_id is not None:
        yield ImportBatch.user_id == asked.user_id
    if asked.text:
        yield ImportBatch.file_name.icontains(asked.text, autoescape=True)
    if asked.is_undone is not None:
        yield undone() if asked.is_undone else ~undone()


def _order(sort: str) -> Iterable[ColumnElement[Any]]:
    found = SORTS.get(sort.removeprefix("-"))
    if found is not None:
        yield found.desc() if sort.startswith("-") else found.asc()


_counts = ImportBatch.counts
SORTS: Mapping[str, ColumnElement[Any]] = MappingProxyType(
    {
        "file": func.lower(ImportBatch.file_name),
        "when": ImportBatch.applied_at.expression,
        "who": func.lower(func.coalesce(select(User.name).where(User.id == ImportBatch.user_id).scalar_subquery(), "")),
        "counts": func.coalesce(_counts["changed"].as_integer(), 0) + func.coalesce(_counts["added"].as_integer(), 0),
        "state": case((undone(), 1), else_=0),
    }
)
"""What imports are sorted by, as the list's address says it."""

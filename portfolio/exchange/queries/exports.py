"""Which export a workbook is: its token stands in several places, any one of which suffices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, select

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.exchange.columns.identity import CARRIER, META_SHEET, SCHEMA, Meta, read_meta
from portfolio.exchange.models import AddedRow, Export, ImportBatch
from portfolio.exchange.queries.origins import undone
from portfolio.files.cells import Workbook

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TWO_EXPORTS = N_(
    "The file says that it is two different exports: its sheets come from two workbooks. "
    "Bring each in as a file of its own."
)
UNKNOWN_EXPORT = N_("The file is an export that is not known here. Take a new export and copy your changes into it.")
NEWER_SCHEMA = N_("The file was made by a newer version of this program.")

_TOKEN_LENGTH = 32
_CARRIERS = (f"custom:{CARRIER}", f"name:{CARRIER}", "core:identifier")


def meta_of(workbook: Workbook) -> Meta | None:
    """Read what a workbook of ours says of itself on its hidden sheet."""
    sheet = next((one for one in workbook.sheets if one.name == META_SHEET), None)
    return read_meta(sheet.rows) if sheet else None


def token_in(workbook: Workbook) -> str | None:
    """Find the token of the export that a workbook is; None when it is none.

    Raises Refusal when two places name two exports, or the workbook is of a layout that is not known yet.
    """
    meta = meta_of(workbook)
    found = [workbook.properties.get(carrier, "").strip() for carrier in _CARRIERS]
    tokens = {text for text in found if _looks_like_one(text)} | ({meta.token} if meta else set())
    if len(tokens) > 1:
        raise Refusal(Problem(TWO_EXPORTS))
    if meta is not None and meta.schema > SCHEMA:
        raise Refusal(Problem(NEWER_SCHEMA))
    return next(iter(tokens), None)


def _looks_like_one(text: str) -> bool:
    """Tell our tokens from what other programs write in a document's identifier."""
    return len(text) == _TOKEN_LENGTH and all(letter in "0123456789abcdef" for letter in text)


def export_of(session: Session, workbook: Workbook, municipality_id: int | None = None) -> Export | None:
    """Return the export that comes back; None when the workbook is none of ours.

    Raises Refusal when it is unknown or, given a municipality, another's: both are told alike.
    """
    token = token_in(workbook)
    if token is None:
        return None
    export = session.scalar(select(Export).where(Export.token == token))
    if export is None or municipality_id not in (None, export.municipality_id):
        raise Refusal(Problem(UNKNOWN_EXPORT))
    return export


def added_rows(session: Session, export_id: int) -> dict[tuple[str, str], tuple[str, int, int | None]]:
    """Return the rows that earlier imports of an export made: by entity and mark their id and the import's revision.

    The revision of an import that was undone is None: nothing was made from it.
    """
    revision = case((undone(), None), else_=ImportBatch.revision_id)
    statement = (
        select(AddedRow.sheet, AddedRow.token, AddedRow.entity, AddedRow.entity_id, revision)
        .join(ImportBatch, ImportBatch.id == AddedRow.batch_id)
        .where(AddedRow.export_id == export_id)
    )
    return {
        (sheet, token): (entity, identity, revision)
        for sheet, token, entity, identity, revision in session.execute(statement)
    }

"""Exports, uploads with their plans, and imports: what went out, what came in, and where in it each item stood.

None of this is history: bytes and plans are kept for a set time, exports and imports stay.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.claims import Claimable
from portfolio.core.columns import Moment, choice
from portfolio.core.database import Base
from portfolio.core.jobs import Job
from portfolio.exchange.merge import Choice, Outcome, RowFate


class Collection(Base):
    """One round of collecting by Excel: an export for each unit, due on a day."""

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    due_on: Mapped[dt.date | None]
    made_at: Mapped[dt.datetime] = mapped_column(Moment)
    user_id: Mapped[int | None]
    closed_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class Export(Base):
    """A workbook that went out to be edited: what it held, as of which revision; the file is made from this row.

    ``token`` stands in the file, in several places, and cannot be guessed. ``item_ids`` are the initiatives it held.
    ``asked`` are the filters of the list, as in its address. ``layout`` is None for our own, else a profile's name.
    ``round_id`` is the round of reviews that it is a workbook of: then it holds the reviews of those initiatives.
    """

    __tablename__ = "export"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    revision_id: Mapped[int]
    made_at: Mapped[dt.datetime] = mapped_column(Moment)
    user_id: Mapped[int | None]
    portfolio_id: Mapped[int | None] = mapped_column(ForeignKey("portfolio.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    asked: Mapped[Any] = mapped_column(JSON)
    item_ids: Mapped[Any] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(2))
    layout: Mapped[str | None] = mapped_column(String(60))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("review_round.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    collection_id: Mapped[int | None] = mapped_column(ForeignKey("collection.id"), index=True)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class LetterKind(enum.StrEnum):
    """What a mail about an export says: that it waits, or that it still does."""

    INVITATION = "invitation"
    REMINDER = "reminder"


class ExportLetter(Claimable):
    """One mail about one export to one user: claimed before it is sent, so that nobody is told the same twice.

    Neither sent nor refused: it was being sent when something broke off, and nobody knows whether it went.
    """

    __tablename__ = "export_letter"
    __table_args__ = (UniqueConstraint("export_id", "user_id", "kind"),)

    export_id: Mapped[int] = mapped_column(ForeignKey("export.id"))
    user_id: Mapped[int]
    kind: Mapped[LetterKind] = mapped_column(choice(LetterKind))
    claimed_at: Mapped[dt.datetime] = mapped_column(Moment)


class UploadState(enum.StrEnum):
    """Where a file stands on its way in."""

    WAITING = "waiting"
    MAPPING = "mapping"
    CHECKED = "checked"
    APPLIED = "applied"
    REFUSED = "refused"
    DISCARDED = "discarded"


class Upload(Base):
    """A file that was sent in, with what was read of it; its bytes and plan go when it is applied or its time is up.

    ``planned_revision_id`` is the revision that the plan was made against. ``profile`` holds the mapping in force, in
    the shape of a profile.toml, where it is not a known profile's name. ``unchanged`` are the rows that the file has as
    they are: [entity, id, sheet, row]. ``extract`` are rows of the file as the job read them: the first ones while it
    waits to be mapped, and once it is checked those in error, with their heads. ``problems`` are why the file was
    refused.
    """

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_owner", "municipality_id", "user_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    user_id: Mapped[int | None]
    at: Mapped[dt.datetime] = mapped_column(Moment)
    file_name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    kept_until: Mapped[dt.datetime] = mapped_column(Moment, index=True)
    state: Mapped[UploadState] = mapped_column(choice(UploadState), default=UploadState.WAITING)
    language: Mapped[str] = mapped_column(String(2))
    job_id: Mapped[int | None] = mapped_column(ForeignKey(Job.id))
    export_id: Mapped[int | None] = mapped_column(ForeignKey("export.id"), index=True)
    profile_name: Mapped[str | None] = mapped_column(String(60))
    profile: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    document_date: Mapped[dt.date | None]
    planned_revision_id: Mapped[int | None]
    plan_hash: Mapped[str | None] = mapped_column(String(64))
    unchanged: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True, deferred=True)
    content_hash: Mapped[str | None] = mapped_column(String(64))
    sheets: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    extract: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True, deferred=True)
    summary: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    notices: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    problems: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))


class PlannedRow(Base):
    """One row of a file in its plan, with what becomes of it; rows with nothing to tell are counted, not kept.

    ``ticked`` holds for a whole new row or a removal; ``choice`` decides a row that others removed, or that the file
    removes and others changed. ``problems`` are those of the row as a whole; a row with those, or with a cell in error,
    is ``blocked``: nothing of it is applied.
    """

    __tablename__ = "planned_row"
    __table_args__ = (
        Index("ix_planned_row_number", "upload_id", "number"),
        Index("ix_planned_row_fate", "upload_id", "fate", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id"))
    number: Mapped[int]
    fate: Mapped[RowFate] = mapped_column(choice(RowFate, name="fate"))
    entity: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(360))
    entity_id: Mapped[int | None]
    portfolio: Mapped[str] = mapped_column(String(40))
    source_key: Mapped[str] = mapped_column(String(300))
    code: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    sheet: Mapped[str | None] = mapped_column(String(80))
    row: Mapped[int | None]
    rows: Mapped[Any] = mapped_column(JSON)
    comment: Mapped[str | None] = mapped_column(Text)
    ticked: Mapped[bool] = mapped_column(default=True)
    blocked: Mapped[bool] = mapped_column(default=False)
    choice: Mapped[Choice | None] = mapped_column(choice(Choice))
    problems: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)


TOGETHER = -1
"""The number of planned cells that are decided with their whole row."""


class PlannedCell(Base):
    """One cell of a plan that is not simply the same: its three values as JSON, the outcome, and the person's choice.

    ``raw`` is what stands in the file, where it could not be read; ``note`` why a plain change is asked about. Cells of
    new rows are kept without outcome SAME. ``number`` is its place in the plan, or :data:`TOGETHER` where it is decided
    with its row and never listed alone. Without a field it tells what is wrong with the row as a whole.
    """

    __tablename__ = "planned_cell"
    __table_args__ = (
        Index("ix_planned_cell_outcome", "upload_id", "outcome", "number"),
        Index("ix_planned_cell_number", "upload_id", "number"),
        Index("ix_planned_cell_row", "row_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id"))
    row_id: Mapped[int] = mapped_column(ForeignKey("planned_row.id"))
    number: Mapped[int]
    field: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    sheet: Mapped[str | None] = mapped_column(String(80))
    row: Mapped[int | None]
    column: Mapped[str | None] = mapped_column(String(3))
    raw: Mapped[str | None] = mapped_column(Text)
    base: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    current: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    incoming: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    result: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    problem: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    note: Mapped[str | None] = mapped_column(String(20))
    ticked: Mapped[bool] = mapped_column(default=True)
    choice: Mapped[Choice | None] = mapped_column(choice(Choice))


class SavedProfile(Base):
    """A mapping that a person made for a workbook nobody prepared, in the shape of a profile.toml."""

    __tablename__ = "saved_profile"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    name: Mapped[str] = mapped_column(String(60))
    profile: Mapped[Any] = mapped_column(JSON)
    saved_at: Mapped[dt.datetime] = mapped_column(Moment)
    user_id: Mapped[int | None]


class ImportBatch(Base):
    """One applied import: the file's name and content hash, its profile, counts, and the revision it made.

    ``content_hash`` is of the rows read, not of the bytes: the same rows saved again are the same import.
    ``revision_id`` is None where the file changed nothing. ``export_id`` is the export that came back.
    """

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_content", "municipality_id", "profile", "content_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    content_hash: Mapped[str] = mapped_column(String(64))
    profile: Mapped[str] = mapped_column(String(60))
    applied_at: Mapped[dt.datetime] = mapped_column(Moment)
    user_id: Mapped[int | None]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"), index=True)
    base_revision_id: Mapped[int] = mapped_column()
    counts: Mapped[Any] = mapped_column(JSON)
    export_id: Mapped[int | None] = mapped_column(index=True)


class ImportOrigin(Base):
    """Where in which file an item stood: the sheet and row as the user's Excel shows them, and the row's comment."""

    __tablename__ = "import_origin"
    __table_args__ = (Index("ix_import_origin_item", "entity", "entity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[int]
    sheet: Mapped[str] = mapped_column(String(80))
    row: Mapped[int]
    comment: Mapped[str | None] = mapped_column(Text)


class AddedRow(Base):
    """A new row that came in with an export, so that the same row in the same file again is not a second item."""

    __tablename__ = "added_row"
    __table_args__ = (UniqueConstraint("export_id", "sheet", "token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("export.id"))
    sheet: Mapped[str] = mapped_column(String(40))
    token: Mapped[str] = mapped_column(String(64))
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[int]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)


class ImportNotice(Claimable):
    """What an import by somebody else changed of one person's initiatives: told on the home page and by one mail.

    ``item_ids`` are the initiatives for whose post the person was responsible. ``claimed_at`` is when the one mail was
    taken up, ``seen_at`` when the person put the notice away.
    """

    __tablename__ = "import_notice"
    __table_args__ = (UniqueConstraint("batch_id", "person_id"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    item_ids: Mapped[Any] = mapped_column(JSON)
    claimed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    seen_at: Mapped[dt.datetime | None] = mapped_column(Moment)

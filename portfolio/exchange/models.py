"""Imports: which file came in, when and by whom, and where in it each item stood."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.columns import Moment
from portfolio.core.database import Base


class ImportBatch(Base):
    """One applied import: the file's name and content hash, its profile, counts, and the revision it made.

    ``content_hash`` is of the rows read, not of the bytes: the same rows saved again are the same import.
    ``revision_id`` is None where the file changed nothing.
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


class ImportOrigin(Base):
    """Where in which file an item stood: the sheet and row as the user's Excel shows them."""

    __tablename__ = "import_origin"
    __table_args__ = (Index("ix_import_origin_item", "entity", "entity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[int]
    sheet: Mapped[str] = mapped_column(String(80))
    row: Mapped[int]

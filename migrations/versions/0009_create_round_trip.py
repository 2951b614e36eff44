"""Create collections, exports, uploads with their plans, saved profiles and added rows."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and let an import say from which export it came back."""
    _create_collection()
    _create_export()
    _create_export_letter()
    _create_upload()
    _create_planned_row()
    _create_planned_cell()
    _create_saved_profile()
    _create_added_row()
    _create_import_notice()
    op.add_column("import_batch", sa.Column("export_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_import_batch_export_id"), "import_batch", ["export_id"], unique=False)
    op.add_column("import_origin", sa.Column("comment", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop the tables, the last one first."""
    op.drop_column("import_origin", "comment")
    op.drop_index(op.f("ix_import_batch_export_id"), table_name="import_batch")
    op.drop_column("import_batch", "export_id")
    op.drop_table("import_notice")
    op.drop_table("added_row")
    op.drop_table("saved_profile")
    op.drop_table("planned_cell")
    op.drop_table("planned_row")
    op.drop_table("upload")
    op.drop_table("export_letter")
    op.drop_table("export")
    op.drop_table("collection")


def _create_collection() -> None:
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_collection_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
    )
    op.create_index(op.f("ix_collection_municipality_id"), "collection", ["municipality_id"], unique=False)


def _create_export() -> None:
    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("portfolio_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("item_ids", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("layout", sa.String(length=60), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name=op.f("fk_export_collection_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_export_municipality_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_export_portfolio_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_export_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
        sa.UniqueConstraint("token", name=op.f("uq_export_token")),
    )
    op.create_index(op.f("ix_export_collection_id"), "export", ["collection_id"], unique=False)
    op.create_index(op.f("ix_export_municipality_id"), "export", ["municipality_id"], unique=False)


def _create_export_letter() -> None:
    kinds = sa.Enum("invitation", "reminder", name="letterkind", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "export_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_export_letter_export_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_letter")),
        sa.UniqueConstraint("export_id", "user_id", "kind", name=op.f("uq_export_letter_export_id_user_id_kind")),
    )


def _create_upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "mapping",
                "checked",
                "applied",
                "refused",
                "discarded",
                name="uploadstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("export_id", sa.Integer(), nullable=True),
        sa.Column("profile_name", sa.String(length=60), nullable=True),
        sa.Column("profile", sa.JSON(), nullable=True),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("planned_revision_id", sa.Integer(), nullable=True),
        sa.Column("plan_hash", sa.String(length=64), nullable=True),
        sa.Column("unchanged", sa.JSON(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("sheets", sa.JSON(), nullable=True),
        sa.Column("extract", sa.JSON(), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=True),
        sa.Column("notices", sa.JSON(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_upload_batch_id")),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_upload_export_id")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_upload_job_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_upload_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_export_id"), "upload", ["export_id"], unique=False)
    op.create_index(op.f("ix_upload_kept_until"), "upload", ["kept_until"], unique=False)
    op.create_index("ix_upload_owner", "upload", ["municipality_id", "user_id", "at"], unique=False)


def _create_planned_row() -> None:
    op.create_table(
        "planned_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "add",
                "merge",
                "gone",
                "remove",
                "missing",
                name="fate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=360), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column("portfolio", sa.String(length=40), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("sheet", sa.String(length=80), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("ticked", sa.Boolean(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum("current", "file", name="choice", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("problems", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_planned_row_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_row")),
    )
    op.create_index("ix_planned_row_fate", "planned_row", ["upload_id", "fate", "number"], unique=False)
    op.create_index("ix_planned_row_number", "planned_row", ["upload_id", "number"], unique=False)


def _create_planned_cell() -> None:
    op.create_table(
        "planned_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "same",
                "keep",
                "apply",
                "converged",
                "conflict",
                "error",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sheet", sa.String(length=80), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sa.String(length=3), nullable=True),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("base", sa.JSON(), nullable=True),
        sa.Column("current", sa.JSON(), nullable=True),
        sa.Column("incoming", sa.JSON(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("note", sa.String(length=20), nullable=True),
        sa.Column("ticked", sa.Boolean(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum("current", "file", name="choice", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["row_id"], ["planned_row.id"], name=op.f("fk_planned_cell_row_id")),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_planned_cell_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_cell")),
    )
    op.create_index("ix_planned_cell_number", "planned_cell", ["upload_id", "number"], unique=False)
    op.create_index("ix_planned_cell_outcome", "planned_cell", ["upload_id", "outcome", "number"], unique=False)
    op.create_index("ix_planned_cell_row", "planned_cell", ["row_id"], unique=False)


def _create_saved_profile() -> None:
    op.create_table(
        "saved_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_saved_profile_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_profile")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_saved_profile_municipality_id_name")),
    )


def _create_added_row() -> None:
    op.create_table(
        "added_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=40), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_added_row_batch_id")),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_added_row_export_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_row")),
        sa.UniqueConstraint("export_id", "sheet", "token", name=op.f("uq_added_row_export_id_sheet_token")),
    )
    op.create_index(op.f("ix_added_row_batch_id"), "added_row", ["batch_id"], unique=False)


def _create_import_notice() -> None:
    op.create_table(
        "import_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("item_ids", sa.JSON(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.String(length=300), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_notice_batch_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_import_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_notice")),
        sa.UniqueConstraint("batch_id", "person_id", name=op.f("uq_import_notice_batch_id_person_id")),
    )
    op.create_index(op.f("ix_import_notice_person_id"), "import_notice", ["person_id"], unique=False)

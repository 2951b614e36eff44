"""Create import batches and the origins of items."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("profile", sa.String(length=60), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("base_revision_id", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_import_batch_municipality_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_import_batch_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(
        "ix_import_batch_content", "import_batch", ["municipality_id", "profile", "content_hash"], unique=False
    )
    op.create_index(op.f("ix_import_batch_municipality_id"), "import_batch", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_import_batch_revision_id"), "import_batch", ["revision_id"], unique=False)
    op.create_table(
        "import_origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=80), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_origin_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_origin")),
    )
    op.create_index(op.f("ix_import_origin_batch_id"), "import_origin", ["batch_id"], unique=False)
    op.create_index("ix_import_origin_item", "import_origin", ["entity", "entity_id"], unique=False)


def downgrade() -> None:
    """Drop the tables, the last one first."""
    op.drop_table("import_origin")
    op.drop_table("import_batch")

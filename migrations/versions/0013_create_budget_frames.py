"""Create frames, year locks and funding shares."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _frame()
    _year_lock()
    _funding_share()


def downgrade() -> None:
    """Drop the tables."""
    for name in ("funding_share", "year_lock", "frame"):
        op.drop_table(name)


def _frame() -> None:
    op.create_table(
        "frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("operating", "investment", name="frame_part", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_frame_municipality_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_frame_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame")),
        sa.UniqueConstraint("portfolio_id", "year", "part", name=op.f("uq_frame_portfolio_id_year_part")),
    )
    op.create_index(op.f("ix_frame_municipality_id"), "frame", ["municipality_id"], unique=False)


def _year_lock() -> None:
    op.create_table(
        "year_lock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_year_lock_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_lock")),
        sa.UniqueConstraint("municipality_id", "year", name=op.f("uq_year_lock_municipality_id_year")),
    )
    op.create_index(op.f("ix_year_lock_municipality_id"), "year_lock", ["municipality_id"], unique=False)


def _funding_share() -> None:
    op.create_table(
        "funding_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("timespan", sa.Text(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_funding_share_percent")),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_funding_share_initiative_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_funding_share_municipality_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["funding_source.id"], name=op.f("fk_funding_share_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_share")),
        sa.UniqueConstraint("initiative_id", "source_id", name=op.f("uq_funding_share_initiative_id_source_id")),
    )
    op.create_index(op.f("ix_funding_share_municipality_id"), "funding_share", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_funding_share_source_id"), "funding_share", ["source_id"], unique=False)

"""Create funding sources and budget lines."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "funding_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_fi", sa.String(length=120), nullable=False),
        sa.Column("name_sv", sa.String(length=120), nullable=True),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_funding_source_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_source")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_funding_source_municipality_id_code")),
    )
    op.create_index(op.f("ix_funding_source_municipality_id"), "funding_source", ["municipality_id"], unique=False)
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("operating", "investment", name="budgetpart", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("forecast", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("actual", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_budget_line_initiative_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_budget_line_municipality_id")),
        sa.ForeignKeyConstraint(["source_id"], ["funding_source.id"], name=op.f("fk_budget_line_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint(
            "initiative_id", "year", "part", "source_id", name=op.f("uq_budget_line_initiative_id_year_part_source_id")
        ),
    )
    op.create_index(op.f("ix_budget_line_initiative_id"), "budget_line", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_budget_line_municipality_id"), "budget_line", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_budget_line_source_id"), "budget_line", ["source_id"], unique=False)
    op.create_index(
        "ix_budget_line_sums",
        "budget_line",
        ["municipality_id", "year", "initiative_id", "removed", "planned"],
        unique=False,
    )


def downgrade() -> None:
    """Drop the tables, the last one first."""
    op.drop_table("budget_line")
    op.drop_table("funding_source")

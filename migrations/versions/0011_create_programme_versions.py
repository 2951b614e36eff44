"""Create the versions of programmes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "programme_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=True),
        sa.Column("date_words", sa.String(length=80), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("change_note", sa.Text(), nullable=True),
        sa.Column("authors", sa.String(length=500), nullable=True),
        sa.Column("approver", sa.String(length=200), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("baseline_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_programme_version_municipality_id")
        ),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_programme_version_portfolio_id")),
        sa.ForeignKeyConstraint(["baseline_id"], ["baseline.id"], name=op.f("fk_programme_version_baseline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
    )
    for name in ("municipality_id", "portfolio_id"):
        op.create_index(op.f(f"ix_programme_version_{name}"), "programme_version", [name], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("programme_version")

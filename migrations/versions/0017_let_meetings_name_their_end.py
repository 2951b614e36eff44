"""Let a meeting name the baseline that was made when it ended."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("baseline_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_meeting_baseline_id"), "baseline", ["baseline_id"], ["id"])


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("meeting") as table:
        table.drop_constraint(op.f("fk_meeting_baseline_id"), type_="foreignkey")
        table.drop_column("baseline_id")

"""Let a meeting name the baseline that was made when it ended."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; its reference stands in it, for SQLite makes no table anew to which others refer."""
    baseline = sa.ForeignKey("baseline.id", name=op.f("fk_meeting_baseline_id"))
    op.add_column("meeting", sa.Column("baseline_id", sa.Integer(), baseline, nullable=True), inline_references=True)


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("meeting", "baseline_id")

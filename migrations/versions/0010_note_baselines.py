"""Let a baseline carry a note."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("baseline", sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("baseline", "note")

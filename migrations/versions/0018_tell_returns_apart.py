"""Tell the returns of a review apart: each is mailed once, so a reminder holds of which return it tells."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OLD, NEW = ("review_id", "stage", "user_id"), ("review_id", "stage", "turn", "user_id")

# What was mailed before tells of the return that was the latest one then.
FILL = """
UPDATE review_reminder SET turn = COALESCE((
    SELECT MAX(c.revision_id) FROM change AS c JOIN revision AS r ON r.id = c.revision_id
    WHERE c.entity = 'review' AND c.entity_id = review_reminder.review_id AND c.field = 'state'
      AND CAST(c."new" AS TEXT) = '"returned"' AND r.source <> 'undo' AND r."at" <= review_reminder.claimed_at
), 0) WHERE stage = 'returned'
"""
LATEST = """
DELETE FROM review_reminder WHERE id NOT IN (
    SELECT MAX(id) FROM review_reminder GROUP BY review_id, stage, user_id
)
"""


def upgrade() -> None:
    """Add the column, fill it, and let a review be told of once for each return."""
    with op.batch_alter_table("review_reminder") as table:
        table.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
        table.drop_constraint(op.f("uq_review_reminder_review_id_stage_user_id"), type_="unique")
        table.create_unique_constraint(op.f("uq_review_reminder_review_id_stage_turn_user_id"), list(NEW))
    op.execute(FILL)
    with op.batch_alter_table("review_reminder") as table:
        table.alter_column("turn", existing_type=sa.Integer(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    """Keep of each review, stage and receiver the latest mail alone, and drop the column."""
    op.execute(LATEST)
    with op.batch_alter_table("review_reminder") as table:
        table.drop_constraint(op.f("uq_review_reminder_review_id_stage_turn_user_id"), type_="unique")
        table.drop_column("turn")
        table.create_unique_constraint(op.f("uq_review_reminder_review_id_stage_user_id"), list(OLD))

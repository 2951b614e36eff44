"""Create saved views, and the view with which a forum's roadmap opens."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_saved_view_municipality_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_saved_view_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_table(
        "forum_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("saved_view_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_forum_view_municipality_id")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_view_forum_id")),
        sa.ForeignKeyConstraint(["saved_view_id"], ["saved_view.id"], name=op.f("fk_forum_view_saved_view_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_view")),
        sa.UniqueConstraint("forum_id", name=op.f("uq_forum_view_forum_id")),
    )
    for table, names in (
        ("saved_view", ("municipality_id", "user_id")),
        ("forum_view", ("municipality_id", "saved_view_id")),
    ):
        for name in names:
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("forum_view")
    op.drop_table("saved_view")

"""Create forums, meetings and decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "forum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "body",
                "leadership",
                "steering",
                "working_group",
                "theme",
                "phenomenon",
                "network",
                name="forumkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("chair_post_id", sa.Integer(), nullable=True),
        sa.Column("agenda_owner_post_id", sa.Integer(), nullable=True),
        sa.Column("owning_forum_id", sa.Integer(), nullable=True),
        sa.Column("rhythm", sa.Text(), nullable=True),
        sa.Column("timespan", sa.Text(), nullable=True),
        sa.Column("case_number", sa.String(length=60), nullable=True),
        sa.Column("tasks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agenda_owner_post_id"], ["post.id"], name=op.f("fk_forum_agenda_owner_post_id")),
        sa.ForeignKeyConstraint(["chair_post_id"], ["post.id"], name=op.f("fk_forum_chair_post_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_forum_municipality_id")),
        sa.ForeignKeyConstraint(["owning_forum_id"], ["forum.id"], name=op.f("fk_forum_owning_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_forum_municipality_id_code")),
    )
    op.create_index(op.f("ix_forum_municipality_id"), "forum", ["municipality_id"], unique=False)
    op.create_table(
        "initiative_forum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_initiative_forum_forum_id")),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_initiative_forum_initiative_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_forum_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_forum")),
        sa.UniqueConstraint("initiative_id", name=op.f("uq_initiative_forum_initiative_id")),
    )
    op.create_index(op.f("ix_initiative_forum_forum_id"), "initiative_forum", ["forum_id"], unique=False)
    op.create_index(op.f("ix_initiative_forum_municipality_id"), "initiative_forum", ["municipality_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_meeting_forum_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_meeting_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("forum_id", "date", name=op.f("uq_meeting_forum_id_date")),
    )
    op.create_index(op.f("ix_meeting_forum_id"), "meeting", ["forum_id"], unique=False)
    op.create_index(op.f("ix_meeting_municipality_id"), "meeting", ["municipality_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("section", sa.String(length=20), nullable=True),
        sa.Column("case_number", sa.String(length=60), nullable=True),
        sa.Column("title_fi", sa.String(length=300), nullable=False),
        sa.Column("title_sv", sa.String(length=300), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "approved",
                "noted",
                "rejected",
                "returned",
                "tabled",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("source_key", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_decision_forum_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_decision_municipality_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_decision_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_forum_id"), "decision", ["forum_id"], unique=False)
    op.create_index(op.f("ix_decision_municipality_id"), "decision", ["municipality_id"], unique=False)
    op.create_table(
        "decision_initiative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_initiative_decision_id")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_decision_initiative_initiative_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_decision_initiative_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_initiative")),
        sa.UniqueConstraint(
            "decision_id", "initiative_id", name=op.f("uq_decision_initiative_decision_id_initiative_id")
        ),
    )
    op.create_index(op.f("ix_decision_initiative_decision_id"), "decision_initiative", ["decision_id"], unique=False)
    op.create_index(
        op.f("ix_decision_initiative_initiative_id"), "decision_initiative", ["initiative_id"], unique=False
    )
    op.create_index(
        op.f("ix_decision_initiative_municipality_id"), "decision_initiative", ["municipality_id"], unique=False
    )


def downgrade() -> None:
    """Drop the tables, the last one first."""
    op.drop_table("decision_initiative")
    op.drop_table("decision")
    op.drop_table("meeting")
    op.drop_table("initiative_forum")
    op.drop_table("forum")

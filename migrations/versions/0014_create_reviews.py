"""Create review rounds and reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _review_template()
    _review_question()
    _review_round()
    _round_extension()
    _review()
    _review_answer()
    _review_indicator()
    _round_proposal()
    _review_draft()
    _review_reminder()


def downgrade() -> None:
    """Drop the tables."""
    for name in (
        "review_reminder",
        "review_draft",
        "round_proposal",
        "review_indicator",
        "review_answer",
        "review",
        "round_extension",
        "review_round",
        "review_question",
        "review_template",
    ):
        op.drop_table(name)


def _review_template() -> None:
    op.create_table(
        "review_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=160), nullable=False),
        sa.Column("name_sv", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_review_template_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_template")),
    )
    op.create_index(op.f("ix_review_template_municipality_id"), "review_template", ["municipality_id"], unique=False)


def _review_question() -> None:
    op.create_table(
        "review_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_fi", sa.String(length=300), nullable=False),
        sa.Column("text_sv", sa.String(length=300), nullable=True),
        sa.Column("hint_fi", sa.String(length=500), nullable=True),
        sa.Column("hint_sv", sa.String(length=500), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_review_question_municipality_id")
        ),
        sa.ForeignKeyConstraint(["template_id"], ["review_template.id"], name=op.f("fk_review_question_template_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_question")),
    )
    op.create_index(op.f("ix_review_question_municipality_id"), "review_question", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_review_question_template_id"), "review_question", ["template_id"], unique=False)


def _review_round() -> None:
    op.create_table(
        "review_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=160), nullable=False),
        sa.Column("name_sv", sa.String(length=160), nullable=True),
        sa.Column("instruction_fi", sa.Text(), nullable=True),
        sa.Column("instruction_sv", sa.Text(), nullable=True),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("receiving_forum_id", sa.Integer(), nullable=True),
        sa.Column("coordinating_forum_id", sa.Integer(), nullable=True),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("statuses", sa.JSON(), nullable=False),
        sa.Column("interval_months", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "open", "closed", name="round_state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("baseline_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["baseline_id"], ["baseline.id"], name=op.f("fk_review_round_baseline_id")),
        sa.ForeignKeyConstraint(
            ["coordinating_forum_id"], ["forum.id"], name=op.f("fk_review_round_coordinating_forum_id")
        ),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_review_round_municipality_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_review_round_portfolio_id")),
        sa.ForeignKeyConstraint(["receiving_forum_id"], ["forum.id"], name=op.f("fk_review_round_receiving_forum_id")),
        sa.ForeignKeyConstraint(["template_id"], ["review_template.id"], name=op.f("fk_review_round_template_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_review_round_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round")),
    )
    op.create_index(op.f("ix_review_round_municipality_id"), "review_round", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_review_round_portfolio_id"), "review_round", ["portfolio_id"], unique=False)


def _round_extension() -> None:
    op.create_table(
        "round_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_round_extension_municipality_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["review_round.id"], name=op.f("fk_round_extension_round_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_round_extension_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_extension")),
        sa.UniqueConstraint("round_id", "unit_id", name=op.f("uq_round_extension_round_id_unit_id")),
    )
    op.create_index(op.f("ix_round_extension_municipality_id"), "round_extension", ["municipality_id"], unique=False)


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "submitted",
                "returned",
                "approved",
                name="review_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("unchanged", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=True),
        sa.Column(
            "health",
            sa.Enum("green", "yellow", "red", name="health", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("health_reason", sa.Text(), nullable=True),
        sa.Column("health_on", sa.Date(), nullable=True),
        sa.Column("health_by", sa.Integer(), nullable=True),
        sa.Column(
            "office_health",
            sa.Enum(
                "green", "yellow", "red", name="office_health", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("office_reason", sa.Text(), nullable=True),
        sa.Column("office_on", sa.Date(), nullable=True),
        sa.Column("office_by", sa.Integer(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("results", sa.Text(), nullable=True),
        sa.Column("benefits", sa.Text(), nullable=True),
        sa.Column("money_used", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("next_goals", sa.Text(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "continue",
                "redirect",
                "pause",
                "merge",
                "complete",
                "take_into_use",
                "make_permanent",
                "stop",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("verdict_what", sa.Text(), nullable=True),
        sa.Column("verdict_why", sa.Text(), nullable=True),
        sa.Column("new_goal", sa.Text(), nullable=True),
        sa.Column("new_timespan", sa.Text(), nullable=True),
        sa.Column("new_owner_post_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_review_progress")),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_review_initiative_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["initiative.id"], name=op.f("fk_review_merged_into_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_review_municipality_id")),
        sa.ForeignKeyConstraint(["new_owner_post_id"], ["post.id"], name=op.f("fk_review_new_owner_post_id")),
        sa.ForeignKeyConstraint(["round_id"], ["review_round.id"], name=op.f("fk_review_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("round_id", "initiative_id", name=op.f("uq_review_round_id_initiative_id")),
    )
    op.create_index(
        "ix_review_follow",
        "review",
        ["round_id", "removed", "state", "health", "verdict", "submitted_on", "initiative_id"],
        unique=False,
    )
    op.create_index(op.f("ix_review_initiative_id"), "review", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_review_municipality_id"), "review", ["municipality_id"], unique=False)


def _review_answer() -> None:
    op.create_table(
        "review_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_review_answer_municipality_id")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["review_question.id"], name=op.f("fk_review_answer_question_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_answer_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answer")),
        sa.UniqueConstraint("review_id", "question_id", name=op.f("uq_review_answer_review_id_question_id")),
    )
    op.create_index(op.f("ix_review_answer_municipality_id"), "review_answer", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_review_answer_question_id"), "review_answer", ["question_id"], unique=False)


def _review_indicator() -> None:
    op.create_table(
        "review_indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_review_indicator_indicator_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_review_indicator_municipality_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_indicator_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_indicator")),
        sa.UniqueConstraint("review_id", "indicator_id", name=op.f("uq_review_indicator_review_id_indicator_id")),
    )
    op.create_index(op.f("ix_review_indicator_indicator_id"), "review_indicator", ["indicator_id"], unique=False)
    op.create_index(op.f("ix_review_indicator_municipality_id"), "review_indicator", ["municipality_id"], unique=False)


def _round_proposal() -> None:
    op.create_table(
        "round_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_round_proposal_initiative_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_round_proposal_municipality_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["review_round.id"], name=op.f("fk_round_proposal_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_proposal")),
        sa.UniqueConstraint("round_id", "initiative_id", name=op.f("uq_round_proposal_round_id_initiative_id")),
    )
    op.create_index(op.f("ix_round_proposal_initiative_id"), "round_proposal", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_round_proposal_municipality_id"), "round_proposal", ["municipality_id"], unique=False)


def _review_draft() -> None:
    op.create_table(
        "review_draft",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_draft_review_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_review_draft_user_id")),
        sa.PrimaryKeyConstraint("review_id", "user_id", name=op.f("pk_review_draft")),
    )


def _review_reminder() -> None:
    op.create_table(
        "review_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "opened",
                "soon",
                "late",
                "returned",
                name="reminderstage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_reminder_review_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_review_reminder_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_reminder")),
        sa.UniqueConstraint("review_id", "stage", "user_id", name=op.f("uq_review_reminder_review_id_stage_user_id")),
    )

"""Create portfolios, initiatives, categories, milestones, deadlines, dependencies, indicators and links."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "portfolio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("prefix", sa.String(length=6), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "action_programme",
                "need_portfolio",
                "development_portfolio",
                name="portfoliokind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name_fi", sa.String(length=160), nullable=False),
        sa.Column("name_sv", sa.String(length=160), nullable=True),
        sa.Column("description_fi", sa.Text(), nullable=True),
        sa.Column("description_sv", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("quota_min", sa.Integer(), nullable=True),
        sa.Column("quota_max", sa.Integer(), nullable=True),
        sa.Column("review_interval_months", sa.Integer(), nullable=True),
        sa.Column("report_deadline", sa.String(length=6), nullable=True),
        sa.Column("proposal_deadline", sa.String(length=6), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_portfolio_municipality_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_portfolio_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio")),
        sa.UniqueConstraint("code", name=op.f("uq_portfolio_code")),
        sa.UniqueConstraint("municipality_id", "prefix", name=op.f("uq_portfolio_municipality_id_prefix")),
    )
    op.create_index(op.f("ix_portfolio_municipality_id"), "portfolio", ["municipality_id"], unique=False)
    op.create_table(
        "category_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_fi", sa.String(length=120), nullable=False),
        sa.Column("name_sv", sa.String(length=120), nullable=True),
        sa.Column("portfolio_id", sa.Integer(), nullable=True),
        sa.Column("several", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_category_scheme_municipality_id")
        ),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_category_scheme_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_scheme")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_category_scheme_municipality_id_code")),
    )
    op.create_index(op.f("ix_category_scheme_municipality_id"), "category_scheme", ["municipality_id"], unique=False)
    op.create_table(
        "initiative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "code_sort",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "title_sort",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("undated", sa.Boolean(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "need",
                "project",
                "measure",
                name="initiativekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("spearhead", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "in_preparation",
                "approved",
                "under_way",
                "completed",
                "in_use",
                "established",
                "paused",
                "stopped",
                "rejected",
                "merged",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("owner_post_id", sa.Integer(), nullable=True),
        sa.Column("contact_post_id", sa.Integer(), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=True),
        sa.Column(
            "publicity",
            sa.Enum("internal", "public", name="publicity", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("title_fi", sa.String(length=300), nullable=False),
        sa.Column("title_sv", sa.String(length=300), nullable=True),
        sa.Column("timespan", sa.Text(), nullable=True),
        sa.Column("summary_fi", sa.Text(), nullable=True),
        sa.Column("summary_sv", sa.Text(), nullable=True),
        sa.Column("present_state", sa.Text(), nullable=True),
        sa.Column("target_state", sa.Text(), nullable=True),
        sa.Column("goals", sa.Text(), nullable=True),
        sa.Column("solution", sa.Text(), nullable=True),
        sa.Column("results", sa.Text(), nullable=True),
        sa.Column("done_so_far", sa.Text(), nullable=True),
        sa.Column("continues", sa.Text(), nullable=True),
        sa.Column("out_of_scope", sa.Text(), nullable=True),
        sa.Column(
            "reach",
            sa.Enum("organisation", "unit", name="reach", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("benefits", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("carried_by", sa.String(length=200), nullable=True),
        sa.Column("core_process", sa.Boolean(), nullable=False),
        sa.Column(
            "budget_effect",
            sa.Enum("yes", "no", "unknown", name="budget_effect", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "permanent_need",
            sa.Enum(
                "yes", "no", "unknown", name="permanent_need", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("output_home", sa.String(length=300), nullable=True),
        sa.Column("training_plan", sa.Text(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("in_use_on", sa.Date(), nullable=True),
        sa.Column("ledger_number", sa.String(length=40), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("source_key", sa.String(length=300), nullable=True),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_initiative_progress")),
        sa.ForeignKeyConstraint(["contact_post_id"], ["post.id"], name=op.f("fk_initiative_contact_post_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["initiative.id"], name=op.f("fk_initiative_merged_into_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_municipality_id")),
        sa.ForeignKeyConstraint(["owner_post_id"], ["post.id"], name=op.f("fk_initiative_owner_post_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_initiative_portfolio_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_initiative_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_initiative_municipality_id_code")),
    )
    op.create_index("ix_initiative_code_sort", "initiative", ["municipality_id", "removed", "code_sort"], unique=False)
    op.create_index(
        "ix_initiative_list",
        "initiative",
        [
            "municipality_id",
            "removed",
            "title_sort",
            "status",
            "portfolio_id",
            "kind",
            "unit_id",
            "owner_post_id",
            "spearhead",
            "publicity",
            "undated",
            "starts_on",
            "ends_on",
            "progress",
        ],
        unique=False,
    )
    op.create_index(op.f("ix_initiative_municipality_id"), "initiative", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_initiative_owner_post_id"), "initiative", ["owner_post_id"], unique=False)
    op.create_index(op.f("ix_initiative_portfolio_id"), "initiative", ["portfolio_id"], unique=False)
    op.create_index("ix_initiative_source", "initiative", ["portfolio_id", "source_key"], unique=False)
    op.create_index(op.f("ix_initiative_unit_id"), "initiative", ["unit_id"], unique=False)
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_category_municipality_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["category_scheme.id"], name=op.f("fk_category_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("scheme_id", "code", name=op.f("uq_category_scheme_id_code")),
    )
    op.create_index(op.f("ix_category_municipality_id"), "category", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_category_scheme_id"), "category", ["scheme_id"], unique=False)
    op.create_table(
        "dependency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_dependency_not_itself")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_dependency_municipality_id")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["initiative.id"], name=op.f("fk_dependency_predecessor_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["initiative.id"], name=op.f("fk_dependency_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependency")),
        sa.UniqueConstraint("predecessor_id", "successor_id", name=op.f("uq_dependency_predecessor_id_successor_id")),
    )
    op.create_index(op.f("ix_dependency_municipality_id"), "dependency", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_dependency_predecessor_id"), "dependency", ["predecessor_id"], unique=False)
    op.create_index(op.f("ix_dependency_successor_id"), "dependency", ["successor_id"], unique=False)
    op.create_table(
        "document_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_document_link_initiative_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_document_link_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_link")),
    )
    op.create_index(op.f("ix_document_link_initiative_id"), "document_link", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_document_link_municipality_id"), "document_link", ["municipality_id"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("measured_in", sa.String(length=40), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("rhythm", sa.Text(), nullable=True),
        sa.Column("source_key", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_indicator_initiative_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_indicator_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    op.create_index(op.f("ix_indicator_initiative_id"), "indicator", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_indicator_municipality_id"), "indicator", ["municipality_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "step", "report", "adoption", name="milestonekind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("title_fi", sa.String(length=300), nullable=False),
        sa.Column("title_sv", sa.String(length=300), nullable=True),
        sa.Column("timespan", sa.Text(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("receiver_post_id", sa.Integer(), nullable=True),
        sa.Column("source_key", sa.String(length=300), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_milestone_initiative_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_milestone_municipality_id")),
        sa.ForeignKeyConstraint(["receiver_post_id"], ["post.id"], name=op.f("fk_milestone_receiver_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_index(op.f("ix_milestone_initiative_id"), "milestone", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_milestone_municipality_id"), "milestone", ["municipality_id"], unique=False)
    op.create_table(
        "recurring_deadline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=True),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.Column("title_fi", sa.String(length=300), nullable=False),
        sa.Column("title_sv", sa.String(length=300), nullable=True),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=True),
        sa.Column("to_year", sa.Integer(), nullable=True),
        sa.Column("receiver_post_id", sa.Integer(), nullable=True),
        sa.Column("source_key", sa.String(length=300), nullable=True),
        sa.CheckConstraint("day BETWEEN 1 AND 31", name=op.f("ck_recurring_deadline_day")),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_recurring_deadline_month")),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_recurring_deadline_initiative_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_recurring_deadline_municipality_id")
        ),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_recurring_deadline_portfolio_id")),
        sa.ForeignKeyConstraint(["receiver_post_id"], ["post.id"], name=op.f("fk_recurring_deadline_receiver_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurring_deadline")),
    )
    op.create_index(op.f("ix_recurring_deadline_initiative_id"), "recurring_deadline", ["initiative_id"], unique=False)
    op.create_index(
        op.f("ix_recurring_deadline_municipality_id"), "recurring_deadline", ["municipality_id"], unique=False
    )
    op.create_index(op.f("ix_recurring_deadline_portfolio_id"), "recurring_deadline", ["portfolio_id"], unique=False)
    op.create_table(
        "indicator_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_value_indicator_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_indicator_value_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
        sa.UniqueConstraint("indicator_id", "year", name=op.f("uq_indicator_value_indicator_id_year")),
    )
    op.create_index(op.f("ix_indicator_value_indicator_id"), "indicator_value", ["indicator_id"], unique=False)
    op.create_index(op.f("ix_indicator_value_municipality_id"), "indicator_value", ["municipality_id"], unique=False)
    op.create_table(
        "initiative_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_initiative_category_category_id")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_initiative_category_initiative_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_category_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_category")),
        sa.UniqueConstraint(
            "initiative_id", "category_id", name=op.f("uq_initiative_category_initiative_id_category_id")
        ),
    )
    op.create_index(op.f("ix_initiative_category_category_id"), "initiative_category", ["category_id"], unique=False)
    op.create_index(
        op.f("ix_initiative_category_initiative_id"), "initiative_category", ["initiative_id"], unique=False
    )
    op.create_index(
        op.f("ix_initiative_category_municipality_id"), "initiative_category", ["municipality_id"], unique=False
    )


def downgrade() -> None:
    """Drop the tables, the last one first."""
    op.drop_table("initiative_category")
    op.drop_table("indicator_value")
    op.drop_table("recurring_deadline")
    op.drop_table("milestone")
    op.drop_table("indicator")
    op.drop_table("document_link")
    op.drop_table("dependency")
    op.drop_table("category")
    op.drop_table("initiative")
    op.drop_table("category_scheme")
    op.drop_table("portfolio")

"""Let the database see to it that the round an export names is there."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NAME = "fk_export_round_id"


def upgrade() -> None:
    """Add the reference; in SQLite it stands in the column, for no table is made anew to which others refer."""
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(sa.ForeignKey("review_round.id", name=op.f(NAME)))
    else:
        op.create_foreign_key(op.f(NAME), "export", "review_round", ["round_id"], ["id"])


def downgrade() -> None:
    """Drop the reference."""
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
    else:
        op.drop_constraint(op.f(NAME), "export", type_="foreignkey")


def _make_anew(*reference: sa.ForeignKey) -> None:
    """Make the column anew with what it held."""
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT id, round_id FROM export WHERE round_id IS NOT NULL")
    op.drop_column("export", "round_id")
    op.add_column("export", sa.Column("round_id", sa.Integer(), *reference, nullable=True), inline_references=True)
    op.execute("UPDATE export SET round_id = (SELECT kept.round_id FROM kept WHERE kept.id = export.id)")
    op.execute("DROP TABLE kept")

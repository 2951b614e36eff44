"""Let the verdict of a review lead halted work on."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OLD = ("continue", "redirect", "pause", "merge", "complete", "take_into_use", "make_permanent", "stop")
NEW = ("continue", "resume", *OLD[1:])
NAME = "ck_review_verdict"

# The history tells of the same cell, so that it still leads to what the table holds.
AS_CONTINUED = (
    "UPDATE review SET verdict = 'continue' WHERE verdict = 'resume'",
    """UPDATE change SET "new" = '"continue"' WHERE entity = 'review' AND field = 'verdict'
       AND CAST("new" AS TEXT) = '"resume"'""",
    """UPDATE change SET "old" = '"continue"' WHERE entity = 'review' AND field = 'verdict'
       AND CAST("old" AS TEXT) = '"resume"'""",
)


def upgrade() -> None:
    """Add the verdict to those that the database takes."""
    _allow(NEW, OLD)


def downgrade() -> None:
    """Tell of resumed work that it continues, and take the verdict away."""
    for statement in AS_CONTINUED:
        op.execute(statement)
    _allow(OLD, NEW)


def _allow(verdicts: tuple[str, ...], before: tuple[str, ...]) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _make_anew(connection, _listed(before), _listed(verdicts))
        return
    op.drop_constraint(op.f(NAME), "review", type_="check")
    op.create_check_constraint(op.f(NAME), "review", f"verdict IN ({_listed(verdicts)})")


def _make_anew(connection: sa.Connection, old: str, new: str) -> None:
    """Make the table of SQLite anew with another check: under its own name, for other tables refer to it.

    Until the transaction ends nobody asks whether what they refer to is there, and by then every row is back.
    """
    made = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = 'review' AND sql IS NOT NULL")
    parts = connection.execute(made).all()
    (table,) = (sql for kind, sql in parts if kind == "table")
    if table.count(old) != 1:
        message = f"{NAME} is not as the migration knows it"
        raise RuntimeError(message)
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM review")
    op.execute("DROP TABLE review")
    connection.exec_driver_sql(table.replace(old, new))
    op.execute("INSERT INTO review SELECT * FROM kept")
    op.execute("DROP TABLE kept")
    for kind, sql in parts:
        if kind == "index":
            connection.exec_driver_sql(sql)


def _listed(verdicts: tuple[str, ...]) -> str:
    return ", ".join(f"'{one}'" for one in verdicts)

import datetime as dt
from decimal import Decimal

from sqlalchemy import JSON, Column, Date, Integer, MetaData, Numeric, String, Table, bindparam, insert, select, update

from portfolio.core.bulk import execute_many
from portfolio.core.database import make_engine

THINGS = Table(
    "thing",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(40)),
    Column("day", Date),
    Column("amount", Numeric(14, 2)),
    Column("told", JSON(none_as_null=True)),
)
NAMES = ("id", "name", "day", "amount", "told")
ROWS = [
    (1, "Kärkihanke % ja :nimi", dt.date(2026, 1, 2), Decimal("1.50"), {"a": [1, "ä"]}),
    (2, None, None, None, None),
    (3, "?", dt.date(1999, 12, 31), Decimal(-3), "teksti"),
]


def test_rows_are_written_as_their_columns_types_say_on_either_database(database_url):
    engine = make_engine(database_url)
    with engine.begin() as connection:
        THINGS.create(connection)
        execute_many(connection, insert(THINGS), {name: THINGS.c[name].type for name in NAMES}, ROWS)
        found = connection.execute(select(THINGS).order_by(THINGS.c.id)).all()
        assert [tuple(row) for row in found] == ROWS
        assert connection.exec_driver_sql("select count(*) from thing where told is null").scalar() == 1
    engine.dispose()


def test_one_statement_updates_each_row_with_its_own_values_and_nothing_without_rows(database_url):
    engine = make_engine(database_url)
    statement = update(THINGS).where(THINGS.c.id == bindparam("_id")).values(name=bindparam("_name"))
    types = {"_id": THINGS.c.id.type, "_name": THINGS.c.name.type}
    with engine.begin() as connection:
        THINGS.create(connection)
        execute_many(connection, insert(THINGS), {name: THINGS.c[name].type for name in NAMES}, ROWS)
        execute_many(connection, statement, types, [(1, "yksi"), (3, "kolme")])
        execute_many(connection, statement, types, [])
        found = connection.execute(select(THINGS.c.name).order_by(THINGS.c.id)).scalars().all()
        assert found == ["yksi", None, "kolme"]
    engine.dispose()

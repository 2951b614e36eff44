import datetime as dt

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, inspect, select, text
from sqlalchemy.exc import IntegrityError

from portfolio.cli import database
from portfolio.core.database import make_engine
from tests.migrations.rows import ROWS

REVISIONS = [one.revision for one in reversed(list(ScriptDirectory(str(database.migrations())).walk_revisions()))]


@pytest.fixture
def engine(database_url):
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def stored(engine, tables):
    """What the tables hold now, in the columns and shape of ROWS."""
    metadata = MetaData()
    metadata.reflect(engine, only=tables)
    with engine.connect() as connection:
        return {
            name: [
                {column: _naive(row[column]) for column in ROWS[name][0]}
                for row in connection.execute(select(metadata.tables[name])).mappings()
            ]
            for name in tables
        }


def _naive(value):
    return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value


def samples(tables):
    return {name: ROWS[name] for name in tables}


def fill(url, tables):
    """Write the sample rows beside the guard and the models, as an older version of the application had done."""
    engine = create_engine(url)
    metadata = MetaData()
    metadata.reflect(engine, only=tables)
    with engine.begin() as connection:
        for table in tables:
            connection.execute(metadata.tables[table].insert(), ROWS[table])
    engine.dispose()


def test_migrations_are_numbered_without_gaps():
    assert [int(one) for one in REVISIONS] == list(range(1, len(REVISIONS) + 1))
    assert database.newest_migration() == REVISIONS[-1]


def test_models_and_migrations_agree(engine):
    database.upgrade(engine)
    assert database.differences(engine) == []
    assert database.current_migration(engine) == REVISIONS[-1]


def test_every_table_has_a_sample_row():
    assert set(ROWS) == set(database.metadata().tables)


def test_data_survives_each_step_up_and_down(engine, database_url):
    seen = {"alembic_version"}
    tables_at = {}
    for revision in REVISIONS:
        database.upgrade(engine, revision)
        new = [name for name in ROWS if name in inspect(engine).get_table_names() and name not in seen]
        fill(database_url, new)
        seen |= set(new)
        tables_at[revision] = set(seen)
        assert stored(engine, sorted(seen - {"alembic_version"})) == samples(seen - {"alembic_version"})
    for revision in reversed(REVISIONS[:-1]):
        database.downgrade(engine, revision)
        assert set(inspect(engine).get_table_names()) == tables_at[revision]
        left = tables_at[revision] - {"alembic_version"}
        assert stored(engine, sorted(left)) == samples(left)
    database.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}


def filled(engine, database_url, last):
    """Bring an empty database to a migration, each table with its sample rows from the day it was made."""
    seen = {"alembic_version"}
    for revision in REVISIONS[: REVISIONS.index(last) + 1]:
        database.upgrade(engine, revision)
        new = [name for name in ROWS if name in inspect(engine).get_table_names() and name not in seen]
        fill(database_url, new)
        seen |= set(new)


def run(engine, *statements):
    with engine.begin() as connection:
        return [connection.execute(text(one)) for one in statements][-1]


def told(engine, statement):
    with engine.connect() as connection:
        return connection.execute(text(statement)).all()


def test_a_verdict_that_resumes_becomes_one_that_continues_on_the_way_down_in_the_history_too(engine, database_url):
    filled(engine, database_url, "0019")
    change = 'INSERT INTO change (id, municipality_id, revision_id, entity, entity_id, field, old, "new")'
    run(
        engine,
        "UPDATE review SET verdict = 'resume'",
        f"{change} VALUES (9, 1, 1, 'review', 1, 'verdict', '\"redirect\"', '\"resume\"')",
    )
    history = "SELECT CAST(old AS TEXT), CAST(\"new\" AS TEXT) FROM change WHERE field = 'verdict'"
    assert told(engine, history) == [('"redirect"', '"resume"')]
    database.downgrade(engine, "0018")
    assert told(engine, "SELECT verdict FROM review") == [("continue",)]
    assert told(engine, history) == [('"redirect"', '"continue"')]
    with pytest.raises(IntegrityError):
        run(engine, "UPDATE review SET verdict = 'resume'")
    database.upgrade(engine, "0019")
    run(engine, "UPDATE review SET verdict = 'resume'")
    assert told(engine, "SELECT count(*) FROM review_answer") == [(len(ROWS["review_answer"]),)]


def test_an_export_keeps_its_round_when_the_reference_comes_and_goes(engine, database_url):
    filled(engine, database_url, "0019")
    run(engine, "UPDATE export SET round_id = 1")
    database.upgrade(engine, "0020")
    assert told(engine, "SELECT round_id FROM export") == [(1,)]
    with pytest.raises(IntegrityError):
        run(engine, "UPDATE export SET round_id = 77")
    database.downgrade(engine, "0019")
    assert told(engine, "SELECT round_id FROM export") == [(1,)]

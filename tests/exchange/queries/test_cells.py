"""Where the cells of a card came from is found by an index, however long the history is."""

from portfolio.core.database import open_session
from portfolio.exchange.queries.cells import cell_origins


def test_an_index_leads_to_the_changes_of_each_row(small_town, counted):
    items = [("milestone", 2), ("milestone", 3), ("budget_line", 4)]
    with open_session(small_town.engine, write=False) as session:
        identity = small_town.municipality(session).id
        with counted(session) as count:
            cell_origins(session, identity, ("initiative", 1), items)
        [latest] = [one for one in count.statements if "max(change.revision_id)" in one]
        values = (None,) * latest.count("?")
        plan = [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {latest}", values)]
    found = [step for step in plan if step.startswith("S")]  # SEARCH by an index, or SCAN of everything
    assert len(found) == 3
    assert all("COVERING INDEX" in step and "entity_id=?" in step for step in found)

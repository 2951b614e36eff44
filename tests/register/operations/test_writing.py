"""Writing on each kind of database, and several writers at once."""

import random
import threading
from decimal import Decimal

from sqlalchemy import select

from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.problem import Refusal
from portfolio.core.text import has_valid_check_letter
from portfolio.register import operations
from portfolio.register.models import Dependency, Indicator, IndicatorValue, Initiative, Milestone
from portfolio.register.rules import Benefit, InitiativeKind, Status, finds_cycle
from tests.factories import acting, create_category, create_municipality, create_portfolio


def draft(portfolio_id, **values):
    return {"portfolio_id": portfolio_id, "kind": InitiativeKind.MEASURE, "title_fi": "Öljystä luopuminen"} | values


def test_everything_of_the_register_is_written_alike_on_both_databases(any_db):
    home = create_municipality(any_db).id
    portfolio = create_portfolio(any_db, municipality_id=home, prefix="T").id
    category = create_category(any_db, municipality_id=home)
    office = acting(home, "office")
    full = draft(portfolio, benefits=frozenset(Benefit), categories={category.scheme_id: {category.id}})
    first, second = operations.create_initiatives(any_db, office, [full, draft(portfolio)])
    operations.update_initiatives(any_db, office, {first: {"status": Status.IN_PREPARATION, "progress": 5}})
    operations.add_parts(any_db, office, Milestone, [{"initiative_id": first, "title_fi": "Pilotti"}])
    [edge] = operations.add_parts(any_db, office, Dependency, [{"predecessor_id": first, "successor_id": second}])
    operations.remove_parts(any_db, office, Dependency, [edge])
    [indicator] = operations.add_parts(any_db, office, Indicator, [{"initiative_id": first, "name_fi": "Kulutus"}])
    values = [{"indicator_id": indicator, "year": 2026, "number": Decimal("1.5")}]
    operations.add_parts(any_db, office, IndicatorValue, values)
    operations.copy_initiative(any_db, office, first)
    operations.set_categories(any_db, office, {first: {category.scheme_id: set()}})
    any_db.commit()
    assert history.verify(any_db) == []


def test_writers_at_the_same_time_get_codes_of_their_own(migrated_url):
    engine = open_engine(migrated_url)
    with open_session(engine, write=True) as session:
        home = create_municipality(session).id
        portfolio = create_portfolio(session, municipality_id=home, prefix="T").id
        session.commit()
    start, faults = threading.Barrier(4), []

    def write():
        try:
            start.wait()
            for _ in range(5):
                with open_session(engine, write=True) as session:
                    operations.create_initiatives(session, acting(home, "office"), [draft(portfolio)] * 2)
                    session.commit()
        except Exception as fault:  # noqa: BLE001 - told below, where the test can see it
            faults.append(fault)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    with open_session(engine, write=False) as session:
        codes = sorted(session.scalars(select(Initiative.code)))
        assert [code.rsplit("-", 1)[0] for code in codes] == [f"T-{number:03}" for number in range(1, 41)]
        assert all(map(has_valid_check_letter, codes))
        assert history.verify(session) == []
    engine.dispose()


def test_circles_are_kept_out_whatever_the_order_of_writing(db):
    home = create_municipality(db).id
    portfolio = create_portfolio(db, municipality_id=home).id
    office, chance = acting(home, "office"), random.Random(3)
    ids = operations.create_initiatives(db, office, [draft(portfolio)] * 6)
    for _ in range(60):
        before, after = chance.sample(ids, 2)
        try:
            operations.add_parts(db, office, Dependency, [{"predecessor_id": before, "successor_id": after}])
        except Refusal:
            continue
    edges = db.execute(select(Dependency.predecessor_id, Dependency.successor_id)).all()
    assert len(edges) > 10
    assert finds_cycle(map(tuple, edges)) is None

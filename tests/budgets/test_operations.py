from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.budgets import operations, queries
from portfolio.budgets.models import BudgetLine
from portfolio.budgets.rules import BudgetPart
from portfolio.core import history
from portfolio.core.history import Change
from portfolio.core.problem import Refusal
from portfolio.register.operations import remove_initiatives
from tests.factories import acting, create_initiative, create_municipality

OPERATING, INVESTMENT = BudgetPart.OPERATING, BudgetPart.INVESTMENT


def places(refusal):
    return sorted(problem.place or "" for problem in refusal.value.problems)


def test_cells_make_lines_and_change_them_one_by_one(any_purse):
    key = (any_purse.first, 2026, OPERATING, any_purse.own)
    any_purse.put({key: {"planned": Decimal("40000.50")}})
    any_purse.put({key: {"forecast": Decimal(0)}})
    written = any_purse.put({key: {"planned": Decimal("40000.5"), "forecast": None}})
    [line] = any_purse.lines(any_purse.first)
    assert (line.planned, line.forecast, line.actual) == (Decimal("40000.50"), None, None)
    assert dict(written.changed) == {(BudgetLine, line.id): {"forecast": (Decimal(0), None)}}
    fields = select(Change.field).where(Change.entity == "budget_line").order_by(Change.id)
    assert any_purse.session.scalars(fields).all() == ["*", "forecast", "forecast"]
    assert history.verify(any_purse.session) == []


def test_a_line_of_an_unknown_amount_is_a_line(purse):
    purse.put({(purse.first, 2026, OPERATING, purse.own): {"planned": None}})
    assert len(purse.lines(purse.first)) == 1


def test_a_removed_line_comes_back_as_the_same_row(purse):
    key = (purse.first, 2026, INVESTMENT, purse.eu)
    purse.put({key: {"planned": Decimal(5)}})
    [line] = purse.lines(purse.first)
    purse.remove(line)
    assert purse.lines(purse.first) == []
    purse.put({key: {"planned": Decimal(6)}})
    assert [one.id for one in purse.lines(purse.first)] == [line.id]


def test_money_needs_the_role_of_budget_in_the_unit(purse):
    budget = acting(purse.id, "budget", unit_ids={purse.unit.id})
    purse.put({(purse.first, 2026, OPERATING, purse.own): {"planned": Decimal(1)}}, budget)
    for actor in (
        acting(purse.id, "reporter", unit_ids={purse.other_unit.id}),
        acting(purse.id, "member"),
        acting(purse.id, "viewer", post_ids={purse.post.id}),
        budget,
    ):
        for initiative_id in (purse.second, purse.third):
            with pytest.raises(Refusal) as refusal:
                purse.put({(initiative_id, 2026, OPERATING, purse.own): {"planned": Decimal(1)}}, actor)
            assert places(refusal) == ["planned"]


def test_initiatives_and_sources_elsewhere_or_removed_do_not_exist(purse):
    elsewhere = create_municipality(purse.session).id
    stranger = create_initiative(purse.session, municipality_id=elsewhere).id
    source = operations.create_funding_source(purse.session, acting(elsewhere, "office"), {"name_fi": "Oma"})
    with pytest.raises(Refusal) as refusal:
        purse.put({(stranger, 2026, OPERATING, source): {"planned": Decimal(1)}})
    assert places(refusal) == ["initiative_id", "source_id"]
    key = (purse.first, 2026, OPERATING, purse.own)
    purse.put({key: {"planned": Decimal(1)}})
    remove_initiatives(purse.session, purse.office, [purse.first])
    with pytest.raises(Refusal) as refusal:
        purse.put({key: {"planned": Decimal(2)}})
    assert places(refusal) == ["initiative_id"]


def test_all_problems_of_a_batch_are_told_and_nothing_is_written(purse):
    cells = {
        (purse.first, 20266, OPERATING, purse.own): {"planned": Decimal(1)},
        (purse.first, 2026, OPERATING, purse.own): {"planned": Decimal(10) ** 12},
        (purse.first, 2027, OPERATING, purse.own): {"planned": Decimal(1)},
    }
    with pytest.raises(Refusal) as refusal:
        purse.put(cells)
    assert places(refusal) == ["planned", "year"]
    assert purse.lines(purse.first) == []


def test_a_source_with_amounts_stays(purse):
    key = (purse.first, 2026, OPERATING, purse.eu)
    purse.put({key: {"planned": Decimal(1)}})
    with pytest.raises(Refusal):
        operations.remove_funding_source(purse.session, purse.office, purse.eu)
    purse.remove(*purse.lines(purse.first))
    operations.remove_funding_source(purse.session, purse.office, purse.eu)
    assert [one.id for one in queries.funding_sources(purse.session, purse.id)] == [purse.own]
    operations.restore_funding_source(purse.session, purse.office, purse.eu)
    assert not queries.get_funding_source(purse.session, purse.id, purse.eu).removed


def test_sources_are_the_offices_to_keep(purse):
    identity = operations.create_funding_source(purse.session, purse.office, {"name_fi": "Säätiö", "external": True})
    operations.update_funding_source(purse.session, purse.office, identity, {"name_sv": "Stiftelse"}, version=1)
    assert queries.get_funding_source(purse.session, purse.id, identity).code == "saatio"
    budget = acting(purse.id, "budget")
    for refused in (
        lambda: operations.create_funding_source(purse.session, budget, {"name_fi": "x"}),
        lambda: operations.update_funding_source(purse.session, budget, identity, {"name_fi": "x"}),
        lambda: operations.put_funding_sources(purse.session, budget, {"x": {"name_fi": "x"}}),
    ):
        with pytest.raises(Refusal):
            refused()

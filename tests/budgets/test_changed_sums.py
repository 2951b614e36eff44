from decimal import Decimal

import pytest

from portfolio.budgets.operations import create_funding_source, set_budget_cells
from portfolio.budgets.queries import changed_sums
from portfolio.budgets.rules import BudgetPart, add_up
from portfolio.core import history
from tests import factories

OPERATING, INVESTMENT = BudgetPart.OPERATING, BudgetPart.INVESTMENT


@pytest.fixture
def town(any_db):
    return Money(any_db)


class Money:
    """One initiative whose plans change."""

    def __init__(self, db):
        self.db = db
        self.initiative = factories.create_initiative(db)
        self.home = self.initiative.municipality_id
        self.office = factories.acting(self.home, "office")
        self.source = create_funding_source(db, self.office, {"name_fi": "Kunta", "code": "kunta"})
        self.now()

    def plan(self, year, part, amount):
        cells = {(self.initiative.id, year, part, self.source): {"planned": amount and Decimal(amount)}}
        set_budget_cells(self.db, self.office, cells)
        return self.now()

    def now(self):
        self.db.commit()
        return history.latest_revision(self.db)

    def changed(self, first, second=None):
        return changed_sums(self.db, self.home, first, second)


def test_a_year_is_summed_over_its_lines_at_both_times(town):
    first = town.plan(2026, OPERATING, 100)
    town.plan(2026, INVESTMENT, 50)
    second = town.plan(2026, OPERATING, 130)
    town.plan(2026, OPERATING, 999)
    expected = {town.initiative.id: {2026: (add_up([Decimal(100)]), add_up([Decimal(130), Decimal(50)]))}}
    assert town.changed(first, second) == expected


def test_a_year_without_a_line_is_not_a_year_of_zero(town):
    before = town.now()
    first = town.plan(2026, OPERATING, 0)
    assert town.changed(before, first) == {town.initiative.id: {2026: (None, add_up([Decimal(0)]))}}
    history.undo(town.db, town.office, first, {})
    town.now()
    assert town.changed(first) == {town.initiative.id: {2026: (add_up([Decimal(0)]), None)}}
    assert town.changed(before) == {}


def test_an_amount_that_became_unknown_differs(town):
    first = town.plan(2026, OPERATING, 100)
    town.plan(2026, OPERATING, None)
    assert town.changed(first) == {town.initiative.id: {2026: (add_up([Decimal(100)]), add_up([None]))}}


def test_what_came_back_to_what_it_was_does_not_differ(town):
    first = town.plan(2026, OPERATING, 100)
    town.plan(2026, OPERATING, 200)
    town.plan(2026, OPERATING, 100)
    assert town.changed(first) == {}


def test_the_same_money_on_more_lines_does_not_differ(town):
    first = town.plan(2026, OPERATING, 100)
    town.plan(2026, OPERATING, 70)
    town.plan(2026, INVESTMENT, 30)
    assert town.changed(first) == {}


def test_many_initiatives_are_read_in_another_way_with_the_same_sums(town, monkeypatch):
    first = town.plan(2026, OPERATING, 100)
    second = town.plan(2026, OPERATING, 130)
    town.plan(2026, OPERATING, 999)
    few = town.changed(first, second)
    monkeypatch.setattr("portfolio.budgets.queries.sums.FEW", 0)
    assert town.changed(first, second) == few

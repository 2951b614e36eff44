"""A municipality with initiatives and sources of money, and people who act in it."""

import pytest

from portfolio.budgets import operations
from portfolio.budgets.models import BudgetLine
from portfolio.core import history
from tests.factories import acting, create_initiative, create_municipality, create_portfolio, create_post, create_unit


class Purse:
    def __init__(self, session):
        self.session = session
        self.id = create_municipality(session).id
        home = {"municipality_id": self.id}
        self.unit, self.other_unit = create_unit(session, **home), create_unit(session, **home)
        self.post = create_post(session, **home)
        self.portfolio = create_portfolio(session, **home).id
        usual = {"portfolio_id": self.portfolio, **home}
        self.first = create_initiative(session, title_fi="a", unit_id=self.unit.id, **usual).id
        self.second = create_initiative(session, title_fi="b", unit_id=self.other_unit.id, **usual).id
        self.third = create_initiative(session, title_fi="c", owner_post_id=self.post.id, **usual).id
        self.office = acting(self.id, "office")
        sources = {"own": {"name_fi": "Oma rahoitus"}, "eu": {"name_fi": "EU", "external": True}}
        ids = operations.put_funding_sources(session, self.office, sources).ids
        self.own, self.eu = ids["own"], ids["eu"]

    def put(self, cells, actor=None):
        return operations.set_budget_cells(self.session, actor or self.office, cells)

    def remove(self, *lines):
        """Take lines back, as undoing the import that made them does."""
        gone = [history.Update(BudgetLine, line.id, {"removed": True}) for line in lines]
        history.write_many(self.session, self.office, updates=gone)

    def lines(self, initiative_id):
        return history.rows(self.session, BudgetLine, self.id, initiative_id=initiative_id)


@pytest.fixture
def purse(db):
    return Purse(db)


@pytest.fixture
def any_purse(any_db):
    return Purse(any_db)

"""A municipality with a portfolio, and people who act in it."""

import pytest

from portfolio.register import operations
from portfolio.register.models import Initiative
from portfolio.register.rules import InitiativeKind
from tests.factories import acting, create_municipality, create_portfolio, create_post, create_unit


@pytest.fixture
def place(db):
    return Place(db)


class Place:
    """A municipality with a portfolio, two units and a post, and people who act in it."""

    def __init__(self, session):
        self.session = session
        self.id = create_municipality(session).id
        home = {"municipality_id": self.id}
        self.unit, self.other_unit = create_unit(session, **home), create_unit(session, **home)
        self.post = create_post(session, unit_id=self.unit.id, **home)
        self.portfolio = create_portfolio(session, prefix="T", **home)
        self.office = acting(self.id, "office")
        self.reporter = acting(self.id, "reporter", unit_ids={self.unit.id})
        self.holder = acting(self.id, "viewer", post_ids={self.post.id})
        self.viewer = acting(self.id, "viewer")

    def draft(self, **values):
        usual = {"portfolio_id": self.portfolio.id, "kind": InitiativeKind.MEASURE, "title_fi": "Sähköinen asiointi"}
        return usual | {"unit_id": self.unit.id} | values

    def create(self, **values):
        return operations.create_initiatives(self.session, self.office, [self.draft(**values)])[0]

    def get(self, identity):
        return self.session.get(Initiative, identity)

    def update(self, actor, identity, **values):
        return operations.update_initiatives(self.session, actor, {identity: values})

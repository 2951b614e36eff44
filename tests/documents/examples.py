"""Examples of the addresses of documents."""

from portfolio.register.rules import Publicity
from tests import factories
from tests.web.examples import example


@example("documents.public_card")
def public_card(session, municipality):
    portfolio = factories.create_portfolio(session, municipality_id=municipality.id)
    row = factories.create_initiative(
        session, municipality_id=municipality.id, portfolio_id=portfolio.id, publicity=Publicity.PUBLIC
    )
    return {"place": municipality.code, "code": row.code}

from portfolio.budgets.models import FundingSource
from tests import factories
from tests.web.examples import example


@example("budgets.edit_funding_source", "budgets.remove_funding_source", "budgets.restore_funding_source")
def source(session, municipality):
    values = {"municipality_id": municipality.id, "code": "valtio", "name_fi": "Valtionavustus"}
    return {"source": factories.write(session, FundingSource, values).id}


@example("budgets.frames")
def frames(session, municipality):
    return {"portfolio": factories.create_portfolio(session, municipality_id=municipality.id).id}


@example("budgets.lock", "budgets.unlock")
def year(_session, _municipality):
    return {"year": 2029}


@example("budgets.shares")
def shares(session, municipality):
    return {"initiative": factories.create_initiative(session, municipality_id=municipality.id).id}


@example("budgets.money_figure")
def chart(_session, _municipality):
    return {"name": "source"}

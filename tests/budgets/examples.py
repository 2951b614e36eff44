from portfolio.budgets.models import FundingSource
from tests import factories
from tests.web.examples import example


@example("budgets.edit_funding_source", "budgets.remove_funding_source", "budgets.restore_funding_source")
def source(session, municipality):
    values = {"municipality_id": municipality.id, "code": "valtio", "name_fi": "Valtionavustus"}
    return {"source": factories.write(session, FundingSource, values).id}

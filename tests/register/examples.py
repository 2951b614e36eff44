from portfolio.register.models import ProgrammeVersion, RecurringDeadline
from tests import factories
from tests.web.examples import example


@example(
    "register.portfolio",
    "register.edit_portfolio",
    "register.remove_portfolio",
    "register.restore_portfolio",
    "register.new_deadline",
    "register.versions",
    "register.new_version",
)
def portfolio(session, municipality):
    return {"portfolio": factories.create_portfolio(session, municipality_id=municipality.id).id}


@example("register.edit_deadline", "register.remove_deadline", "register.restore_deadline")
def deadline(session, municipality):
    home = {"municipality_id": municipality.id}
    owner = factories.create_portfolio(session, **home)
    values = {"portfolio_id": owner.id, "title_fi": "Vuosiraportti", "month": 9, "day": 30}
    return {"deadline": factories.write(session, RecurringDeadline, home | values).id}


@example("register.edit_scheme", "register.remove_scheme", "register.restore_scheme", "register.new_category")
def scheme(session, municipality):
    return {"scheme": factories.create_scheme(session, municipality_id=municipality.id).id}


@example("register.edit_category", "register.remove_category", "register.restore_category")
def category(session, municipality):
    return {"category": factories.create_category(session, municipality_id=municipality.id).id}


@example("register.edit_baseline", "register.remove_baseline", "register.restore_baseline")
def baseline(session, municipality):
    return {"baseline": factories.create_baseline(session, municipality_id=municipality.id).id}


@example("register.edit_version", "register.remove_version", "register.restore_version")
def version(session, municipality):
    home = {"municipality_id": municipality.id}
    owner = factories.create_portfolio(session, **home)
    values = {"portfolio_id": owner.id, "label": "0.91", "date_words": "12.12.2+22"}
    return {"version": factories.write(session, ProgrammeVersion, home | values).id}

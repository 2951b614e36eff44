from portfolio.accounts.models import SavedView
from tests import factories
from tests.web.examples import example


@example("roadmap.edit_view", "roadmap.remove_view", "roadmap.restore_view")
def saved_view(session, municipality):
    owner = factories.create_user(session)
    values = {"user_id": owner.id, "page": "roadmap", "name": "Johtoryhmä", "query": "group=forum", "shared": True}
    return {"view": factories.write(session, SavedView, {"municipality_id": municipality.id, **values}).id}


@example("roadmap.move")
def initiative(session, municipality):
    return {"initiative": factories.create_initiative(session, municipality_id=municipality.id).id}

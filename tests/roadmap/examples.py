from sqlalchemy import func, select

from portfolio.accounts.models import SavedView
from portfolio.forums.models import Forum
from portfolio.forums.rules import ForumKind
from tests import factories
from tests.web.examples import example


@example("roadmap.edit_view", "roadmap.remove_view", "roadmap.restore_view")
def saved_view(session, municipality):
    owner = factories.create_user(session)
    values = {"user_id": owner.id, "page": "roadmap", "name": "Johtoryhmä", "query": "group=forum", "shared": True}
    return {"view": factories.write(session, SavedView, {"municipality_id": municipality.id, **values}).id}


@example("roadmap.move", "roadmap.preview_move")
def initiative(session, municipality):
    return {"initiative": factories.create_initiative(session, municipality_id=municipality.id).id}


@example("roadmap.end_meeting", "pages.outcome")
def meeting(session, municipality):
    return {"forum": create_forum(session, municipality).id, "day": "2026-05-04"}


def create_forum(session, municipality, name="Johtoryhmä"):
    number = session.scalar(select(func.count()).select_from(Forum))
    values = {"code": f"ryhma-{number}", "name_fi": name, "kind": ForumKind.LEADERSHIP}
    return factories.write(session, Forum, {"municipality_id": municipality.id, **values})

"""A municipality with forums and initiatives, and people who act in it."""

import pytest

from portfolio.core import history
from portfolio.forums import operations
from portfolio.forums.models import Decision, DecisionInitiative, InitiativeForum
from portfolio.forums.rules import ForumKind
from tests.factories import acting, create_initiative, create_municipality, create_portfolio, create_post


class Hall:
    def __init__(self, session):
        self.session = session
        self.id = create_municipality(session).id
        home = {"municipality_id": self.id}
        self.post = create_post(session, **home).id
        usual = {"portfolio_id": create_portfolio(session, prefix="T", **home).id, **home}
        self.first, self.second = (create_initiative(session, **usual).id for _ in range(2))
        self.office = acting(self.id, "office")
        rows = {
            "kh": {"name_fi": "Kaupunginhallitus", "kind": ForumKind.BODY},
            "jory": {"name_fi": "Johtoryhmä", "kind": ForumKind.LEADERSHIP, "owning_forum_code": "kh"},
        }
        ids = operations.put_forums(session, self.office, rows).ids
        self.board, self.group = ids["kh"], ids["jory"]

    def decide(self, **values):
        usual = {"title_fi": "Toimenpideohjelma", "forum_id": self.board}
        return operations.record_decisions(self.session, self.office, [usual | values])[0]

    def decision(self, identity):
        return history.row(self.session, Decision, self.id, identity, None)

    def concerned(self, decision_id):
        links = history.rows(self.session, DecisionInitiative, self.id, decision_id=decision_id)
        return [link.initiative_id for link in links]

    def handled_by(self):
        return {link.initiative_id: link.forum_id for link in history.rows(self.session, InitiativeForum, self.id)}


@pytest.fixture
def hall(db):
    return Hall(db)

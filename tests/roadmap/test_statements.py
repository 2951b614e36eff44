"""The pages of the roadmap ask the database as often for much as for little."""

import pytest
from sqlalchemy import select

from portfolio.accounts.models import SavedView
from portfolio.core.rights import Role
from portfolio.core.timespan import Context, parse
from portfolio.forums.models import Decision, DecisionInitiative
from portfolio.forums.rules import Outcome
from portfolio.register.models import Dependency, Initiative, Milestone
from portfolio.register.operations import update_initiatives
from tests import factories
from tests.factories import acting
from tests.roadmap.examples import create_forum

MANY = 12
DAY = "2026-05-04"


def span(words):
    return parse(words, Context.default()).value


class Place:
    """A forum, an initiative, and a baseline since which there come more and more of everything."""

    def __init__(self, town, clock):
        self.town, self.session, self.id, self.clock = town, town.session, town.municipality.id, clock
        self.portfolio = factories.create_portfolio(self.session, municipality_id=self.id).id
        self.forum = create_forum(self.session, town.municipality).id
        self.item = self.initiative("Kirjasto")
        self.baseline = factories.create_baseline(self.session, municipality_id=self.id).id
        self.owner = factories.create_user(self.session).id
        self.grow(0)

    def initiative(self, title):
        facts = {"portfolio_id": self.portfolio, "title_fi": title, "timespan": span("2026")}
        return factories.create_initiative(self.session, municipality_id=self.id, **facts).id

    def write(self, model, **values):
        return factories.write(self.session, model, {"municipality_id": self.id, **values}).id

    def grow(self, number):
        other = self.initiative(f"Kohde {number}")
        self.write(Dependency, predecessor_id=other, successor_id=self.item)
        self.write(Milestone, initiative_id=self.item, title_fi=f"Etappi {number}", timespan=span("kesä 2026"))
        view = {"user_id": self.owner, "page": "roadmap", "query": f"q={number}", "shared": True}
        self.write(SavedView, name=f"Näkymä {number}", **view)
        decided = {"forum_id": self.forum, "date": self.clock().date(), "outcome": Outcome.NOTED}
        decision = self.write(Decision, title_fi=f"Päätös {number}", **decided)
        self.write(DecisionInitiative, decision_id=decision, initiative_id=self.item)
        self.session.commit()
        self.clock.move(seconds=1)
        office = acting(self.id, "office", at=self.clock())
        update_initiatives(self.session, office, {self.item: {"title_fi": f"Kirjasto {number}"}})
        self.session.commit()


@pytest.mark.parametrize(
    "page",
    [
        "roadmap/meeting?forum={forum}&date={day}&compare=baseline:{baseline}",
        "roadmap/chart?group=portfolio&inner=unit&colour=health",
        "roadmap/chart.json?compare=baseline:{baseline}&portfolio={portfolio}",
        "roadmap/views",
        "initiatives/{item}/panel?forum={forum}&date={day}&compare=baseline:{baseline}",
        "initiatives/{item}/move?words=2027",
        "forums/{forum}/meetings/{day}/outcome?initiative={item}",
        "changes?group=forum&q=k&from=baseline:{baseline}",
        "changes.xlsx?from=baseline:{baseline}&kind=project&kind=need&kind=measure",
    ],
)
def test_as_many_statements_for_much_as_for_little(pages, town, clock, engine, counted, page):
    place = Place(town, clock)
    pages.sign_in(Role.OFFICE)
    names = {"forum": place.forum, "item": place.item, "baseline": place.baseline, "portfolio": place.portfolio}
    address = f"/{town.code}/{page.format(day=DAY, **names)}"

    def asked():
        assert pages.client.get(address).status_code == 200
        with counted(engine) as count:
            assert pages.client.get(address).status_code == 200
        return count.queries

    little = asked()
    for number in range(1, MANY):
        place.grow(number)
    assert len(town.rows(select(Initiative.id))) == MANY + 1
    assert asked() == little

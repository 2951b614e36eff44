"""A programme of the town with measures of the reporter's unit and of another, and a round that asks about them."""

import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.accounts.queries import actor_of
from portfolio.core.rights import Role
from portfolio.register.rules import Status
from portfolio.reviews import operations
from portfolio.reviews.models import Review
from portfolio.reviews.rules import Health, Verdict
from tests import factories

ROUNDS = "/koekunta/reviews"
TODAY = dt.date(2026, 5, 4)
WHOLE = {"progress": 40, "health": Health.GREEN, "done": "Kilpailutus tehty", "verdict": Verdict.CONTINUE}


class Programme:
    """What the screens of reviews are tried with."""

    def __init__(self, town):
        self.town, self.session = town, town.session
        self.home = {"municipality_id": town.municipality.id}
        self.other = factories.create_unit(self.session, name_fi="Tekninen", **self.home).id
        self.post = factories.create_post(self.session, unit_id=town.unit.id, title_fi="Rehtori", **self.home).id
        self.portfolio = factories.create_portfolio(
            self.session, prefix="K", name_fi="Toimenpideohjelma", report_deadline="30.9.", **self.home
        ).id
        self.first = self.measure("Koulujen ajanvaraus", town.unit.id)
        self.second = self.measure("Oppimisen tuki", town.unit.id)
        self.third = self.measure("Katuvalot", self.other)
        town.commit()

    def measure(self, title, unit_id, **values):
        usual = {"portfolio_id": self.portfolio, "status": Status.UNDER_WAY, "title_fi": title, "unit_id": unit_id}
        return factories.create_initiative(self.session, **usual | self.home | values).id

    @property
    def office(self):
        return self.actor(Role.OFFICE)

    def actor(self, role):
        at = factories.MORNING
        return actor_of(self.session, self.town.users[role], self.town.municipality.id, at, at.date())

    def round(self, year=2026, *, opened=True, **values):
        usual = {
            "portfolio_id": self.portfolio,
            "name_fi": f"Vuosiraportti {year}",
            "period_first": dt.date(year, 1, 1),
            "period_last": dt.date(year, 12, 31),
            "opens_on": dt.date(year, 4, 1),
            "due_on": dt.date(year, 9, 30),
        }
        identity = operations.create_round(self.session, self.office, usual | values)
        self.town.commit()
        if opened:
            operations.open_round(self.session, self.office, identity)
            self.town.commit()
        return identity

    def review(self, round_id, initiative_id):
        chosen = select(Review.id).where(Review.round_id == round_id, Review.initiative_id == initiative_id)
        return self.town.rows(chosen)[0]

    def stored(self, review_id):
        return self.town.rows(select(Review).where(Review.id == review_id))[0]

    def submit(self, review_id, day=TODAY, **answer):
        operations.submit_reviews(self.session, self.office, {review_id: WHOLE | answer}, today=day)
        self.town.commit()

    def approve(self, *ids, day=TODAY):
        operations.approve_reviews(self.session, self.office, ids, today=day)
        self.town.commit()

    def close(self, round_id):
        operations.close_round(self.session, self.office, round_id)
        self.town.commit()


@pytest.fixture
def programme(town):
    return Programme(town)


@pytest.fixture
def office(pages, programme):
    """The development office looks at pages."""
    pages.sign_in(Role.OFFICE)
    return pages


@pytest.fixture
def reporter(pages, programme):
    """The reporter of the unit looks at pages."""
    pages.sign_in(Role.REPORTER)
    return pages

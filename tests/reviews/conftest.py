"""A municipality with a programme, two service areas, and a round that asks about their measures."""

import datetime as dt
from dataclasses import replace

import pytest

from portfolio.core import history
from portfolio.register import queries as register
from portfolio.register.rules import Status
from portfolio.reviews import operations, queries
from portfolio.reviews.rules import Health, Verdict
from tests.factories import (
    acting,
    create_initiative,
    create_municipality,
    create_portfolio,
    create_post,
    create_unit,
    create_user,
)

TODAY = dt.date(2026, 9, 14)
DUE = dt.date(2026, 9, 30)
WHOLE = {"progress": 60, "health": Health.GREEN, "done": "Kilpailutus tehty", "verdict": Verdict.CONTINUE}


class Cycle:
    """A year of one programme: its round, who answers and who receives."""

    def __init__(self, session):
        self.session = session
        self.id = create_municipality(session).id
        home = {"municipality_id": self.id}
        self.care = create_unit(session, **home).id
        self.clinic = create_unit(session, parent_id=self.care, **home).id
        self.town = create_unit(session, **home).id
        self.post = create_post(session, unit_id=self.care, **home).id
        self.portfolio = create_portfolio(session, prefix="T", **home).id
        self.first = self.measure(self.care, title_fi="Ajanvaraus verkkoon")
        self.second = self.measure(self.clinic, title_fi="Neuvolan palvelupolku")
        self.third = self.measure(self.town, title_fi="Katuvalot")
        self.proposed = self.measure(self.town, status=Status.PROPOSED, title_fi="Uusi puisto")
        self.office = acting(self.id, "office")
        self.colleague = create_user(session).id
        self.reporter = replace(
            acting(self.id, "reporter", unit_ids=[self.care, self.clinic]), user_id=create_user(session).id
        )
        self.guest = replace(acting(self.id, "viewer"), user_id=self.colleague)

    def measure(self, unit_id, *, status=Status.UNDER_WAY, **values):
        home = {"municipality_id": self.id, "portfolio_id": self.portfolio}
        return create_initiative(self.session, unit_id=unit_id, status=status, **home, **values).id

    def round(self, year=2026, **values):
        usual = {
            "portfolio_id": self.portfolio,
            "name_fi": f"Vuosiraportti {year}",
            "period_first": dt.date(year, 1, 1),
            "period_last": dt.date(year, 12, 31),
            "opens_on": dt.date(year, 9, 1),
            "due_on": dt.date(year, 9, 30),
        }
        identity = operations.create_round(self.session, self.office, usual | values)
        self.session.commit()
        return identity

    def opened(self, year=2026, **values):
        identity = self.round(year, **values)
        operations.open_round(self.session, self.office, identity)
        self.session.commit()
        return identity

    def review(self, round_id, initiative_id):
        self.session.expire_all()
        return queries.review_of(self.session, self.id, round_id, initiative_id)

    def submit(self, review, actor=None, **answer):
        operations.submit_reviews(self.session, actor or self.reporter, {review.id: WHOLE | answer}, today=TODAY)
        self.session.commit()

    def approve(self, *reviews):
        operations.approve_reviews(self.session, self.office, [one.id for one in reviews], today=TODAY)
        self.session.commit()

    def initiative(self, identity):
        self.session.expire_all()
        return register.get_initiative(self.session, self.id, identity)

    def follow(self, round_id, today=TODAY, at=None):
        self.session.expire_all()
        return queries.follow(
            self.session, queries.get_round(self.session, self.id, round_id, at=at), today=today, at=at
        )

    def latest(self):
        return history.latest_revision(self.session)


@pytest.fixture
def cycle(db):
    return Cycle(db)


@pytest.fixture
def any_cycle(any_db):
    """The same on each database in turn."""
    return Cycle(any_db)

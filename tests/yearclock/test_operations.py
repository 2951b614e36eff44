import datetime as dt
from dataclasses import replace

import pytest

from portfolio.core.problem import Refusal
from portfolio.core.rights import operator
from portfolio.yearclock import operations, queries
from tests import factories

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def owner(db):
    home = factories.create_municipality(db).id
    return replace(factories.acting(home, "viewer"), user_id=factories.create_user(db).id)


@pytest.fixture
def feed(db, owner):
    operations.create_feed(db, owner, "Oma kalenteri", "", "fi")
    return queries.feeds_of(db, owner.municipality_id, owner.user_id)[0]


def test_a_feed_is_revoked_by_its_owner_once_and_for_all(db, owner, feed):
    operations.revoke_feed(db, owner, feed.id)
    operations.revoke_feed(db, replace(owner, at=owner.at + HOUR), feed.id)
    assert feed.revoked_at == owner.at
    assert queries.feeds_of(db, owner.municipality_id, owner.user_id) == []


def test_nobody_else_revokes_a_feed_not_even_the_office_or_the_operator(db, owner, feed):
    home = owner.municipality_id
    office = replace(factories.acting(home, "office"), user_id=factories.create_user(db).id)
    for other in (office, operator(owner.at).within(home)):
        with pytest.raises(Refusal) as refusal:
            operations.revoke_feed(db, other, feed.id)
        assert refusal.value.problems[0].msgid == operations.NOT_YOURS
    assert feed.revoked_at is None


def test_a_feed_of_another_municipality_is_not_found(db, owner, feed):
    elsewhere = replace(owner, municipality_id=factories.create_municipality(db).id)
    with pytest.raises(LookupError):
        operations.revoke_feed(db, elsewhere, feed.id)
    assert feed.revoked_at is None

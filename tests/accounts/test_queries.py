import datetime as dt

import pytest

from portfolio.accounts import queries
from portfolio.accounts.models import Access
from portfolio.core.history import Update, write_many
from portfolio.core.rights import Grant, Right, Role
from tests import factories

TODAY = factories.TODAY
NOW = factories.MORNING


def actor(town, user, today=TODAY):
    return queries.actor_of(town.session, user, town.municipality.id, NOW, today)


def give(town, user, **values):
    return factories.create_access(town.session, municipality_id=town.municipality.id, user_id=user.id, **values)


@pytest.fixture
def user(town):
    return factories.create_user(town.session, email="johtaja@koekunta.example")


def test_someone_without_access_is_nobody_here(town, user):
    assert actor(town, user) is None


def test_a_role_in_a_unit_reaches_the_units_below_it(town, user):
    child = factories.create_unit(town.session, municipality_id=town.municipality.id, parent_id=town.unit.id)
    below = factories.create_unit(town.session, municipality_id=town.municipality.id, parent_id=child.id)
    beside = factories.create_unit(town.session, municipality_id=town.municipality.id)
    give(town, user, role=Role.REPORTER, unit_id=town.unit.id)
    (grant,) = actor(town, user).grants
    assert grant.covers(below.id)
    assert not grant.covers(beside.id)


def test_several_roles_stand_beside_each_other(town, user):
    give(town, user, role=Role.VIEWER)
    give(town, user, role=Role.BUDGET, unit_id=town.unit.id)
    assert set(actor(town, user).grants) == {Grant(Role.VIEWER), Grant(Role.BUDGET, frozenset({town.unit.id}))}


@pytest.mark.parametrize(("last", "there"), [(0, True), (1, True), (-1, False), (None, True)])
def test_access_holds_through_its_last_day(town, user, last, there):
    give(town, user, valid_to=None if last is None else TODAY + dt.timedelta(days=last))
    assert (actor(town, user) is not None) is there


def test_access_that_was_taken_away_does_not_count(town, user):
    row = give(town, user)
    write_many(
        town.session,
        factories.acting(town.municipality.id, "admin"),
        updates=[Update(Access, row.id, {"removed": True})],
    )
    assert actor(town, user) is None


def test_access_elsewhere_does_not_count_here(town, user):
    factories.create_access(town.session, municipality_id=town.neighbour.id, user_id=user.id, role=Role.ADMIN)
    assert actor(town, user) is None


def test_the_holder_of_a_post_is_found_by_e_mail(town, user):
    here = town.municipality.id
    post = factories.create_post(town.session, municipality_id=here)
    person = factories.create_person(town.session, municipality_id=here, email="Johtaja@koekunta.example")
    factories.create_holding(town.session, municipality_id=here, post_id=post.id, person_id=person.id, valid_to=TODAY)
    give(town, user, role=Role.VIEWER)
    assert actor(town, user).post_ids == {post.id}
    assert actor(town, user).may(Right.EDIT)
    assert not actor(town, user, TODAY + dt.timedelta(days=1)).post_ids


def test_users_are_listed_in_finnish_order_by_as_few_queries_for_many_as_for_few(town, counted):
    def listed():
        with counted(town.session) as count:
            found = queries.users_of(town.session, town.municipality.id, queries.UserFilter())
        return [one.user.name for one in found], count.queries

    few = listed()[1]
    for name in ("Öhman", "Åberg", "Äijälä", "zeniitti", "Von Veh", "wirta"):
        give(town, factories.create_user(town.session, name=name))
    names, many = listed()
    assert [name for name in names if not name.startswith("Käyttäjä")] == [
        "wirta",
        "Von Veh",
        "zeniitti",
        "Åberg",
        "Äijälä",
        "Öhman",
    ]
    assert many <= few

import datetime as dt

import pytest

from portfolio.core import history
from portfolio.core.history import StaleError
from portfolio.core.problem import Refusal
from portfolio.core.rights import operator
from portfolio.organisation import operations, queries
from portfolio.organisation.models import Municipality, Person, Unit
from tests.factories import MORNING, acting, create_person, create_post, create_unit

TURKU = {"code": "turku", "number": "853", "name_fi": "Turku", "name_sv": "Åbo", "bilingual": True}


def places(refusal):
    return sorted(problem.place or "" for problem in refusal.value.problems)


# ------------------------------------------------------------------------------------------------ municipality


def test_the_operator_sets_up_a_municipality(db):
    identity = operations.create_municipality(db, operator(MORNING), TURKU)
    found = db.get(Municipality, identity)
    assert (found.code, found.name_sv, found.plan_horizon) == ("turku", "Åbo", 3)
    assert history.verify(db) == []


def test_nobody_else_does_and_a_code_or_number_stands_once(house):
    with pytest.raises(Refusal):
        operations.create_municipality(house.session, acting(house.id, "admin"), TURKU)
    operations.create_municipality(house.session, operator(MORNING), TURKU)
    with pytest.raises(Refusal) as refusal:
        operations.create_municipality(house.session, operator(MORNING), TURKU | {"name_fi": ""})
    assert places(refusal) == ["code", "name_fi", "number"]


def test_settings_are_changed_but_code_number_and_demo_day_stay(house):
    values = {"plan_horizon": 5, "unit_level_names": [{"fi": "Kaupunki"}], "code": house.municipality.code}
    operations.update_municipality(house.session, house.office, values, version=1)
    assert house.municipality.plan_horizon == 5
    with pytest.raises(StaleError):
        operations.update_municipality(house.session, house.office, {"plan_horizon": 6}, version=1)
    with pytest.raises(Refusal) as refusal:
        operations.update_municipality(
            house.session,
            house.office,
            {"code": "toinen", "number": "999", "demo_day": MORNING.date(), "plan_horizon": 0},
        )
    assert places(refusal) == ["code", "demo_day", "number", "plan_horizon"]
    assert (
        operations.update_municipality(house.session, house.office, {"plan_horizon": 5}, version=1).revision_id is None
    )


@pytest.mark.parametrize("role", ["member", "reporter", "viewer", "budget", "publicity"])
def test_the_organisation_is_closed_to_others(house, role):
    actor = acting(house.id, role, post_ids={1})
    unit = create_unit(house.session, municipality_id=house.id)
    person = create_person(house.session, municipality_id=house.id)
    for refused in (
        lambda: operations.update_municipality(house.session, actor, {"plan_horizon": 5}),
        lambda: operations.create_unit(house.session, actor, {"name_fi": "x"}),
        lambda: operations.update_unit(house.session, actor, unit.id, {"name_fi": "x"}),
        lambda: operations.put_units(house.session, actor, {"x": {"name_fi": "x"}}),
        lambda: operations.create_post(house.session, actor, {"title_fi": "x"}),
        lambda: operations.create_person(house.session, actor, "x"),
        lambda: operations.update_person(house.session, actor, person.id, name="x", email=None),
        lambda: operations.erase_person(house.session, actor, person.id),
        lambda: operations.add_holding(house.session, actor, {"post_id": 1, "person_id": person.id}),
    ):
        with pytest.raises(Refusal):
            refused()


# ------------------------------------------------------------------------------------------------ units and posts


def test_a_unit_gets_a_code_from_its_name_that_nobody_has(house):
    names = ("Työllisyyden tuki", "Työllisyyden tuki", "työllisyyden  TUKI")
    ids = [operations.create_unit(house.session, house.office, {"name_fi": name}) for name in names]
    codes = [house.session.get(Unit, identity).code for identity in ids]
    assert codes == ["tyollisyyden-tuki", "tyollisyyden-tuki-2", "tyollisyyden-tuki-3"]
    with pytest.raises(Refusal) as refusal:
        operations.create_unit(house.session, house.office, {"name_fi": " "})
    assert places(refusal) == ["name_fi"]


def test_a_unit_is_changed_moved_removed_and_restored(house):
    home = {"municipality_id": house.id}
    top, low = create_unit(house.session, **home), create_unit(house.session, **home)
    operations.update_unit(house.session, house.office, low.id, {"parent_id": top.id, "name_fi": "Öljy"}, version=1)
    assert (low.parent_id, low.name_sort) == (top.id, "}ljy\töljy")
    with pytest.raises(Refusal):
        operations.remove_unit(house.session, house.office, top.id)
    operations.remove_unit(house.session, house.office, low.id)
    operations.remove_unit(house.session, house.office, top.id)
    operations.restore_unit(house.session, house.office, top.id)
    assert [one.unit.id for one in queries.units(house.session, house.id)] == [top.id]
    assert history.verify(house.session) == []


def test_a_unit_with_posts_stays(house):
    unit = create_unit(house.session, municipality_id=house.id)
    post = create_post(house.session, municipality_id=house.id, unit_id=unit.id)
    with pytest.raises(Refusal):
        operations.remove_unit(house.session, house.office, unit.id)
    operations.remove_post(house.session, house.office, post.id)
    operations.remove_unit(house.session, house.office, unit.id)
    operations.restore_post(house.session, house.office, post.id)
    assert not queries.get_post(house.session, house.id, post.id).removed


def test_a_unit_stands_neither_below_itself_nor_in_another_municipality(house):
    home = {"municipality_id": house.id}
    top = create_unit(house.session, **home)
    low = create_unit(house.session, parent_id=top.id, **home)
    stranger = create_unit(house.session, municipality_id=house.elsewhere)
    for parent in (top, low, stranger):
        with pytest.raises(Refusal) as refusal:
            operations.update_unit(house.session, house.office, top.id, {"parent_id": parent.id})
        assert places(refusal) == ["parent_id"]
    with pytest.raises(Refusal):
        operations.update_unit(house.session, house.office, stranger.id, {"name_fi": "x"})


def test_validity_ends_after_it_begins(house):
    day = dt.date(2026, 5, 4)
    span = {"valid_from": day, "valid_to": day - dt.timedelta(days=1)}
    with pytest.raises(Refusal) as refusal:
        operations.create_unit(house.session, house.office, {"name_fi": "Tilapäinen"} | span)
    assert places(refusal) == ["valid_to"]
    with pytest.raises(Refusal) as refusal:
        operations.create_post(house.session, house.office, {"title_fi": "Johtaja"} | span)
    assert places(refusal) == ["valid_to"]


def test_a_tree_is_put_by_code_in_any_order_and_again_without_effect(house):
    rows = {
        "tilat": {"name_fi": "Tilat", "parent_code": "tekninen"},
        "tekninen": {"name_fi": "Tekninen", "parent_code": "kemi"},
        "kemi": {"name_fi": "Kemi"},
    }
    ids = operations.put_units(house.session, house.office, rows).ids
    assert list(ids) == list(rows)
    assert [(one.unit.code, one.level) for one in queries.units(house.session, house.id)] == [
        ("kemi", 0),
        ("tekninen", 1),
        ("tilat", 2),
    ]
    again = operations.put_units(house.session, house.office, rows).written
    assert (again.ids, dict(again.changed)) == ((), {})
    more = {"satama": {"name_fi": "Satama", "parent_code": "tekninen"}}
    assert operations.put_units(house.session, house.office, more).ids.keys() == {"satama"}
    posts = {"johtaja": {"title_fi": "Johtaja", "unit_code": "satama"}, "muu": {"title_fi": "Muu", "unit_code": None}}
    operations.put_posts(house.session, house.office, posts)
    assert [post.unit_id is None for post in queries.posts(house.session, house.id)] == [False, True]


def test_codes_that_nothing_has_are_told(house):
    for put in (
        lambda: operations.put_units(house.session, house.office, {"a": {"name_fi": "A", "parent_code": "olematon"}}),
        lambda: operations.put_posts(house.session, house.office, {"a": {"title_fi": "A", "unit_code": "olematon"}}),
    ):
        with pytest.raises(Refusal) as refusal:
            put()
        assert refusal.value.problems[0].params == {"value": "olematon"}


def test_putting_one_level_below_itself_through_a_row_there_is_told(house):
    operations.put_units(
        house.session, house.office, {"a": {"name_fi": "A"}, "b": {"name_fi": "B", "parent_code": "a"}}
    )
    with pytest.raises(Refusal) as refusal:
        operations.put_units(house.session, house.office, {"a": {"parent_code": "b"}})
    assert places(refusal) == ["parent_id"]


# ------------------------------------------------------------------------------------------------ people


def test_a_person_is_kept_outside_the_history_and_may_be_forgotten(house):
    identity = operations.create_person(house.session, house.office, " Matti  Meikäläinen ", "Matti@Example.org ")
    person = house.session.get(Person, identity)
    assert (person.name, person.email) == ("Matti Meikäläinen", "matti@example.org")
    post = create_post(house.session, municipality_id=house.id)
    values = {"post_id": post.id, "person_id": identity, "valid_from": dt.date(2026, 1, 1)}
    holding = operations.add_holding(house.session, house.office, values)
    operations.update_person(house.session, house.office, identity, name="Maija", email=None)
    operations.erase_person(house.session, house.office, identity)
    assert (person.name, person.email) == ("", None)
    assert queries.get_holding(house.session, house.id, holding).person_id == identity
    assert history.verify(house.session) == []


def test_a_persons_name_and_address_are_checked(house):
    for name, email, expected in (
        (" ", None, ["name"]),
        ("x" * 121, "a b", ["email", "name"]),
        ("Matti", "x" * 250 + "@a.fi", ["email"]),
    ):
        with pytest.raises(Refusal) as refusal:
            operations.create_person(house.session, house.office, name, email)
        assert places(refusal) == expected


def test_people_and_posts_of_another_municipality_do_not_exist(house):
    stranger = create_person(house.session, municipality_id=house.elsewhere)
    post = create_post(house.session, municipality_id=house.elsewhere)
    with pytest.raises(Refusal):
        operations.update_person(house.session, house.office, stranger.id, name="x", email=None)
    with pytest.raises(Refusal):
        operations.erase_person(house.session, house.office, 9999)
    with pytest.raises(Refusal) as refusal:
        operations.add_holding(house.session, house.office, {"post_id": post.id, "person_id": stranger.id})
    assert places(refusal) == ["person_id", "post_id"]


def test_a_holding_is_ended_removed_and_restored(house):
    post = create_post(house.session, municipality_id=house.id)
    person = create_person(house.session, municipality_id=house.id)
    identity = operations.add_holding(house.session, house.office, {"post_id": post.id, "person_id": person.id})
    day = dt.date(2026, 5, 4)
    operations.update_holding(house.session, house.office, identity, {"valid_to": day}, version=1)
    with pytest.raises(Refusal) as refusal:
        operations.update_holding(house.session, house.office, identity, {"valid_from": day + dt.timedelta(days=1)})
    assert places(refusal) == ["valid_to"]
    operations.remove_holding(house.session, house.office, identity)
    operations.restore_holding(house.session, house.office, identity)
    assert not queries.get_holding(house.session, house.id, identity).removed

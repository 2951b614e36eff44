import datetime as dt

from portfolio.core import history
from portfolio.organisation import operations, queries
from tests.factories import create_holding, create_person, create_post, create_unit

DAY = dt.date(2026, 5, 4)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


def test_municipalities_are_found_by_code(house):
    assert queries.municipality_by_code(house.session, house.municipality.code) is house.municipality
    assert queries.municipality_by_code(house.session, "olematon") is None
    assert [one.id for one in queries.municipalities(house.session)] == [house.id, house.elsewhere]


def test_units_stand_as_a_tree_in_finnish_order(house):
    home = {"municipality_id": house.id}
    top = create_unit(house.session, name_fi="Kaupunki", **home)
    create_unit(house.session, name_fi="Ympäristö", parent_id=top.id, **home)
    first = create_unit(house.session, name_fi="Wartti", parent_id=top.id, **home)
    create_unit(house.session, name_fi="Åminne", parent_id=first.id, valid_to=BEFORE, **home)
    create_unit(house.session, municipality_id=house.elsewhere)
    found = [(one.unit.name_fi, one.level) for one in queries.units(house.session, house.id)]
    assert found == [("Kaupunki", 0), ("Wartti", 1), ("Åminne", 2), ("Ympäristö", 1)]
    valid = [one.unit.name_fi for one in queries.units(house.session, house.id, day=DAY)]
    assert valid == ["Kaupunki", "Wartti", "Ympäristö"]


def test_units_are_expanded_with_all_below_also_those_removed(house):
    home = {"municipality_id": house.id}
    top = create_unit(house.session, **home)
    middle = create_unit(house.session, parent_id=top.id, **home)
    low = create_unit(house.session, parent_id=middle.id, **home)
    operations.remove_unit(house.session, house.office, low.id)
    assert queries.expand_units(house.session, house.id, [middle.id]) == {middle.id, low.id}
    assert queries.expand_units(house.session, house.id, []) == frozenset()


def test_units_and_posts_are_read_as_they_were(house):
    unit = create_unit(house.session, municipality_id=house.id, name_fi="Ensin")
    post = create_post(house.session, municipality_id=house.id, title_fi="Ensin")
    house.session.commit()
    before = history.latest_revision(house.session)
    operations.update_unit(house.session, house.office, unit.id, {"name_fi": "Sitten"})
    operations.update_post(house.session, house.office, post.id, {"title_fi": "Sitten"})
    house.session.commit()
    assert queries.get_unit(house.session, house.id, unit.id, at=before).name_fi == "Ensin"
    assert queries.get_post(house.session, house.id, post.id, at=before).title_fi == "Ensin"
    assert [one.unit.name_fi for one in queries.units(house.session, house.id, at=before)] == ["Ensin"]
    assert [one.title_fi for one in queries.posts(house.session, house.id, at=before)] == ["Ensin"]
    assert [one.title_fi for one in queries.posts(house.session, house.id)] == ["Sitten"]
    assert queries.get_unit(house.session, house.elsewhere, unit.id) is None


def test_posts_stand_in_finnish_order_and_are_narrowed_by_unit_and_day(house):
    home = {"municipality_id": house.id}
    unit = create_unit(house.session, **home)
    create_post(house.session, title_fi="Ääniteknikko", unit_id=unit.id, **home)
    create_post(house.session, title_fi="Zoologi", valid_to=BEFORE, unit_id=unit.id, **home)
    create_post(house.session, title_fi="Arkistonhoitaja", **home)
    titles = [post.title_fi for post in queries.posts(house.session, house.id)]
    assert titles == ["Arkistonhoitaja", "Zoologi", "Ääniteknikko"]
    narrowed = queries.posts(house.session, house.id, day=DAY, unit_ids=[unit.id])
    assert [post.title_fi for post in narrowed] == ["Ääniteknikko"]


def test_holders_are_those_of_the_day(house):
    home = {"municipality_id": house.id}
    post, other = create_post(house.session, **home), create_post(house.session, **home)
    old, new = create_person(house.session, **home), create_person(house.session, email="uusi@example.org", **home)
    create_holding(house.session, post_id=post.id, person_id=old.id, valid_to=BEFORE, **home)
    create_holding(house.session, post_id=post.id, person_id=new.id, valid_from=DAY, **home)
    create_holding(house.session, post_id=other.id, person_id=new.id, valid_from=AFTER, **home)
    held = queries.holders(house.session, house.id, DAY)
    assert {identity: [one.person.id for one in found] for identity, found in held.items()} == {post.id: [new.id]}
    assert queries.holders(house.session, house.id, DAY, post_ids=[other.id]) == {}
    assert [one.person.id for one in queries.holdings_of_post(house.session, house.id, post.id)] == [new.id, old.id]
    assert queries.post_ids_of(house.session, house.id, "Uusi@Example.org", DAY) == {post.id}
    assert queries.post_ids_of(house.session, house.id, "uusi@example.org", BEFORE) == frozenset()
    assert queries.post_ids_of(house.session, house.elsewhere, "uusi@example.org", DAY) == frozenset()
    assert {one.id for one in queries.people(house.session, house.id)} == {old.id, new.id}
    assert queries.get_person(house.session, house.elsewhere, new.id) is None
    assert queries.get_person(house.session, house.id, new.id) is new


def test_nobody_holds_a_post_through_a_removed_holding(house):
    home = {"municipality_id": house.id}
    post, person = create_post(house.session, **home), create_person(house.session, email="a@example.org", **home)
    holding = create_holding(house.session, post_id=post.id, person_id=person.id, **home)
    operations.remove_holding(house.session, house.office, holding.id)
    assert queries.holders(house.session, house.id, DAY) == {}
    assert queries.post_ids_of(house.session, house.id, "a@example.org", DAY) == frozenset()
    assert queries.get_holding(house.session, house.id, holding.id).removed

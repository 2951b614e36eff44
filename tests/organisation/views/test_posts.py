import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.core.history import Update, latest_revision, write_many
from portfolio.core.rights import Role, operator
from portfolio.organisation.models import Holding, Person, Post
from tests import factories

UNITS, POSTS = "/koekunta/units", "/koekunta/posts"


@pytest.fixture
def office(pages):
    pages.sign_in(Role.OFFICE)
    return pages


@pytest.fixture
def post(town):
    row = factories.create_post(
        town.session, municipality_id=town.municipality.id, unit_id=town.unit.id, title_fi="Kehittämisjohtaja"
    )
    town.commit()
    return row


def add_holder(visitor, post, status=200, **fields):
    return visitor.post_form(visitor.get(f"{POSTS}/{post.id}/holders/new"), status=status, **fields)


def test_a_post_is_added_to_a_unit_and_stands_under_it(office, town):
    page = office.post_form(office.get(f"{POSTS}/new"), title_fi="Rehtori", unit_id=str(town.unit.id))
    assert page.messages == ["Tehtävä lisättiin."]
    listed = office.get(UNITS).select_one(".tree > li")
    assert "Rehtori" in listed.get_text()
    assert "haltijaa ei nimetty" in listed.get_text()


def test_a_post_without_a_unit_is_shown_all_the_same(office):
    office.post_form(office.get(f"{POSTS}/new"), title_fi="Arkkitehti")
    assert "Arkkitehti" in office.get(UNITS).select(".panel")[-1].get_text()


def test_a_post_is_changed_removed_and_brought_back(office, town, post):
    office.post_form(office.get(f"{POSTS}/{post.id}"), title_fi="Muutosjohtaja")
    assert town.rows(select(Post.title_fi)) == ["Muutosjohtaja"]
    page = office.get(f"{POSTS}/{post.id}")
    gone = office.post_form(page, form=f"form[action='{POSTS}/{post.id}/remove']")
    assert "Muutosjohtaja" in gone.select(".panel")[-1].get_text()
    back = office.post_form(office.get(f"{POSTS}/{post.id}"))
    assert back.messages == ["Muutosjohtaja on palautettu."]


def test_somebody_new_comes_into_a_post_and_is_named_in_the_tree(office, post):
    page = add_holder(office, post, name="Kehittäjä Yksi", email="Yksi@Koekunta.example", valid_from="2026-01-01")
    assert "yksi@koekunta.example" in page.words
    assert "edelleen" in page.words
    assert "Kehittäjä Yksi" in office.get(UNITS).words


def test_somebody_who_is_known_already_is_chosen_and_not_made_twice(office, town, post):
    person = factories.create_person(town.session, municipality_id=town.municipality.id, name="Kehittäjä Kaksi")
    town.commit()
    add_holder(office, post, person_id=str(person.id))
    assert len(town.rows(select(Person.id))) == 1
    assert "Kehittäjä Kaksi" in office.get(UNITS).words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Täytä tämä"),
        ({"name": "Joku", "email": "ei osoite"}, "ei ole sähköpostiosoite"),
        ({"name": "Joku", "valid_from": "2026-02-31"}, "ei ole päivä"),
        ({"name": "Joku", "valid_from": "2026-05-02", "valid_to": "2026-05-01"}, "ennen ensimmäistä"),
    ],
)
def test_what_cannot_be_saved_of_a_holder_is_said_and_nothing_is_written(office, town, post, fields, words):
    page = add_holder(office, post, status=422, **fields)
    assert any(words in one for one in page.errors)
    assert town.rows(select(Person)) == []
    assert town.rows(select(Holding)) == []


@pytest.fixture
def holding(town, post):
    home = {"municipality_id": town.municipality.id}
    person = factories.create_person(town.session, **home, name="Kehittäjä Kolme", email="kolme@koekunta.example")
    row = factories.create_holding(
        town.session, **home, post_id=post.id, person_id=person.id, valid_from=dt.date(2025, 1, 1)
    )
    town.commit()
    return row


def test_when_somebody_leaves_the_post_is_open_and_the_time_stays(office, post, holding):
    page = office.post_form(office.get(f"/koekunta/holdings/{holding.id}"), valid_to="2026-05-03")
    assert "3.5.2026" in page.words
    assert "haltijaa ei nimetty" in office.get(UNITS).words


def test_the_past_knows_who_held_the_post_then(office, town, holding):
    before = latest_revision(town.session)
    update = Update(Holding, holding.id, {"valid_to": dt.date(2025, 2, 1)})
    write_many(town.session, operator(factories.MORNING), updates=[update])
    town.commit()
    assert "Kehittäjä Kolme" not in office.get(UNITS).words
    assert "Kehittäjä Kolme" in office.get(f"{UNITS}?revision={before}").words


def test_a_holder_told_by_mistake_is_removed_and_can_be_brought_back(office, post, holding):
    page = office.get(f"/koekunta/holdings/{holding.id}")
    gone = office.post_form(page, form=f"form[action='/koekunta/holdings/{holding.id}/remove']")
    assert "Haltijaa ei ole nimetty" in gone.words
    back = office.post_form(office.get(f"/koekunta/holdings/{holding.id}"))
    assert "Kehittäjä Kolme" in back.words


def test_a_person_is_renamed_for_every_post_at_once(office, town, holding):
    office.post_form(office.get(f"/koekunta/people/{holding.person_id}"), name="Kehittäjä Neljä")
    assert "Kehittäjä Neljä" in office.get(UNITS).words


def test_only_an_administrator_erases_a_person_and_the_post_stays_held(pages, town, holding):
    pages.sign_in(Role.OFFICE)
    assert not pages.get(f"/koekunta/people/{holding.person_id}").select("form[action$=erase]")
    pages.post(f"/koekunta/people/{holding.person_id}/erase", status=403)
    pages.sign_in(Role.ADMIN)
    page = pages.get(f"/koekunta/people/{holding.person_id}")
    page = pages.post_form(page, form="form[action$=erase]")
    assert "nimi pyyhitty" in page.words
    assert town.rows(select(Person.email)) == [None]
    assert len(town.rows(select(Holding).where(Holding.removed.is_(False)))) == 1

import pytest
from sqlalchemy import select

from portfolio.core.history import Update, latest_revision, write_many
from portfolio.core.rights import Role, operator
from portfolio.organisation.models import Unit
from tests import factories

UNITS = "/koekunta/units"


@pytest.fixture
def office(pages):
    pages.sign_in(Role.OFFICE)
    return pages


def unit_named(town, name):
    return town.rows(select(Unit).where(Unit.name_fi == name))[0]


def test_everybody_sees_the_tree_and_only_the_office_may_change_it(pages, town):
    pages.sign_in(Role.VIEWER)
    page = pages.get(UNITS)
    assert [one.get_text(strip=True) for one in page.select(".tree-name")] == ["Sivistys"]
    assert not page.select("main .tree a, main .btn-go")
    for address in (f"{UNITS}/new", f"{UNITS}/{town.unit.id}", "/koekunta/posts/new"):
        pages.get(address, status=403)


def test_a_unit_is_added_below_another_and_shown_there(office, town):
    page = office.post_form(office.get(f"{UNITS}/new"), name_fi="Koulut", parent_id=str(town.unit.id))
    assert page.messages == ["Yksikkö lisättiin."]
    assert [one["class"] for one in page.select(".tree > li")] == [["tree-level-0"], ["tree-level-1"]]


def test_the_names_of_levels_stand_beside_the_units(office, town):
    names = [{"fi": "Toimiala", "sv": "Sektor"}]
    update = Update(type(town.municipality), town.municipality.id, {"unit_level_names": names})
    write_many(town.session, operator(factories.MORNING), updates=[update])
    town.commit()
    assert "Toimiala" in office.get(UNITS).select_one(".tree").get_text()


def test_a_unit_cannot_stand_below_itself(office, town):
    below = factories.create_unit(town.session, municipality_id=town.municipality.id, parent_id=town.unit.id)
    town.commit()
    page = office.get(f"{UNITS}/{town.unit.id}")
    assert str(town.unit.id) not in [one["value"] for one in page.select("#parent_id option")]
    answer = office.post_form(page, status=422, parent_id=str(below.id))
    assert answer.errors


def test_an_end_before_the_start_is_refused_and_what_was_typed_stays(office, town):
    page = office.get(f"{UNITS}/{town.unit.id}")
    answer = office.post_form(page, status=422, name_fi="Uusi nimi", valid_from="2026-05-02", valid_to="2026-05-01")
    assert any("Viimeinen päivä on ennen ensimmäistä" in one for one in answer.errors)
    assert answer.select_one("#name_fi")["value"] == "Uusi nimi"
    assert unit_named(town, "Sivistys")


def test_a_name_is_asked_for_and_a_long_one_is_counted(office):
    page = office.get(f"{UNITS}/new")
    assert office.post_form(page, status=422, name_fi="  ").errors
    assert office.post_form(page, status=422, name_fi="x" * 161).errors


def test_a_unit_with_posts_stays_and_an_empty_one_goes_and_comes_back(office, town):
    post = factories.create_post(town.session, municipality_id=town.municipality.id, unit_id=town.unit.id)
    town.commit()
    remove = f"form[action='{UNITS}/{town.unit.id}/remove']"
    assert "alla" in office.post_form(office.get(f"{UNITS}/{town.unit.id}"), form=remove, status=422).words
    write_many(town.session, operator(factories.MORNING), updates=[Update(type(post), post.id, {"removed": True})])
    town.commit()
    page = office.post_form(office.get(f"{UNITS}/{town.unit.id}"), form=remove)
    assert "Sivistys" in page.select(".panel")[-1].get_text()
    removed = office.get(f"{UNITS}/{town.unit.id}")
    assert not removed.select("#name_fi")
    assert office.post_form(removed).select_one(".tree-name").get_text(strip=True) == "Sivistys"


def test_somebody_who_saved_meanwhile_is_not_overwritten(office, town):
    page = office.get(f"{UNITS}/{town.unit.id}")
    update = Update(Unit, town.unit.id, {"name_fi": "Sivistys ja hyvinvointi"})
    write_many(town.session, operator(factories.MORNING), updates=[update])
    town.commit()
    answer = office.post_form(page, status=409, name_fi="Sivistystoimi")
    assert answer.select_one("#name_fi")["value"] == "Sivistystoimi"
    assert unit_named(town, "Sivistys ja hyvinvointi")


def test_the_past_shows_the_tree_as_it_was_and_can_only_be_read(office, town):
    before = latest_revision(town.session)
    factories.create_unit(town.session, municipality_id=town.municipality.id, name_fi="Myöhempi")
    town.commit()
    assert len(office.get(UNITS).select(".tree-name")) == 2
    page = office.get(f"{UNITS}?revision={before}")
    assert [one.get_text(strip=True) for one in page.select(".tree-name")] == ["Sivistys"]
    assert not page.select("main .btn-go, .tree a")


def test_units_without_any_say_what_to_do_next(office, town):
    write_many(town.session, operator(factories.MORNING), updates=[Update(Unit, town.unit.id, {"removed": True})])
    town.commit()
    assert office.get(UNITS).select(".empty-next a")

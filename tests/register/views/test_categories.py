import pytest
from sqlalchemy import select

from portfolio.core.history import latest_revision
from portfolio.core.rights import Role
from portfolio.register.models import Category, CategoryScheme, InitiativeCategory
from tests import factories

CATEGORIES = "/koekunta/categories"


@pytest.fixture
def office(pages):
    pages.sign_in(Role.OFFICE)
    return pages


@pytest.fixture
def scheme(town):
    """A classification of two themes, one with a class below it that holds an initiative."""
    home = {"municipality_id": town.municipality.id}
    row = factories.create_scheme(town.session, **home, name_fi="Teemat")
    later = factories.create_category(town.session, **home, scheme_id=row.id, name_fi="Arki", position=2)
    factories.create_category(town.session, **home, scheme_id=row.id, name_fi="Talous", position=1)
    below = factories.create_category(
        town.session, **home, scheme_id=row.id, name_fi="Asuminen", position=1, parent_id=later.id
    )
    item = factories.create_initiative(town.session, **home)
    factories.write(town.session, InitiativeCategory, home | {"initiative_id": item.id, "category_id": below.id})
    town.commit()
    return row


def names(page):
    return [one.get_text(strip=True) for one in page.select(".tree-name")]


def category_named(town, name):
    return town.rows(select(Category).where(Category.name_fi == name))[0]


def test_everybody_sees_the_classes_in_their_order_with_their_initiatives(pages, scheme):
    pages.sign_in(Role.VIEWER)
    page = pages.get(CATEGORIES)
    assert names(page) == ["Talous", "Arki", "Asuminen"]
    assert [one["class"][-1] for one in page.select(".tree > li")] == ["tree-level-0", "tree-level-0", "tree-level-1"]
    counts = [" ".join(one.get_text(" ").split()) for one in page.select(".tree .small")]
    assert counts == ["0 kohdetta Talous", "0 kohdetta Arki", "1 kohde Asuminen"]
    assert not page.select("a.btn")


def test_a_class_leads_to_the_register_with_the_filter(pages, town, scheme):
    pages.sign_in(Role.VIEWER)
    links = pages.get(CATEGORIES).select(".tree a.small")
    assert len(pages.get(links[-1]["href"]).select("tbody tr")) == 1


@pytest.mark.parametrize("address", ["schemes/new", "schemes/{scheme}", "schemes/{scheme}/classes/new"])
def test_only_the_office_changes_classifications(pages, scheme, address):
    pages.sign_in(Role.REPORTER)
    pages.get(f"{CATEGORIES}/{address.format(scheme=scheme.id)}", status=403)


def test_a_classification_is_set_up_and_its_classes_come_after_one_another(office, town):
    page = office.post_form(office.get(f"{CATEGORIES}/schemes/new"), name_fi="Näkökulmat", several="y")
    assert "useita luokkia yhtä aikaa" in page.words
    assert "kaikissa salkuissa" in page.words
    new = page.select_one("a.btn[href$='classes/new']")["href"]
    for name in ("Talous", "Asukkaat"):
        page = office.post_form(office.get(new), name_fi=name)
    assert names(page) == ["Talous", "Asukkaat"]


def test_the_order_and_the_class_above_are_changed(office, town, scheme):
    arki, talous = category_named(town, "Arki"), category_named(town, "Talous")
    assert names(office.post_form(office.get(f"{CATEGORIES}/{arki.id}"), position="0")) == [
        "Arki",
        "Asuminen",
        "Talous",
    ]
    page = office.post_form(office.get(f"{CATEGORIES}/{arki.id}"), parent_id=str(talous.id))
    assert [one["class"][-1] for one in page.select(".tree > li")] == ["tree-level-0", "tree-level-1", "tree-level-2"]


def test_a_class_cannot_stand_below_itself(office, town, scheme):
    arki, below = category_named(town, "Arki"), category_named(town, "Asuminen")
    page = office.post_form(office.get(f"{CATEGORIES}/{arki.id}"), status=422, parent_id=str(below.id))
    assert page.errors


def test_a_classification_may_be_of_one_portfolio(office, town, scheme):
    portfolio = factories.create_portfolio(town.session, municipality_id=town.municipality.id, name_fi="Tarvesalkku")
    town.commit()
    page = office.get(f"{CATEGORIES}/schemes/{scheme.id}")
    assert "salkussa Tarvesalkku" in office.post_form(page, portfolio_id=str(portfolio.id)).words


def test_what_is_removed_is_hidden_and_comes_back_with_its_initiatives(office, town, scheme):
    below = category_named(town, "Asuminen")
    page = office.post_form(office.get(f"{CATEGORIES}/{below.id}"), form="form[action$=remove]")
    assert names(page) == ["Talous", "Arki"]
    back = office.post_form(office.get(f"{CATEGORIES}/{below.id}"))
    assert "1 kohde Asuminen" in back.words
    page = office.post_form(office.get(f"{CATEGORIES}/schemes/{scheme.id}"), form="form[action$=remove]")
    assert names(page) == []
    assert "Teemat" in page.select(".panel")[-1].get_text()
    assert len(names(office.post_form(office.get(f"{CATEGORIES}/schemes/{scheme.id}")))) == 3


@pytest.mark.parametrize("fields", [{"position": "-1"}, {"position": "eka"}, {"name_fi": ""}, {"name_fi": "x" * 201}])
def test_a_class_that_cannot_be_saved_is_refused(office, town, scheme, fields):
    arki = category_named(town, "Arki")
    assert office.post_form(office.get(f"{CATEGORIES}/{arki.id}"), status=422, **fields).errors


def test_the_past_shows_the_classes_as_they_were(office, town, scheme):
    before = latest_revision(town.session)
    factories.create_category(
        town.session, municipality_id=town.municipality.id, scheme_id=scheme.id, name_fi="Uusi", position=9
    )
    town.commit()
    assert "Uusi" in names(office.get(CATEGORIES))
    page = office.get(f"{CATEGORIES}?revision={before}")
    assert names(page) == ["Talous", "Arki", "Asuminen"]
    assert "1 kohde Asuminen" in page.words
    assert not page.select("main .btn-go, .panel a.btn")


def test_without_any_the_page_says_what_to_do_next(office, town):
    assert town.rows(select(CategoryScheme)) == []
    assert office.get(CATEGORIES).select(".empty-next a")

import datetime as dt

import pytest

from portfolio.budgets.operations import lock_year
from portfolio.core import history
from portfolio.core.rights import Role
from portfolio.register.rules import Status
from portfolio.reviews import operations
from tests import factories
from tests.reviews.views.conftest import Programme

HOME = "/koekunta/"


def panel(page, title):
    return next(one for one in page.select("main .panel") if one.h2 and one.h2.get_text(strip=True) == title)


def titles(page, title):
    return [one.get_text(strip=True) for one in panel(page, title).select(".short-list > li > a")]


@pytest.fixture
def head(register):
    """The signed-in reporter holds the post of the school's head."""
    home = register.home
    user = register.town.users[Role.REPORTER]
    person = factories.create_person(register.session, **home, name=user.name, email=user.email)
    factories.create_holding(register.session, **home, post_id=register.posts["rehtori"].id, person_id=person.id)
    register.town.commit()
    return user


def test_what_the_persons_posts_answer_for_stands_first(pages, register, head):
    pages.sign_in(Role.REPORTER)
    page = pages.get(HOME)
    assert titles(page, "Omat kehittämiskohteet") == ["Ääniviestit kouluille"]
    assert "Vastuullasi on 1 kehittämiskohde" in page.words


def test_whoever_holds_no_post_is_told_why_nothing_is_theirs(pages, register):
    pages.sign_in(Role.VIEWER)
    page = pages.get(HOME)
    assert "Sinulla ei ole vielä omia kohteita" in panel(page, "Omat kehittämiskohteet").get_text()
    assert not page.select("a[href$='initiatives/new']")


def test_what_is_late_is_listed_and_each_count_leads_to_its_list(pages, register):
    pages.sign_in(Role.OFFICE)
    page = pages.get(HOME)
    assert titles(page, "Myöhässä") == ["Ääniviestit kouluille"]
    tiles = {" ".join(one.get_text(" ").split()): one["href"] for one in page.select(".tile a")}
    assert list(tiles) == ["3 käynnissä", "1 myöhässä", "1 ilman ajankohtaa"]
    for words, address in tiles.items():
        assert len(pages.get(address).select("tbody tr")) == int(words.split()[0])
    assert "3 ilman vastuutahoa" in page.words


def test_counts_are_whole_where_the_lists_are_cut(pages, register):
    for number in range(12):
        register.add(f"Myöhässä {number}", words="2024")
    register.town.commit()
    pages.sign_in(Role.VIEWER)
    page = pages.get(HOME)
    assert len(titles(page, "Myöhässä")) == 8
    assert panel(page, "Myöhässä").select_one("p a").get_text(strip=True) == "Näytä kaikki 13"


def test_the_latest_change_of_one_initiative_is_shown_cell_by_cell(pages, register):
    row = register.rows["Zeppelin asemalle"]
    register.change(row, factories.MORNING + dt.timedelta(minutes=1), status=Status.IN_PREPARATION)
    pages.sign_in(Role.VIEWER)
    first = panel(pages.get(HOME), "Viimeksi muuttunut").select_one("li")
    words = " ".join(first.get_text(" ").split())
    assert words.startswith("Zeppelin asemalle")
    assert "Ehdotettu" in words
    assert "Valmistelussa" in words


def test_a_revision_of_many_initiatives_names_the_first_and_counts_the_rest(pages, register):
    updates = [history.Update(type(row), row.id, {"notes": "Tarkistettu"}) for row in register.rows.values()]
    actor = factories.acting(register.town.municipality.id, "office", at=factories.MORNING + dt.timedelta(hours=1))
    history.write_many(register.session, actor, updates=updates)
    register.town.commit()
    pages.sign_in(Role.VIEWER)
    first = panel(pages.get(HOME), "Viimeksi muuttunut").select_one("li")
    assert len(first.select("a")) == 3
    assert "ja 3 muuta" in " ".join(first.get_text(" ").split())


def test_another_municipalitys_initiatives_are_not_here(pages, register):
    factories.create_initiative(
        register.session, municipality_id=register.town.neighbour.id, title_fi="Naapurin oma hanke"
    )
    register.town.commit()
    pages.sign_in(Role.ADMIN)
    assert "Naapurin oma hanke" not in pages.get(HOME).words


def test_the_number_of_statements_does_not_grow_with_the_register(pages, register, engine, counted):
    def statements():
        register.town.commit()
        with counted(engine) as count:
            pages.get(HOME)
        return count.queries

    pages.sign_in(Role.VIEWER)
    for number in range(6):
        minute = factories.MORNING + dt.timedelta(minutes=number)
        register.change(register.rows["Avoin arkisto"], minute, notes=f"Merkintä {number}")
    few = statements()
    for number in range(10):
        register.add(f"Lisätty {number}", words="2024")
    assert statements() <= few


def test_an_empty_register_says_what_to_do_next(pages, town):
    pages.sign_in(Role.OFFICE)
    page = pages.get(HOME)
    assert "Mitään ei ole vielä muutettu" in page.words
    assert page.select("main a[href$='initiatives/new']")


def test_a_town_without_anything_begins_with_its_portfolios_and_workbooks(pages, town):
    pages.sign_in(Role.REPORTER)
    assert "Perusta salkut" not in pages.get(HOME).words
    pages.sign_in(Role.OFFICE)
    page = pages.get(HOME)
    ways = {link.get_text(): link["href"] for link in panel(page, "Mitä seuraavaksi").select("a")}
    assert list(ways)[:2] == ["Perusta salkut", "Tuo kohteet työkirjasta"]
    assert "Salkut" in pages.get(ways["Perusta salkut"]).words
    assert "Lähetä työkirjat" in pages.get(ways["Tuo kohteet työkirjasta"]).words


def test_where_there_is_no_portfolio_to_propose_in_the_office_is_led_to_make_one(pages, town):
    pages.sign_in(Role.OFFICE)
    assert pages.get(f"{HOME}initiatives/new").select_one(".empty a")["href"].endswith("/portfolios/new")
    pages.sign_in(Role.REPORTER)
    assert not pages.get(f"{HOME}initiatives/new").select(".empty a")


@pytest.fixture
def year(town):
    return Programme(town)


def steps(page):
    return [" ".join(one.get_text(" ").split()) for one in panel(page, "Mitä seuraavaksi").select("li")]


def test_the_office_is_told_what_rounds_ask_of_it(pages, year, clock):
    asked = year.round(due_on=dt.date(2026, 5, 20))
    pages.sign_in(Role.OFFICE)
    assert "Odota vastauksia: Vuosiraportti 2026 3 vastausta puuttuu, määräpäivä 20.5.2026" in steps(pages.get(HOME))
    clock.move(days=30)
    pages.sign_in(Role.OFFICE)
    page = pages.get(HOME)
    assert "Muistuta myöhässä olevia: Vuosiraportti 2026 3 vastausta puuttuu, 3 myöhässä" in steps(page)
    assert page.find("a", string="Muistuta myöhässä olevia: Vuosiraportti 2026")["href"].endswith("/reminders")
    for one in (year.first, year.second, year.third):
        year.submit(year.review(asked, one))
        year.approve(year.review(asked, one))
    assert "Sulje Vuosiraportti 2026 kaikki on hyväksytty" in steps(pages.get(HOME))


def test_who_does_not_manage_is_told_of_no_round(pages, year):
    year.round()
    pages.sign_in(Role.VIEWER)
    assert steps(pages.get(HOME)) == ["Katso rekisteriä", "Katso tiekarttaa"]


def test_a_returned_review_is_told_with_the_comment_of_the_office(pages, year):
    asked = year.round()
    review = year.review(asked, year.first)
    year.submit(review)
    operations.return_review(year.session, year.office, review, "Kerro vielä, montako koulua on mukana.")
    year.town.commit()
    pages.sign_in(Role.REPORTER)
    words = " ".join(panel(pages.get(HOME), "Sinua odottavat katselmukset").get_text(" ").split())
    assert "Palautettu" in words
    assert "Kerro vielä, montako koulua on mukana." in words


def test_the_budget_under_way_is_to_be_locked_where_it_has_plans(pages, register):
    pages.sign_in(Role.OFFICE)
    page = pages.get(HOME)
    assert "Lukitse talousarvio 2026 sen suunniteltuja määrärahoja voi yhä muuttaa" in steps(page)
    lock_year(
        register.session, factories.acting(register.town.municipality.id, "office"), 2026, dt.date(2026, 1, 1), None
    )
    register.town.commit()
    assert not [one for one in steps(pages.get(HOME)) if "talousarvio" in one]

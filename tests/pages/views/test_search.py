import datetime as dt

import pytest

from portfolio.core.history import latest_revision
from portfolio.core.rights import Role
from portfolio.forums.models import Decision
from tests import factories

SEARCH = "/koekunta/search"


@pytest.fixture
def viewer(pages):
    pages.sign_in(Role.VIEWER)
    return pages


def found(page, title="Kehittämiskohteet"):
    panels = {one.h2.get_text(strip=True): one for one in page.select("main .panel") if one.h2}
    return [one.get_text(strip=True) for one in panels[title].select("li > :first-child")] if title in panels else []


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("ääni", ["Ääniviestit kouluille"]),
        ("ÄÄNI", ["Ääniviestit kouluille"]),
        ("viesti", ["Ääniviestit kouluille"]),
        ("lämmity", ["Öljylämmityksen loppu"]),
        ("kouluille ääni", ["Ääniviestit kouluille"]),
        ("ålands", ["Ålandsbanken yhteistyö"]),
        ("aani", []),
        ("poistettu", []),
        ("a%", []),
        ("__", []),
    ],
)
def test_every_word_is_found_also_a_part_of_one_with_its_own_letters(viewer, register, words, titles):
    page = viewer.get(SEARCH, query_string={"q": words})
    assert found(page) == titles
    if not titles:
        assert "Mitään ei löytynyt" in page.words


def test_posts_portfolios_and_decisions_are_found_beside_initiatives(viewer, register):
    values = {"title_fi": "Rehtorin viran täyttäminen", "date": dt.date(2026, 3, 1), "section": "12"}
    factories.write(register.session, Decision, register.home | values)
    register.town.commit()
    page = viewer.get(f"{SEARCH}?q=rehtori")
    assert found(page, "Tehtävät") == ["Rehtori"]
    assert found(page, "Päätökset") == ["Rehtorin viran täyttäminen"]
    assert "1.3.2026" in page.words
    assert "2 osumaa" in page.words
    page = viewer.get(f"{SEARCH}?q=tarves")
    assert found(page, "Salkut") == ["Tarvesalkku"]


def test_a_post_leads_to_what_it_answers_for(viewer, register):
    link = viewer.get(f"{SEARCH}?q=rehtori").select_one("main .short-list a")
    assert "Ääniviestit kouluille" in viewer.get(link["href"]).words


def test_the_code_of_an_initiative_finds_it(viewer, register):
    row = register.rows["Avoin arkisto"]
    assert found(viewer.get(f"{SEARCH}?q={row.code.lower()}")) == ["Avoin arkisto"]


def test_another_municipalitys_things_are_never_found(viewer, register):
    home = {"municipality_id": register.town.neighbour.id}
    factories.create_initiative(register.session, **home, title_fi="Naapurin siltahanke")
    factories.create_post(register.session, **home, title_fi="Siltainsinööri")
    factories.create_portfolio(register.session, **home, name_fi="Siltaohjelma")
    register.town.commit()
    assert "Mitään ei löytynyt" in viewer.get(f"{SEARCH}?q=silta").words


def test_the_past_is_searched_as_it_was(viewer, register):
    before = latest_revision(register.session)
    register.change(register.rows["Avoin arkisto"], factories.MORNING, title_fi="Suljettu arkisto")
    assert found(viewer.get(f"{SEARCH}?q=avoin")) == []
    page = viewer.get(f"{SEARCH}?q=avoin&revision={before}")
    assert found(page) == ["Avoin arkisto"]
    assert f"revision={before}" in page.select_one("main .short-list a")["href"]
    assert page.select_one(f"main form input[name=revision][value='{before}']")


def test_a_long_result_is_cut_and_leads_to_the_whole_list(viewer, register):
    for number in range(25):
        register.add(f"Arkiston osa {number}")
    register.town.commit()
    page = viewer.get(f"{SEARCH}?q=arkisto")
    assert len(found(page)) == 20
    link = page.select_one("main .panel p a")
    assert link.get_text(strip=True) == "Näytä kaikki 26 rekisterissä"
    assert "26" in viewer.get(link["href"]).words


@pytest.mark.parametrize(
    ("query", "words"), [("", "myös sanan osat"), ("q=+", "myös sanan osat"), ("q=a", "vähintään 2 kirjainta")]
)
def test_nothing_is_searched_for_before_there_is_enough_to_go_by(viewer, register, query, words):
    assert words in viewer.get(f"{SEARCH}?{query}").words


def test_what_was_searched_stays_in_the_box_and_is_escaped(viewer, register):
    page = viewer.get(SEARCH, query_string={"q": '<b>"ei"</b>'})
    assert page.select_one("#find-words")["value"] == '<b>"ei"</b>'
    assert not page.select("main .sub b, main .empty b")


def test_a_very_long_text_is_searched_for_as_far_as_it_may_be(viewer, register):
    assert viewer.get(SEARCH, query_string={"q": "ääni " * 500}).select_one("#find-words")["value"].startswith("ääni")


def test_the_number_of_statements_does_not_grow_with_the_finds(viewer, register, engine, counted):
    viewer.get(f"{SEARCH}?q=arkisto")
    with counted(engine) as few:
        viewer.get(f"{SEARCH}?q=arkisto")
    for number in range(8):
        register.add(f"Arkiston osa {number}")
    register.town.commit()
    with counted(engine) as many:
        viewer.get(f"{SEARCH}?q=arkisto")
    assert many.queries == few.queries

import pytest

from portfolio.core.rights import Role


def test_the_bar_names_the_municipality_and_the_person(probe):
    probe.sign_in(Role.OFFICE)
    header = probe.get("/koekunta/probe").select_one("header.bar")
    assert header.select_one(".brand").get_text(strip=True) == "Koekunta"
    assert "Käyttäjä office" in header.get_text()
    assert header.select_one("form[action='/sign-out']")
    assert header.select_one("a[href='/account']")


@pytest.mark.parametrize(("language", "name"), [("fi", "Koekunta"), ("sv", "Provkommun"), ("en", "Koekunta")])
def test_the_municipality_is_named_in_the_language(probe, town, language, name):
    town.users[Role.OFFICE].language = language
    town.commit()
    probe.sign_in(Role.OFFICE)
    assert probe.get("/koekunta/probe").select_one(".brand").get_text(strip=True) == name


def test_whoever_is_not_signed_in_is_offered_to(probe):
    header = probe.get("/koekunta/probe/open").select_one("header.bar")
    assert header.select_one("a[href='/sign-in']")
    assert not header.select("form[action='/sign-out']")


def test_the_language_menu_marks_the_present_one_and_comes_back_here(probe):
    probe.sign_in(Role.OFFICE)
    form = probe.get("/koekunta/probe?q=ä").select_one("form[action='/language']")
    assert form.select_one("[name=next]")["value"] == "/koekunta/probe?q=ä"
    assert [one.get_text(strip=True) for one in form.select("[aria-current]")] == ["Suomi"]


def test_shortcuts_are_off_where_the_person_switched_them_off(probe, town):
    probe.sign_in(Role.OFFICE)
    assert probe.get("/koekunta/probe").body["data-shortcuts"] == "on"
    town.users[Role.OFFICE].shortcuts = False
    town.commit()
    assert probe.get("/koekunta/probe").body["data-shortcuts"] == "off"


def test_a_page_costs_the_same_few_queries_whoever_opens_it(probe, engine, counted):
    costs = {}
    for role in (Role.ADMIN, Role.OFFICE, Role.VIEWER):
        probe.sign_in(role)
        probe.client.get("/koekunta/probe/facts")
        with counted(engine) as count:
            probe.client.get("/koekunta/probe/facts")
        costs[role] = [one for one in count.statements if not one.startswith(("BEGIN", "PRAGMA"))]
    assert {len(one) for one in costs.values()} == {4}, costs

from portfolio.core.rights import Role


def items(page):
    return {one.contents[0].strip(): one for one in page.select("nav.rail a")}


def test_the_rail_shows_only_what_this_person_may_open(probe):
    probe.sign_in(Role.VIEWER)
    assert "Settings of the probe" not in items(probe.get("/koekunta/probe"))
    probe.sign_in(Role.OFFICE)
    shown = items(probe.get("/koekunta/probe"))
    assert shown["Probe"]["href"] == "/koekunta/probe"
    assert shown["Settings of the probe"]["href"] == "/koekunta/probe/present"


def test_the_item_in_whose_part_the_page_lies_is_marked(probe, town):
    probe.sign_in(Role.OFFICE)
    for address, marked in (
        ("/koekunta/probe", "Probe"),
        (f"/koekunta/probe/{town.unit.id}", "Probe"),
        ("/koekunta/probe/present", "Settings of the probe"),
    ):
        current = [name for name, one in items(probe.get(address)).items() if one.get("aria-current") == "page"]
        assert current == [marked]


def test_a_page_beside_its_list_belongs_to_the_one_item_of_its_room(probe):
    probe.sign_in(Role.ADMIN)
    shown = items(probe.get("/koekunta/new-user"))
    assert [name for name, one in shown.items() if one.get("aria-current")] == ["Käyttäjät ja oikeudet"]


def test_counts_stand_beside_what_waits(probe):
    probe.sign_in(Role.OFFICE)
    assert items(probe.get("/koekunta/probe"))["Probe"].select_one(".n").get_text().split()[0] == "3"


def test_groups_come_in_order_with_their_titles(probe):
    probe.sign_in(Role.ADMIN)
    page = probe.get("/koekunta/probe")
    assert [one.get_text() for one in page.select("nav.rail .sep")][-1] == "Hallinta"
    links = [one["href"] for one in page.select("nav.rail a")]
    assert links.index("/koekunta/probe") < links.index("/koekunta/probe/present") < links.index("/koekunta/users")


def test_there_is_no_rail_where_nobody_acts(probe):
    assert not probe.get("/sign-in").select("nav.rail")
    probe.sign_in(Role.OFFICE)
    assert not probe.get("/account").select("nav.rail")


def test_whoever_comes_from_a_municipality_keeps_its_menu_on_the_own_account(probe, town):
    probe.sign_in(Role.OFFICE)
    probe.get("/koekunta/probe")
    page = probe.get("/account")
    assert items(page)["Probe"]["href"] == "/koekunta/probe"
    assert page.select_one(".brand").get_text(strip=True) == "Koekunta"


def test_a_menu_of_a_municipality_without_access_is_not_kept(probe):
    probe.sign_in(Role.OFFICE)
    for code in ("naapurikunta", "olematon"):
        with probe.client.session_transaction() as cookie:
            cookie["municipality"] = code
        assert not probe.get("/account").select("nav.rail")


def test_a_public_page_of_a_municipality_has_its_menu_for_those_with_access_only(probe):
    assert not probe.get("/koekunta/probe/open").select("nav.rail")
    probe.sign_in(Role.OFFICE)
    assert probe.get("/koekunta/probe/open").select("nav.rail")
    probe.sign_in("admin", "naapurikunta")
    assert not probe.get("/koekunta/probe/open").select("nav.rail")

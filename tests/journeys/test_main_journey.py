"""The main job in a real browser: a newcomer comes in, finds, reads, edits, undoes, and looks at the roadmap.

Any console error, policy violation or request to another site fails the journey when it ends.
"""

from playwright.sync_api import expect

from tests.fixtures.browser import ready
from tests.fixtures.demo import sign_in

CUSTOMER = "Yhteinen asiakashallinnan toimintamalli"


def test_a_newcomer_goes_from_the_sign_in_page_to_the_roadmap(open_page, demo_url):
    page = open_page()
    # given the sign-in page with the demo's accounts
    page.goto(demo_url)
    turku = page.locator(".facts").get_by_role("definition").filter(has=page.locator("[value='office@turku.example']"))
    turku.get_by_role("button", name="Kehittämistoimisto", exact=True).click()
    expect(page.locator("h1")).to_have_text("Etusivu")
    ready(page)
    # when the register is searched for a part of a word
    page.keyboard.press("/")
    page.keyboard.type("asiakashall")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=CUSTOMER).click()
    # then the card has the facts and where they came from
    expect(page.locator("h1")).to_have_text(CUSTOMER)
    expect(page.locator("main")).to_contain_text("Asiakkuusjohtaja")
    expect(page.locator("main")).to_contain_text("2023-01-24-tarvesalkku.xlsx")
    # and the roadmap is one click away, in both faces
    page.get_by_role("navigation", name="Päävalikko").get_by_role("link", name="Tiekartta").click()
    expect(page.locator("table .rm-bar").first).to_be_visible()
    page.get_by_role("link", name="Kaaviona").click()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()


def test_what_is_saved_is_shown_and_can_be_undone(open_page, own_demo):
    folder, url = own_demo
    page = open_page()
    sign_in(page, url, folder, "office")
    page.goto(f"{url}/turku/initiatives?q=asiakashallinnan")
    page.get_by_role("link", name=CUSTOMER).click()
    expect(page.locator("h1")).to_have_text(CUSTOMER)
    card = page.url
    # when a time is given in words
    page.get_by_role("link", name="Muokkaa", exact=True).click()
    expect(page.locator("[name=timespan]")).to_be_visible()
    ready(page)
    page.fill("[name=timespan]", "syksy 2024")
    page.locator("[name=timespan]").blur()
    expect(page.locator("output.understood").first).to_contain_text("1.8.2024–31.12.2024")
    page.get_by_role("button", name="Tallenna").click()
    # then the card shows it with what was, and undo puts it back
    expect(page.locator("main")).to_contain_text("syksy 2024")
    page.get_by_role("button", name="Kumoa").first.click()
    expect(page.locator(".messages")).to_be_visible()
    page.goto(card)
    expect(page.locator(".facts", has_text="Ajankohta").first).not_to_contain_text("syksy 2024")


def test_two_people_at_once_lose_nothing(open_page, own_demo, faults):
    folder, url = own_demo
    first, second = open_page(), open_page()
    sign_in(first, url, folder, "office")
    sign_in(second, url, folder, "admin")
    first.goto(f"{url}/turku/initiatives?q=asiakashallinnan")
    first.get_by_role("link", name=CUSTOMER).click()
    expect(first.locator("h1")).to_have_text(CUSTOMER)
    card = first.url
    # given both have the form open
    for page in (first, second):
        page.goto(f"{card}/edit")
    # when both save another goal
    for page, goal in ((first, "Ensimmäisen tavoite"), (second, "Toisen tavoite")):
        page.fill("[name=goals]", goal)
        page.get_by_role("button", name="Tallenna").click()
    # then the second sees both versions, and neither is lost
    second_words = second.locator("main")
    expect(second_words).to_contain_text("Ensimmäisen tavoite")
    expect(second_words).to_contain_text("Toisen tavoite")
    faults.expect("409")


def test_a_reader_sees_no_way_to_edit(open_page, demo_url, demo_folder):
    page = open_page()
    sign_in(page, demo_url, demo_folder, "viewer")
    page.goto(f"{demo_url}/turku/initiatives?q=asiakashallinnan")
    page.get_by_role("link", name=CUSTOMER).click()
    expect(page.get_by_role("link", name="Muokkaa")).to_have_count(0)
    expect(page.get_by_role("link", name="Asetukset")).to_have_count(0)


def test_the_register_is_seen_as_it_was(open_page, demo_url, demo_folder):
    page = open_page()
    sign_in(page, demo_url, demo_folder, "office")
    page.goto(f"{demo_url}/turku/initiatives")
    now = page.locator("main tbody tr").count()
    page.goto(f"{demo_url}/turku/initiatives?at=2023-02-01")
    expect(page.locator("header.bar .past")).to_contain_text("vain luku")
    assert 0 < page.locator("main tbody tr").count() < now
    page.get_by_role("link", name="Palaa nykyhetkeen").click()
    expect(page.locator("header.bar .past")).to_have_count(0)


def test_everything_works_on_a_phone_without_scripts(open_page, own_demo):
    folder, url = own_demo
    page = open_page(width=375, java_script_enabled=False)
    sign_in(page, url, folder, "office")
    page.locator("details.burger summary").click()
    page.locator("details.burger").get_by_role("link", name="Kehittämiskohteet").click()
    page.get_by_role("link", name=CUSTOMER).click()
    page.get_by_role("link", name="Muokkaa", exact=True).click()
    page.fill("[name=goals]", "Yksi tapa toimia")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("main")).to_contain_text("Yksi tapa toimia")


def test_the_language_is_changed_from_the_bar(open_page, own_demo):
    folder, url = own_demo
    page = open_page()
    sign_in(page, url, folder, "office")
    page.goto(f"{url}/turku/initiatives")
    page.locator("header.bar summary", has_text="FI").click()
    page.get_by_role("button", name="Svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.locator("h1")).to_have_text("Utvecklingsobjekt")

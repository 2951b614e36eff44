"""A review's draft while it is typed: kept by itself, and honestly told where it could not be kept."""

from playwright.sync_api import expect


def test_a_draft_that_cannot_be_kept_says_so_and_is_kept_when_it_can_be_again(year_of, faults):
    office = year_of("turku").office()
    page = office.page
    office.open("/reviews")
    office.follow("Vuosikatselmus 2023")
    page.locator("tbody tr", has_text="Odottaa vastausta").get_by_role("link").first.click()
    said = page.locator("#draft-said")

    page.route("**/draft", lambda route: route.fulfill(status=503))
    page.fill("#done", "Ensimmäinen vaihe on tehty.")
    expect(said).to_contain_text("Luonnosta ei tallennettu")
    faults.expect("503")

    page.unroute("**/draft")
    page.fill("#done", "Ensimmäinen vaihe on tehty, toinen alkoi.")
    expect(said).to_contain_text("Luonnos tallennettu")
    page.reload()
    expect(page.locator("#done")).to_have_value("Ensimmäinen vaihe on tehty, toinen alkoi.")

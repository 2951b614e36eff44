"""Moving in time in a real browser: by pointer, by keyboard alone, and on a phone.

Any console error, policy violation or request to another site fails the journey when it ends.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.fixtures.axe import violations
from tests.fixtures.demo import sign_in

TITLE = "Yhteistyö- ja ohjausryhmien päällekkäisyydet pois"
OLD, NEW = "alkuvuonna 2023", "alkuvuonna 2024"
ROADMAP = "/turku/roadmap?group=unit"
YEAR = 365.25


@pytest.fixture
def enter(own_demo, open_page):
    """Give a function that opens the roadmap for the office."""
    folder, url = own_demo

    def enter(**options):
        page = open_page(**options)
        sign_in(page, url, folder, "office")
        page.goto(f"{url}{ROADMAP}", wait_until="networkidle")
        return page

    return enter


def row_of(page):
    return page.locator("tr[data-row]", has=page.get_by_role("link", name=TITLE, exact=True))


def panel_of(page):
    return page.locator("[data-move-panel]")


def place_of(page):
    """Where the row's bar is: its left edge, its middle line, and how many pixels a year is."""
    row = row_of(page)
    row.scroll_into_view_if_needed()
    bar, track = row.locator(".rm-bar").bounding_box(), row.locator(".rm-svg").bounding_box()
    year = track["width"] * YEAR / int(page.locator("table.rm").get_attribute("data-days"))
    return bar["x"], bar["x"] + bar["width"], bar["y"] + bar["height"] / 2, year


def take(page, start, y):
    page.mouse.move(start, y)
    page.mouse.down()
    page.mouse.move(start + 10, y, steps=2)


def check_accessible(page):
    assert violations(page) == []


def expect_change(page):
    expect(panel_of(page).locator("#move-check del")).to_have_text(OLD)
    expect(panel_of(page).locator("#move-check ins")).to_have_text(NEW)


def save_and_undo(page):
    page.get_by_role("button", name="Tallenna uusi ajankohta").click()
    expect(page.locator(".rm-undo .undo-bar")).to_be_in_viewport()
    expect(row_of(page).locator(".rm-under")).to_contain_text(NEW)
    expect(row_of(page).locator(".rm-title")).to_be_focused()
    expect(page.locator("[data-move-told]")).to_contain_text("Siirretty ajassa:")
    page.locator(".rm-undo").get_by_role("button", name="Kumoa").click()
    expect(row_of(page).locator(".rm-under")).to_contain_text(OLD)


def test_a_bar_is_dragged_a_year_later_shown_saved_and_undone(enter):
    page = enter(reduced_motion="reduce")
    first, last, y, year = place_of(page)
    take(page, (first + last) / 2, y)
    page.mouse.move((first + last) / 2 + year, y, steps=8)
    expect(page.locator(".rm-says")).to_have_text(NEW)
    expect(page.locator(".rm-draft")).to_have_count(1)
    page.mouse.up()
    expect_change(page)
    check_accessible(page)
    save_and_undo(page)
    assert "group=unit" in page.url


def test_a_bar_that_is_let_go_goes_back_and_nothing_is_saved(enter):
    page = enter()
    first, last, y, year = place_of(page)
    take(page, (first + last) / 2, y)
    page.mouse.move((first + last) / 2 + year, y, steps=8)
    page.keyboard.press("Escape")
    expect(page.locator(".rm-draft, .rm-says")).to_have_count(0)
    page.mouse.up()
    expect(panel_of(page)).to_be_hidden()

    take(page, (first + last) / 2, y)
    page.mouse.move((first + last) / 2 + year, y, steps=8)
    page.mouse.up()
    expect_change(page)
    page.keyboard.press("Escape")
    expect(page.locator(".rm-draft")).to_have_count(0)
    expect(row_of(page).locator(".rm-title")).to_be_focused()
    page.reload()
    expect(row_of(page).locator(".rm-under")).to_contain_text(OLD)


def test_an_end_is_dragged_alone(enter):
    page = enter()
    _first, last, y, year = place_of(page)
    take(page, last - 2, y)
    page.mouse.move(last - 2 + year, y, steps=8)
    page.mouse.up()
    expect(panel_of(page).locator("#move-check .small")).to_contain_text(re.compile(r"^1\.1\.2023–31\.3\.2024"))


def test_a_click_or_a_touch_on_a_bar_moves_nothing(enter):
    page = enter(has_touch=True)
    first, last, y, _year = place_of(page)
    page.mouse.click((first + last) / 2, y)
    page.touchscreen.tap((first + last) / 2, y)
    expect(panel_of(page)).to_be_hidden()
    expect(page.locator(".rm-draft")).to_have_count(0)


def test_by_keyboard_alone(enter):
    page = enter()
    row_of(page).locator(".rm-title").focus()
    page.keyboard.press("Tab")
    link = row_of(page).locator("a.rm-move")
    expect(link).to_be_focused()
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#move-title")).to_be_focused()
    check_accessible(page)
    page.keyboard.press("Escape")
    expect(link).to_be_focused()

    page.keyboard.press("m")
    expect(page.locator("#move-title")).to_be_focused()
    later = panel_of(page).get_by_role("button", name="Vuotta myöhemmin").first
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(later).to_be_focused()
    page.keyboard.press("Space")
    expect_change(page)
    expect(later).to_be_focused()
    expect(panel_of(page).locator("[data-says]")).to_contain_text(NEW)
    page.locator("[name=timespan]").focus()
    page.keyboard.press("End")
    page.keyboard.type(" m")
    expect(page.locator("[name=timespan]")).to_have_value(f"{NEW} m")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="Tallenna uusi ajankohta").press("Enter")
    expect(row_of(page).locator(".rm-under")).to_contain_text(NEW)


def test_words_that_are_no_time_are_said_in_the_panel(enter, faults):
    page = enter()
    row_of(page).locator("a.rm-move").click()
    page.locator("[name=timespan]").fill("kun ehditään")
    page.get_by_role("button", name="Tarkista").click()
    expect(panel_of(page).locator(".error-summary")).to_be_focused()
    expect(page.locator("[name=timespan]")).to_have_value("kun ehditään")
    faults.expect("422")


def test_single_keys_do_nothing_when_they_are_switched_off(enter):
    page = enter()
    page.evaluate("document.body.dataset.shortcuts = 'off'")
    row_of(page).locator(".rm-title").focus()
    page.keyboard.press("m")
    expect(panel_of(page)).to_be_hidden()


def test_on_a_phone_the_panel_is_the_way(enter):
    page = enter(width=375, height=720, has_touch=True, is_mobile=True)
    link = row_of(page).locator("a.rm-move")
    expect(link).to_have_css("opacity", "1")
    link.tap()
    expect(page.locator("#move-title")).to_be_visible()
    assert panel_of(page).bounding_box()["width"] == 375
    panel_of(page).get_by_role("button", name="Vuotta myöhemmin").first.tap()
    expect_change(page)
    check_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    save_and_undo(page)

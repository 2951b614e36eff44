"""A whole meeting in a real browser on Turku's demo: open, step, see what changed, move, decide, take the deck along.

Any console error, policy violation or request to another site fails the journey when it ends.
"""

import re

from playwright.sync_api import expect
from pptx import Presentation

from tests.fixtures.browser import ready
from tests.fixtures.demo import sign_in

FORUM = "Elinvoiman johtoryhmä"


def open_meeting(page, url, role, folder):
    """Start a forum's meeting from the roadmap, as its preparer does."""
    sign_in(page, url, folder, role)
    page.goto(f"{url}/turku/roadmap?group=portfolio")
    page.get_by_role("link", name="Kokoustila", exact=True).click()
    page.get_by_label("Foorumi", exact=True).select_option(label=FORUM)
    page.get_by_role("button", name="Aloita", exact=True).click()
    expect(page.locator("h1")).to_contain_text(FORUM)
    ready(page)


def test_a_meeting_from_its_cover_to_the_deck(open_page, own_demo, tmp_path):
    folder, url = own_demo
    page = open_page(width=1280, height=720)
    open_meeting(page, url, "office", folder)
    # when the arrow keys step, the address and a live region tell the slide
    page.keyboard.press("ArrowRight")
    expect(page.locator("#s2")).to_be_visible()
    expect(page.locator("#s1")).to_be_hidden()
    assert page.url.endswith("#s2")
    expect(page.locator("[data-live]")).to_contain_text("Dia 2/")
    page.reload()
    expect(page.locator("#s2")).to_be_visible()
    # then what changed since the last meeting is a layer of its own
    expect(page.locator("#s2 .rm-brief").first).to_be_hidden()
    page.keyboard.press("m")
    expect(page.locator("#s2 .rm-brief").first).to_be_visible()
    # when a row's card is opened and its decision recorded
    page.keyboard.press("ArrowDown")
    row = page.locator("#s2 a.rm-title").first
    expect(row).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.locator("[data-panel]")
    expect(panel.locator("h2")).to_have_text(row.inner_text().strip())
    panel.get_by_label(re.compile("^Päätös")).fill("Hanketta jatketaan vuodella.")
    panel.get_by_role("button", name="Kirjaa päätös").click()
    expect(panel.locator(".plain").last).to_be_visible()
    expect(panel.locator("[data-outcome]")).to_contain_text("Hanketta jatketaan vuodella.")
    expect(panel.get_by_role("button", name="Kumoa")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(row).to_be_focused()
    # when it is moved, the meeting goes on where it was
    page.keyboard.press("Enter")
    panel.get_by_role("link", name="Siirrä ajassa").click()
    page.fill("[name=timespan]", "1.1.2023–31.12.2024")
    page.get_by_role("button", name="Tarkista").click()
    page.get_by_role("button", name="Tallenna uusi ajankohta").click()
    expect(panel).to_be_hidden()
    expect(page.locator("#s2")).to_be_visible()
    expect(page.locator(".meet-undo")).to_contain_text("Siirretty ajassa")
    # then the deck holds the bars of the roadmap
    page.get_by_role("link", name="Poistu").click()
    expect(page.locator("table[data-roadmap]")).to_be_visible()
    drawn = page.locator("table.rm tr:has(.rm-bar) .rm-title").evaluate_all("links => links.map((one) => one.pathname)")
    page.locator("summary", has_text="Lataa").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PowerPoint")).click()
    file = tmp_path / "deck.pptx"
    download.value.save_as(file)
    assert bars_of(file) == {address.rpartition("/")[2] for address in drawn}


def test_a_meeting_ends_as_a_baseline(open_page, own_demo):
    folder, url = own_demo
    page = open_page(width=1920, height=1080)
    open_meeting(page, url, "office", folder)
    page.keyboard.press("End")
    page.get_by_role("button", name="Päätä kokous").click()
    expect(page.locator(".messages")).to_contain_text(FORUM)


def test_a_meeting_is_read_without_scripts_and_shows_no_form_to_readers(open_page, demo_url, demo_folder):
    page = open_page(width=375, java_script_enabled=False)
    open_meeting(page, demo_url, "viewer", demo_folder)
    slides = page.locator("[data-slide]")
    assert slides.count() > 2
    expect(slides.last).to_be_visible()
    expect(page.locator("form[action*='/end']")).to_have_count(0)


def bars_of(file):
    """The ids of the initiatives that have a bar in the deck, by the names of its shapes."""
    names = (shape.name for slide in Presentation(file).slides for shape in slide.shapes)
    return {name.removeprefix("bar ") for name in names if re.fullmatch(r"bar \d+", name)}

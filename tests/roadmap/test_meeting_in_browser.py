"""Meeting mode on a projector, a phone and paper: nothing overflows, everything is reached, nothing typed is lost."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.fixtures.axe import violations
from tests.fixtures.demo import account, sign_in

MEETING = "/turku/roadmap/meeting?forum={}&date=2023-05-15"
TOO_HIGH = """slide => slide.scrollHeight > slide.clientHeight || slide.scrollWidth > slide.clientWidth
    || [...slide.querySelectorAll("tr[data-item], .slide-rows li")].some(
        (row) => [...row.children].some((cell) => cell.scrollHeight > cell.clientHeight + 1))"""
SMALLEST = """root => Math.min(...[...root.querySelectorAll("*")].filter((one) => one.getClientRects().length
    && !one.closest(".visually-hidden") && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.currentCSSZoom))"""
READABLE = 19.9
"""Pixels of the smallest text at 1280 × 720, less what a browser rounds."""


def forum_of(folder):
    with closing(sqlite3.connect(folder / "portfolio.sqlite")) as database:
        return database.execute("SELECT id FROM forum WHERE name_fi = 'Elinvoiman johtoryhmä'").fetchone()[0]


def write(folder, statement, *values):
    with closing(sqlite3.connect(folder / "portfolio.sqlite")) as database, database:
        database.execute(statement, values)


def open_meeting(page, folder, url, query="", role="office"):
    sign_in(page, url, folder, role)
    page.goto(url + MEETING.format(forum_of(folder)) + query)
    expect(page.locator("[data-bar]")).to_be_visible()


def each_slide(page):
    for number in range(1, page.locator("[data-slide]").count() + 1):
        page.evaluate(f"location.hash = '#s{number}'")
        slide = page.locator(f"#s{number}")
        expect(slide).to_be_visible()
        yield slide


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768)])
@pytest.mark.parametrize("query", ["&group=unit", "&group=portfolio&inner=unit&changes=1"])
def test_no_slide_overflows_on_a_projector_however_long_its_titles_are(open_page, own_demo, width, height, query):
    folder, url = own_demo
    write(folder, "UPDATE initiative SET title_fi = substr(title_fi || ?, 1, 300) WHERE id % 2", " ja sen jatko" * 30)
    page = open_page(width=width, height=height)
    open_meeting(page, folder, url, query)
    lanes = page.locator("[data-sort=lane]")
    assert lanes.count() < page.locator("[data-sort=lane] tr[data-item]").count()
    for slide in each_slide(page):
        assert not slide.evaluate(TOO_HIGH), slide.get_attribute("data-slide")
        assert width < 1280 or slide.evaluate(SMALLEST) >= READABLE, slide.get_attribute("data-slide")


def test_the_card_panel_and_its_form_are_read_from_afar(open_page, demo_folder, demo_url):
    page = open_page(width=1280, height=720)
    open_meeting(page, demo_folder, demo_url, "&group=unit#s2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("[data-panel]")
    expect(panel.get_by_role("button", name="Kirjaa päätös")).to_be_visible()
    assert panel.evaluate(SMALLEST) >= READABLE


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (375, 800)])
@pytest.mark.parametrize("look", [{}, {"forced_colors": "active", "reduced_motion": "reduce"}])
def test_axe_finds_nothing_on_any_kind_of_slide_or_in_the_panels(open_page, demo_folder, demo_url, width, height, look):
    page = open_page(width=width, height=height, **look)
    open_meeting(page, demo_folder, demo_url, "&group=portfolio&inner=unit&changes=1")
    kinds = set()
    for slide in each_slide(page):
        kind = slide.get_attribute("data-sort")
        if kind not in kinds:
            kinds.add(kind)
            assert violations(page) == [], kind
    assert kinds == {"cover", "lane", "list", "changes", "end"}
    page.evaluate("location.hash = '#s2'")
    page.locator("#s2 a.rm-title").first.click()
    expect(page.locator("[data-panel] h2")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Diat")).click()
    assert violations(page) == []


def test_everything_is_done_by_keyboard_and_the_focus_comes_back(open_page, demo_folder, demo_url):
    page = open_page(width=1280, height=720)
    open_meeting(page, demo_folder, demo_url, "&group=unit")
    page.keyboard.press("o")
    expect(page.locator("[data-list]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-list]")).to_be_hidden()
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator("#s2 a.rm-title").nth(1)
    expect(second).to_be_focused()
    for key in ("Enter", "p"):
        page.keyboard.press(key)
        expect(page.locator("[data-panel] h2, [data-panel] h3").first).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#s2")).to_be_visible()
        page.keyboard.press("Escape")
        expect(second).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("[data-sort=end]")).to_be_visible()
    page.keyboard.press("Home")
    expect(page.locator("#s1")).to_be_visible()


def test_a_refused_full_screen_leaves_the_meeting_as_it_is(open_page, demo_folder, demo_url):
    page = open_page(width=1280, height=720)
    page.add_init_script("Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused'));")
    open_meeting(page, demo_folder, demo_url)
    page.keyboard.press("f")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#s2")).to_be_visible()


def test_a_swipe_steps_on_a_phone(open_page, demo_folder, demo_url):
    page = open_page(width=375, height=800, has_touch=True)
    open_meeting(page, demo_folder, demo_url)
    page.evaluate(
        """() => {
          const target = document.querySelector("#s1 h2");
          const at = (x) => new Touch({ identifier: 1, target, clientX: x, clientY: 200 });
          const send = (name, x, touches) => target.dispatchEvent(
            new TouchEvent(name, { bubbles: true, touches, changedTouches: [at(x)] }));
          send("touchstart", 300, [at(300)]);
          send("touchend", 100, []);
        }"""
    )
    expect(page.locator("#s2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_sent_after_the_session_ended_is_kept_and_sent_after_signing_in(open_page, own_demo, faults):
    folder, url = own_demo
    page = open_page(width=1280, height=720)
    open_meeting(page, folder, url, "&group=unit#s3")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("[data-panel]")
    panel.get_by_label(re.compile("^Päätös")).fill("Jatketaan syksyyn.")
    page.context.clear_cookies()
    panel.get_by_role("button", name="Kirjaa päätös").click()
    expect(panel.get_by_role("alert").first).to_contain_text("Istuntosi on päättynyt")
    faults.expect("40")
    panel.get_by_role("link", name="Kirjaudu uudelleen").click()
    sign_in_here(page, folder)
    expect(panel.locator("[data-outcome]")).to_contain_text("Jatketaan syksyyn.")
    expect(page.locator("#s3")).to_be_visible()
    expect(panel.get_by_label(re.compile("^Päätös"))).to_have_value("")


def test_a_project_is_moved_in_the_panel_and_undone_on_the_same_slide(open_page, own_demo):
    folder, url = own_demo
    page = open_page(width=1280, height=720)
    open_meeting(page, folder, url, "&group=unit#s2")
    bar = page.locator("#s2 tr[data-item]").first.locator(".rm-bar").first
    before = bar.get_attribute("width")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("[data-panel]")
    panel.get_by_role("link", name="Siirrä ajassa").click()
    panel.locator("[name=timespan]").fill("1.2.2023–31.3.2023")
    panel.get_by_role("button", name="Tarkista").click()
    panel.get_by_role("button", name="Tallenna uusi ajankohta").click()
    expect(panel).to_be_hidden()
    expect(page.locator("#s2")).to_be_visible()
    expect(bar).not_to_have_attribute("width", before)
    page.locator(".meet-undo").get_by_role("button", name="Kumoa").click()
    expect(page.locator("#s2")).to_be_visible()
    expect(bar).to_have_attribute("width", before)


def test_on_paper_each_slide_has_a_page(open_page, demo_folder, demo_url):
    page = open_page(width=1280, height=720)
    open_meeting(page, demo_folder, demo_url, "&group=unit")
    slides = page.locator("[data-slide]").count()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == slides
    width, height = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed).groups()
    assert float(width) > float(height)


def sign_in_here(page, folder):
    """Sign in on the page that asks for it."""
    person = account(folder, "office")
    page.fill("input[name=email]", person["email"])
    page.fill("input[name=password]", person["password"])
    page.click("main form .save-bar button[type=submit]")

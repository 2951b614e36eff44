"""portfolio.js in a real browser: what it adds, and that pages do without it."""

import pytest

from tests.fixtures.axe import violations
from tests.fixtures.look import make_app, serving

LIST = """{% extends "base.html" %}
{% from "components/table.html" import table, title_cell, cell %}
{% from "components/choose.html" import select_cell, bulk_bar %}
{% from "components/filters.html" import filters %}
{% block content %}
{{ filters("/", [
  {"label": "Tila", "words": None, "name": "state", "many": true, "choices": [{"value": "a", "label": "A"}]},
  {"label": "Salkku", "words": None, "name": "p", "choices": [{"value": "b", "label": "B"}]},
]) }}
<form action="/" method="post">
{% set columns = [{"key": "t", "label": "Kohde"}] + [{"key": "x", "label": "Sarake"}] * 12 %}
{% call table(columns, "Kohteet", select=true) %}
{% for i in range(3) %}<tr>{{ select_cell(i, "Kohde %s" % i) }}{{ title_cell(columns[0], "Kohde %s" % i) }}
{% for _ in range(12) %}{{ cell(columns[1], "yhdyssanahirviö") }}{% endfor %}</tr>{% endfor %}
{% endcall %}{{ bulk_bar("Muuta") }}</form>{% endblock %}"""
FORM = """{% extends "base.html" %}
{% block content %}<form action="/" method="post" data-guard>
<label for="t">Ajankohta</label><input id="t" name="t" data-preview-url="/preview">
<output data-understood="t" class="understood"></output></form>{% endblock %}"""


@pytest.fixture
def site(monkeypatch):
    with serving(make_app(monkeypatch), {"": LIST, "form": FORM}) as address:
        yield address


@pytest.fixture
def page(open_page, site):
    page = open_page()
    page.goto(site)
    return page


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.tagName")


def test_slash_goes_to_the_search_and_is_a_letter_inside_fields(page):
    page.keyboard.press("/")
    assert focused(page) == "q"
    page.keyboard.type("a/b")
    assert page.input_value(".bar > .search input") == "a/b"


def test_slash_does_nothing_where_shortcuts_are_switched_off(page):
    page.evaluate("document.body.dataset.shortcuts = 'off'")
    page.keyboard.press("/")
    assert focused(page) == "BODY"


def test_on_a_phone_slash_opens_the_menu_that_holds_the_search(open_page, site):
    page = open_page(width=375)
    page.goto(site)
    page.keyboard.press("/")
    assert focused(page) == "q"
    assert page.locator(".burger .search").is_visible()


def test_escape_closes_a_menu_and_gives_the_focus_back_and_only_one_is_open(page):
    menus = page.locator("details.menu[open]")
    page.click(".pill:nth-of-type(1) summary")
    page.click(".pill:nth-of-type(2) summary")
    assert menus.count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert menus.count() == 0
    assert focused(page) == "SUMMARY"


def test_choosing_all_counts_them(page):
    page.check("[data-choose-all]")
    assert page.inner_text("[data-choose-count]") == "3 chosen"
    page.uncheck("[data-choose] >> nth=0")
    page.uncheck("[data-choose] >> nth=1")
    assert page.inner_text("[data-choose-count]") == "1 chosen"
    assert page.evaluate("document.querySelector('[data-choose-all]').indeterminate")


def test_a_table_that_is_too_wide_scrolls_in_a_region_of_its_own(page):
    region = page.get_by_role("region", name="Kohteet")
    assert region.get_attribute("tabindex") == "0"
    page.set_viewport_size({"width": 375, "height": 800})
    region.wait_for(state="detached")
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_a_time_says_what_was_understood(page, site):
    page.goto(f"{site}/form")
    page.fill("#t", "syksy?")
    page.get_by_text("read: syksy?").wait_for()
    assert "unsure" in page.get_attribute(".understood", "class")


def test_leaving_a_form_asks_only_when_something_was_typed(page, site):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{site}/form")
    page.goto(site)
    assert asked == []
    page.goto(f"{site}/form")
    page.fill("#t", "syksy")
    page.goto(site)
    assert asked == ["beforeunload"]


def test_without_scripts_menus_open_and_wide_tables_scroll(open_page, site):
    page = open_page(width=1000, java_script_enabled=False)
    page.goto(site)
    page.click(".pill:nth-of-type(1) summary")
    assert page.get_by_label("A", exact=True).is_visible()
    assert page.locator(".rail").is_visible()
    page.set_viewport_size({"width": 375, "height": 800})
    page.click(".burger summary")
    assert page.locator(".burger nav").is_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("options", [{}, {"forced_colors": "active"}], ids=["plain", "forced-colors"])
def test_the_frame_and_a_list_are_accessible_and_reflow(open_page, site, width, options):
    page = open_page(width=width, **options)
    page.goto(site)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

"""Closing lanes, views and what colours tell, in a real browser."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.fixtures.axe import violations
from tests.fixtures.browser import wait_until
from tests.fixtures.demo import sign_in

ARRANGED = "/roadmap?group=unit&inner=portfolio&colour=kind&order=end&money=1"


def enter(page, demo_url, demo_folder, path=ARRANGED):
    sign_in(page, demo_url, demo_folder, "office", "turku")
    page.goto(f"{demo_url}/turku{path}", wait_until="networkidle")


def rows_seen(page):
    return page.locator(".rm tbody tr:visible").count()


def test_closed_lanes_stay_closed_for_their_grouping(open_page, demo_url, demo_folder):
    page = open_page()
    enter(page, demo_url, demo_folder)
    every, outer = rows_seen(page), page.locator(".rm tbody:not(.rm-inner, .rm-more)").count()
    page.locator("[data-fold-all]").click()
    assert rows_seen(page) == outer

    page.locator(".rm-fold").first.press("ArrowRight")
    page.reload()
    assert rows_seen(page) == outer + 1
    page.goto(f"{demo_url}/turku/roadmap?group=unit")
    assert page.locator(".rm-fold[aria-expanded=false]").count() == 0
    page.go_back()
    page.locator("[data-open-all]").click()
    assert rows_seen(page) == every
    page.reload()
    assert rows_seen(page) == every


def test_an_outer_lane_closes_those_within_it_and_they_come_back_as_they_were(open_page, demo_url, demo_folder):
    page = open_page()
    enter(page, demo_url, demo_folder)
    outer, inner = page.locator(".rm-fold").nth(0), page.locator(".rm-fold").nth(1)
    inner.click()
    before = rows_seen(page)
    outer.click()
    assert not inner.is_visible()

    outer.click()
    assert inner.get_attribute("aria-expanded") == "false"
    assert rows_seen(page) == before


def test_a_lane_of_many_rows_closes_whole_and_opens_whole(open_page, demo_url, demo_folder):
    page = open_page()
    enter(page, demo_url, demo_folder, "/roadmap?scale=all&group=portfolio")
    assert page.locator(".rm tbody.rm-more").count() == 1
    every, lanes = rows_seen(page), page.locator(".rm-fold").count()

    page.locator(".rm-fold").first.press("ArrowLeft")
    assert rows_seen(page) == lanes

    page.locator(".rm-fold").first.press("ArrowRight")
    assert rows_seen(page) == every


@pytest.mark.parametrize("width", [320, 1280])
def test_menus_stay_in_the_page_and_axe_finds_nothing(open_page, demo_url, demo_folder, width):
    page = open_page(width=width)
    enter(page, demo_url, demo_folder)
    assert violations(page) == []
    for summary in page.locator("main details.menu > summary").all():
        summary.click()
        # a menu is hung from its other edge when it has opened: a moment later
        wait_until(page, "document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.keyboard.press("Escape")
        expect(page.locator("main details.menu[open]")).to_have_count(0)


def test_forced_colours_keep_every_bar_and_every_word(open_page, demo_url, demo_folder):
    page = open_page()
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    enter(page, demo_url, demo_folder)
    fills = page.eval_on_selector_all(
        ".rm-track .rm-bar:not(.soft, .outline)", "bars => [...new Set(bars.map(bar => getComputedStyle(bar).fill))]"
    )
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert len(fills) <= 1
    assert canvas not in fills
    assert {"Tarve", "Hanke"} <= set(page.locator(".rm-under span").all_inner_texts())


@pytest.mark.parametrize("width", [320, 1280])
def test_a_long_name_without_a_space_is_broken_wherever_it_stands(open_page, own_demo, width):
    folder, url = own_demo
    with closing(sqlite3.connect(folder / "portfolio.sqlite")) as database, database:
        database.execute("UPDATE initiative SET title_fi = ?", ("Kokonaisarkkitehtuuri" * 14,))
        database.execute("UPDATE unit SET name_fi = ?", ("Palvelukokonaisuus" * 10,))
    page = open_page(width=width)
    enter(page, url, folder, "/roadmap")
    for path in ("/roadmap", "/roadmap/chart", "/changes", "/initiatives"):
        page.goto(f"{url}/turku{path}", wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        cut = page.locator(":is(.rm-title span, .rm-fold, .list .t)").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().right > innerWidth).length"
        )
        assert cut == 0, path

"""The arrows of the grid in a real browser: only there do rows have heights."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.browser import wait_until
from tests.roadmap.test_faces import DRAWN, enter

TURKU = "/roadmap?scale=all"
ARROWS = ".rm-arrows g"
ENDS = """() => {
  const picture = document.querySelector(".rm-arrows");
  const origin = picture.getBoundingClientRect();
  return JSON.parse(picture.dataset.arrows).map(([before, after, from, to], place) => {
    const track = (id) => document.querySelector(`[data-row="${id}"] .rm-svg`).getBoundingClientRect();
    const at = (id, x) => track(id).left - origin.left + (track(id).width * x) / 100;
    const line = picture.querySelectorAll(".rm-link")[place].getAttribute("d");
    const tip = picture.querySelectorAll(".rm-tip")[place].getAttribute("d");
    const first = line.match(/^M([\\d.]+) ([\\d.]+)/).slice(1).map(Number);
    const last = tip.match(/^M([\\d.]+) ([\\d.]+)/).slice(1).map(Number);
    return {
      far: Math.abs(first[0] - at(before, from)) + Math.abs(last[0] - at(after, to)),
      inRows: [[first[1], track(before)], [last[1], track(after)]]
        .every(([y, box]) => y > box.top - origin.top && y < box.bottom - origin.top),
    };
  });
}"""


LAID_OUT = "row => row.checkVisibility({ contentVisibilityAuto: true })"


@pytest.fixture
def grid(open_page, demo_url, demo_folder):
    """The roadmap of Turku, all years, on a wide page."""
    page = open_page(width=1280)
    enter(page, demo_url, demo_folder, TURKU)
    expect(page.locator(ARROWS).first).to_be_attached()
    page.evaluate(DRAWN)
    return page


def test_each_arrow_goes_from_one_rows_bar_to_anothers(grid):
    found = grid.evaluate(ENDS)

    assert found
    assert all(one["far"] < 1 and one["inRows"] for one in found)


def test_arrows_follow_the_rows_when_a_lane_is_closed_and_opened(grid):
    whole = grid.locator(ARROWS).count()

    grid.locator("[data-fold-all]").click()
    expect(grid.locator(ARROWS)).to_have_count(0)

    grid.locator("[data-open-all]").click()
    expect(grid.locator(ARROWS)).to_have_count(whole)
    assert all(one["far"] < 1 and one["inRows"] for one in grid.evaluate(ENDS))


def test_rows_far_out_of_sight_wait_and_arrows_meet_them_when_they_come(grid):
    """An arrow to a row that is not laid out leads to where it is likely to be; it is drawn anew as the row comes."""
    grid.set_viewport_size({"width": 1280, "height": 200})
    grid.reload()
    grid.evaluate(DRAWN)
    last = grid.locator("tr[data-row]").last
    assert not last.evaluate(LAID_OUT)
    assert grid.locator(ARROWS).count() > 0

    last.locator(".rm-title").focus()
    wait_until(grid, f"row => ({LAID_OUT})(row)", last.element_handle())
    grid.evaluate(DRAWN)
    ends = grid.evaluate(ENDS)
    assert all(one["far"] < 1 for one in ends)


def test_the_arrows_of_the_row_in_focus_stand_out(grid):
    grid.locator("tr[data-row]:has(.rm-need) .rm-title").first.focus()

    expect(grid.locator(f"{ARROWS}.on").first).to_be_attached()
    expect(grid.locator(".rm-arrows.some")).to_have_count(1)


def test_arrows_are_hidden_from_assistive_technology_and_said_in_words(grid):
    assert grid.locator(".rm-arrows").get_attribute("aria-hidden") == "true"
    assert grid.locator(".rm-need").count() >= grid.locator(ARROWS).count()


def test_on_a_phone_the_words_tell_what_a_line_would_cross(open_page, demo_url, demo_folder):
    page = open_page(width=375)
    enter(page, demo_url, demo_folder, TURKU)

    assert not page.locator(".rm-arrows").is_visible()
    assert page.locator(".rm-need").first.is_visible()

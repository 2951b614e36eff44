"""The two faces in a real browser, over the demo: five towns' own material."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.demo import sign_in

TOWNS = ("helsinki", "kemi", "pori", "turku", "tuusula")
OVERLAPS = """() => {
  const boxes = (row, selector) => [...row.querySelectorAll(selector)]
    .filter((one) => one.getClientRects().length && one.textContent !== undefined)
    .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect(), edge: one.getAttribute("class") }));
  const found = [];
  for (const row of document.querySelectorAll(".rm tbody tr:not(.rm-lane)")) {
    const texts = boxes(row, ".rm-label");
    const cell = row.querySelector(".rm-track").getBoundingClientRect();
    for (const [i, one] of texts.entries()) {
      if (one.box.left < cell.left - 1 || one.box.right > cell.right + 1) found.push(`out: ${one.text}`);
      for (const other of [...texts.slice(i + 1), ...boxes(row, ".rm-mark path, .rm-mark use")]) {
        const apart = one.box.right <= other.box.left + 1 || other.box.right <= one.box.left + 1
          || one.box.bottom <= other.box.top + 3 || other.box.bottom <= one.box.top + 3;
        if (!apart) found.push(`${one.text} × ${other.text || "mark"}`);
      }
    }
    if (!row.querySelector(".rm-name").getBoundingClientRect().height) found.push("no name");
  }
  return found;
}"""

DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Waits until what was scrolled has been drawn."""


def enter(page, demo_url, demo_folder, path, town="turku", role="office"):
    sign_in(page, demo_url, demo_folder, role, town)
    page.goto(f"{demo_url}/{town}{path}")


@pytest.mark.parametrize("town", TOWNS)
def test_no_text_of_the_grid_touches_another_on_any_width(open_page, demo_url, demo_folder, town):
    page = open_page(width=1280)
    enter(page, demo_url, demo_folder, "/roadmap", town)

    for scale in ("years", "all"):
        page.goto(f"{demo_url}/{town}/roadmap?scale={scale}")
        for width in (1280, 1100, 375, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(OVERLAPS) == [], f"{scale} at {width} px"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{scale} at {width} px"


@pytest.mark.parametrize(("width", "language"), [(1280, "fi-FI"), (375, "fi-FI")])
def test_the_chart_is_drawn_under_the_strict_policy_with_finnish_months(
    open_page, demo_url, demo_folder, width, language
):
    page = open_page(width=width, locale=language)
    enter(page, demo_url, demo_folder, "/roadmap/chart?scale=year")
    page.wait_for_selector("[data-chart][data-drawn]")

    assert page.locator(".rm-plot .bars .point").count() > 20
    months = " ".join(page.locator(".rm-plot .xtick text").all_text_contents())
    assert "tammi" in months
    assert "Jan" not in months
    assert page.locator("[data-chart-waits]").count() == 0
    assert page.locator("[data-chart-failed]").is_hidden()


def test_the_chart_is_zoomed_by_buttons_and_brought_back(open_page, demo_url, demo_folder):
    page = open_page()
    enter(page, demo_url, demo_folder, "/roadmap/chart")
    page.wait_for_selector("[data-chart][data-drawn]")
    days = """() => {
      const [first, last] = document.querySelector(".rm-plot").layout.xaxis.range.map((one) => new Date(one));
      return Math.round((last - first) / 864e5);
    }"""
    usual = page.evaluate(days)

    page.locator("[data-zoom-by='0.5']").click()
    assert page.evaluate(days) == pytest.approx(usual / 2, abs=2)
    page.locator("[data-zoom-by='2']").click()
    page.locator("[data-zoom-by='2']").click()
    assert page.evaluate(days) == pytest.approx(usual * 2, abs=4)
    page.locator("[data-zoom-by='reset']").click()
    assert page.evaluate(days) == usual


def test_a_chart_whose_data_do_not_come_says_where_the_facts_are(open_page, demo_url, demo_folder, faults):
    page = open_page()
    page.route("**/chart.json*", lambda route: route.fulfill(status=503, body="{}"))
    enter(page, demo_url, demo_folder, "/roadmap/chart")

    page.locator("[data-chart-failed]").wait_for(state="visible")
    assert page.locator("[data-chart-waits]").count() == 0
    faults.expect("503")


@pytest.mark.parametrize("address", ["/roadmap/chart", "/money", "/yearclock"])
def test_without_scripts_no_chart_is_said_to_be_on_its_way(open_page, demo_url, demo_folder, address):
    page = open_page(java_script_enabled=False)
    enter(page, demo_url, demo_folder, address)
    assert page.locator("[data-chart-waits]:visible, [data-figure-waits]:visible").count() == 0
    assert page.locator("[data-chart-failed]:visible, [data-figure-failed]:visible").count() > 0


def test_the_grid_loads_no_plotly_and_is_whole_without_scripts(open_page, demo_url, demo_folder):
    page = open_page(java_script_enabled=False)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    enter(page, demo_url, demo_folder, "/roadmap")

    assert not any("plotly" in url for url in asked)
    rows = page.locator(".rm tbody tr")
    assert rows.count() > 20
    assert all(rows.nth(number).is_visible() for number in range(rows.count()))


def test_a_lane_folds_and_unfolds_by_its_title(open_page, demo_url, demo_folder):
    page = open_page()
    enter(page, demo_url, demo_folder, "/roadmap")
    lane = page.locator(".rm tbody").first
    button = lane.locator(".rm-fold")

    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "false"
    assert lane.locator("tr:visible").count() == 1
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert lane.locator("tr:visible").count() > 1


def test_arrow_keys_go_from_row_to_row(open_page, demo_url, demo_folder):
    page = open_page()
    enter(page, demo_url, demo_folder, "/roadmap")
    stops = page.locator(".rm .rm-fold, .rm .rm-title")
    focused = "document.activeElement.textContent.trim()"
    stops.first.focus()

    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == stops.nth(1).text_content().strip()
    page.keyboard.press("End")
    assert page.evaluate(focused) == stops.last.text_content().strip()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == stops.last.text_content().strip()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == stops.first.text_content().strip()


def test_the_axis_stays_in_sight_and_does_not_hide_what_is_focused(open_page, demo_url, demo_folder):
    page = open_page(height=600, reduced_motion="reduce")
    enter(page, demo_url, demo_folder, "/roadmap")
    titles = page.locator(".rm .rm-title")
    titles.last.scroll_into_view_if_needed()
    titles.last.focus()
    page.evaluate(DRAWN)

    head = page.locator(".rm thead th").last.bounding_box()
    assert head["y"] == pytest.approx(0, abs=1)
    for _ in range(12):
        page.keyboard.press("ArrowUp")
        page.evaluate(DRAWN)
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert top >= head["height"] - 1


def test_both_faces_show_the_same_titles(open_page, demo_url, demo_folder):
    page = open_page()
    enter(page, demo_url, demo_folder, "/roadmap?group=none")
    titles = page.locator(".rm .rm-title span").all_text_contents()

    page.locator(".page a[href*='/roadmap/chart']").click()
    page.wait_for_selector("[data-chart][data-drawn]")
    page.locator(".rm-facts summary").first.click()
    assert page.locator(".rm-facts th.title .t").all_text_contents() == titles
    drawn = "document.querySelector('.rm-plot').data.flatMap((one) => one.customdata ? one.y : [])"
    assert len(set(page.evaluate(drawn))) == len(titles)


ROWS_OF = """trace => rowsOf(trace, [10, 20])"""
THOUSANDS = """async (rows) => {
  const place = document.body.appendChild(document.createElement("div"));
  const y = Array.from({ length: rows }, (_, place) => place);
  const data = [{ type: "bar", orientation: "h", y, x: y.map(() => 1), marker: { opacity: y.map(() => 0.5) } }];
  await drawRows(place, { data, layout: { height: 600, yaxis: { range: [19.5, -0.5] } }, config: {} });
  const drawn = () => place.querySelectorAll(".point").length;
  const first = drawn();
  const moved = new Promise((done) => place.on("plotly_afterplot", done));
  await Plotly.relayout(place, { "yaxis.range": [519.5, 499.5] });
  await moved;
  await new Promise((done) => setTimeout(done));
  return [first, drawn(), place.data[0].y[0], place.data[0].marker.opacity.length];
}"""


TURNED = """async (rows) => {
  const place = document.body.appendChild(document.createElement("div"));
  const y = Array.from({ length: rows }, (_, place) => place);
  const yaxis = { range: [199.5, -0.5], tickvals: y, minallowed: -0.5, maxallowed: rows - 0.5 };
  const data = [{ type: "bar", orientation: "h", y, x: y }];
  await drawRows(place, { data, layout: { height: 6056, yaxis }, config: {} });
  rowButtons(place);
}"""


@pytest.fixture
def chart(open_page, demo_url, demo_folder):
    """The chart of Turku."""
    page = open_page()
    enter(page, demo_url, demo_folder, "/roadmap/chart")
    page.wait_for_selector("[data-chart][data-drawn]")
    return page


def test_of_thousands_of_rows_the_chart_draws_those_in_sight_and_others_once_it_is_moved(chart):
    assert chart.evaluate(THOUSANDS, 5000) == [60, 100, 460, 100]


def test_a_drag_over_a_high_screen_finds_its_rows_drawn(open_page, demo_url, demo_folder):
    page = open_page(screen={"width": 3840, "height": 2160})
    enter(page, demo_url, demo_folder, "/roadmap/chart")
    page.wait_for_selector("[data-chart][data-drawn]")

    assert page.evaluate(THOUSANDS, 5000)[0] == 20 + 72


def test_more_rows_than_are_shown_at_once_are_reached_by_buttons(chart):
    turn = chart.locator("[data-turn]")
    assert turn.is_hidden()
    chart.evaluate(TURNED, 450)

    told = turn.get_by_role("status")
    expect(told).to_have_text("Rivit 1–200 / 450")
    for words in ("Rivit 201–400 / 450", "Rivit 251–450 / 450", "Rivit 251–450 / 450"):
        turn.get_by_role("button", name="Seuraavat rivit").press("Enter")
        expect(told).to_have_text(words)
    turn.get_by_role("button", name="Edelliset rivit").press("Enter")
    expect(told).to_have_text("Rivit 51–250 / 450")


def test_a_line_that_passes_through_the_rows_in_sight_is_drawn_whole(chart):
    line = {"mode": "lines", "x": [1, 2, None, 3, 4, None, 5, 6], "y": [5, 30, None, 1, 9, None, 20, 40]}

    assert chart.evaluate(ROWS_OF, line) == {"mode": "lines", "x": [1, 2, None, 5, 6], "y": [5, 30, None, 20, 40]}


def test_what_each_point_has_goes_with_it_wherever_it_stands(chart):
    marks = {"y": [9, 10, 21], "hovertext": ["a", "b", "c"], "marker": {"size": 12, "line": {"color": ["r", "g", "b"]}}}

    assert chart.evaluate(ROWS_OF, marks) == {
        "y": [10],
        "hovertext": ["b"],
        "marker": {"size": 12, "line": {"color": ["g"]}},
    }

"""The roadmap in a real browser: how soon the grid stands, how it scrolls, how long the chart takes to be drawn."""

from __future__ import annotations

import statistics
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypeAlias

from playwright.sync_api import sync_playwright

from benchmarks.result import Result, against
from benchmarks.roadmap import EVERYTHING, FEW, MANY
from benchmarks.served import open_page, served
from tests.fixtures.chromium import launch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from benchmarks.town import Town

    Place: TypeAlias = tuple[Town, str]

COMPLETE_MS, DRAWN_MS, FRAME_MS, CHART_MS = 300.0, 400.0, 100.0, 400.0
CHART_GOAL = 1.5
CHART = "/roadmap/chart?scale=all"
RUNS = 5

TIMED = """() => new Promise((done) => {
  const [times] = performance.getEntriesByType("navigation");
  requestAnimationFrame(() => setTimeout(() => done({
    complete: times.loadEventEnd - times.responseEnd,
    drawn: performance.now() - times.responseStart,
    rows: document.querySelectorAll("table.rm tbody tr:not(.rm-lane)").length,
  })));
})"""
"""Complete: all rows, styles and scripts are there, counted from the last byte. Drawn: the first frame after that."""

SCROLLED = """() => new Promise((done) => {
  const gaps = [];
  const end = document.documentElement.scrollHeight - innerHeight;
  const step = Math.max(end / 150, 200);
  let last = performance.now();
  function frame(now) {
    gaps.push(now - last);
    last = now;
    if (scrollY >= end - 1 || gaps.length > 200) return done(Math.max(...gaps.slice(2)));
    scrollBy({ top: step, behavior: "instant" });
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
})"""
"""Scroll from the top to the foot in some hundred and fifty steps, one a frame; the longest wait for a frame."""

WATCH = """
window.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("[data-chart]");
  new MutationObserver(() => {
    if (!("drawn" in place.dataset)) return;
    requestAnimationFrame(() => setTimeout(() => { window.drawnAt = performance.now(); }));
  }).observe(place, { attributes: true });
});
const bare = window.fetch;
window.fetch = (...asked) => {
  window.askedAt ??= performance.now();
  const answer = bare(...asked);
  answer.then((response) => {
    const json = response.json.bind(response);
    response.json = () => json().then((figure) => {
      window.gotAt = performance.now();
      const isSeen = ({ type, name, marker }) => (type === "bar" && marker.opacity !== 0) || name === "marks";
      window.segments = figure.data.filter(isSeen).reduce((sum, one) => sum + one.y.length, 0);
      return figure;
    });
  });
  return answer;
};
"""
"""The chart's script asks for its data as soon as it and Plotly are loaded: from then to the first frame drawn."""

DRAWN = """() => new Promise((done, fail) => {
  const look = () => {
    if (window.drawnAt) done({ whole: drawnAt - askedAt, drawn: drawnAt - gotAt });
    else if (document.querySelector("[data-chart-failed]:not([hidden])")) fail(new Error("the chart was not drawn"));
    else setTimeout(look, 20);
  };
  look();
})"""
"""From the script being loaded, and from its data having come, to the first frame that shows the chart."""

BARE = """async () => {
  const ours = document.querySelector("[data-chart]");
  const [width, height] = [ours.clientWidth, ours.clientHeight];
  const place = document.createElement("div");
  ours.replaceWith(place);
  const some = Array.from({ length: segments }, (_, number) => number);
  const start = performance.now();
  await Plotly.newPlot(place, [{
    type: "bar", orientation: "h",
    y: some.map((number) => number / 8), base: some.map((number) => number % 97), x: some.map(() => 12),
  }], { width, height });
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return { segments, elapsed: performance.now() - start };
}"""
"""Bare Plotly: one trace of as many segments as our figure has, in as large a picture, and nothing else."""


def browsing(few: Town, many: Town, large: Town) -> Iterator[Result]:
    """Open the two faces of the roadmap in a headless Chromium, from servers of their own."""
    with sync_playwright() as playwright, ExitStack() as open_:
        browser: Browser = launch(playwright)  # type: ignore[no-untyped-call] # tests are untyped
        open_.callback(browser.close)
        towns = [(town, open_.enter_context(served(town))) for town in (few, many, large)]
        yield from _grid(browser, *towns[0])
        yield _scroll(browser, *towns[1])
        yield from _charts(browser, *towns)


def _grid(browser: Browser, town: Town, address: str) -> Iterator[Result]:
    page = open_page(browser, town, address)
    times = [_opened(page, address + EVERYTHING, FEW) for _ in range(RUNS + 1)][1:]
    for name, limit in (("complete", COMPLETE_MS), ("drawn", DRAWN_MS)):
        median = statistics.median(one[name] for one in times)
        yield against(f"grid of {FEW} rows in the browser, {name} after the response, ms", median, limit, 1)
    page.context.close()


def _scroll(browser: Browser, town: Town, address: str) -> Result:
    page = open_page(browser, town, address)
    _opened(page, address + EVERYTHING, MANY)
    longest = statistics.median(_scrolled(page) for _ in range(3))
    page.context.close()
    return against(f"grid of {MANY:,} rows, the longest frame while it scrolls, ms", longest, FRAME_MS, 1)


def _scrolled(page: Page) -> float:
    page.evaluate("() => { scrollTo({ top: 0, behavior: 'instant' }); }")
    return float(page.evaluate(SCROLLED))


def _charts(
    browser: Browser, few: tuple[Town, str], many: tuple[Town, str], large: tuple[Town, str]
) -> Iterator[Result]:
    times = [_chart(browser, *few) for _ in range(RUNS)]
    median = statistics.median(one["whole"] for one in times)
    yield against(f"chart of {FEW} bars, from its script to the first frame, ms", median, CHART_MS, 1)

    both = [_chart(browser, *many, bare=True) for _ in range(3)]
    ours, bare = (statistics.median(one[name] for one in both) for name in ("drawn", "bare"))
    name = f"chart of {MANY:,} bars, from its data to the first frame, against bare Plotly of as many segments"
    yield against(name, ours, bare, CHART_GOAL)

    whole = _chart(browser, *large)["whole"]
    yield against("chart of 10,000 bars, from its script to the first frame, ms", whole, whole, None)


def _opened(page: Page, address: str, rows: int) -> dict[str, Any]:
    page.goto(address)
    times: dict[str, Any] = page.evaluate(TIMED)
    if times["rows"] < rows:
        message = f"{times['rows']} rows where {rows} were to be measured"
        raise RuntimeError(message)
    return times


def _chart(browser: Browser, town: Town, address: str, *, bare: bool = False) -> dict[str, float]:
    """Draw a chart in a fresh page; times in milliseconds."""
    page = open_page(browser, town, address)
    page.add_init_script(WATCH)
    page.goto(address + CHART)
    times: dict[str, float] = page.evaluate(DRAWN)
    if bare:
        times["bare"] = page.evaluate(BARE)["elapsed"]
    page.context.close()
    return times

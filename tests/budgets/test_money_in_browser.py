"""The charts of money in a real browser: on the screen, and on paper."""

from tests.fixtures.browser import wait_until
from tests.fixtures.demo import sign_in

WIDTH = "document.querySelector('[data-drawn] .main-svg').getBoundingClientRect().width"
A4_IN_PIXELS = 720


def test_a_chart_is_narrowed_to_the_paper_while_it_is_printed(open_page, demo_folder, demo_url):
    page = open_page(width=1600)
    sign_in(page, demo_url, demo_folder, "viewer")
    page.goto(f"{demo_url}/turku/money")
    wait_until(page, "document.querySelectorAll('[data-drawn]').length == 2")
    wide = page.evaluate(WIDTH)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    wait_until(page, f"{WIDTH} < {A4_IN_PIXELS}")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    wait_until(page, f"{WIDTH} == {wide}")
    assert wide > A4_IN_PIXELS

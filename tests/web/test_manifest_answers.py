"""Generated from the manifest: the headers of every answer, the house rules of every page, and that looking is safe."""

import pytest

from portfolio.web.headers import policy
from tests.pages import Page, check_house
from tests.web import walk as way

READ = [pytest.param(step, id=step.id) for step in way.steps() if way.is_safe(step)]
ASSETS = {"static", "vendor.file"}


def check_headers(answer, charts):
    assert answer.headers["Content-Security-Policy"] == policy(charts=charts)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Request-Id"]
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie


def check_page(answer, language):
    if answer.mimetype == "text/html" and answer.status_code == 200:
        page = Page(answer)
        check_house(page)
        assert page.html["lang"] == language


@pytest.mark.parametrize("step", READ)
def test_the_administrator_opens_every_page_with_its_headers_and_in_the_style_of_the_house(walk, admin, step):
    answer = admin.client.get(walk.address(step), buffered=True)
    assert answer.status_code in {200, 302, 410}, answer.text[:500]
    check_headers(answer, way.entry(step).charts)
    if step.endpoint in ASSETS:
        assert "no-store" not in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
    else:
        assert answer.headers["Cache-Control"] == "no-store"
    check_page(answer, "fi")


@pytest.fixture(params=["sv", "en"])
def language(admin, request):
    """The administrator's language for a while: the town is the same for all tests of the manifest."""
    admin.post("/language", language=request.param, next="/account")
    yield request.param
    admin.post("/language", language="fi", next="/account")


def test_pages_keep_the_house_rules_in_every_language_and_looking_changes_nothing(walk, admin, language):
    before = walk.digest()
    for step in way.steps():
        if way.is_safe(step):
            answer = admin.client.get(walk.address(step), buffered=True)
            assert answer.status_code < 500, step.id
            check_page(answer, language)
    assert walk.digest() == before


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/koekunta/nowhere", "/sign-in/x", "/static/none.css", "/vendor/none.js"]
)
def test_errors_carry_the_headers_too(admin, address):
    answer = admin.client.get(address)
    assert answer.status_code == 404
    check_headers(answer, charts=False)
    assert answer.headers["Cache-Control"] == "no-store"

import pytest

from portfolio.app import create_app
from portfolio.core.rights import Role
from portfolio.web.headers import PLOTLY_STYLES, policy

PRODUCTION = {
    "PORTFOLIO_PRODUCTION": "1",
    "PORTFOLIO_SECRET_KEY": "x" * 40,
    "PORTFOLIO_PUBLIC_URL": "https://salkku.koekunta.example",
}


@pytest.fixture
def production(engine, clock):
    return create_app(PRODUCTION, engine=engine, clock=clock).test_client()


def test_the_policy_lets_in_nothing_but_this_site():
    assert policy() == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )


def test_only_pages_with_charts_let_in_the_two_styles_of_plotly(probe):
    probe.sign_in(Role.OFFICE)
    plain = probe.get("/koekunta/probe").answer.headers["Content-Security-Policy"]
    charts = probe.get("/koekunta/probe/present").answer.headers["Content-Security-Policy"]
    assert plain == policy()
    assert charts == policy(charts=True)
    assert all(style in charts and style not in plain for style in PLOTLY_STYLES)


def test_in_production_cookies_and_addresses_are_https_only(production):
    answer = production.get("/sign-in", base_url="https://salkku.koekunta.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-portfolio=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_a_try_out_over_http_sends_no_promise_of_https(client):
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers


def test_styles_and_scripts_may_be_kept_and_set_no_cookie(client):
    answer = client.get("/vendor/bootstrap.min.css?v=2.6.0", buffered=True)
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"

import subprocess
import sys

import pytest
from sqlalchemy import select

from portfolio.accounts.models import RateCount
from portfolio.app import create_app
from portfolio.config import SettingsError
from portfolio.core.rights import Role
from portfolio.web.limits import visitor
from tests.fixtures.web import PASSWORD
from tests.pages import Pages


def test_a_rule_loads_no_flask():
    code = "import sys, portfolio.register.rules; print([one for one in ('flask', 'sqlalchemy') if one in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_package_makes_the_application(engine):
    import portfolio

    assert portfolio.create_app(engine=engine).test_client().get("/healthz").status_code == 200


def test_the_application_does_not_start_with_unsafe_settings(engine):
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        create_app({"PORTFOLIO_PRODUCTION": "1"}, engine=engine)


def test_the_application_opens_the_database_of_its_settings(engine):
    app = create_app({"PORTFOLIO_DATABASE_URL": str(engine.url)})
    Pages(app.test_client()).sign_in(Role.OFFICE)
    app.extensions["portfolio"].engine.dispose()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        ("0", "10.9.9.9", "127.0.0.1"),
        ("1", "10.9.9.9", "10.9.9.9"),
        ("1", "10.6.6.6, 10.9.9.9", "10.9.9.9"),
        ("2", "10.6.6.6, 10.9.9.9, 10.0.0.1", "10.9.9.9"),
    ],
)
def test_only_as_many_proxies_as_are_trusted_tell_the_visitors_address(engine, proxies, forwarded, address):
    app = create_app({"PORTFOLIO_TRUSTED_PROXIES": proxies}, engine=engine)
    seen = []
    app.before_request_funcs[None].insert(0, lambda: seen.append(visitor()))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": forwarded})
    assert seen == [address]


def test_a_spoofed_address_does_not_change_the_key_of_the_rate_limit(engine, town):
    pages = Pages(create_app({"PORTFOLIO_TRUSTED_PROXIES": "1"}, engine=engine).test_client())
    for spoofed in ("1.1.1.1", "2.2.2.2"):
        pages.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"{spoofed}, 10.0.0.1"
        pages.post_form(pages.get("/sign-in"), status=422, email="office@koekunta.example", password="väärä")
    assert {row.count for row in town.rows(select(RateCount))} == {2}


def test_cookies_signed_with_an_earlier_secret_still_hold_after_a_rotation(engine):
    old, new = "a" * 32, "b" * 32
    before = Pages(create_app({"PORTFOLIO_SECRET_KEY": old}, engine=engine).test_client())
    before.post_form(before.get("/sign-in?next=/account"), email="office@koekunta.example", password=PASSWORD)
    cookie = before.client.get_cookie("portfolio").value
    for fallbacks, address in ((old, "/account"), ("", "/sign-in")):
        settings = {"PORTFOLIO_SECRET_KEY": new, "PORTFOLIO_SECRET_KEY_FALLBACKS": fallbacks}
        after = Pages(create_app(settings, engine=engine).test_client())
        after.client.set_cookie("portfolio", cookie)
        assert after.get("/account").url == address


def test_debugging_is_off(application):
    assert not application.debug
    assert not create_app(engine=application.extensions["portfolio"].engine).testing

import json

import pytest
from sqlalchemy import select

from portfolio.accounts import operations
from portfolio.accounts.models import AccessLog, RateCount, SignIn
from portfolio.accounts.operations import signing
from portfolio.app import create_app
from portfolio.core.rights import Role
from tests.fixtures.web import PASSWORD
from tests.pages import Pages

WRONG = "Sähköposti tai salasana ei ole oikein."


def sign_in(pages, email="office@koekunta.example", password=PASSWORD, status=200, target="/account"):
    return pages.post_form(pages.get(f"/sign-in?next={target}"), status=status, email=email, password=password)


def signed(town):
    return town.rows(select(SignIn))


def test_a_user_signs_in_with_email_and_password_and_comes_to_the_page_asked_for(pages):
    page = sign_in(pages, email=" Office@Koekunta.example ")
    assert page.url == "/account"
    assert "Käyttäjä office" in page.header.get_text()


def test_an_address_of_another_site_is_not_gone_to(client, pages):
    page = pages.get("/sign-in?next=//evil.example")
    data = {"csrf_token": page.select_one("[name=csrf_token]")["value"], "next": "https:evil.example"}
    answer = client.post("/sign-in", data=data | {"email": "office@koekunta.example", "password": PASSWORD})
    assert answer.location == "/"


@pytest.mark.parametrize(
    ("email", "password"), [("office@koekunta.example", "väärä"), ("nobody@example.com", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_user_look_the_same(pages, email, password):
    page = sign_in(pages, email, password, status=422)
    assert page.errors == [WRONG]
    assert password not in str(page)


def test_an_unknown_user_costs_as_much_work_as_a_known_one(monkeypatch, town):
    hashed = []
    town.users[Role.OFFICE].password_hash = signing.generate_password_hash(PASSWORD)  # as the application makes it
    monkeypatch.setattr(signing, "check_password_hash", lambda digest, password: hashed.append(digest.split("$")[0]))
    assert not operations.verify_password(None, PASSWORD)
    assert not operations.verify_password(town.users[Role.OFFICE], "väärä")
    assert hashed[0] == hashed[1]


def test_a_user_who_was_made_inactive_cannot_sign_in(pages, town):
    town.users[Role.OFFICE].active = False
    town.commit()
    assert sign_in(pages, status=422).errors == [WRONG]


def test_the_token_of_a_sign_in_is_new_each_time_and_only_its_hash_is_kept(client, pages, town):
    sign_in(pages)
    with client.session_transaction() as cookie:
        first = cookie["_user_id"]
    pages.post("/sign-out")
    sign_in(pages)
    with client.session_transaction() as cookie:
        second = cookie["_user_id"]
    assert first != second
    assert not {first, second} & {one.token_hash for one in signed(town)}


def test_what_the_session_held_before_is_gone_after_signing_in_save_the_language(client, pages):
    with client.session_transaction() as cookie:
        cookie["planted"], cookie["language"] = "by someone else", "sv"
    page = pages.get("/sign-in?next=/account")
    assert page.html["lang"] == "sv"
    pages.post_form(page, email="office@koekunta.example", password=PASSWORD)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["language"] == "sv"


def test_signing_out_ends_the_row_so_that_a_copied_cookie_is_worth_nothing(app, client, pages, town):
    sign_in(pages)
    stolen = client.get_cookie("portfolio").value
    answer = client.post("/sign-out", data={"csrf_token": pages.token()})
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    thief = app.test_client()
    thief.set_cookie("portfolio", stolen)
    assert thief.get("/account").location.startswith("/sign-in")
    assert [one.ended_at is not None for one in signed(town)] == [True]


def test_signing_out_when_nobody_is_signed_in_says_so_kindly(pages):
    assert pages.post("/sign-out").messages == ["Olet kirjautunut ulos."]


def test_a_sign_in_that_nobody_uses_ends(pages, clock):
    pages.sign_in(Role.OFFICE)
    clock.move(hours=9)
    assert pages.get("/account").url == "/account"
    clock.move(hours=9)
    assert pages.get("/account").url == "/account"
    clock.move(hours=11)
    assert pages.get("/account").url == "/sign-in"


def test_a_sign_in_ends_in_a_week_however_much_it_is_used(pages, clock):
    pages.sign_in(Role.OFFICE)
    for _ in range(20):
        clock.move(hours=8)
        assert pages.get("/account").url == "/account"
    clock.move(hours=9)
    assert pages.get("/account").url == "/sign-in"


def test_failures_slow_down_one_account_from_one_address_and_only_that(app, clock, pages):
    for _ in range(8):
        sign_in(pages, password="väärä", status=422)
    page = sign_in(pages, status=429)
    assert "Liian monta yritystä" in page.words
    assert page.answer.headers["Retry-After"] == "600"
    sign_in(pages, email="admin@koekunta.example")
    elsewhere = Pages(app.test_client())
    elsewhere.client.environ_base["REMOTE_ADDR"] = "10.0.0.9"
    sign_in(elsewhere)
    clock.move(minutes=11)
    sign_in(Pages(app.test_client()))


def test_the_counts_are_in_the_database_for_all_workers_and_name_nobody(engine, pages, town):
    sign_in(pages, password="väärä", status=422)
    other_worker = Pages(create_app(engine=engine).test_client())
    for _ in range(7):
        sign_in(other_worker, password="väärä", status=422)
    keys = [one.key for one in town.rows(select(RateCount))]
    assert keys
    assert not any("office" in key or "127" in key for key in keys)


def test_a_made_up_forwarding_address_does_not_escape_the_slowing(pages):
    pages.client.environ_base["HTTP_X_FORWARDED_FOR"] = "10.1.1.1"
    for number in range(8):
        pages.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"10.1.1.{number}"
        sign_in(pages, password="väärä", status=422)
    sign_in(pages, password="väärä", status=429)


def test_signing_in_and_failing_to_are_in_the_access_log(pages, town):
    sign_in(pages, password="väärä", status=422)
    sign_in(pages)
    rows = town.rows(select(AccessLog).order_by(AccessLog.id))
    user = town.users[Role.OFFICE].id
    assert [(row.event, row.user_id) for row in rows] == [("sign-in failed", user), ("signed in", user)]
    assert all(row.request_id for row in rows)


def test_the_sign_in_page_of_a_demo_shows_its_accounts_as_buttons(engine, clock, town, tmp_path):
    account = {"email": "office@koekunta.example", "role": "office", "municipality": "koekunta"}
    path = tmp_path / "demo-accounts.json"
    path.write_text(json.dumps([account | {"password": PASSWORD}]), encoding="utf-8")
    pages = Pages(create_app({"PORTFOLIO_DEMO_ACCOUNTS": str(path)}, engine=engine, clock=clock).test_client())
    assert not pages.get("/sign-in").select("form.one-button")
    town.make_demo("2023-05-04")
    page = pages.get("/sign-in?next=/account")
    assert pages.post_form(page, form="form.one-button").url == "/account"

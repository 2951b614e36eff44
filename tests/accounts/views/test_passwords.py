import re

import pytest
from sqlalchemy import select

from portfolio.accounts import operations
from portfolio.accounts.models import OneTimeLink, SignIn
from portfolio.accounts.rules import RESET_LASTS
from portfolio.app import create_app
from portfolio.core.rights import Role
from tests.fixtures.mail import no_mail_on_its_way
from tests.fixtures.web import PASSWORD
from tests.pages import Pages

NEW = "punainen rieha kaatoi yhdeksän tynnyriä"


@pytest.fixture
def mailing(engine, clock, post):
    """A visitor of an application that has a mail server."""
    app = create_app(post.environment, engine=engine, clock=clock)
    return Pages(app.test_client())


@pytest.fixture
def link(town, clock):
    """The address of a fresh one-time link of the office's user."""
    token = operations.make_link(town.session, town.users[Role.OFFICE].id, clock(), RESET_LASTS)
    town.commit()
    return f"/password/new?token={token}"


def ask(pages, email="office@koekunta.example"):
    answer = pages.post_form(pages.get("/password/forgotten"), email=email)
    no_mail_on_its_way()
    return answer


def test_a_forgotten_password_is_replaced_by_a_link_in_the_mail(mailing, post):
    ask(mailing)
    (mail,) = post.wait()
    assert mail["To"] == "office@koekunta.example"
    (address,) = re.findall(r"https://salkku\.koekunta\.example(\S+)", mail.get_content())
    page = mailing.post_form(mailing.get(address), password=NEW)
    assert page.messages == ["Salasana asetettiin. Kirjaudu sillä."]
    mailing.post_form(mailing.get("/sign-in?next=/account"), email="office@koekunta.example", password=NEW)
    assert mailing.get("/account").url == "/account"


def test_the_answer_for_an_unknown_address_is_the_same_and_no_mail_goes(mailing, post):
    known, unknown = ask(mailing), ask(mailing, "nobody@example.com")
    assert known.words == unknown.words
    assert len(post.wait()) == 1


def test_the_mail_is_in_the_language_of_the_one_who_gets_it(mailing, post, town):
    town.users[Role.OFFICE].language = "sv"
    town.commit()
    ask(mailing)
    assert post.wait()[0]["Subject"] == "Ett nytt lösenord till Portfolio"


def test_a_forged_host_does_not_get_into_the_mail(mailing, post):
    mailing.client.environ_base["HTTP_HOST"] = "evil.example"
    page = mailing.get("/password/forgotten", base_url="http://evil.example")
    data = {"csrf_token": page.select_one("[name=csrf_token]")["value"], "email": "office@koekunta.example"}
    mailing.client.post("/password/forgotten", data=data, base_url="http://evil.example")
    assert "evil" not in post.wait()[0].get_content()


def test_without_a_mail_server_a_demo_shows_the_link_in_the_log(pages, town, caplog):
    town.make_demo("2023-05-04")
    ask(pages)
    town.rows(select(OneTimeLink))
    assert "/password/new?token=" in caplog.text


def test_without_a_mail_server_nobody_elses_log_shows_a_link(pages, caplog):
    ask(pages)
    assert "was not sent" in caplog.text
    assert "token=" not in caplog.text


def test_asking_is_slowed_down(pages):
    for number in range(10):
        ask(pages, f"henkilo{number}@example.com")
    pages.post_form(pages.get("/password/forgotten"), status=429, email="henkilo@example.com")


def test_a_link_works_once(pages, link):
    page = pages.get(link)
    pages.post_form(page, password=NEW)
    pages.get(link, status=410)
    pages.post_form(page, status=410, password="toinen aivan erilainen lause")


def test_looking_at_a_link_does_not_use_it(pages, link):
    pages.get(link)
    pages.post_form(pages.get(link), password=NEW)


def test_a_link_dies_of_age(pages, link, clock):
    page = pages.get(link)
    clock.move(hours=2, seconds=1)
    pages.get(link, status=410)
    pages.post_form(page, status=410, password=NEW)


def test_a_newer_link_kills_an_older_one(pages, link, town, clock):
    operations.make_link(town.session, town.users[Role.OFFICE].id, clock(), RESET_LASTS)
    town.commit()
    pages.get(link, status=410)


def test_a_made_up_link_is_dead(pages):
    pages.get("/password/new?token=abc", status=410)
    pages.get("/password/new", status=410)


def test_an_easy_password_is_refused_and_the_link_lives_on(pages, link):
    page = pages.post_form(pages.get(link), status=422, password="salasana1234")
    assert page.select_one("#password-error")
    pages.post_form(page, password=NEW)


def test_setting_a_password_signs_out_everywhere(app, pages, link, town):
    other = Pages(app.test_client())
    other.sign_in(Role.OFFICE)
    pages.post_form(pages.get(link), password=NEW)
    assert other.get("/account").url == "/sign-in"
    assert all(one.ended_at for one in town.rows(select(SignIn)))


def test_only_the_hash_of_a_link_is_kept(link, town):
    token = link.partition("=")[2]
    assert all(token not in one.token_hash for one in town.rows(select(OneTimeLink)))


def test_the_old_password_does_not_work_after_a_reset(pages, link):
    pages.post_form(pages.get(link), password=NEW)
    pages.post_form(pages.get("/sign-in"), status=422, email="office@koekunta.example", password=PASSWORD)

import logging

import pytest

from portfolio.config import Smtp
from portfolio.core.fate import Fate, Outcome
from portfolio.files.mail import Mail, send, send_each, send_soon
from tests.fixtures.mail import free_port

MAIL = Mail(
    to="johtaja@koekunta.example", subject="Määräaika lähestyy", body="Avaa: https://salkku/1?token=salaisuus\n"
)


def test_a_mail_arrives_with_its_letters(post):
    assert send(post.settings(), MAIL)
    (mail,) = post.wait()
    assert mail["Subject"] == "Määräaika lähestyy"
    assert (mail["From"], mail["To"]) == ("salkku@koekunta.example", "johtaja@koekunta.example")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "token=salaisuus" in mail.get_content()


def test_the_server_is_signed_in_to_where_a_user_is_set(post):
    assert send(post.settings(user=post.user, password=post.password), MAIL)
    assert post.logins == [(post.user, post.password)]


def test_a_wrong_password_is_a_failure_in_the_log_without_the_body(post, caplog):
    assert not send(post.settings(user=post.user, password="wrong"), MAIL)
    assert "did not take the mail" in caplog.text
    assert "salaisuus" not in caplog.text


def test_a_server_that_cannot_be_reached_is_a_failure_in_the_log(caplog):
    assert not send(Smtp(host="127.0.0.1", port=free_port(), security="none"), MAIL)
    assert "did not take the mail" in caplog.text


def test_a_server_without_encryption_gets_no_mail_when_encryption_is_asked_for(post, caplog):
    settings = post.settings()
    assert not send(Smtp(host=settings.host, port=settings.port, security="starttls"), MAIL)
    assert not post.mails


def test_without_a_server_it_is_said_that_nothing_was_sent(caplog):
    assert not send(None, MAIL)
    assert "was not sent" in caplog.text
    assert "salaisuus" not in caplog.text


def test_a_demo_shows_the_link_of_a_mail_that_was_not_sent(caplog):
    with caplog.at_level(logging.WARNING):
        send(None, MAIL, show_unsent=True)
    assert "token=salaisuus" in caplog.text


def test_no_header_can_be_added_through_an_address_or_a_subject(post):
    for mail in (Mail("a@b.example\nBcc: c@d.example", "x", "y"), Mail("a@b.example", "x\r\nBcc: c@d.example", "y")):
        with pytest.raises(ValueError, match=r"linefeed|newline|carriage"):
            send(post.settings(), mail)
    assert not post.mails


def test_a_mail_goes_in_a_thread_so_that_nobody_waits(post):
    send_soon(post.settings(), MAIL).join()
    post.wait()


def to(address):
    return Mail(to=address, subject="Työkirja odottaa", body="Avaa se.\n")


TAKEN = Outcome(Fate.TAKEN)


def refused(reason):
    return Outcome(Fate.REFUSED, reason)


def test_several_mails_go_over_one_connection_and_a_refused_one_stops_no_other(post):
    post.refused["poissa@koekunta.example"] = "550 5.1.1 No such person here"
    people = ["yksi@koekunta.example", "poissa@koekunta.example", "kaksi@koekunta.example"]
    settings = post.settings(user=post.user, password=post.password)
    assert list(send_each(settings, map(to, people))) == [TAKEN, refused("550 5.1.1 No such person here"), TAKEN]
    assert [mail["To"] for mail in post.wait(2)] == [people[0], people[2]]
    assert len(post.logins) == 1


def test_every_mail_is_refused_where_the_server_cannot_be_reached():
    outcomes = list(send_each(Smtp(host="127.0.0.1", port=free_port(), security="none"), [to("a@b.example")] * 2))
    assert [one.fate for one in outcomes] == [Fate.REFUSED] * 2
    assert all("refused" in one.reason for one in outcomes)


def test_a_connection_that_the_server_ends_refuses_what_follows(post):
    post.refused["poissa@koekunta.example"] = "421 The server goes to sleep"
    outcomes = list(send_each(post.settings(), map(to, ["a@b.example", "poissa@koekunta.example", "c@d.example"])))
    assert outcomes[:2] == [TAKEN, refused("421 The server goes to sleep")]
    assert outcomes[2].fate is Fate.REFUSED
    post.wait(1)


def test_of_a_mail_that_was_handed_over_when_the_connection_broke_nobody_knows_and_what_follows_is_refused(post):
    post.silent.add("hukassa@koekunta.example")
    people = ["yksi@koekunta.example", "hukassa@koekunta.example", "kaksi@koekunta.example"]
    outcomes = list(send_each(post.settings(), map(to, people)))
    assert [one.fate for one in outcomes] == [Fate.TAKEN, Fate.UNKNOWN, Fate.REFUSED]
    assert [mail["To"] for mail in post.wait(2)] == people[:2]


def test_a_server_that_says_goodbye_in_its_own_way_has_taken_the_mails_all_the_same(post):
    post.goodbye = "500 What?"
    assert list(send_each(post.settings(), [MAIL])) == [TAKEN]
    assert send(post.settings(), MAIL)
    post.wait(2)


def test_a_mail_that_cannot_be_written_is_refused_and_stops_no_other(post):
    outcomes = list(send_each(post.settings(), map(to, ["a@b.example\nBcc: c@d.example", "a@b.example"])))
    assert [one.fate for one in outcomes] == [Fate.REFUSED, Fate.TAKEN]
    post.wait(1)

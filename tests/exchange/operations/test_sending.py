import threading

import pytest
from sqlalchemy import select

from portfolio.cli.context import open_engine
from portfolio.core.claims import Sent
from portfolio.core.database import open_session
from portfolio.exchange.models import ExportLetter, LetterKind
from portfolio.exchange.operations.sending import Letter, send_letters
from portfolio.files.mail import Mail
from tests import factories
from tests.exchange.collected import create_export


@pytest.fixture
def engine(migrated_url):
    engine = open_engine(migrated_url)
    yield engine
    engine.dispose()


@pytest.fixture
def letters(engine):
    """The reminders of one export to three users."""
    with open_session(engine, write=True) as session:
        municipality = factories.create_municipality(session)
        export = create_export(session, municipality_id=municipality.id)
        users = [factories.create_user(session) for _ in range(3)]
        session.commit()
    return [
        Letter(export.id, user.id, LetterKind.REMINDER, Mail(user.email, "Työkirja odottaa", "Avaa se.\n"))
        for user in users
    ]


def clock():
    return factories.MORNING


def kept(engine):
    with open_session(engine, write=False) as session:
        return session.scalars(select(ExportLetter).order_by(ExportLetter.user_id)).all()


def test_a_letter_goes_out_once(engine, letters, post):
    assert send_letters(engine, post.settings(), letters, clock) == Sent(taken=3)
    assert send_letters(engine, post.settings(), letters, clock) == Sent(earlier=3)
    assert {mail["To"] for mail in post.wait(3)} == {one.mail.to for one in letters}
    assert all(row.sent_at == factories.MORNING and row.refused is None for row in kept(engine))


def test_two_who_remind_at_once_send_one_mail_to_each(engine, letters, post):
    start = threading.Barrier(2)
    outcomes = []

    def remind():
        start.wait()
        outcomes.append(send_letters(engine, post.settings(), letters, clock))

    both = [threading.Thread(target=remind) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(one.taken for one in outcomes) == 3
    assert sum(one.earlier for one in outcomes) == 3
    assert sorted(mail["To"] for mail in post.wait(3)) == sorted(one.mail.to for one in letters)


def test_a_refused_letter_is_told_and_may_be_sent_again(engine, letters, post):
    address = letters[1].mail.to
    post.refused[address] = "550 5.1.1 No such person here"
    assert send_letters(engine, post.settings(), letters, clock) == Sent(taken=2, refused=1)
    assert [row.refused for row in kept(engine)] == [None, "550 5.1.1 No such person here", None]
    del post.refused[address]
    assert send_letters(engine, post.settings(), letters, clock) == Sent(taken=1, earlier=2)
    assert [mail["To"] for mail in post.wait(3)][-1] == address
    assert [row.refused for row in kept(engine)] == [None, None, None]


def test_an_invitation_and_a_reminder_are_two_letters(engine, letters, post):
    invitations = [Letter(one.export_id, one.user_id, LetterKind.INVITATION, one.mail) for one in letters]
    assert send_letters(engine, post.settings(), invitations, clock) == Sent(taken=3)
    assert send_letters(engine, post.settings(), letters, clock) == Sent(taken=3)


def test_a_letter_whose_sender_was_killed_is_not_sent_again(engine, letters, post):
    with open_session(engine, write=True) as session:
        one = letters[0]
        session.add(
            ExportLetter(
                export_id=one.export_id, user_id=one.user_id, kind=LetterKind.REMINDER, claimed_at=factories.MORNING
            )
        )
        session.commit()
    assert send_letters(engine, post.settings(), letters[:1], clock) == Sent(earlier=1)
    assert not post.mails

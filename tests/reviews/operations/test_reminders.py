import datetime as dt
import os
import signal
import threading
from dataclasses import replace
from multiprocessing import get_context
from unittest import mock

import pytest
from sqlalchemy import select

from portfolio.cli import database
from portfolio.cli.context import open_engine
from portfolio.config import MailSettings, Smtp
from portfolio.core import history
from portfolio.core.claims import Sent
from portfolio.core.database import open_session
from portfolio.core.jobs import Job, JobFacts
from portfolio.core.problem import Refusal
from portfolio.core.rights import Role
from portfolio.organisation.models import Municipality
from portfolio.reviews import operations
from portfolio.reviews.models import ReviewReminder
from portfolio.reviews.operations import reminders
from portfolio.reviews.operations.reminders import IN_VAIN, NOT_IN_DOUBT, send_reminders, settle_reminders
from portfolio.reviews.queries import review_of
from portfolio.reviews.queries.reminded import OF_ROUND, past_mails, sent_by, stuck_mails
from portfolio.reviews.queries.reminding import plan_reminders
from portfolio.reviews.rules import ReminderStage
from tests import factories
from tests.fixtures.mail import free_port
from tests.reviews.conftest import WHOLE, Cycle

EARLY, NEAR, LATE = dt.date(2026, 9, 2), dt.date(2026, 9, 24), dt.date(2026, 10, 1)
NOW = dt.datetime(2026, 9, 24, 6, tzinfo=dt.UTC)
BASE = "https://salkku.koekunta.example"
_CONTEXT = get_context("spawn")


class Year:
    """A round of three measures: one has a holder who may be written to, one a reporter, one nobody."""

    def __init__(self, engine):
        self.engine = engine
        with open_session(engine, write=True) as session:
            cycle = Cycle(session)
            self.cycle, self.id = cycle, cycle.id
            self.holder = self.user(session, email="hoitaja@koekunta.example", language="sv", name="Ylihoitaja")
            self.reporter = self.user(
                session, Role.REPORTER, unit_id=cycle.clinic, email="raportoija@koekunta.example", name="Raportoija"
            )
            home = {"municipality_id": cycle.id}
            person = factories.create_person(session, email="Hoitaja@koekunta.example", **home)
            factories.create_holding(session, post_id=cycle.post, person_id=person.id, **home)
            self.owned = cycle.measure(
                cycle.clinic, owner_post_id=cycle.post, title_fi="Digihoito", title_sv="Digivård"
            )
            self.round = cycle.opened()

    def user(self, session, role=Role.VIEWER, unit_id=None, **values):
        user = factories.create_user(session, **values)
        factories.create_access(session, municipality_id=self.cycle.id, user_id=user.id, role=role, unit_id=unit_id)
        return user.id

    def read(self):
        return open_session(self.engine, write=False)

    def plan(self, today=NEAR):
        with self.read() as session:
            return plan_reminders(session, session.get_one(Municipality, self.id), today)

    def send(self, post, today=NEAR, **settings):
        with self.read() as session:
            municipality = session.get_one(Municipality, self.id)
        mails = self.plan(today).mails
        return send_reminders(self.engine, replace(post.settings(), **settings), mails, municipality, BASE, lambda: NOW)

    def rows(self):
        with self.read() as session:
            return session.scalars(select(ReviewReminder).order_by(ReviewReminder.id)).all()

    def write(self):
        return open_session(self.engine, write=True)


@pytest.fixture
def year(migrated_url):
    engine = open_engine(migrated_url)
    yield Year(engine)
    engine.dispose()


def to(post):
    return sorted(mail["To"] for mail in post.mails)


def test_the_holder_and_the_reporter_are_mailed_and_what_reaches_nobody_is_listed(year):
    plan = year.plan(EARLY)
    told = {mail.user.id: [one.title_fi for one in mail.reviews] for mail in plan.mails}
    assert told == {year.holder: ["Digihoito"], year.reporter: ["Neuvolan palvelupolku"]}
    assert {mail.stage for mail in plan.mails} == {ReminderStage.OPENED}
    unreached = [(one.post, one.unit.id, [told.title_fi for told in one.reviews]) for one in plan.unreached]
    assert sorted(unreached, key=str) == sorted(
        [(None, year.cycle.care, ["Ajanvaraus verkkoon"]), (None, year.cycle.town, ["Katuvalot"])], key=str
    )


def test_a_unit_with_more_time_is_reminded_by_its_own_day(year):
    with year.write() as session:
        operations.extend_due_day(session, year.cycle.office, year.round, year.cycle.care, dt.date(2026, 10, 20))
        session.commit()
    assert {mail.stage for mail in year.plan(LATE).mails} == {ReminderStage.OPENED}
    assert year.plan(LATE).mails[0].reviews[0].due_on == dt.date(2026, 10, 20)


def test_each_is_told_once_a_stage_in_their_own_language_with_links(year, post):
    assert year.send(post, EARLY) == Sent(taken=2)
    assert year.send(post, EARLY) == Sent()
    assert year.send(post, NEAR) == Sent(taken=2)
    assert year.send(post, LATE) == Sent(taken=2)
    assert year.send(post, LATE) == Sent()
    mails = {mail["To"]: mail for mail in post.wait(6)[:2]}
    text = mails["hoitaja@koekunta.example"].get_content()
    assert "Digivård" in text
    assert f"{BASE}/{year_code(year)}/reviews/answers/" in text
    assert "30.9.2026" in mails["raportoija@koekunta.example"].get_content()
    assert all(row.sent_at == NOW and row.refused is None for row in year.rows())


def test_a_returned_review_is_told_of_with_its_comment(year, post):
    with year.write() as session:
        office = year.cycle.office
        review = review_of(session, year.id, year.round, year.owned)
        operations.submit_reviews(session, office, {review.id: WHOLE}, today=EARLY)
        operations.return_review(session, office, review.id, "Kerro vielä, mitä kilpailutus maksoi.")
        session.commit()
    assert year.send(post) == Sent(taken=2)
    text = next(mail for mail in post.wait(2) if mail["To"] == "hoitaja@koekunta.example").get_content()
    assert "mitä kilpailutus maksoi" in text.replace("=\n", "")


def test_each_return_of_a_review_is_told_once_with_its_own_comment(year, post):
    for number, comment in enumerate(("Kerro hinta.", "Kerro vielä määrä."), start=1):
        with year.write() as session:
            review = review_of(session, year.id, year.round, year.owned)
            operations.submit_reviews(session, year.cycle.office, {review.id: WHOLE}, today=EARLY)
            session.commit()
            operations.return_review(session, year.cycle.office, review.id, comment)
            session.commit()
        year.send(post, EARLY)
        assert year.send(post, EARLY) == Sent()
        told = [mail for mail in post.mails if mail["To"] == "hoitaja@koekunta.example"]
        assert len(told) == number
        assert comment in told[-1].get_content()
    turns = [row.turn for row in year.rows() if row.stage is ReminderStage.RETURNED]
    assert len(set(turns)) == 2
    assert all(turns)


def test_a_return_that_an_undo_brings_back_is_not_told_again(year, post):
    with year.write() as session:
        review = review_of(session, year.id, year.round, year.owned).id
        operations.submit_reviews(session, year.cycle.office, {review: WHOLE}, today=EARLY)
        session.commit()
        operations.return_review(session, year.cycle.office, review, "Kerro hinta.")
        session.commit()
    year.send(post, EARLY)
    with year.write() as session:
        operations.submit_reviews(session, year.cycle.office, {review: WHOLE}, today=EARLY)
        session.commit()
        history.undo(session, year.cycle.office, history.latest_revision(session), {})
        session.commit()
    assert year.send(post, EARLY) == Sent()


def test_two_who_remind_at_once_send_one_mail_to_each(year, post):
    begin, outcomes = threading.Barrier(2), []
    with year.read() as session:
        municipality = session.get_one(Municipality, year.id)
    mails = year.plan().mails

    def remind():
        begin.wait()
        outcomes.append(send_reminders(year.engine, post.settings(), mails, municipality, BASE, lambda: NOW))

    both = [threading.Thread(target=remind) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(outcomes, Sent()) == Sent(taken=2, earlier=2)
    assert to(post) == ["hoitaja@koekunta.example", "raportoija@koekunta.example"]


def test_a_refused_mail_is_told_and_goes_the_next_time(year, post):
    post.refused["hoitaja@koekunta.example"] = "550 5.1.1 No such person here"
    assert year.send(post) == Sent(taken=1, refused=1)
    with year.read() as session:
        refused = [one.refused for one in past_mails(session, year.id, year.round) if one.refused]
    assert refused == ["550 5.1.1 No such person here"]
    post.refused.clear()
    assert year.send(post) == Sent(taken=1)
    assert to(post) == ["hoitaja@koekunta.example", "raportoija@koekunta.example"]


def test_a_server_that_cannot_be_reached_refuses_all_and_nothing_is_lost(year, post):
    assert year.send(post, port=free_port()) == Sent(refused=2)
    assert year.send(post) == Sent(taken=2)


def test_a_mail_that_the_server_never_answered_is_in_doubt_and_does_not_go_again(year, post):
    post.silent.add("hoitaja@koekunta.example")
    sent = year.send(post)
    assert sent.unknown == 1
    assert year.send(post) == Sent(taken=sent.refused)
    assert to(post) == ["hoitaja@koekunta.example", "raportoija@koekunta.example"]
    with year.read() as session:
        (stuck,) = stuck_mails(session, year.id, NOW + dt.timedelta(minutes=10))
        job = Job(subject_id=year.round, made_at=NOW)
        assert sent_by(session, job) == Sent(taken=1, unknown=1)
    assert stuck.user.email == "hoitaja@koekunta.example"


def die(*_arguments):
    """End as a machine without power does, when the mail was claimed and the server has not been spoken to."""
    os.kill(os.getpid(), signal.SIGKILL)


def run_and_die(url, municipality_id, port):
    database.metadata()
    engine = open_engine(url)
    with open_session(engine, write=False) as session:
        municipality = session.get_one(Municipality, municipality_id)
        mails = plan_reminders(session, municipality, NEAR).mails
    smtp = Smtp(host="127.0.0.1", port=port, security="none", sender="salkku@koekunta.example")
    with mock.patch("smtplib.SMTP.send_message", die):
        send_reminders(engine, smtp, mails, municipality, BASE, lambda: NOW)


def test_a_sender_killed_between_claim_and_mail_leaves_one_in_doubt_that_a_person_settles(year, post):
    url = year.engine.url.render_as_string(hide_password=False)
    process = _CONTEXT.Process(target=run_and_die, args=(url, year.id, post.port))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert not post.mails
    # the one in doubt is not sent by itself; the other is
    assert year.send(post) == Sent(taken=1)
    later = NOW + dt.timedelta(minutes=10)
    with year.read() as session:
        assert not stuck_mails(session, year.id, NOW)
        (stuck,) = stuck_mails(session, year.id, later)
    assert stuck.user.email not in to(post)
    # a person says that it did not go: then it goes, once
    office = factories.acting(year.id, "office")
    with year.write() as session:
        refuse_settling(session, office, year.round, stuck.ids)
        later_office = replace(office, at=later)
        settle_reminders(session, later_office, year.round, stuck.ids, went=False)
        session.commit()
    assert [row.refused for row in year.rows() if row.id in stuck.ids] == [IN_VAIN]
    assert year.send(post) == Sent(taken=1)
    assert to(post) == ["hoitaja@koekunta.example", "raportoija@koekunta.example"]
    with year.write() as session:
        refuse_settling(session, later_office, year.round, stuck.ids)


def refuse_settling(session, actor, round_id, ids):
    with pytest.raises(Refusal) as refused:
        settle_reminders(session, actor, round_id, ids, went=True)
    assert [one.msgid for one in refused.value.problems] == [NOT_IN_DOUBT]


def year_code(year):
    with year.read() as session:
        return session.get_one(Municipality, year.id).code


def test_who_was_refused_in_an_earlier_stage_gets_one_mail_of_the_present_one(year, post):
    post.refused["raportoija@koekunta.example"] = "451 Try later"
    assert year.send(post, EARLY) == Sent(taken=1, refused=1)
    post.refused.clear()
    job = JobFacts(1, OF_ROUND, year.round, year.id, None, NOW, 1)
    mail = MailSettings(smtp=post.settings(), public_url=BASE)
    reminders.post_reminders(year.engine, job, lambda *_: None, mail, lambda: NOW)
    assert to(post).count("raportoija@koekunta.example") == 1


def test_the_job_of_a_round_sends_what_is_due_and_what_was_refused(year, post):
    steps = []
    job = JobFacts(1, OF_ROUND, year.round, year.id, None, NOW, 1)
    mail = MailSettings(smtp=post.settings(), public_url=BASE)
    post.refused["raportoija@koekunta.example"] = "451 Try later"

    def progress(*told):
        steps.append(told)

    reminders.post_reminders(year.engine, job, progress, mail, lambda: NOW)
    assert steps == [(reminders.SENDING, 0, 2), (reminders.SENDING, 1, 2)]
    post.refused.clear()
    reminders.post_reminders(year.engine, job, progress, mail, lambda: NOW)
    assert len(post.wait(2)) == 2
    with pytest.raises(Refusal):
        reminders.post_reminders(year.engine, job, progress, MailSettings(smtp=None, public_url=None), lambda: NOW)

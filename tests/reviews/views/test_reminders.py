import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.app import create_app
from portfolio.cli.context import open_engine
from portfolio.cli.job import handlers
from portfolio.core.jobs import run
from portfolio.core.rights import Role
from portfolio.reviews.models import Review, ReviewReminder
from portfolio.reviews.rules import ReminderStage
from tests import factories
from tests.pages import Pages
from tests.reviews.views.conftest import ROUNDS

REPORTER = "reporter@koekunta.example"


@pytest.fixture
def mailing(programme, engine, clock, post, monkeypatch):
    """The office beside a real mail server; what is begun is sent by ``send``."""
    app = create_app(config=post.environment, engine=engine, clock=clock)
    app.testing = True
    visitor = Pages(app.test_client())
    visitor.sign_in(Role.OFFICE)
    begun = []
    monkeypatch.setattr("portfolio.web.mailing.start_after_commit", lambda job, given: begun.append((job, given)))

    def send(page):
        """Press the button and run the job as its process does; gives the page that tells what became of it."""
        waiting = visitor.post_form(page, "form[action$=reminders]")
        job, given = begun.pop()
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("portfolio.cli.job.now", clock)
        clock.move(seconds=1)
        other = open_engine(str(engine.url.render_as_string(hide_password=False)))
        run(other, job, handlers(), clock)
        other.dispose()
        return visitor.get(waiting.url)

    visitor.send = send
    return visitor


def address(asked):
    return f"{ROUNDS}/{asked}/reminders"


def test_the_office_sends_reminders_and_sees_who_was_told(mailing, programme, post):
    page = mailing.get(address(programme.round()))
    assert "2 katselmusta" in page.select_one("#due").text
    assert "Katuvalot" in page.select_one("#without").text
    page = mailing.send(page)
    assert "1 viesti lähetettiin." in page.messages[0]
    assert "Lähetetty" in page.select_one("#sent").text
    assert "Tänään ei ole ketään" in page.select_one("#due").text
    (mail,) = post.wait()
    assert (mail["To"], mail["Subject"]) == (REPORTER, "2 katselmusta odottaa vastaustasi")
    assert "https://salkku.koekunta.example/koekunta/reviews/mine" in mail.get_content()


def test_a_refused_one_is_told_with_the_servers_words_and_tried_again(mailing, programme, post):
    post.refused[REPORTER] = "550 5.1.1 No such person"
    page = mailing.send(mailing.get(address(programme.round())))
    assert "550 5.1.1 No such person" in page.select_one("#sent").text
    post.refused.clear()
    page = mailing.send(page)
    assert "1 viesti lähetettiin." in page.messages[0]
    assert len(post.wait()) == 1


@pytest.fixture
def doubtful(programme):
    """A round with a mail that was claimed an hour ago, and of which nothing was heard since."""
    asked = programme.round()
    reader = programme.town.users[Role.REPORTER].id
    for review in programme.town.rows(select(Review.id).where(Review.round_id == asked).limit(2)):
        values = {"review_id": review, "user_id": reader, "stage": ReminderStage.OPENED}
        programme.session.add(ReviewReminder(**values, claimed_at=factories.MORNING - dt.timedelta(hours=1)))
    programme.town.commit()
    return asked


def press(pages, page, words):
    button = page.find("button", string=words)
    fields = {
        one["name"]: one["value"] for one in button.find_parent("form").select("input") if one["name"] != "reminder"
    }
    ids = [one["value"] for one in button.find_parent("form").select("input[name=reminder]")]
    return pages.post(button.find_parent("form")["action"], **fields | {"reminder": ids})


def test_a_mail_in_doubt_is_marked_as_sent_by_a_person(mailing, programme, doubtful, post):
    page = mailing.get(address(doubtful))
    assert "Ei tietoa" in page.select_one("#sent").text
    page = press(mailing, page, "Merkitse lähetetyksi")
    assert page.messages == ["Viesti merkittiin lähetetyksi."]
    assert all(row.sent_at for row in programme.town.rows(select(ReviewReminder)))


def test_a_mail_in_doubt_goes_again_once_when_a_person_says_so(mailing, programme, doubtful, post):
    page = press(mailing, mailing.get(address(doubtful)), "Lähetä uudelleen")
    assert "se lähetetään uudelleen" in page.select_one("#sent").text
    page = mailing.send(page)
    assert len(post.wait()) == 1
    assert "Lähetetty" in page.select_one("#sent").text


def test_without_a_mail_server_the_page_says_so_and_offers_no_sending(office, programme):
    page = office.get(address(programme.round()))
    assert "Sähköpostipalvelinta ei ole" in page.text
    assert not page.select("form[action$=reminders]")
    office.post(address(programme.round(2025)), status=409)


def test_a_closed_round_tells_who_was_reminded_and_sends_nothing(mailing, programme, post):
    asked = programme.round()
    mailing.send(mailing.get(address(asked)))
    programme.close(asked)
    page = mailing.get(address(asked))
    assert "Lähetetty" in page.select_one("#sent").text
    assert not page.select("form[action$=reminders]")
    mailing.post(address(asked), status=409)


def test_the_follow_up_leads_to_the_reminders_and_readers_have_none(office, programme):
    asked = programme.round()
    assert office.get(f"{ROUNDS}/{asked}").select(f"a[href$='{address(asked)}']")
    office.sign_in(Role.VIEWER)
    office.get(address(asked), status=403)

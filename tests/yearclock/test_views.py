import datetime as dt
import io
import json

import openpyxl
import pytest
from icalendar import Calendar
from sqlalchemy import select

from portfolio.core import history
from portfolio.core.rights import Role, operator
from portfolio.core.timespan import Context, parse
from portfolio.forums import operations as forums
from portfolio.forums.models import Forum
from portfolio.forums.rules import ForumKind
from portfolio.register.models import Milestone, RecurringDeadline
from portfolio.yearclock.figure import angle
from portfolio.yearclock.models import CalendarFeed
from tests import factories

CLOCK = "/koekunta/yearclock"


class Year:
    """A programme with its deadlines, a forum with its meetings, and a milestone."""

    def __init__(self, town):
        self.town, self.session = town, town.session
        self.home = {"municipality_id": town.municipality.id}
        settings = {"report_deadline": "30.9.", "proposal_deadline": "15.11.", "name_fi": "Viisas kunta"}
        self.portfolio = factories.create_portfolio(self.session, **self.home, **settings)
        self.item = factories.create_initiative(
            self.session, title_fi="Kuntakortti", portfolio_id=self.portfolio.id, **self.home
        )
        self.milestone("Käyttöönotto", "syksy 2026")
        operator_here = operator(factories.MORNING).within(town.municipality.id)
        rows = {"kh": {"name_fi": "Kunnanhallitus", "kind": ForumKind.BODY}}
        self.forum = forums.put_forums(self.session, operator_here, rows).ids["kh"]
        forums.put_meetings(self.session, operator_here, {(self.forum, dt.date(2026, 9, 30)): {}})
        town.commit()

    def milestone(self, title, words):
        values = {"initiative_id": self.item.id, "title_fi": title, "timespan": parse(words, Context()).value}
        return factories.write(self.session, Milestone, self.home | values)


@pytest.fixture
def year(town):
    return Year(town)


@pytest.fixture
def viewer(pages, year):
    pages.sign_in(Role.VIEWER)
    return pages


def test_the_year_holds_deadlines_meetings_and_milestones_in_order(viewer):
    page = viewer.get(CLOCK)
    assert "4 tapahtumaa" in page.select_one("#sentence").get_text()
    months = [one.get_text() for one in page.select("#list h3")]
    assert months == ["Syyskuu", "Marraskuu", "Joulukuu"]
    times = [one.get_text() for one in page.select("#list .year-time")]
    assert times == ["30.9.2026", "30.9.2026", "15.11.2026", "syksy 2026"]
    assert page.select_one("#list a[href$='/initiatives/1'], #list a[href*='/initiatives/']")


def test_clocks_laid_over_each_other_tell_where_they_clash(viewer, year):
    page = viewer.get(f"{CLOCK}?clock=portfolio:{year.portfolio.id}&clock=forum:{year.forum}")
    assert "2 kelloa, 1 päivä" in page.select_one("#sentence").get_text()
    clash = page.select_one("#clashes").get_text(" ")
    assert "30.9.2026" in clash
    assert "Kunnanhallitus kokoontuu" in clash


def test_kinds_narrow_the_clock_and_unknown_words_are_told(viewer):
    page = viewer.get(f"{CLOCK}?kind=meeting&kind=feast&year=abc&clock=forum:999")
    assert [one.get_text() for one in page.select("#list .year-kind")] == ["Kokous"]
    notices = " ".join(one.get_text() for one in page.select(".notice"))
    assert "feast" in notices
    assert "abc" in notices


def test_an_empty_year_says_what_comes_there(viewer):
    page = viewer.get(f"{CLOCK}?year=1995&kind=meeting")
    assert "Poista rajaukset" in page.get_text()
    assert page.select_one("#list") is None


def test_the_circle_holds_the_same_events_as_the_list(viewer):
    figure = json.loads(viewer.client.get(f"{CLOCK}.json").text)
    markers = [one for one in figure["data"] if one["mode"] == "markers"]
    assert sum(len(one["theta"]) for one in markers) == len(viewer.get(CLOCK).select("#list .year-event"))
    texts = [text for one in markers for text in one["text"]]
    assert "syksy 2026: Käyttöönotto" in texts


def test_the_workbook_holds_what_is_shown(viewer):
    answer = viewer.client.get(f"{CLOCK}.xlsx?kind=milestone")
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows() for cell in row]
    assert "Käyttöönotto" in cells
    assert "Kunnanhallitus kokoontuu" not in cells


def test_the_past_is_shown_as_it_was(viewer, year, clock):
    revision = history.latest_revision(year.session)
    year.milestone("Koulutus", "1.10.2026")
    year.town.commit()
    assert "Koulutus" in viewer.get(CLOCK).get_text()
    assert "Koulutus" not in viewer.get(f"{CLOCK}?revision={revision}").get_text()


def test_the_hand_of_the_circle_shows_the_day_of_the_page(viewer, year, clock):
    revision = history.latest_revision(year.session)
    year.town.commit()
    clock.move(days=90)
    viewer.sign_in(Role.VIEWER)

    def hand(query=""):
        figure = json.loads(viewer.client.get(f"{CLOCK}.json{query}").text)
        return figure["data"][-1]["theta"][0]  # drawn last, over everything

    assert hand() == angle(dt.date(2026, 8, 2))
    assert hand(f"?revision={revision}") == angle(dt.date(2026, 5, 4))


def test_a_removed_initiatives_days_leave_the_clock(viewer, year):
    deadline = {"initiative_id": year.item.id, "title_fi": "Tilannekatsaus", "month": 3, "day": 1}
    factories.write(year.session, RecurringDeadline, year.home | deadline)
    year.town.commit()
    assert "Tilannekatsaus" in viewer.get(CLOCK).get_text()
    history.write_many(
        year.session,
        operator(factories.MORNING),
        updates=[history.Update(type(year.item), year.item.id, {"removed": True})],
    )
    year.town.commit()
    text = viewer.get(CLOCK).get_text()
    assert "Tilannekatsaus" not in text
    assert "Käyttöönotto" not in text


def test_the_number_of_statements_does_not_grow_with_what_falls_in_the_year(viewer, year, counted):
    with counted(year.session) as few:
        viewer.get(CLOCK)
    for number in range(20):
        year.milestone(f"Etappi {number}", f"{number % 27 + 1}.5.2026")
    year.town.commit()
    with counted(year.session) as many:
        viewer.get(CLOCK)
    assert many.queries == few.queries


def make_feed(pages, query="", name="Oma kalenteri"):
    """Make a feed through its page, and give the path that it shows."""
    page = pages.get(f"{CLOCK}/feeds{query}")
    answer = pages.post_form(page, status=201, name=name)
    return "/" + answer.select_one(".feed-address").get_text().strip().split("/", 3)[3]


def events(answer):
    return [str(one["SUMMARY"]) for one in Calendar.from_ical(answer.data).walk("VEVENT")]


def test_a_secret_address_opens_the_calendar_without_signing_in_until_it_is_revoked(viewer, year, application):
    path = make_feed(viewer)
    stranger = application.test_client()

    answer = stranger.get(path)

    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    found = Calendar.from_ical(answer.data)
    assert str(found["X-WR-CALNAME"]) == "Oma kalenteri"
    assert "Käyttöönotto" in events(answer)
    assert year.town.rows(select(CalendarFeed))[0].fetched_at is not None
    page = viewer.get(f"{CLOCK}/feeds")
    viewer.post_form(page, form="form[action$='/revoke']")
    assert stranger.get(path).status_code == 404


def test_a_calendar_holds_several_years_and_days_that_stay_the_same_things(viewer, application):
    path = make_feed(viewer, "?kind=deadline")
    first, second = (application.test_client().get(path) for _ in range(2))
    days = [one["DTSTART"].dt for one in Calendar.from_ical(first.data).walk("VEVENT")]
    assert {day.year for day in days} == {2025, 2026, 2027, 2028}
    uids = [[str(one["UID"]) for one in Calendar.from_ical(one.data).walk("VEVENT")] for one in (first, second)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == len(uids[0])


def test_a_name_of_several_lines_is_written_on_one(viewer, application):
    path = make_feed(viewer, name="Oma\r\nBEGIN:VEVENT\r\nkalenteri")
    answer = application.test_client().get(path)
    assert answer.status_code == 200
    assert str(Calendar.from_ical(answer.data)["X-WR-CALNAME"]) == "Oma BEGIN:VEVENT kalenteri"
    assert "Käyttöönotto" in events(answer)


def test_the_calendar_of_a_demo_holds_the_years_of_its_own_day(viewer, year, application):
    year.town.make_demo("2020-02-29")
    path = make_feed(viewer, "?kind=deadline")
    days = [one["DTSTART"].dt for one in Calendar.from_ical(application.test_client().get(path).data).walk("VEVENT")]
    assert {day.year for day in days} == {2019, 2020, 2021, 2022}


def test_the_calendar_of_a_clock_that_was_removed_holds_nothing(viewer, year, application):
    path = make_feed(viewer, f"?clock=forum:{year.forum}")
    assert events(application.test_client().get(path)) != []
    gone = history.Update(Forum, year.forum, {"removed": True})
    history.write_many(year.session, operator(factories.MORNING), updates=[gone])
    year.town.commit()
    assert events(application.test_client().get(path)) == []


def test_a_wrong_secret_and_a_lost_access_open_nothing(viewer, year, application):
    path = make_feed(viewer)
    assert application.test_client().get(f"{path[:-6]}x.ics").status_code == 404
    user = year.town.users[Role.VIEWER]
    year.session.get(type(user), user.id).active = False
    year.town.commit()
    assert application.test_client().get(path).status_code == 404


def test_nobody_revokes_anothers_calendar(pages, year):
    pages.sign_in(Role.VIEWER)
    make_feed(pages)
    identity = year.town.rows(select(CalendarFeed))[0].id
    pages.sign_in(Role.OFFICE)
    assert "Oma kalenteri" not in pages.get(f"{CLOCK}/feeds").get_text()
    token = pages.get(f"{CLOCK}/feeds").select_one("[name=csrf_token]")["value"]
    answer = pages.client.post(f"{CLOCK}/feeds/{identity}/revoke", data={"csrf_token": token})
    assert answer.status_code == 422
    assert "kuuluu jollekulle toiselle" in answer.get_data(as_text=True)
    year.session.expire_all()
    assert year.town.rows(select(CalendarFeed))[0].revoked_at is None

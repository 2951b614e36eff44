import datetime as dt
import io

import openpyxl
import pytest
from sqlalchemy import select

from portfolio.core.rights import Role
from portfolio.core.timespan import Context, parse
from portfolio.register.models import Initiative
from portfolio.register.rules import Status
from portfolio.reviews.models import RoundProposal
from portfolio.reviews.rules import Health, ReviewState, Verdict
from tests.reviews.views.conftest import ROUNDS


@pytest.fixture
def round_id(programme):
    """A round in which one has answered, one is answered in red, and the third is late."""
    identity = programme.round(due_on=dt.date(2026, 4, 30))
    programme.submit(programme.review(identity, programme.first), day=dt.date(2026, 4, 20))
    told = {"health": Health.RED, "health_reason": "Rahoitus puuttuu", "verdict": Verdict.COMPLETE}
    programme.submit(programme.review(identity, programme.second), day=dt.date(2026, 5, 2), **told)
    return identity


def titles(page):
    return [one.get_text() for one in page.select("main tbody th a.t[href*='/answers/']")]


def test_one_sentence_and_units_tell_how_the_round_stands(office, round_id):
    page = office.get(f"{ROUNDS}/{round_id}")
    assert "3 katselmusta, 2 vastattu, 1 myöhässä" in page.words
    assert page.select_one("main a[href*='late=1']").get_text(" ", strip=True) == "1 myöhässä"
    assert "2 päivää myöhässä" in page.words  # answered late: told in its row, no longer waited for
    units = page.select_one("#units").get_text(" ", strip=True)
    assert "Sivistys" in units
    assert "2/2" in units


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=waiting", ["Katuvalot"]),
        ("health=red", ["Oppimisen tuki"]),
        ("health=none", ["Katuvalot"]),
        ("late=1", ["Katuvalot"]),
        ("verdict=complete", ["Oppimisen tuki"]),
        ("q=koulu", ["Koulujen ajanvaraus"]),
        ("sort=-title", ["Oppimisen tuki", "Koulujen ajanvaraus", "Katuvalot"]),
        ("state=hullu&health=x&unit=y&sort=z", ["Koulujen ajanvaraus", "Oppimisen tuki", "Katuvalot"]),
    ],
)
def test_filters_and_order_live_in_the_address(office, round_id, query, shown):
    assert titles(office.get(f"{ROUNDS}/{round_id}?{query}")) == shown


def test_the_workbook_holds_exactly_what_is_shown(office, round_id):
    answer = office.client.get(f"{ROUNDS}/{round_id}.xlsx?health=red")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[1] for row in rows[3:]] == ["Oppimisen tuki"]
    assert rows[3][7] == 2  # days late


def test_many_are_approved_at_once(office, programme, round_id):
    page = office.get(f"{ROUNDS}/{round_id}")
    boxes = [one["value"] for one in page.select("[name=chosen]")]
    assert len(boxes) == 2
    page = office.post_form(page, form="form[action$='/approve']", chosen=boxes)
    assert page.messages == ["2 katselmusta hyväksyttiin."]
    assert programme.stored(int(boxes[0].partition(".")[0])).state is ReviewState.APPROVED
    second = programme.town.rows(select(Initiative).where(Initiative.id == programme.second))[0]
    assert second.status is Status.COMPLETED


def test_a_round_of_a_demo_is_late_by_the_days_of_the_demo_not_of_the_clock(office, programme, town):
    town.make_demo("2023-05-15")
    identity = programme.round(2023, opens_on=dt.date(2023, 4, 1), due_on=dt.date(2023, 5, 10))
    programme.close(identity)
    assert "5 päivää myöhässä" in office.get(f"{ROUNDS}/{identity}").words


def test_of_many_none_is_approved_when_one_has_changed_since_the_list_was_read(office, programme, round_id):
    page = office.get(f"{ROUNDS}/{round_id}")
    boxes = [one["value"] for one in page.select("[name=chosen]")]
    review = programme.review(round_id, programme.second)
    programme.submit(review, verdict=Verdict.STOP, verdict_why="Rahoitus päättyi")

    page = office.post_form(page, form="form[action$='/approve']", chosen=boxes)
    assert "on muuttunut sen jälkeen, kun luit" in page.messages[0]
    first = programme.review(round_id, programme.first)
    assert {programme.stored(one).state for one in (first, review)} == {ReviewState.SUBMITTED}


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, "x", "-1", "1.9999999999999999999"])
def test_a_row_that_cannot_be_is_not_found_and_nothing_breaks(office, round_id, number):
    form = {"csrf_token": office.token(), "chosen": number}
    assert office.client.post(f"{ROUNDS}/{round_id}/approve", data=form).status_code == 302
    assert office.client.get(f"{ROUNDS}/{round_id}?unit={number}").status_code == 200


def test_nothing_chosen_is_said(office, round_id):
    page = office.post_form(office.get(f"{ROUNDS}/{round_id}"), form="form[action$='/approve']")
    assert page.messages == ["Valitse ensin, mitkä hyväksytään."]


def test_what_moved_since_the_last_round_is_counted_and_listed(office, programme):
    before = programme.round(2025, due_on=dt.date(2025, 9, 30))
    for item in (programme.first, programme.second):
        programme.submit(programme.review(before, item), day=dt.date(2025, 9, 1))
    programme.session.expire_all()
    programme.measure("Uusi palvelu", programme.other)
    programme.town.commit()
    identity = programme.round()
    programme.submit(programme.review(identity, programme.first), health=Health.YELLOW, health_reason="Viive")
    page = office.get(f"{ROUNDS}/{identity}?moved=worsened")
    assert titles(page) == ["Koulujen ajanvaraus"]
    assert titles(office.get(f"{ROUNDS}/{identity}?moved=joined")) == ["Uusi palvelu"]


def test_a_new_measure_is_proposed_in_the_round(reporter, programme, round_id):
    page = reporter.get(f"{ROUNDS}/{round_id}")
    link = next(one for one in page.links() if "round=" in one)
    reporter.post_form(reporter.get(link), form="form.form", title_fi="Ensi vuoden toimenpide")
    proposal = programme.town.rows(select(RoundProposal))[0]
    assert proposal.round_id == round_id
    assert "Ensi vuoden toimenpide" in reporter.get(f"{ROUNDS}/{round_id}").select_one("#proposals").get_text()


def test_home_says_what_waits_for_whom(pages, programme, round_id):
    pages.sign_in(Role.OFFICE)
    assert "2 katselmusta odottaa hyväksymistä" in pages.get("/koekunta/").select_one("#reviews").get_text()
    programme.round(2027)
    pages.sign_in(Role.REPORTER)
    panel = pages.get("/koekunta/").select_one("#reviews").get_text()
    assert "Koulujen ajanvaraus" in panel
    assert "Katuvalot" not in panel
    assert "2 katselmusta odottaa vastaustasi" in pages.get(f"{ROUNDS}/mine").words
    pages.sign_in(Role.VIEWER)
    assert pages.get("/koekunta/").select_one("#reviews") is None


def test_the_card_shows_reviews_with_their_health(office, programme, round_id):
    panel = office.get(f"/koekunta/initiatives/{programme.second}").select_one("#reviews").get_text(" ", strip=True)
    assert "Vuosiraportti 2026" in panel
    assert "Rahoitus puuttuu" in panel


def test_the_roadmap_is_coloured_by_health(office, programme):
    timed = programme.measure("Ajoitettu", programme.other, timespan=parse("2026", Context()).value)
    programme.town.commit()
    review = programme.review(programme.round(), timed)
    programme.submit(review)
    programme.approve(review)
    legends = [office.get(f"/koekunta/roadmap{query}").select_one(".rm-key").text for query in ("?colour=health", "")]
    assert ["Etenee suunnitellusti" in one for one in legends] == [True, False]


def test_a_round_of_many_reviews_asks_as_much_as_one_of_few(office, programme, counted, engine):
    programme.round(2025, due_on=dt.date(2025, 4, 30))
    identity = programme.round(due_on=dt.date(2026, 4, 30))
    with counted(engine) as few:
        office.get(f"{ROUNDS}/{identity}")
    for number in range(30):
        programme.measure(f"Toimenpide {number}", programme.other)
    programme.town.commit()
    identity = programme.round(2027, due_on=dt.date(2027, 4, 30))
    with counted(engine) as many:
        office.get(f"{ROUNDS}/{identity}")
    assert many.queries == few.queries

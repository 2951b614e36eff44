import datetime as dt
import io

import openpyxl
import pytest
from sqlalchemy import select

from portfolio.core.rights import Role
from portfolio.register.models import Initiative
from portfolio.reviews.models import Review, ReviewQuestion, ReviewRound, ReviewTemplate
from portfolio.reviews.rules import RoundState
from tests.reviews.views.conftest import ROUNDS


def rounds(programme):
    return programme.town.rows(select(ReviewRound))


def test_a_round_is_prepared_opened_with_a_count_first_and_closed(office, programme):
    page = office.post_form(
        office.get(f"{ROUNDS}/new?portfolio={programme.portfolio}"), name_fi="Vuosiraportti 2026", due_on="30.9.2026"
    )
    assert "Ei vielä avattu" in page.words
    identity = rounds(programme)[0].id

    asks = office.get(f"{ROUNDS}/{identity}/open")
    assert "3 kohdetta" in asks.words
    assert "Tekninen: 1" in asks.words
    page = office.post_form(asks, form="form.confirm")
    assert "3 katselmusta" in page.words
    assert len(programme.town.rows(select(Review))) == 3

    asks = office.get(f"{ROUNDS}/{identity}/close")
    assert "3 vastausta puuttuu" in asks.words
    assert "jäädytt" in asks.words
    page = office.post_form(asks, form="form.confirm")
    assert "Kierros on suljettu" in page.words
    assert rounds(programme)[0].state is RoundState.CLOSED


def test_the_yearly_deadline_of_the_portfolio_is_proposed_as_the_due_day(office, programme):
    page = office.get(f"{ROUNDS}/new")
    assert page.select_one("#due_on")["value"] == "2026-09-30"
    assert [one["value"] for one in page.select("[name=statuses][checked]")] == ["approved", "under_way", "paused"]


def test_a_round_without_days_comes_back_with_what_was_typed(office):
    page = office.post_form(office.get(f"{ROUNDS}/new"), status=422, name_fi="Kesken", due_on="pian")
    assert page.select_one("#name_fi")["value"] == "Kesken"
    assert any("pian" in one for one in page.errors)


def test_a_closed_round_is_opened_again_with_a_reason(office, programme):
    identity = programme.round()
    programme.close(identity)
    form = office.get(f"{ROUNDS}/{identity}/reopen")
    office.post_form(form, status=422, reason="")
    page = office.post_form(form, reason="Yksi vastaus jäi puuttumaan")
    assert "avoinna uudelleen" in page.words


def test_what_an_open_round_asks_about_cannot_be_changed_but_its_day_can(office, programme):
    identity = programme.round()
    form = office.get(f"{ROUNDS}/{identity}/edit")
    assert form.select_one("[name=statuses]") is None
    office.post_form(form, due_on="2026-10-15")
    assert rounds(programme)[0].due_on.isoformat() == "2026-10-15"


def test_a_draft_is_removed_and_brought_back(office, programme):
    identity = programme.round(opened=False)
    office.post(f"{ROUNDS}/{identity}/remove")
    assert rounds(programme)[0].removed
    page = office.get(f"{ROUNDS}/{identity}")
    office.post_form(page, form="form[action$='/restore']")
    assert not rounds(programme)[0].removed


def test_a_unit_gets_more_time_and_it_is_taken_back(office, programme):
    identity = programme.round(due_on=dt.date.fromisoformat("2026-05-01"), opens_on=dt.date.fromisoformat("2026-04-01"))
    form = office.get(f"{ROUNDS}/{identity}/extensions")
    page = office.post_form(
        form, form="form.form", unit_id=programme.other, due_on="2026-06-01", reason="Henkilövaihdos"
    )
    assert "Henkilövaihdos" in page.words
    assert "2 myöhässä" in office.get(f"{ROUNDS}/{identity}").words
    office.post_form(page, form="form[action*='extensions/']")
    assert "3 myöhässä" in office.get(f"{ROUNDS}/{identity}").words


def test_more_is_asked_by_codes_and_unknown_codes_are_told(office, programme):
    identity = programme.round()
    fresh = programme.measure("Uusi", programme.other, status="proposed")
    programme.town.commit()
    code = programme.town.rows(select(Initiative.code).where(Initiative.id == fresh))[0]
    form = office.get(f"{ROUNDS}/{identity}/also")
    page = office.post_form(form, status=422, codes=f"{code}, EI-OLE")
    assert any("EI-OLE" in one for one in page.errors)
    assert page.select_one("#codes").get_text(strip=True) == f"{code}, EI-OLE"
    office.post_form(form, codes=code.lower())
    assert fresh in {one.initiative_id for one in programme.town.rows(select(Review))}


def test_a_template_gets_questions_that_are_moved_changed_and_removed(office, programme):
    page = office.post_form(office.get(f"{ROUNDS}/templates"), name_fi="Vuosikysymykset")
    template = programme.town.rows(select(ReviewTemplate))[0].id
    for text in ("Asukkaiden palaute?", "Riskit?"):
        page = office.post_form(office.get(f"{ROUNDS}/templates/{template}/questions"), text_fi=text)
    page = office.post_form(page, form="form[action$='/move']:has([value='1'])")
    assert [one.get_text() for one in page.select(".questions a")] == ["Riskit?", "Asukkaiden palaute?"]
    first = programme.town.rows(select(ReviewQuestion).order_by(ReviewQuestion.position))[0]
    office.post_form(office.get(f"{ROUNDS}/questions/{first.id}/edit"), form="form.form", text_fi="Suurimmat riskit?")
    page = office.post(f"{ROUNDS}/questions/{first.id}/remove")
    assert "Suurimmat riskit" not in page.words


@pytest.mark.parametrize("role", [Role.REPORTER, Role.VIEWER])
def test_only_the_office_prepares_rounds(pages, programme, role):
    identity = programme.round()
    pages.sign_in(role)
    assert "Uusi kierros" not in pages.get(ROUNDS).words
    pages.get(f"{ROUNDS}/{identity}/close", status=403)
    pages.get(f"{ROUNDS}/templates", status=403)


def test_the_list_of_rounds_asks_as_much_however_many_there_are(office, programme, counted, engine):
    programme.round()
    with counted(engine) as few:
        office.get(ROUNDS)
    for year in (2023, 2024, 2025):
        programme.round(year)
    with counted(engine) as many:
        office.get(ROUNDS)
    assert many.queries == few.queries


@pytest.fixture
def two_rounds(programme):
    """Last year's round with two of three answered, and this year's with none."""
    last = programme.round(2025)
    for one in (programme.first, programme.second):
        programme.submit(programme.review(last, one))
    programme.close(last)
    programme.round(2026, due_on=dt.date(2026, 8, 31))


def listed(page):
    return [one.get_text(strip=True) for one in page.select("tbody th a")]


@pytest.mark.parametrize(
    ("sort", "years"),
    [
        ("", ["2026", "2025"]),
        ("name", ["2025", "2026"]),
        ("-state", ["2025", "2026"]),
        ("period", ["2025", "2026"]),
        ("-due", ["2026", "2025"]),
        ("answered", ["2026", "2025"]),
        ("nonsense", ["2026", "2025"]),
    ],
)
def test_the_list_of_rounds_is_sorted_by_each_of_its_headings(office, two_rounds, sort, years):
    page = office.get(f"{ROUNDS}?sort={sort}")
    assert listed(page) == [f"Vuosiraportti {year}" for year in years]
    orders = {one["href"].partition("sort=")[2].removeprefix("-") for one in page.select("thead a")}
    assert orders == {"name", "state", "period", "due", "answered"}


def test_the_workbook_of_the_rounds_holds_what_the_list_shows(office, two_rounds):
    page = office.get(f"{ROUNDS}?state=closed&sort=name")
    link = next(one for one in page.links() if "reviews.xlsx" in one)
    assert link.endswith("reviews.xlsx?state=closed&sort=name")
    sheet = openpyxl.load_workbook(io.BytesIO(office.client.get(link).data)).worksheets[0]
    (row,) = [[cell.value for cell in line] for line in sheet if line[0].value == "Vuosiraportti 2025"]
    assert row[1:3] == ["Toimenpideohjelma", "Suljettu"]
    assert row[-2:] == [3, 2]
    assert not any(line[0].value == "Vuosiraportti 2026" for line in sheet)

"""A whole round by its screens, and the pages that stand on it, alike on both kinds of database."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from portfolio.budgets import operations as budgets
from portfolio.budgets.rules import BudgetPart
from portfolio.core.rights import Role
from portfolio.register.models import Initiative
from portfolio.register.rules import Status
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.rules import Health, ReviewState, RoundState
from tests.reviews.views.conftest import ROUNDS

ANSWER = "form[action*='/answers/']:has(#bar)"


@pytest.fixture
def engine(any_engine):
    """Both kinds of database in turn."""
    return any_engine


def answers(programme, round_id):
    return {one.initiative_id: one for one in programme.town.rows(select(Review).where(Review.round_id == round_id))}


def test_a_round_is_prepared_answered_returned_approved_and_closed(pages, programme):
    pages.sign_in(Role.OFFICE)
    days = {"opens_on": "2026-04-01", "due_on": "2026-04-30"}
    pages.post_form(pages.get(f"{ROUNDS}/new"), name_fi="Vuosiraportti 2026", **days)
    identity = programme.town.rows(select(ReviewRound))[0].id
    page = pages.post_form(pages.get(f"{ROUNDS}/{identity}/open"), form="form.confirm")
    assert "3 katselmusta, 3 myöhässä" in page.words
    mine = answers(programme, identity)[programme.first].id

    pages.sign_in(Role.REPORTER)
    form = pages.get(f"{ROUNDS}/answers/{mine}")
    form = pages.post_form(form, form=ANSWER, button=("draft", "1"), done="Kesken")
    told = {"health": "yellow", "health_reason": "Viive", "verdict": "complete", "done_on": "2026-04-15"}
    pages.post_form(form, form=ANSWER, progress="80", money_used="12 000", **told)

    pages.sign_in(Role.OFFICE)
    page = pages.get(f"{ROUNDS}/answers/{mine}")
    pages.post_form(page, form="form[action$='/return']", **{"return-comment": "Kerro tuloksista"})
    pages.sign_in(Role.REPORTER)
    pages.post_form(pages.get(f"{ROUNDS}/answers/{mine}"), form=ANSWER, results="Jonot lyhenivät")

    pages.sign_in(Role.OFFICE)
    page = pages.get(f"{ROUNDS}/{identity}?health=yellow&sort=-title")
    pages.post_form(
        page, form="form[action$='/approve']", chosen=[one["value"] for one in page.select("[name=chosen]")]
    )
    review = programme.stored(mine)
    assert (review.state, review.health, review.money_used) == (ReviewState.APPROVED, Health.YELLOW, Decimal(12000))
    item = programme.town.rows(select(Initiative).where(Initiative.id == programme.first))[0]
    assert (item.status, item.completed_on) == (Status.COMPLETED, dt.date(2026, 4, 15))

    answer = pages.client.get(f"{ROUNDS}/{identity}.xlsx?state=approved")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert [row[1] for row in rows[3:]] == ["Koulujen ajanvaraus"]
    assert "Katuvalot" in pages.get(f"{ROUNDS}/{identity}/reminders").select_one("#without").text

    pages.post_form(pages.get(f"{ROUNDS}/{identity}/close"), form="form.confirm")
    assert programme.town.rows(select(ReviewRound))[0].state is RoundState.CLOSED
    assert "Jonot lyhenivät" in pages.get(f"{ROUNDS}/answers/{mine}").words


def test_last_rounds_answers_movement_and_the_report_stand_on_a_closed_round(office, programme):
    before = programme.round(2025, due_on=dt.date(2025, 9, 30))
    review = programme.review(before, programme.first)
    programme.submit(review, day=dt.date(2025, 9, 1), results="Viime vuoden tulos")
    programme.approve(review, day=dt.date(2025, 9, 2))
    programme.close(before)
    this = programme.round()
    review = programme.review(this, programme.first)
    programme.submit(review, health=Health.RED, health_reason="Rahoitus puuttuu")

    page = office.get(f"{ROUNDS}/{this}?moved=worsened")
    assert "Koulujen ajanvaraus" in page.words
    assert "Viime vuoden tulos" in office.get(f"{ROUNDS}/answers/{review}").words
    address = f"/koekunta/documents/file?kind=progress&portfolio={programme.portfolio}&format=xlsx"
    book = openpyxl.load_workbook(io.BytesIO(office.client.get(address).data))
    assert "Rahoitus puuttuu" in str([row for sheet in book for row in sheet.iter_rows(values_only=True)])


def test_money_is_added_up_by_each_face_and_the_year_clock_holds_the_deadline(office, programme):
    actor = programme.office
    (source,) = budgets.put_funding_sources(programme.session, actor, {"oma": {"name_fi": "Oma"}}).ids.values()
    cells = {
        (programme.first, 2026, BudgetPart.OPERATING, source): {"planned": Decimal("40000.50"), "actual": Decimal(10)},
        (programme.second, 2026, BudgetPart.OPERATING, source): {"planned": None},
    }
    budgets.set_budget_cells(programme.session, actor, cells)
    frame = {(programme.portfolio, 2026, BudgetPart.OPERATING): {"amount": Decimal(50_000)}}
    budgets.put_frames(programme.session, actor, frame)
    programme.town.commit()
    for face in ("portfolio", "unit", "year"):
        page = office.get(f"/koekunta/money?by={face}")
        assert "40 000,50" in page.words.replace("\N{NO-BREAK SPACE}", " ")
        assert "9 999,50" in page.select_one("#frames").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Koulujen ajanvaraus" in office.get("/koekunta/money/handling?year=2026").words
    assert "30.9.2026" in office.get("/koekunta/yearclock").select_one("#list").text

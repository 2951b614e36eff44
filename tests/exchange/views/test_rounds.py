"""A round of reviews on the screens of export, collecting and checking."""

import datetime as dt
import io
import re

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portfolio.cli.context import open_engine
from portfolio.cli.job import handlers
from portfolio.core.jobs import run
from portfolio.core.rights import Role
from portfolio.exchange.models import Export, ImportBatch, Upload
from portfolio.exchange.views import uploading
from portfolio.register.models import Indicator, Initiative
from portfolio.register.rules import Status
from portfolio.reviews import operations
from portfolio.reviews.models import Review
from portfolio.reviews.rules import ReviewState
from tests import factories
from tests.exchange.asked import CONTINUE, GREEN, HEALTH, SHEET, VERDICT
from tests.exchange.returns import Edited


@pytest.fixture
def begun(monkeypatch):
    """The jobs that pages begin; tests run them."""
    jobs = []
    monkeypatch.setattr(uploading, "start_after_commit", jobs.append)
    return jobs


@pytest.fixture
def asked(town):
    """An open round about one item of the town's unit and one of another; gives its id."""
    home = {"municipality_id": town.municipality.id}
    portfolio = factories.create_portfolio(town.session, **home)
    other = factories.create_unit(town.session, name_fi="Sivistys", **home)
    for title, unit in (("Asiakaspalvelu", town.unit), ("Koulut", other)):
        items = {"portfolio_id": portfolio.id, "unit_id": unit.id, "title_fi": title, **home}
        factories.create_initiative(town.session, status=Status.UNDER_WAY, **items)
    office = factories.acting(town.municipality.id, "office")
    values = {
        "portfolio_id": portfolio.id,
        "name_fi": "Vuosiraportti 2026",
        "period_first": dt.date(2026, 1, 1),
        "period_last": dt.date(2026, 12, 31),
        "opens_on": dt.date(2026, 4, 1),
        "due_on": dt.date(2026, 9, 30),
    }
    identity = operations.create_round(town.session, office, values)
    operations.open_round(town.session, office, identity)
    town.commit()
    return identity


def take_out(pages, town, asked, **fields):
    page = pages.get(f"/{town.code}/exchange/rounds/{asked}/export")
    pages.post_form(page, form="main form.form", **fields)
    return town.rows(select(Export))[-1]


def fetch(pages, town, export):
    return pages.client.get(f"/{town.code}/exchange/exports/{export.id}.xlsx").data


def bring_back(pages, town, data, begun, engine, clock, *, apply=True):
    """Send a workbook, let its job run, and import it unless it is only looked at; gives the page of the check."""
    form = {"csrf_token": pages.token(), "files": (io.BytesIO(data), "katselmukset.xlsx")}
    answer = pages.client.post(f"/{town.code}/exchange/uploads", data=form, content_type="multipart/form-data")
    own = open_engine(str(engine.url))
    run(own, begun[-1], handlers(), clock)
    own.dispose()
    page = pages.get(answer.location)
    if apply:
        (upload,) = town.rows(select(Upload))
        pages.post(f"/{town.code}/exchange/uploads/{upload.id}/apply", plan=upload.plan_hash)
    return page


def test_the_office_takes_the_whole_round_out_and_a_reporter_the_own_part(pages, town, asked):
    pages.sign_in(Role.OFFICE)
    whole = take_out(pages, town, asked)
    assert (whole.round_id, whole.unit_id, len(whole.item_ids)) == (asked, None, 2)
    book = load_workbook(io.BytesIO(fetch(pages, town, whole)))
    assert book.sheetnames == ["Ohjeet", "Katselmukset", "_meta", "_lists"]
    pages.sign_in(Role.REPORTER)
    part = take_out(pages, town, asked)
    assert (part.unit_id, len(part.item_ids)) == (town.unit.id, 1)


def test_an_answer_is_checked_imported_told_and_undone_on_the_screen(pages, town, asked, begun, engine, clock):
    pages.sign_in(Role.REPORTER)
    edited = Edited(fetch(pages, town, take_out(pages, town, asked)))
    edited.put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, CONTINUE)
    page = bring_back(pages, town, edited.save(), begun, engine, clock)
    assert all(words in page.words for words in (GREEN, CONTINUE, "Asiakaspalvelu", "Katselmus"))
    states = select(Review.state).order_by(Review.id)
    assert town.rows(states) == [ReviewState.SUBMITTED, ReviewState.WAITING]

    pages.sign_in(Role.OFFICE)
    (batch,) = town.rows(select(ImportBatch))
    undo = pages.get(f"/{town.code}/exchange/imports/{batch.id}/undo")
    pages.post_form(undo, f"form[action$='imports/{batch.id}/undo']")
    assert town.rows(states) == [ReviewState.WAITING] * 2


def test_the_check_page_calls_an_indicator_by_its_name(pages, town, asked, begun, engine, clock):
    items = {row.title_fi: row.id for row in town.rows(select(Initiative))}
    for title, name in (("Asiakaspalvelu", "Tyytyväisyys"), ("Koulut", "Läpäisyaste")):
        values = {"initiative_id": items[title], "name_fi": name, "measured_in": "%"}
        factories.write(town.session, Indicator, values | {"municipality_id": town.municipality.id})
    town.commit()
    pages.sign_in(Role.OFFICE)
    edited = Edited(fetch(pages, town, take_out(pages, town, asked)))
    for row, value in ((1, 71), (2, 88)):
        edited.put(SHEET, row, "Mittari 1: arvo", value)
    page = bring_back(pages, town, edited.save(), begun, engine, clock, apply=False)
    labels = [one.get_text() for one in page.select("table.plan th[scope=row]")]
    assert labels == ["Tyytyväisyys (%)", "Läpäisyaste (%)"]


def test_a_round_is_collected_by_a_workbook_a_unit(pages, town, asked):
    pages.sign_in(Role.OFFICE)
    page = pages.get(f"/{town.code}/exchange/collections/new?round={asked}")
    assert page.select_one("select[name=round] option[selected]")["value"] == str(asked)
    pages.post_form(page, form="main form.form", name="Syksy", units=[str(town.unit.id)])
    (export,) = town.rows(select(Export))
    assert (export.round_id, export.unit_id, len(export.item_ids)) == (asked, town.unit.id, 1)


@pytest.fixture
def delegated(town, asked):
    """The viewer is asked to answer the review of the school, which is of another unit."""
    (school,) = [one for one in town.rows(select(Review)) if title_of(town, one) == "Koulut"]
    office = factories.acting(town.municipality.id, "office")
    operations.delegate_review(town.session, office, school.id, town.users[Role.VIEWER].id)
    town.commit()
    return school.id


def title_of(town, review):
    return town.rows(select(Initiative.title_fi).where(Initiative.id == review.initiative_id))[0]


def test_a_viewer_who_was_asked_to_answer_takes_that_review_out_and_brings_it_back(
    pages, town, asked, delegated, begun, engine, clock
):
    pages.sign_in(Role.VIEWER)
    link = pages.get(f"/{town.code}/reviews/mine").find("a", href=re.compile("rounds.*export"))
    page = pages.get(link["href"])
    assert not page.select("main select[name=unit], main [name=mine]")
    export = take_out(pages, town, asked)
    assert len(export.item_ids) == 1
    edited = Edited(fetch(pages, town, export))
    assert edited.get(SHEET, 1, "Item's title") == "Koulut"
    edited.put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, CONTINUE)
    pages.get(f"/{town.code}/exchange/exports/{export.id}")
    bring_back(pages, town, edited.save(), begun, engine, clock)
    stored = town.rows(select(Review).where(Review.id == delegated))[0]
    assert stored.state is ReviewState.SUBMITTED


def test_a_viewer_who_was_asked_nothing_takes_nothing_out_and_sends_nothing(pages, town, asked):
    pages.sign_in(Role.VIEWER)
    for address in (f"exchange/rounds/{asked}/export", "exchange"):
        pages.get(f"/{town.code}/{address}", status=403)
    assert pages.client.post(f"/{town.code}/exchange/uploads").status_code in {400, 403}


def test_a_viewer_who_answers_may_change_nothing_of_the_others(pages, town, asked, delegated, begun, engine, clock):
    pages.sign_in(Role.OFFICE)
    whole = Edited(fetch(pages, town, take_out(pages, town, asked)))
    for row in (1, 2):
        whole.put(SHEET, row, HEALTH, GREEN).put(SHEET, row, VERDICT, CONTINUE)
    pages.sign_in(Role.VIEWER)
    pages.get(f"/{town.code}/exchange/exports/{town.rows(select(Export))[-1].id}", status=404)
    page = bring_back(pages, town, whole.save(), begun, engine, clock, apply=False)
    assert "Kohde kuuluu toiselle yksikölle" in page.words
    assert [one.state for one in town.rows(select(Review))] == [ReviewState.WAITING] * 2


def test_a_reporter_may_take_out_only_what_is_the_own_to_answer(pages, town, asked):
    pages.sign_in(Role.REPORTER)
    part = take_out(pages, town, asked, unit="", mine="y")
    assert (part.unit_id, len(part.item_ids)) == (None, 1)

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from portfolio.budgets import operations
from portfolio.budgets.models import BudgetLine
from portfolio.budgets.rules import BudgetPart
from portfolio.cli.job import handlers
from portfolio.core.database import open_session
from portfolio.core.history import Revision
from portfolio.core.jobs import JobFacts
from portfolio.core.rights import Role
from portfolio.exchange.ledger.profile import parse_ledger_profile
from portfolio.exchange.ledger.store import read_soon
from portfolio.exchange.models import Upload, UploadState
from portfolio.exchange.operations.uploads import Received, receive_uploads
from portfolio.exchange.views.ledger_lists import FIRST, PER_PAGE
from portfolio.register.operations import update_initiatives
from tests import factories
from tests.exchange.ledger.test_ledger_read import HEAD, PROFILE
from tests.exchange.uploads import Silent
from tests.fixtures.web import town
from tests.workbooks import workbook_bytes

__all__ = ["town"]
OPERATING = BudgetPart.OPERATING
ROWS = [["80101", "4010", "1/2026", 100.0, "A1"], ["80199", "4010", "1/2026", 5.0, "A2"]]


@pytest.fixture
def books(town, pages, monkeypatch, clock, engine):
    profile = parse_ledger_profile(PROFILE)
    monkeypatch.setattr("portfolio.exchange.ledger.store.ledger_profile", lambda *_: profile)
    monkeypatch.setattr("portfolio.exchange.views.ledger.ledger_profiles", lambda *_: [profile])
    monkeypatch.setattr("portfolio.exchange.views.ledger.start_after_commit", lambda _job: None)
    pages.sign_in(Role.OFFICE)
    return Books(town, pages, clock, engine)


class Books:
    """An initiative with a ledger number and a plan, and ledgers that are sent in by the office."""

    def __init__(self, town, pages, clock, engine):
        self.town, self.pages, self.engine = town, pages, engine
        home = {"municipality_id": town.municipality.id}
        self.office = factories.acting(town.municipality.id, "office", at=clock())
        self.item = factories.create_initiative(town.session, title_fi="Tiedepuisto", ledger_number="80101", **home).id
        sources = {"own": {"name_fi": "Oma rahoitus"}, "eu": {"name_fi": "EU", "external": True}}
        self.own = operations.put_funding_sources(town.session, self.office, sources).ids["own"]
        self.plan(Decimal(120))

    def plan(self, amount):
        key = (self.item, 2026, OPERATING, self.own)
        operations.set_budget_cells(self.town.session, self.office, {key: {"planned": amount}})
        self.town.commit()

    def send(self, *rows, name="kirjanpito.xlsx"):
        """Send a ledger through the page, and read it as the job does."""
        data = workbook_bytes({"Tapahtumat": [HEAD, *rows]})
        page = self.pages.get("/koekunta/exchange/ledger")
        token = page.select_one("form.form [name=csrf_token]")["value"]

        sent = {"csrf_token": token, "profile": "koe", "file": (io.BytesIO(data), name)}
        self.pages.client.post("/koekunta/exchange/ledger", data=sent)
        upload = self.town.rows(select(Upload).order_by(Upload.id.desc()))[0]
        facts = JobFacts(upload.job_id, "ledger", upload.id, upload.municipality_id, upload.user_id, upload.at, 1)
        handlers()["ledger"](self.engine, facts, Silent())
        return f"/koekunta/exchange/uploads/{upload.id}"

    def lines(self):
        return {(line.year, line.actual) for line in self.town.rows(select(BudgetLine)) if not line.removed}


def test_a_ledger_is_looked_at_written_and_undone(books):
    address = books.send(*ROWS)
    page = books.pages.get(address)
    assert page.select_one("#changes tbody").get_text(" ", strip=True).endswith("ei tietoa 100\xa0€")
    assert "A3" in page.select_one("#unmatched").get_text()
    assert books.lines() == {(2026, None)}
    page = books.pages.post_form(page, form="form.form")
    assert books.lines() == {(2026, 100)}
    latest = books.town.rows(select(Revision).order_by(Revision.id.desc()))[0]
    assert (latest.source, latest.source_ref) == ("ledger", "kirjanpito.xlsx")
    undo = books.pages.get(f"{page.url.partition('?')[0]}/undo")
    books.pages.post_form(undo)
    assert books.lines() == {(2026, None)}


def test_a_later_ledger_of_the_year_tells_what_it_changes(books):
    books.pages.post_form(books.pages.get(books.send(*ROWS)), form="form.form")
    page = books.pages.get(books.send(["80101", "4010", "2/2026", 130.0, ""], name="helmikuu.xlsx"))
    assert page.select_one("#changes tbody").get_text(" ", strip=True).endswith("100\xa0€ 130\xa0€")


def test_a_long_list_begins_on_the_check_and_is_read_by_pages_or_in_excel(books):
    strange = [[f"9{number:04}", "4010", "1/2026", 5.5, f"A{number}"] for number in range(FIRST + PER_PAGE)]
    address = books.send(ROWS[0], *strange)
    page = books.pages.get(address)
    assert len(page.select("#unmatched .steps li")) == FIRST
    assert len(page.select("#changes tbody tr")) == 1
    assert f"({FIRST + PER_PAGE})" in page.select_one("#unmatched h2").get_text()

    whole = books.pages.get(page.select_one("#unmatched a[href*='show=']")["href"])
    assert len(whole.select("#unmatched .steps li")) == PER_PAGE
    assert whole.select("#changes, form.form") == []
    last = books.pages.get(whole.select_one(".paging a[rel=next]")["href"])
    assert f"9{FIRST + PER_PAGE - 1:04}" in last.select("#unmatched .steps li")[-1].get_text()
    assert len(last.select("#unmatched .steps li")) == FIRST
    assert books.pages.get(next(one for one in last.links() if one.endswith("/ledger"))).select_one("form.form")

    data = books.pages.client.get(page.select_one("#unmatched a[href*='.xlsx']")["href"]).data
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert rows[:2] == [("Pois jäävät rivit", *[None] * 7), ("kirjanpito.xlsx", *[None] * 7)]
    assert rows[3][:7] == ("Tapahtumat", 3, "90000", "4010", "1/2026", 5.5, "A0")
    assert "90000" in rows[3][7]
    assert len(rows) == 3 + FIRST + PER_PAGE


def test_what_would_be_written_is_given_in_excel_in_the_unit_that_was_told(books):
    books.plan(Decimal(120_000))
    address = books.send(ROWS[0])
    page = books.pages.get(f"{address}/ledger?unit=teur")
    data = books.pages.client.get(page.select_one("#changes a[href*='.xlsx']")["href"]).data
    row = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))[-1]
    assert row[1:] == ("Tiedepuisto", "2026, Käyttötalous, Oma rahoitus", 1, None, 100_000)


def test_a_list_that_no_ledger_has_is_not_found(books):
    address = books.send(*ROWS)
    assert books.pages.client.get(f"{address}/ledger/asks.xlsx").status_code == 404


def test_a_wrong_unit_is_asked_about_and_the_answer_is_kept(books):
    books.plan(Decimal(120_000))
    address = books.send(["80101", "4010", "1/2026", 100.0, "A1"])
    page = books.pages.get(address)
    assert page.select_one("form.form") is None
    page = books.pages.get(f"{address}/ledger?unit=teur")
    books.pages.post_form(page, form="form.form")
    assert books.lines() == {(2026, 100_000)}


def test_a_ledger_with_errors_writes_nothing(books):
    page = books.pages.get(books.send(*ROWS, ["80101", "4010", "1/2026", "noin sata", ""]))
    assert "D4" in page.select_one("#errors").get_text()
    assert page.select_one("form.form") is None


def test_a_file_without_the_headings_is_refused_in_words(books):
    address = books.send()
    books.pages.get(address)
    data = workbook_bytes({"Muu": [["a"], [1]]})
    with open_session(books.engine, write=True) as session:
        upload = receive_uploads(session, books.office, [Received("muu.xlsx", data)], "fi", dt.date(2026, 1, 1))[0]
        read_soon(session, upload, "koe")
        facts = JobFacts(upload.job_id, "ledger", upload.id, upload.municipality_id, upload.user_id, upload.at, 1)
        session.commit()
    handlers()["ledger"](books.engine, facts, Silent())
    [found] = books.town.rows(select(Upload).where(Upload.id == facts.subject_id))
    assert found.state is UploadState.REFUSED
    assert found.problems


def test_a_plan_that_has_changed_since_it_was_seen_is_shown_again(books):
    page = books.pages.get(books.send(*ROWS))
    key = (books.item, 2026, OPERATING, books.own)
    operations.set_budget_cells(books.town.session, books.office, {key: {"actual": Decimal(7)}})
    books.town.commit()
    page = books.pages.post_form(page, form="form.form", status=422)
    assert "7\xa0€ 100\xa0€" in page.select_one("#changes tbody").get_text(" ", strip=True)
    assert books.lines() == {(2026, 7)}


def test_actual_amounts_come_into_a_locked_year_and_can_be_undone(books):
    operations.lock_year(books.town.session, books.office, 2026, None)
    books.town.commit()
    rows = [["80101", "4010", "1/2026", 100.0, ""], ["80101", "3310", "1/2026", -40.0, ""]]
    page = books.pages.post_form(books.pages.get(books.send(*rows)), form="form.form")
    assert books.lines() == {(2026, 60), (2026, 40)}
    books.pages.post_form(books.pages.get(f"{page.url.partition('?')[0]}/undo"))
    assert books.lines() == {(2026, None)}


def test_undoing_leaves_a_plan_that_has_been_approved(books):
    books.plan(Decimal(500))
    revision = books.town.rows(select(Revision).order_by(Revision.id.desc()))[0].id
    operations.lock_year(books.town.session, books.office, 2026, None)
    books.town.commit()
    page = books.pages.get(f"/koekunta/revisions/{revision}/undo")
    assert "lukittu" in page.get_text()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.MEMBER])
def test_only_those_who_import_send_ledgers(books, role):
    books.pages.sign_in(role)
    books.pages.get("/koekunta/exchange/ledger", status=403)


def test_a_ledger_number_is_changed_by_who_manages(books):
    update_initiatives(books.town.session, books.office, {books.item: {"ledger_number": " 80101 "}})
    books.town.commit()
    assert books.pages.get(books.send(*ROWS)).select_one("#changes") is not None

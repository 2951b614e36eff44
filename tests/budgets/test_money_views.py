import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from portfolio.budgets import operations
from portfolio.budgets.models import BudgetLine, Frame, FundingShare, YearLock
from portfolio.budgets.rules import BudgetPart
from portfolio.core.rights import Role
from tests import factories
from tests.factories import acting

OPERATING, INVESTMENT = BudgetPart.OPERATING, BudgetPart.INVESTMENT
MONEY = "/koekunta/money"


@pytest.fixture
def purse(town, clock):
    return Purse(town, clock)


class Purse:
    """Two initiatives of a unit, of which one has no money; the budget year is the clock's."""

    def __init__(self, town, clock):
        self.town, self.year = town, clock().year
        self.session, self.home = town.session, town.municipality.id
        home = {"municipality_id": self.home}
        self.portfolio = factories.create_portfolio(town.session, name_fi="Kehittämissalkku", **home).id
        usual = {"portfolio_id": self.portfolio, "unit_id": town.unit.id, **home}
        self.item = factories.create_initiative(town.session, title_fi="Sähköinen asiointi", **usual).id
        self.silent = factories.create_initiative(town.session, title_fi="Ilman rahaa", **usual).id
        self.office = acting(self.home, "office")
        sources = {"oma": {"name_fi": "Oma rahoitus"}, "eu": {"name_fi": "EU", "external": True}}
        self.sources = operations.put_funding_sources(town.session, self.office, sources).ids
        town.commit()

    def plan(self, amount, *, year=None, part=OPERATING, source="oma", **more):
        key = (self.item, year or self.year, part, self.sources[source])
        given = {"planned": None if amount is None else Decimal(amount), **more}
        operations.set_budget_cells(self.session, self.office, {key: given})
        self.town.commit()

    def lock(self, year=None):
        operations.lock_year(self.session, self.office, year or self.year, dt.date(2025, 11, 17))
        self.town.commit()


@pytest.fixture
def office(pages, purse):
    pages.sign_in(Role.OFFICE)
    return pages


def cells(page, panel="#sums", row=0):
    return [cell.get_text(" ", strip=True) for cell in page.select(f"{panel} tbody tr")[row].select("td")]


def test_unknown_zero_and_amount_are_told_apart_in_sums(office, purse):
    purse.plan(40_000)
    purse.plan(None, source="eu")
    purse.plan(0, year=purse.year + 1)
    page = office.get(MONEY)
    assert cells(page) == ["40\xa0000\xa0€ 1/2 ei tiedossa", "0\xa0€", "ei kirjattu", "1/2"]
    assert (
        page.select_one("#sentence")
        .get_text()
        .endswith("40\xa0000\xa0€. 3 määrärahasta 1 ei ole tiedossa. 1 kehittämiskohteella ei ole määrärahoja.")
    )


def test_the_same_money_is_shown_by_unit_and_by_year_and_in_thousands(office, purse):
    purse.plan(40_000)
    purse.plan(7_500, part=INVESTMENT, source="eu")
    assert cells(office.get(f"{MONEY}?by=unit&euros=teur"))[0] == "47,5\xa0t€"
    by_year = cells(office.get(f"{MONEY}?by=year"))
    assert by_year == ["40\xa0000\xa0€", "7\xa0500\xa0€", "40\xa0000\xa0€", "7\xa0500\xa0€", "47\xa0500\xa0€"]


def test_a_filter_that_is_not_known_is_passed_over_and_told(office, purse):
    purse.plan(40_000)
    page = office.get(f"{MONEY}?portfolio=999999&by=nothing&year=kohta&part=operating&euros=kruunu")
    assert len(page.select(".notice.warn")) == 4
    assert cells(page)[0] == "40\xa0000\xa0€"
    assert cells(office.get(f"{MONEY}?part=investment"))[0] == "ei kirjattu"


def test_the_workbook_holds_every_table_with_what_is_not_known(office, purse):
    purse.plan(40_000)
    purse.plan(None, source="eu")
    book = openpyxl.load_workbook(io.BytesIO(office.client.get(f"{MONEY}.xlsx?euros=teur").data))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    row = [cell.value for cell in next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "Kehittämissalkku")]
    assert heads[0] == "Salkku"
    assert row[2:4] == [40, "1/2"]
    assert len(book.worksheets) == 3


def test_charts_tell_what_their_tables_tell(office, purse):
    purse.plan(40_000, actual=Decimal(1_000))
    stacked = office.client.get(f"{MONEY}/source.json").json
    actual = office.client.get(f"{MONEY}/actual.json").json
    assert [trace["y"][0] for trace in stacked["data"]] == [40_000]
    assert [trace["y"] for trace in actual["data"]] == [[40_000, None, None], [None] * 3, [1_000, None, None]]
    assert "40\xa0000\xa0€" in office.get(MONEY).select_one("#source [data-figure]")["aria-label"]


def test_frames_of_a_portfolio_are_set_in_one_form_and_tell_what_is_left(office, purse):
    purse.plan(40_000)
    page = office.get(f"{MONEY}/frames/{purse.portfolio}")
    assert page.select("input[readonly]") == []
    page = office.post_form(page, **{f"{purse.year}:operating": "30 t€", f"{purse.year + 1}:investment": "0"})
    frames = [row.get_text(" ", strip=True) for row in page.select("#frames tbody tr")]
    assert "30\xa0000\xa0€ ylitys 10\xa0000\xa0€" in frames[0]
    assert "0\xa0€ jäljellä 0\xa0€" in frames[1]
    assert page.select_one("#frames .chip.late svg") is not None


def test_a_frame_below_zero_is_refused_beside_its_field(office, purse):
    page = office.get(f"{MONEY}/frames/{purse.portfolio}")
    page = office.post_form(page, status=422, **{f"{purse.year}:operating": "-5", f"{purse.year}:investment": "70"})
    assert page.select_one(f"[id='{purse.year}:operating-error']") is not None
    assert page.select_one(f"[name='{purse.year}:investment']")["value"] == "70"
    assert purse.town.rows(select(Frame)) == []


def test_frames_of_an_approved_year_are_only_read_and_a_form_opened_before_is_refused_beside_its_field(office, purse):
    early = office.get(f"{MONEY}/frames/{purse.portfolio}")
    purse.lock()
    name = f"{purse.year}:operating"
    page = office.post_form(early, status=422, **{name: "30 t€", f"{purse.year + 1}:operating": "70"})
    told = f"Vuoden {purse.year} talousarvio on hyväksytty, joten sen kehykset on lukittu."
    assert told in page.select_one(f"[id='{name}-error']").get_text()
    assert purse.town.rows(select(Frame)) == []

    page = office.get(f"{MONEY}/frames/{purse.portfolio}")
    assert told in page.words
    assert {one["name"] for one in page.select("input[readonly]")} == {name, f"{purse.year}:investment"}
    office.post_form(page, **{f"{purse.year + 1}:operating": "70"})
    assert [one.year for one in purse.town.rows(select(Frame))] == [purse.year + 1]


def test_locking_a_year_asks_first_and_then_its_plan_is_fixed(office, purse):
    purse.plan(40_000)
    page = office.get(f"{MONEY}/years/{purse.year}/lock")
    assert "yhtä talousarvion määrärahaa (1)" in page.words
    page = office.post_form(page, note="kv 17.11. § 90")
    assert "kv 17.11. § 90" in page.select_one("#years").get_text()
    form = office.get(f"/koekunta/initiatives/{purse.item}/budget")
    name = f"{purse.year}:operating:{purse.sources['oma']}"
    assert form.select_one(f"[name='{name}']").has_attr("readonly")
    later = f"{purse.year + 1}:operating:{purse.sources['oma']}"
    page = office.post_form(form, status=422, **{name: "50 000", later: "60 000"})
    assert str(purse.year) in page.select_one(f"[id='{name}-error']").get_text()
    assert [page.select_one(f"[name='{one}']")["value"] for one in (name, later)] == ["50 000", "60 000"]
    [line] = purse.town.rows(select(BudgetLine))
    assert line.planned == 40_000
    office.post_form(office.get(f"{MONEY}/years/{purse.year}/unlock"))
    assert [one.removed for one in purse.town.rows(select(YearLock))] == [True]


def test_the_forecast_of_a_locked_year_stays_open(office, purse):
    purse.plan(40_000)
    purse.lock()
    form = office.get(f"/koekunta/initiatives/{purse.item}/budget?amount=forecast")
    office.post_form(form, **{f"{purse.year}:operating:{purse.sources['oma']}": "38 000"})
    [line] = purse.town.rows(select(BudgetLine))
    assert line.forecast == 38_000


def test_shares_that_do_not_make_the_whole_are_saved_and_told(office, purse):
    own, eu = purse.sources["oma"], purse.sources["eu"]
    form = office.get(f"/koekunta/initiatives/{purse.item}/shares")
    page = office.post_form(form, **{f"percent-{own}": "50", f"percent-{eu}": "37,5 %", f"timespan-{eu}": "2026–2027"})
    assert "87,5" in page.select_one("#shares .notice").get_text()
    assert "2026–2027" in page.select_one("#shares").get_text()
    page = office.post_form(office.get(f"/koekunta/initiatives/{purse.item}/shares"), **{f"percent-{own}": "62,5"})
    assert page.select_one("#shares .notice") is None
    office.post_form(office.get(f"/koekunta/initiatives/{purse.item}/shares"), **{f"percent-{own}": ""})
    kept = [one.source_id for one in purse.town.rows(select(FundingShare)) if not one.removed]
    assert kept == [eu]


def test_a_share_above_a_hundred_is_refused_and_nothing_typed_is_lost(office, purse):
    eu = purse.sources["eu"]
    form = office.get(f"/koekunta/initiatives/{purse.item}/shares")
    page = office.post_form(form, status=422, **{f"percent-{eu}": "130", f"note-{eu}": "haku kesken"})
    assert page.select_one(f"#percent-{eu}-error") is not None
    assert page.select_one(f"[name='note-{eu}']")["value"] == "haku kesken"


def test_what_goes_to_the_budget_is_of_the_first_open_year(office, purse):
    purse.plan(40_000)
    purse.plan(90_000, year=purse.year + 1)
    assert cells(office.get(f"{MONEY}/handling"), ".panel")[:3] == ["40\xa0000\xa0€", "ei kirjattu", "40\xa0000\xa0€"]
    purse.lock()
    page = office.get(f"{MONEY}/handling")
    assert str(purse.year + 1) in page.h1.get_text()
    assert cells(page, ".panel")[0] == "90\xa0000\xa0€"


def test_news_are_counted_from_the_latest_baseline(office, purse):
    purse.plan(40_000)
    factories.create_baseline(purse.session, municipality_id=purse.home, name="Syyskuu")
    purse.town.commit()
    assert cells(office.get(f"{MONEY}/handling"), ".panel")[3] == "Ennallaan"
    purse.plan(55_000)
    assert cells(office.get(f"{MONEY}/handling"), ".panel")[3] == "Muutettu ennen 40\xa0000\xa0€"
    book = openpyxl.load_workbook(io.BytesIO(office.client.get(f"{MONEY}/handling.xlsx").data))
    row = [cell.value for cell in list(book.active.rows)[-1]]
    assert (row[0], row[6], row[8], row[9]) == ("Sähköinen asiointi", 55_000, "Muutettu", 40_000)


def test_statements_do_not_grow_with_initiatives(office, purse, counted, engine):
    purse.plan(40_000)

    def cost(address):
        with counted(engine) as count:
            office.get(address)
        return count.queries

    office.get(MONEY)
    before = [cost(MONEY), cost(f"{MONEY}/handling")]
    for number in range(12):
        purse.item = factories.create_initiative(
            purse.session, title_fi=f"Kohde {number}", portfolio_id=purse.portfolio, municipality_id=purse.home
        ).id
        purse.plan(1_000)
    assert [cost(MONEY), cost(f"{MONEY}/handling")] == before


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_who_only_reads_sees_money_and_changes_nothing(pages, purse, role):
    pages.sign_in(role)
    page = pages.get(MONEY)
    assert page.select("a[href*='/frames/'], a[href*='/lock']") == []
    pages.get(f"{MONEY}/frames/{purse.portfolio}", status=403)
    pages.get(f"{MONEY}/years/{purse.year}/lock", status=403)

import pytest
from sqlalchemy import select

from portfolio.core.history import Update, latest_revision, write_many
from portfolio.core.rights import Role, operator
from portfolio.core.timespan import Context, parse
from portfolio.register.models import Portfolio, RecurringDeadline
from portfolio.register.rules import InitiativeKind, PortfolioKind, Status
from tests import factories

PORTFOLIOS = "/koekunta/portfolios"


@pytest.fixture
def office(pages):
    pages.sign_in(Role.OFFICE)
    return pages


@pytest.fixture
def programme(town):
    row = factories.create_portfolio(
        town.session,
        municipality_id=town.municipality.id,
        code="koekunta-ohjelma",
        name_fi="Rohkeasti uutta",
        prefix="R",
        kind=PortfolioKind.ACTION_PROGRAMME,
        unit_id=town.unit.id,
        quota_min=2,
        quota_max=3,
        review_interval_months=12,
        report_deadline="30.9.",
        description_fi="Kehittämisohjelma kaikille palvelualueille.",
    )
    town.commit()
    return row


def add(town, programme, **values):
    usual = {"kind": InitiativeKind.MEASURE, "status": Status.UNDER_WAY, "unit_id": town.unit.id}
    span = parse(values.pop("words", "2026"), Context.default()).value
    row = factories.create_initiative(
        town.session,
        **{"municipality_id": town.municipality.id, "portfolio_id": programme.id, "timespan": span} | usual | values,
    )
    town.commit()
    return row


def change(town, row, **values):
    write_many(town.session, operator(factories.MORNING), updates=[Update(type(row), row.id, values)])
    town.commit()


def test_the_list_tells_what_each_portfolio_holds_and_asks_for(pages, town, programme):
    add(town, programme)
    pages.sign_in(Role.VIEWER)
    row = pages.get(PORTFOLIOS).select_one("tbody tr")
    words = " ".join(row.get_text(" ").split())
    assert words.startswith("Rohkeasti uutta Toimenpideohjelma 1 1")
    assert "2–3 toimenpidettä vuodessa kussakin yksikössä" in words
    assert "30.9.2026" in words
    assert pages.get(PORTFOLIOS).select(f"nav.rail a[href='{PORTFOLIOS}'][aria-current]")


def test_the_page_says_what_it_is_its_rules_and_when_the_next_report_is_due(pages, programme):
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"{PORTFOLIOS}/{programme.id}")
    for words in ("Kehittämisohjelma kaikille", "Sivistys", "12 kuukauden välein", "seuraavaksi 30.9.2026", "R-001"):
        assert words in page.words
    assert not page.select("a[href$=edit]")


def test_counts_by_status_lead_to_the_register_with_the_filter(pages, town, programme):
    add(town, programme)
    add(town, programme, status=Status.PROPOSED)
    add(town, programme, words="2024")
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"{PORTFOLIOS}/{programme.id}")
    tiles = {" ".join(one.get_text(" ").split()): one["href"] for one in page.select(".tile a")}
    assert list(tiles) == ["1 Ehdotettu", "2 Käynnissä", "1 Myöhässä"]
    assert tiles["2 Käynnissä"] == f"/koekunta/initiatives?portfolio={programme.id}&status=under_way"
    assert len(pages.get(tiles["2 Käynnissä"]).select("tbody tr")) == 2


def test_units_outside_the_yearly_range_are_told_in_words(pages, town, programme):
    add(town, programme)
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"{PORTFOLIOS}/{programme.id}")
    cells = [" ".join(one.get_text(" ").split()) for one in page.select("table.list tbody td")]
    assert cells == ["1 1 puuttuu", "0 tähän mennessä", "0 tähän mennessä"]
    assert "Taulukossa 1 luku on rajojen ulkopuolella" in page.words


def test_a_portfolio_without_a_range_has_no_such_table(pages, town, programme):
    change(town, programme, quota_min=None, quota_max=None)
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"{PORTFOLIOS}/{programme.id}")
    assert not page.select("table.list")
    assert "ei rajoja" in page.words


def test_the_past_shows_the_rules_and_counts_as_they_were(office, town, programme):
    before = latest_revision(town.session)
    change(town, programme, quota_max=5)
    add(town, programme)
    page = office.get(f"{PORTFOLIOS}/{programme.id}?revision={before}")
    assert "2–3 toimenpidettä" in page.words
    assert not page.select(".tile")
    assert not page.select("a[href$=edit]")


def test_the_office_sets_up_a_portfolio_and_its_code_is_in_nobody_elses_use(office, town, programme):
    fields = {"name_fi": "Tarvesalkku", "kind": "need_portfolio", "prefix": "T", "code": "koekunta-tarvesalkku"}
    page = office.post_form(office.get(f"{PORTFOLIOS}/new"), **fields)
    assert page.h1.get_text(strip=True) == "Tarvesalkku"
    again = office.post_form(office.get(f"{PORTFOLIOS}/new"), status=422, **fields)
    assert any("on jo käytössä" in one for one in again.errors)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"quota_min": "4", "quota_max": "2"}, "quota_max"),
        ({"quota_min": "kaksi"}, "quota_min"),
        ({"report_deadline": "31.2."}, "report_deadline"),
        ({"review_interval_months": "0"}, "review_interval_months"),
        ({"prefix": "t-"}, "prefix"),
        ({"name_fi": ""}, "name_fi"),
    ],
)
def test_a_rule_that_cannot_hold_is_refused_beside_its_field(office, town, programme, fields, field):
    page = office.post_form(office.get(f"{PORTFOLIOS}/{programme.id}/edit"), status=422, **fields)
    assert page.select(f"#{field}-error")
    assert town.rows(select(Portfolio.version)) == [programme.version]


def test_rules_are_saved_and_emptied(office, programme):
    page = office.post_form(
        office.get(f"{PORTFOLIOS}/{programme.id}/edit"), quota_min="", quota_max="1", report_deadline=""
    )
    assert "enintään 1 toimenpide vuodessa" in page.words
    assert "päivää ei ole sovittu" in page.words


def test_only_an_empty_portfolio_is_removed_and_it_comes_back(office, town, programme):
    row = add(town, programme)
    remove = "form[action$=remove]"
    page = office.get(f"{PORTFOLIOS}/{programme.id}/edit")
    assert "Salkussa on vielä" in office.post_form(page, form=remove, status=422).words
    change(town, row, removed=True)
    page = office.post_form(office.get(f"{PORTFOLIOS}/{programme.id}/edit"), form=remove)
    assert "Rohkeasti uutta" in page.select(".panel")[-1].get_text()
    office.get(f"{PORTFOLIOS}/{programme.id}", status=404)
    back = office.post_form(office.get(f"{PORTFOLIOS}/{programme.id}/edit"))
    assert back.h1.get_text(strip=True) == "Rohkeasti uutta"


def test_a_recurring_deadline_is_added_with_its_next_date_changed_and_removed(office, town, programme):
    page = office.get(f"{PORTFOLIOS}/{programme.id}/deadlines/new")
    page = office.post_form(page, title_fi="Raportti johtoryhmälle", due="28.2.", from_year="2027")
    assert "28.2.2027" in page.words
    deadline = town.rows(select(RecurringDeadline))[0]
    form = office.get(f"/koekunta/deadlines/{deadline.id}")
    assert form.select_one("#due")["value"] == "28.2."
    assert "31.3.2027" in office.post_form(form, due="31.3.").words
    form = office.get(f"/koekunta/deadlines/{deadline.id}")
    assert "Ei toistuvia määräaikoja" in office.post_form(form, form="form[action$=remove]").words
    assert "31.3.2027" in office.post_form(office.get(f"/koekunta/deadlines/{deadline.id}")).words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due": "31.2."}, "ei ole vuoden päivä"),
        ({"due": ""}, ""),
        ({"due": "1.1.", "from_year": "2027", "to_year": "2026"}, "ennen ensimmäistä"),
        ({"due": "1.1.", "from_year": "26"}, "ei ole välillä"),
    ],
)
def test_a_deadline_on_no_day_is_refused(office, town, programme, fields, words):
    page = office.get(f"{PORTFOLIOS}/{programme.id}/deadlines/new")
    answer = office.post_form(page, status=422, title_fi="Raportti", **fields)
    assert any(words in one for one in answer.errors)
    assert town.rows(select(RecurringDeadline)) == []


def test_a_deadline_of_one_initiative_is_not_edited_here(office, town, programme):
    row = add(town, programme)
    values = {"municipality_id": town.municipality.id, "initiative_id": row.id, "title_fi": "Oma", "month": 1, "day": 1}
    own = factories.write(town.session, RecurringDeadline, values)
    town.commit()
    office.get(f"/koekunta/deadlines/{own.id}", status=404)


def test_the_number_of_statements_does_not_grow_with_initiatives(pages, town, programme, engine, counted):
    pages.sign_in(Role.VIEWER)
    add(town, programme)
    with counted(engine) as few:
        pages.get(f"{PORTFOLIOS}/{programme.id}")
    for number in range(8):
        add(town, programme, title_fi=f"Toimenpide {number}")
    with counted(engine) as many:
        pages.get(f"{PORTFOLIOS}/{programme.id}")
    assert many.queries == few.queries

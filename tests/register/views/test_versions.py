import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.core.history import Baseline
from portfolio.core.rights import Role
from portfolio.register.models import ProgrammeVersion
from tests import factories

ROWS = [
    ("21.11.2022", "0.6", "karsintaa ja uudelleenkirjoitusta"),
    ("2.12.2022", None, "karsittu päätöksentekoa varten"),
    ("12.12.2+22", "0.91", "integraation muokkausta"),
    ("24.1.2023", "1,0", None),
]


@pytest.fixture
def programme(town):
    home = {"municipality_id": town.municipality.id}
    row = factories.create_portfolio(town.session, **home, name_fi="Tarvesalkku")
    for words, label, note in ROWS:
        cells = {"portfolio_id": row.id, "date_words": words, "label": label, "change_note": note}
        factories.write(town.session, ProgrammeVersion, home | cells)
    town.commit()
    return row.id


@pytest.fixture
def office(pages):
    pages.sign_in(Role.OFFICE)
    return pages


def test_a_version_history_is_shown_as_its_document_has_it_gaps_and_all(office, programme):
    page = office.get(f"/koekunta/portfolios/{programme}/versions")
    rows = [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]
    assert [row.split()[0] for row in rows] == ["21.11.2022", "2.12.2022", "12.12.2+22", "24.1.2023"]
    assert "ei versiota" in rows[1]
    assert "ei ole päivä" in rows[2]
    assert "voimassa: 1,0" in page.words


def test_a_new_version_opens_the_register_as_it_was_then(office, programme, town):
    page = office.get(f"/koekunta/portfolios/{programme}/versions/new")
    answer = office.post_form(page, label="2.0", change_note="Syyskauden versio", authors="Valmisteluryhmä",
                              approver="kansliapäällikkö", valid_until="2026-12-31")  # fmt: skip
    assert "Versio lisättiin. Kaiken voi nähdä sen ajankohdan mukaisena." in answer.messages
    baseline = town.rows(select(Baseline))[0]
    shown = office.get(f"/koekunta/initiatives?portfolio={programme}&baseline={baseline.id}")
    assert "Tarvesalkku 2.0" in shown.select_one(".bar .past").get_text()
    assert f"baseline={baseline.id}" in str(answer.select("tbody a"))


def test_an_expired_version_is_marked(office, programme, town):
    one = town.rows(select(ProgrammeVersion).where(ProgrammeVersion.label == "1,0"))[0]
    office.post_form(office.get(f"/koekunta/versions/{one.id}/edit"), valid_until="2023-06-30")
    assert "Voimassaolo päättynyt" in office.get(f"/koekunta/portfolios/{programme}/versions").words


@pytest.mark.parametrize(("column", "value", "heading"), [("label", "0.6", "Versio 0.6"),
                                                          ("date_words", "2.12.2022", "Versio 2.12.2022")])  # fmt: skip
def test_the_page_of_a_version_is_named_by_its_number_or_else_its_date(office, programme, town, column, value, heading):
    one = town.rows(select(ProgrammeVersion).where(getattr(ProgrammeVersion, column) == value))[0]
    assert office.get(f"/koekunta/versions/{one.id}/edit").select_one("h1").text == heading


def test_a_version_is_removed_and_brought_back(office, programme, town):
    one = town.rows(select(ProgrammeVersion).where(ProgrammeVersion.label == "0.6"))[0]
    page = office.post_form(office.get(f"/koekunta/versions/{one.id}/edit"), form="form.one-button")
    assert len(page.select("tbody tr")) == 3
    page = office.post_form(office.get(f"/koekunta/versions/{one.id}/edit"), form="form.one-button")
    assert len(page.select("tbody tr")) == 4


def test_a_row_that_tells_nothing_is_refused_beside_its_field(office, programme):
    page = office.post_form(office.get(f"/koekunta/portfolios/{programme}/versions/new"), status=422)
    assert "Anna ainakin versio, päivämäärä tai se, mikä muuttui." in " ".join(page.errors)


def test_the_version_history_has_a_past_of_its_own_and_costs_the_same_however_long(
    office, programme, town, clock, engine, counted
):
    office.get(f"/koekunta/portfolios/{programme}/versions")
    with counted(engine) as before:
        office.get(f"/koekunta/portfolios/{programme}/versions")
    cells = {"municipality_id": town.municipality.id, "portfolio_id": programme}
    for number in range(30):
        later = factories.MORNING + dt.timedelta(days=1)
        factories.write(town.session, ProgrammeVersion, cells | {"label": f"1.{number}"}, at=later)
    town.commit()
    clock.move(days=2)
    office.sign_in(Role.OFFICE)
    with counted(engine) as after:
        page = office.get(f"/koekunta/portfolios/{programme}/versions")
    assert len(page.select("tbody tr")) == 34
    assert after.queries == before.queries
    past = office.get(f"/koekunta/portfolios/{programme}/versions?at=2026-05-04")
    assert len(past.select("tbody tr")) == 4
    assert not [link for link in past.links() if "/edit" in link]

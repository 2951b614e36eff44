from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.budgets.rules import BudgetPart
from portfolio.core.rights import Role
from tests import factories

SOURCES = "/koekunta/funding-sources"


@pytest.fixture
def office(pages):
    pages.sign_in(Role.OFFICE)
    return pages


def source_of(town, **values):
    usual = {"municipality_id": town.municipality.id, "code": "oma", "name_fi": "Oma rahoitus"}
    row = factories.write(town.session, FundingSource, usual | values)
    town.commit()
    return row


def names(page):
    return [one.get_text(strip=True) for one in page.select("tbody .t")]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.REPORTER, Role.VIEWER])
def test_only_the_office_sees_and_changes_funding_sources(pages, town, role):
    row = source_of(town)
    pages.sign_in(role)
    for address in (SOURCES, f"{SOURCES}/new", f"{SOURCES}/{row.id}"):
        pages.get(address, status=403)


def test_a_source_is_added_changed_removed_and_brought_back(office, town):
    source_of(town)
    page = office.post_form(office.get(f"{SOURCES}/new"), name_fi="Avustus", external="y")
    assert names(page) == ["Oma rahoitus", "Avustus"]
    assert "ulkopuolista" in page.words
    row = town.rows(select(FundingSource).where(FundingSource.name_fi == "Avustus"))[0]
    page = office.post_form(office.get(f"{SOURCES}/{row.id}"), name_fi="Valtionavustus")
    assert names(page) == ["Oma rahoitus", "Valtionavustus"]
    page = office.post_form(office.get(f"{SOURCES}/{row.id}"), form="form[action$=remove]")
    assert names(page) == ["Oma rahoitus"]
    page = office.post_form(office.get(f"{SOURCES}/{row.id}"))
    assert page.messages == ["Valtionavustus on palautettu."]


def test_a_source_with_amounts_stays(office, town):
    row = source_of(town)
    home = {"municipality_id": town.municipality.id}
    item = factories.create_initiative(town.session, **home)
    line = {"initiative_id": item.id, "year": 2026, "part": BudgetPart.OPERATING, "source_id": row.id}
    factories.write(town.session, BudgetLine, home | line | {"planned": Decimal(1000)})
    town.commit()
    page = office.post_form(office.get(f"{SOURCES}/{row.id}"), form="form[action$=remove]", status=422)
    assert "Tästä rahoituslähteestä on määrärahoja" in page.words
    assert names(office.get(SOURCES)) == ["Oma rahoitus"]


def test_a_source_without_a_name_is_refused(office):
    assert office.post_form(office.get(f"{SOURCES}/new"), status=422, name_fi=" ").errors

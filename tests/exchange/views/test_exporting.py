"""Taking items out: what is offered first, what may go together, and the workbook that comes."""

import io

import openpyxl
import pytest
from sqlalchemy import select

from portfolio.core.rights import Role
from portfolio.exchange.models import Export
from tests import factories


@pytest.fixture
def portfolio(town):
    found = factories.create_portfolio(town.session, municipality_id=town.municipality.id, name_fi="Tarvesalkku")
    home = {"municipality_id": town.municipality.id, "portfolio_id": found.id}
    factories.create_initiative(town.session, title_fi="Asiakaspalvelu", unit_id=town.unit.id, **home)
    factories.create_initiative(town.session, title_fi="Tonttitarjonta", **home)
    town.commit()
    return found


def make(pages, town, query="", **fields):
    page = pages.get(f"/{town.code}/exchange/exports/new{query}")
    pages.post_form(page, form="main form.form", **fields)
    return town.rows(select(Export))[-1]


def test_the_office_is_offered_the_portfolio_and_a_reporter_the_own_unit(pages, town, portfolio):
    pages.sign_in(Role.OFFICE)
    export = make(pages, town)
    assert (export.portfolio_id, len(export.item_ids)) == (portfolio.id, 2)
    pages.sign_in(Role.REPORTER)
    own = make(pages, town)
    assert (own.unit_id, len(own.item_ids)) == (town.unit.id, 1)


def test_the_list_keeps_its_filters(pages, town, portfolio):
    pages.sign_in(Role.OFFICE)
    link = pages.get(f"/{town.code}/initiatives?q=tontti").select_one("a.menu-item[href*='exports/new']")["href"]
    page = pages.get(link)
    assert "Rajauksesi: Teksti: tontti." in page.words
    pages.post_form(page, form="main form.form")
    (export,) = town.rows(select(Export))
    assert export.asked == {"q": ["tontti"]}
    assert len(export.item_ids) == 1


def test_the_workbook_is_in_the_language_that_was_chosen(pages, town, portfolio):
    pages.sign_in(Role.OFFICE)
    export = make(pages, town, tongue="sv")
    answer = pages.client.get(f"/{town.code}/exchange/exports/{export.id}.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert "Utvecklingsobjekt" in book.sheetnames
    titles = {cell.value for row in book["Utvecklingsobjekt"] for cell in row}
    assert {"Asiakaspalvelu", "Tonttitarjonta"} <= titles


def test_an_empty_workbook_holds_no_items(pages, town, portfolio):
    pages.sign_in(Role.OFFICE)
    export = make(pages, town, "?what=template")
    assert export.item_ids == []
    assert pages.client.get(f"/{town.code}/exchange/exports/{export.id}.xlsx").status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"what": "unit", "unit": ""}, "Valitse yksikkö."),
        ({"what": "portfolio", "portfolio": ""}, "Valitse salkku."),
    ],
)
def test_what_is_missing_is_said_beside_the_field(pages, town, portfolio, fields, words):
    pages.sign_in(Role.OFFICE)
    page = pages.get(f"/{town.code}/exchange/exports/new")
    shown = pages.post_form(page, form="main form.form", status=422, **fields)
    assert words in " ".join(shown.errors)
    assert town.rows(select(Export)) == []


def test_the_list_offers_no_export_in_the_past_and_none_to_viewers(pages, town, portfolio):
    pages.sign_in(Role.OFFICE)
    assert "Vie muokattavaksi" in pages.get(f"/{town.code}/initiatives").words
    assert "Vie muokattavaksi" in pages.get(f"/{town.code}/portfolios/{portfolio.id}").words
    assert "Vie muokattavaksi" not in pages.get(f"/{town.code}/initiatives?at=2026-05-04").words
    pages.sign_in(Role.VIEWER)
    assert "Vie muokattavaksi" not in pages.get(f"/{town.code}/initiatives").words
    assert "Vie muokattavaksi" not in pages.get(f"/{town.code}/portfolios/{portfolio.id}").words


def test_a_layout_is_offered_by_the_municipality_s_name(pages, town, portfolio, tmp_path, monkeypatch):
    folder = tmp_path / "oma"
    folder.mkdir()
    profile = f'name = "oma"\n[municipality]\ncode = "{town.code}"\nnumber = "1"\nname_fi = "K"\nname_sv = "K"\n'
    (folder / "profile.toml").write_text(profile, encoding="utf-8")
    monkeypatch.setenv("PORTFOLIO_IMPORTS", str(tmp_path))
    pages.sign_in(Role.OFFICE)
    page = pages.get(f"/{town.code}/exchange/exports/new")
    assert [one.text for one in page.select("select[name=layout] option")][1:] == [
        "Kuten kunnan työkirjoissa: Koekunta"
    ]

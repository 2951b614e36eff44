"""The lists of imports and of collections: sorted by column, in pages, and as workbooks of exactly what is shown."""

import datetime as dt
import io

import openpyxl
import pytest

from portfolio.core.rights import Role
from tests import factories
from tests.exchange.collected import create_batch, create_collection, create_export

IMPORTS, COLLECTIONS = "/koekunta/exchange/imports", "/koekunta/exchange/collections"


@pytest.fixture
def office(pages, town):
    """Somebody of the office, with three imports and three collections to look at."""
    place, users = town.municipality.id, town.users
    for name, role, changed, hours in (
        ("beta.xlsx", Role.OFFICE, 7, 1),
        ("Alfa.xlsx", Role.REPORTER, 9, 2),
        ("gamma.xlsx", Role.ADMIN, 8, 3),
    ):
        counts = {"changed": changed, "added": 2}
        at = factories.MORNING + dt.timedelta(hours=hours)
        home = {"municipality_id": place, "user_id": users[role].id}
        create_batch(town.session, file_name=name, counts=counts, applied_at=at, **home)
    for name, due, answered, closed in (
        ("Öljy", dt.date(2026, 5, 20), 1, None),
        ("Arki", None, 0, None),
        ("Ydin", dt.date(2026, 5, 1), 0, factories.MORNING),
    ):
        home = {"municipality_id": place}
        found = create_collection(town.session, name=name, due_on=due, closed_at=closed, **home)
        for number in range(2):
            inside = {"collection_id": found.id, "unit_id": town.unit.id, "closed_at": closed}
            export = create_export(town.session, **inside, **home)
            if number < answered:
                create_batch(
                    town.session, export_id=export.id, file_name="delta.xlsx", user_id=users[Role.OFFICE].id, **home
                )
    town.commit()
    pages.sign_in(Role.OFFICE)
    return pages


def titles(page):
    return [one.get_text(strip=True) for one in page.select("tbody th .t")]


def sheet(office, address):
    answer = office.client.get(address)
    assert answer.status_code == 200
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["delta.xlsx", "gamma.xlsx", "Alfa.xlsx", "beta.xlsx"]),
        ("nothing", ["delta.xlsx", "gamma.xlsx", "Alfa.xlsx", "beta.xlsx"]),
        ("file", ["Alfa.xlsx", "beta.xlsx", "delta.xlsx", "gamma.xlsx"]),
        ("-file", ["gamma.xlsx", "delta.xlsx", "beta.xlsx", "Alfa.xlsx"]),
        ("when", ["delta.xlsx", "beta.xlsx", "Alfa.xlsx", "gamma.xlsx"]),
        ("who", ["gamma.xlsx", "delta.xlsx", "beta.xlsx", "Alfa.xlsx"]),
        ("-counts", ["Alfa.xlsx", "gamma.xlsx", "beta.xlsx", "delta.xlsx"]),
    ],
)
def test_imports_are_sorted_by_each_column_and_their_workbook_as_they_are(office, sort, order):
    assert titles(office.get(f"{IMPORTS}?sort={sort}")) == order
    assert [row[0] for row in sheet(office, f"{IMPORTS}.xlsx?sort={sort}")[1:]] == order


def test_the_workbook_of_imports_holds_what_the_filters_leave_and_is_linked_with_them(office):
    page = office.get(f"{IMPORTS}?q=a.xlsx&sort=file")
    link = next(one for one in page.links() if ".xlsx?" in one)
    rows = sheet(office, link)
    assert [row[0] for row in rows[1:]] == titles(page) == ["Alfa.xlsx", "beta.xlsx", "delta.xlsx", "gamma.xlsx"]
    assert rows[1][2:] == ["Käyttäjä reporter", 9, 2, "Voimassa"]
    assert len(sheet(office, f"{IMPORTS}.xlsx?q=gamma")) == 2
    assert len(sheet(office, f"{IMPORTS}.xlsx?state=undone")) == 1


def test_a_reporter_s_workbook_of_imports_has_only_what_the_reporter_imported(office):
    office.sign_in(Role.REPORTER)
    assert [row[0] for row in sheet(office, f"{IMPORTS}.xlsx")[1:]] == ["Alfa.xlsx"]


def test_the_filters_of_imports_keep_the_order(office):
    page = office.get(f"{IMPORTS}?sort=-file")
    assert page.select_one("form.filters input[name=sort]")["value"] == "-file"
    assert page.select_one("th[aria-sort=descending]").get_text(strip=True) == "Tiedosto"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Arki", "Öljy", "Ydin"]),
        ("name", ["Arki", "Ydin", "Öljy"]),
        ("-name", ["Öljy", "Ydin", "Arki"]),
        ("due", ["Ydin", "Öljy", "Arki"]),
        ("-due", ["Öljy", "Ydin", "Arki"]),
        ("-answered", ["Öljy", "Arki", "Ydin"]),
        ("-awaited", ["Arki", "Öljy", "Ydin"]),
        ("-state", ["Ydin", "Arki", "Öljy"]),
    ],
)
def test_collections_are_sorted_by_each_column_and_their_workbook_as_they_are(office, sort, order):
    assert titles(office.get(f"{COLLECTIONS}?sort={sort}")) == order
    assert [row[0] for row in sheet(office, f"{COLLECTIONS}.xlsx?sort={sort}")[1:]] == order


def test_the_workbook_of_collections_tells_how_far_each_is(office):
    rows = {row[0]: row[1:] for row in sheet(office, f"{COLLECTIONS}.xlsx")}
    assert rows["Arki"] == [None, 2, 0, 2, 0, "Auki"]
    assert rows["Öljy"][1:4] == [2, 1, 1]
    assert rows["Ydin"][-1] == "Suljettu"
    office.sign_in(Role.REPORTER)
    assert office.client.get(f"{COLLECTIONS}.xlsx").status_code == 403


def test_many_collections_have_pages_and_the_workbook_has_them_all(office, town):
    for number in range(60):
        create_collection(town.session, municipality_id=town.municipality.id, name=f"Keräys {number}")
    town.commit()
    page = office.get(f"{COLLECTIONS}?sort=name")
    assert len(titles(page)) == 50
    assert len(page.select(".paging li")) > 1
    assert titles(office.get(f"{COLLECTIONS}?sort=name&page=2"))[-1] == "Öljy"
    assert len(sheet(office, f"{COLLECTIONS}.xlsx?sort=name&page=2")) == 64


def test_a_collection_without_a_due_day_says_so(office):
    assert "ei määräpäivää" in office.get(f"{COLLECTIONS}?sort=name").select("tbody tr")[0].get_text(" ").casefold()

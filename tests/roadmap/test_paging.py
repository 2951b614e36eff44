"""A roadmap of more rows than a page holds, on both faces."""

import pytest

from portfolio.core.rights import Role
from portfolio.forums.operations import put_forums
from portfolio.register.rules import Status
from tests.roadmap.items import create_span
from tests.roadmap.test_views import ROADMAP, Home, titles


@pytest.fixture
def home(town):
    return Home(town)


def open_roadmap(pages, home, query, role=Role.VIEWER):
    home.town.commit()
    pages.sign_in(role)
    return pages.get(f"{ROADMAP}{query}")


@pytest.mark.parametrize("face", ["", "/chart"])
def test_a_roadmap_of_more_than_a_page_holds_is_paged_and_says_so(pages, home, monkeypatch, face):
    monkeypatch.setattr("portfolio.roadmap.views.page.ROWS_A_PAGE", 2)
    for name in "abc":
        home.initiative(title_fi=f"Hanke {name}")
    home.initiative(title_fi="Muulloin", status=Status.COMPLETED, timespan=create_span("1.1.2010", "31.12.2010"))
    home.initiative(title_fi="Milloin", timespan=None)
    found = []
    for number in (1, 2, 3):
        page = open_roadmap(pages, home, f"{face}?page={number}")
        first, last = 2 * number - 1, min(2 * number, 5)
        assert "Kaavio piirtää ne kaikki." in page.select_one("#part").get_text()
        assert f"kehittämiskohteet {first}–{last}; kaikkiaan niitä on 5" in page.select_one("#part").get_text()
        assert "5 kohdetta" in page.select_one("#sentence").get_text()
        assert page.select_one(".paging [aria-current=page]").get_text() == str(number)
        rows = page.select(".rm-title span, .rm-facts tbody tr:not(.lane) th a")
        found += [one.get_text(strip=True) for one in rows]
    assert found == ["Hanke a", "Hanke b", "Hanke c", "Milloin", "Muulloin"]


def test_what_is_moved_comes_back_to_the_page_it_was_on(pages, home, monkeypatch):
    monkeypatch.setattr("portfolio.roadmap.views.page.ROWS_A_PAGE", 1)
    home.initiative(title_fi="Hanke a")
    home.initiative(title_fi="Hanke b")
    page = open_roadmap(pages, home, "?page=2", Role.OFFICE)
    assert "page%3D2" in page.select_one(".rm-move")["href"]


def test_a_roadmap_that_a_page_holds_is_not_paged(pages, home):
    home.initiative()
    page = open_roadmap(pages, home, "?page=7")
    assert titles(page)
    assert not page.select("#part, .paging")


def test_a_meeting_goes_through_all_rows_or_says_that_they_are_too_many(pages, home, monkeypatch):
    monkeypatch.setattr("portfolio.roadmap.views.page.ROWS_A_PAGE", 2)
    for name in "abc":
        home.initiative(title_fi=f"Hanke {name}")
    rows = {"jory": {"name_fi": "Johtoryhmä", "kind": "leadership"}}
    forum = put_forums(home.session, home.actor, rows).ids["jory"]
    meeting = f"/meeting?forum={forum}&date=2026-05-04"
    assert titles(open_roadmap(pages, home, meeting)) == ["Hanke a", "Hanke b", "Hanke c"]

    monkeypatch.setattr("portfolio.roadmap.takeout.limits.MOST", 2)
    refused = pages.get(f"{ROADMAP}{meeting}", status=422)
    assert "3 kohdetta on liikaa" in refused.text

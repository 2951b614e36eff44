"""Which rows of the roadmap can be moved, whereto they come back, and what dragging asks of the server."""

from urllib.parse import parse_qs, urlsplit

import pytest

from portfolio.core.rights import Role
from portfolio.core.timespan import Context, Ends, parse
from portfolio.roadmap.views.moves import steps_in_letters
from tests import factories

CONTEXT = Context.default()


def span(words):
    return parse(words, CONTEXT).value


@pytest.fixture
def item(town):
    found = factories.create_initiative(
        town.session,
        municipality_id=town.municipality.id,
        unit_id=town.unit.id,
        title_fi="Asiointi <uusi>",
        timespan=span("syksy 2026"),
    )
    town.commit()
    return found


def links(page):
    return page.select("a.rm-move")


def test_a_row_links_to_moving_and_the_link_comes_back_to_this_very_roadmap(pages, town, item):
    pages.sign_in(Role.OFFICE)
    [link] = links(pages.get(f"/{town.code}/roadmap?group=none&scale=all&saved=999"))
    assert urlsplit(link["href"]).path == f"/{town.code}/initiatives/{item.id}/move"
    assert parse_qs(urlsplit(link["href"]).query) == {"next": [f"/{town.code}/roadmap?group=none&scale=all"]}
    assert link.get_text() == "Siirrä: Asiointi <uusi>"
    assert link["aria-keyshortcuts"] == "M"


def test_after_saving_the_roadmap_comes_at_the_row_with_the_way_back(pages, town, item):
    pages.sign_in(Role.OFFICE)
    [link] = links(pages.get(f"/{town.code}/roadmap?group=none"))
    shown = pages.post_form(pages.get(link["href"]), form="#move .form", timespan="syksy 2027")
    saved = pages.post_form(shown, form="#move .form")
    assert urlsplit(saved.url).path == f"/{town.code}/roadmap"
    assert "syksy 2027" in saved.select_one(f"[data-row='{item.id}'] .rm-under").get_text()
    assert saved.select_one(f"#row-{item.id}").name == "a"
    said = saved.select_one(".undo-bar span").get_text()
    assert said == "Siirretty ajassa: Asiointi <uusi>, syksy 2026 → syksy 2027."
    undone = pages.post_form(saved, form=".undo-bar form")
    assert "syksy 2026" in undone.select_one(f"[data-row='{item.id}'] .rm-under").get_text()
    assert not undone.select(".undo-bar")


def test_who_may_not_edit_has_no_links(pages, town, item):
    pages.sign_in(Role.VIEWER)
    assert not links(pages.get(f"/{town.code}/roadmap"))


def test_a_reporter_moves_what_is_of_the_own_unit(pages, town, item):
    other = factories.create_unit(town.session, municipality_id=town.municipality.id)
    facts = {"unit_id": other.id, "timespan": span("2026")}
    factories.create_initiative(town.session, municipality_id=town.municipality.id, **facts)
    town.commit()
    pages.sign_in(Role.REPORTER)
    page = pages.get(f"/{town.code}/roadmap")
    assert len(page.select("[data-row]")) == 2
    assert [link.find_parent("tr")["data-row"] for link in links(page)] == [str(item.id)]


def test_the_past_has_no_links(pages, town, item, clock):
    clock.move(days=2)
    pages.sign_in(Role.OFFICE)
    page = pages.get(f"/{town.code}/roadmap?at=2026-05-04")
    assert not links(page)
    assert not page.select("[data-move-panel]")


def test_what_has_no_time_is_moved_from_its_list(pages, town):
    factories.create_initiative(town.session, municipality_id=town.municipality.id, timespan=None)
    town.commit()
    pages.sign_in(Role.OFFICE)
    [link] = links(pages.get(f"/{town.code}/roadmap"))
    assert link.find_parent(id="undated")
    assert link["data-steps"] == "- - -"


def test_units_are_told_by_their_first_letters_in_the_order_of_ends():
    assert list(Ends) == ["both", "start", "end"]
    assert steps_in_letters(span("Q2 2026–2028")) == "y qhy y"
    assert steps_in_letters(span("viimeistään 31.12.2027")) == "dwmqhy - dwmqhy"


def preview(pages, town, item, query, status=200):
    answer = pages.client.get(f"/{town.code}/initiatives/{item.id}/move/preview?{query}")
    assert answer.status_code == status
    return answer.json


def test_dragging_is_told_the_time_in_words(pages, town, item):
    pages.sign_in(Role.OFFICE)
    said = preview(pages, town, item, "count=1&step=year&ends=both")
    assert said["words"] == "syksy 2027"
    assert said["interval"].startswith("1.8.2027–31.12.2027")


def test_what_was_not_moved_is_told_as_it_is(pages, town, item):
    pages.sign_in(Role.OFFICE)
    assert preview(pages, town, item, "count=0&step=day")["words"] == "syksy 2026"


def test_dragging_is_told_what_cannot_be(pages, town, item):
    pages.sign_in(Role.OFFICE)
    assert "problem" in preview(pages, town, item, "count=1&step=day&ends=both")
    assert "problem" in preview(pages, town, item, f"count={10**30}&step=year&ends=both")


@pytest.mark.parametrize("query", ["count=x&step=year", "count=1", "count=1&step=aeon", "count=1&step=year&ends=x"])
def test_what_dragging_never_asks_is_a_bad_request(pages, town, item, query):
    pages.sign_in(Role.OFFICE)
    preview(pages, town, item, query, status=400)


def test_what_was_dropped_is_proposed_and_what_cannot_be_is_said(pages, town, item):
    pages.sign_in(Role.OFFICE)
    address = f"/{town.code}/initiatives/{item.id}/move"
    page = pages.get(f"{address}?count=-1&step=year&ends=both")
    assert page.select_one("#move-check ins").get_text(strip=True) == "syksy 2025"
    page = pages.get(f"{address}?count=1&step=week&ends=both")
    assert page.select_one(".notice.bad")
    assert not page.select("#move-check")


def test_the_neighbours_initiatives_are_not_there(pages, town):
    theirs = factories.create_initiative(town.session, municipality_id=town.neighbour.id, timespan=span("2026"))
    town.commit()
    pages.sign_in(Role.ADMIN)
    pages.get(f"/{town.code}/initiatives/{theirs.id}/move", status=404)
    preview(pages, town, theirs, "count=1&step=year", status=404)


def test_the_panel_is_given_the_piece_and_goes_on_by_itself(pages, town, item):
    pages.sign_in(Role.OFFICE)
    address = f"/{town.code}/initiatives/{item.id}/move"
    headers = {"HX-Request": "true"}
    piece = pages.client.get(f"{address}?words=2027&next=/{town.code}/roadmap%23s3", headers=headers).text
    assert piece.lstrip().startswith("<section")
    page = pages.get(f"{address}?words=2027&next=/{town.code}/roadmap%23s3")
    data = {one["name"]: one.get("value", "") for one in page.select("#move .form input[name]")}
    answer = pages.client.post(address, data=data, headers=headers)
    assert answer.headers["HX-Redirect"].startswith(f"/{town.code}/roadmap?saved=")
    assert answer.headers["HX-Redirect"].endswith("#s3")

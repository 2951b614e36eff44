"""Moves are saved alike on both kinds of database, and of two people at once the later one is asked."""

import pytest
from sqlalchemy import select

from portfolio.core.rights import Role
from portfolio.core.timespan import Context, parse
from portfolio.register.models import Initiative, Milestone
from tests import factories
from tests.pages import Pages


@pytest.fixture
def engine(any_engine):
    """Both kinds of database in turn."""
    return any_engine


def span(words):
    return parse(words, Context.default()).value


@pytest.fixture
def item(town):
    found = factories.create_initiative(
        town.session, municipality_id=town.municipality.id, title_fi="Asiointi", timespan=span("syksy 2026")
    )
    facts = {"initiative_id": found.id, "title_fi": "Pilotti", "timespan": span("lokakuu 2026")}
    factories.write(town.session, Milestone, {"municipality_id": town.municipality.id, **facts})
    town.commit()
    return found


def checked(pages, town, item, words):
    address = f"/{town.code}/initiatives/{item.id}/move"
    return pages.post_form(pages.get(address), form="#move .form", timespan=words)


def stored(town):
    return [one.words for model in (Initiative, Milestone) for one in town.rows(select(model.timespan))]


def test_a_move_is_saved_with_its_milestones_and_undone_in_one(pages, town, item):
    pages.sign_in(Role.OFFICE)
    saved = pages.post_form(checked(pages, town, item, "syksy 2027"), form="#move .form", milestones="y")
    assert stored(town) == ["syksy 2027", "lokakuu 2027"]
    assert "syksy 2026 → syksy 2027, ja sen mukana 1 etappi." in saved.select_one(".undo-bar").get_text()
    pages.post_form(saved, form=".undo-bar form")
    assert stored(town) == ["syksy 2026", "lokakuu 2026"]


def test_the_later_of_two_people_sees_what_the_first_saved_and_may_save_again(app, pages, town, item):
    colleague = Pages(app.test_client())
    pages.sign_in(Role.OFFICE)
    colleague.sign_in(Role.ADMIN)
    mine, theirs = checked(pages, town, item, "2027"), checked(colleague, town, item, "2028")
    colleague.post_form(theirs, form="#move .form")
    refused = pages.post_form(mine, form="#move .form", status=409)
    assert refused.select_one("#move-check del").get_text(strip=True) == "2028"
    assert refused.select_one("#move-check ins").get_text(strip=True) == "2027"
    assert stored(town)[0] == "2028"
    pages.post_form(refused, form="#move .form")
    assert stored(town)[0] == "2027"


def test_what_was_removed_meanwhile_is_not_moved(app, pages, town, item):
    colleague = Pages(app.test_client())
    pages.sign_in(Role.OFFICE)
    colleague.sign_in(Role.ADMIN)
    mine = checked(pages, town, item, "2027")
    colleague.post(f"/{town.code}/initiatives/{item.id}/remove")
    pages.post_form(mine, form="#move .form", status=403)
    assert stored(town)[0] == "syksy 2026"

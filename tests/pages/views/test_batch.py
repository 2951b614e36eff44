"""One import on screen: what it changed, and taking it back as a whole."""

import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.core import history
from portfolio.core.rights import Role
from portfolio.exchange.models import ImportBatch, ImportOrigin
from portfolio.register.models import Initiative
from portfolio.register.operations import update_initiatives
from tests import factories
from tests.exchange.collected import create_batch


class Imported:
    """Two items that the office's import changed; a person has changed one of the cells since."""

    def __init__(self, town):
        self.town, session, home = town, town.session, {"municipality_id": town.municipality.id}
        first = factories.create_initiative(session, title_fi="Asiakaspalvelu", progress=10, **home)
        second = factories.create_initiative(session, title_fi="Tonttitarjonta", progress=20, **home)
        self.place, self.portfolio = town.municipality.id, first.portfolio_id
        self.first, self.second = first.id, second.id
        town.commit()
        self.change({self.first: {"progress": 50}, self.second: {"progress": 60}}, 1, source="import")
        user = town.users[Role.OFFICE].id
        made = {"revision_id": history.latest_revision(session), "user_id": user, "file_name": "palaute.xlsx"}
        self.batch = create_batch(session, counts={"changed": 2, "added": 0}, **home, **made).id
        town.commit()
        self.address = f"/{town.code}/exchange/imports/{self.batch}"

    def change(self, values, hours, **more):
        at = factories.MORNING + dt.timedelta(hours=hours)
        actor = factories.acting(self.place, "office", at=at, **more)
        update_initiatives(self.town.session, actor, values)
        self.town.commit()

    def progress(self):
        wanted = select(Initiative.progress).where(Initiative.id.in_([self.first, self.second]))
        return self.town.rows(wanted.order_by(Initiative.id))


@pytest.fixture
def imported(town):
    return Imported(town)


def test_an_import_says_who_when_from_what_and_what_it_changed(pages, imported):
    pages.sign_in(Role.OFFICE)
    page = pages.get(imported.address)
    assert page.select_one("h1").get_text() == "palaute.xlsx"
    for words in ("Käyttäjä office", "2 muutosta", "Asiakaspalvelu", "oli 10 % → on nyt 50 %"):
        assert words in page.words


def test_undoing_asks_first_and_tells_what_stays(pages, imported):
    imported.change({imported.first: {"progress": 55}}, 2)
    pages.sign_in(Role.OFFICE)
    asked = pages.get(f"{imported.address}/undo")
    assert "1 arvo palaa" in asked.words
    assert "1 arvo jää" in asked.words
    assert imported.progress() == [55, 60]
    done = pages.post_form(asked)
    assert imported.progress() == [55, 20]
    assert "Tuonti kumottiin" in " ".join(done.messages)
    assert "Tämän tuonnin kumosi Käyttäjä office" in done.words
    assert "Kumoa tuonti" not in done.words


def test_an_import_is_undone_once(pages, imported):
    pages.sign_in(Role.OFFICE)
    asked = pages.get(f"{imported.address}/undo")
    pages.post_form(asked)
    pages.post_form(asked, status=422)
    pages.get(f"{imported.address}/undo", status=422)
    assert imported.progress() == [10, 20]


def test_an_import_that_changed_nothing_cannot_be_undone(pages, imported, town):
    user = town.users[Role.OFFICE].id
    empty = create_batch(town.session, municipality_id=town.municipality.id, user_id=user).id
    town.commit()
    pages.sign_in(Role.OFFICE)
    address = f"/{town.code}/exchange/imports/{empty}"
    assert "ei muuttanut mitään" in pages.get(address).words
    pages.get(f"{address}/undo", status=422)


def test_a_reporter_sees_and_undoes_only_own_imports(pages, imported, town):
    pages.sign_in(Role.REPORTER)
    pages.client.get(imported.address)
    assert pages.client.get(imported.address).status_code == 404
    answer = pages.client.post(f"{imported.address}/undo", data={"csrf_token": pages.token()})
    assert answer.status_code == 404
    town.session.get(ImportBatch, imported.batch).user_id = town.users[Role.REPORTER].id
    town.commit()
    # the items are of no unit of the reporter's, so each cell stays
    asked = pages.get(f"{imported.address}/undo")
    assert "2 arvoa jää" in asked.words
    assert imported.progress() == [50, 60]


def test_a_long_import_has_pages(pages, imported, town):
    home = {"municipality_id": town.municipality.id, "portfolio_id": imported.portfolio}
    items = [factories.create_initiative(town.session, title_fi=f"Kohde {n:03}", **home).id for n in range(120)]
    town.commit()
    imported.change({one: {"progress": 5} for one in items}, 3, source="import")
    batch = town.session.get(ImportBatch, imported.batch)
    batch.revision_id = history.latest_revision(town.session)
    town.commit()
    pages.sign_in(Role.OFFICE)
    first, last = pages.get(imported.address).words, pages.get(f"{imported.address}?page=2").words
    assert "Kohde 000" in first
    assert "Kohde 119" not in first
    assert "Kohde 119" in last


def test_comments_that_came_with_the_file_are_shown_with_their_item(pages, imported, town):
    place = {"entity": "initiative", "entity_id": imported.first, "sheet": "Kehittämiskohteet", "row": 14}
    town.session.add(ImportOrigin(batch_id=imported.batch, comment="Sovittu <b>johtoryhmässä</b>", **place))
    town.commit()
    pages.sign_in(Role.OFFICE)
    page = pages.get(imported.address)
    assert "Sovittu <b>johtoryhmässä</b>" in page.words
    assert "rivi 14" in page.words
    assert "Sovittu <b>johtoryhmässä</b>" in pages.get(f"/{town.code}/initiatives/{imported.first}").words

"""A unit's workbook through all its stations: asked for, fetched by the reporter, sent back, imported, told, undone."""

import io

import pytest
from sqlalchemy import select

from portfolio.app import create_app
from portfolio.cli.context import open_engine
from portfolio.cli.job import handlers
from portfolio.core.jobs import run
from portfolio.core.rights import Role
from portfolio.exchange.models import Collection, Export, ImportBatch, ImportNotice, Upload
from portfolio.exchange.views import uploading
from portfolio.register.models import Initiative
from tests import factories
from tests.exchange.collected import create_owner
from tests.exchange.returns import Edited
from tests.pages import Pages


@pytest.fixture
def pages(engine, clock, post, monkeypatch):
    """A visitor to an application with a mail server; jobs are run here."""
    begun = []
    monkeypatch.setattr(uploading, "start_after_commit", begun.append)
    app = create_app(config=post.environment, engine=engine, clock=clock)
    app.testing = True
    visitor = Pages(app.test_client())
    visitor.begun = begun
    return visitor


@pytest.fixture
def item(town):
    """An initiative of the town's unit, for which the viewer's post is responsible."""
    home = {"municipality_id": town.municipality.id}
    owner = create_owner(town.session, town.municipality.id, town.users[Role.VIEWER].email)
    portfolio = factories.create_portfolio(town.session, name_fi="Tarvesalkku", **home)
    found = factories.create_initiative(
        town.session,
        portfolio_id=portfolio.id,
        unit_id=town.unit.id,
        owner_post_id=owner.id,
        title_fi="Kirjasto auki",
        progress=10,
        **home,
    )
    town.commit()
    return found


def answered(fetched):
    """The workbook with another progress of its first item."""
    return Edited(fetched).put("Initiatives", 1, "Progress", 0.45).save()


def send(pages, engine, clock, data):
    """Send a file back and run its job; gives the page on which it is checked."""
    form = {"csrf_token": pages.token(), "files": (io.BytesIO(data), "palautus.xlsx")}
    answer = pages.client.post("/koekunta/exchange/uploads", data=form, content_type="multipart/form-data")
    own = open_engine(str(engine.url))
    run(own, pages.begun[-1], handlers(), clock)
    own.dispose()
    return pages.get(answer.location)


def test_a_units_answer_is_collected_merged_and_told_to_the_owner(pages, town, item, engine, clock, post):
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get("/koekunta/exchange/collections/new"), name="Kevät", units=[town.unit.id])
    (collection,), (export,) = town.rows(select(Collection)), town.rows(select(Export))

    pages.sign_in(Role.REPORTER)
    assert "Kevät" in pages.get("/koekunta/").words
    fetched = pages.client.get(f"/koekunta/exchange/exports/{export.id}.xlsx").data
    send(pages, engine, clock, answered(fetched))
    pages.sign_in(Role.OFFICE)
    state = pages.get(f"/koekunta/exchange/collections/{collection.id}").words
    assert "Tarkistettu, ei tuotu" in state

    pages.sign_in(Role.REPORTER)
    (upload,) = town.rows(select(Upload))
    pages.post(f"/koekunta/exchange/uploads/{upload.id}/apply", plan=upload.plan_hash)
    (batch,) = town.rows(select(ImportBatch))
    assert batch.export_id == export.id
    assert town.rows(select(Initiative.progress).where(Initiative.id == item.id)) == [45]
    assert "Kevät" not in pages.get("/koekunta/").words

    (notice,) = town.rows(select(ImportNotice))
    assert notice.item_ids == [item.id]
    (mail,) = post.wait()
    assert mail["To"] == town.users[Role.VIEWER].email
    pages.sign_in(Role.VIEWER)
    assert "palautus.xlsx" in pages.get("/koekunta/").words

    pages.sign_in(Role.OFFICE)
    assert "Vastattu" in pages.get(f"/koekunta/exchange/collections/{collection.id}").words
    asked = pages.get(f"/koekunta/exchange/imports/{batch.id}/undo")
    pages.post_form(asked, f"form[action$='imports/{batch.id}/undo']")
    assert town.rows(select(Initiative.progress).where(Initiative.id == item.id)) == [10]
    assert "Odotetaan" in pages.get(f"/koekunta/exchange/collections/{collection.id}").words
    pages.sign_in(Role.VIEWER)
    assert "Muut ovat muuttaneet tuonnilla" not in pages.get("/koekunta/").words


def test_what_the_office_changed_meanwhile_is_not_lost_by_a_units_answer(pages, town, item, engine, clock, post):
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get("/koekunta/exchange/collections/new"), name="Kevät", units=[town.unit.id])
    (export,) = town.rows(select(Export))
    fetched = pages.client.get(f"/koekunta/exchange/exports/{export.id}.xlsx").data
    page = pages.get(f"/koekunta/initiatives/{item.id}/edit")
    pages.post_form(page, "main form.form", title_fi="Kirjasto auki iltaisin")

    pages.sign_in(Role.REPORTER)
    send(pages, engine, clock, answered(fetched))
    (upload,) = town.rows(select(Upload))
    pages.post(f"/koekunta/exchange/uploads/{upload.id}/apply", plan=upload.plan_hash)
    (found,) = town.rows(select(Initiative).where(Initiative.id == item.id))
    assert (found.title_fi, found.progress) == ("Kirjasto auki iltaisin", 45)


def test_a_closed_collections_workbook_still_merges_with_a_notice(pages, town, item, engine, clock, post):
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get("/koekunta/exchange/collections/new"), name="Kevät", units=[town.unit.id])
    (export,) = town.rows(select(Export))
    fetched = pages.client.get(f"/koekunta/exchange/exports/{export.id}.xlsx").data
    pages.post(f"/koekunta/exchange/collections/{export.collection_id}/close")
    pages.sign_in(Role.REPORTER)
    page = send(pages, engine, clock, answered(fetched))
    assert "Vienti suljettiin 4.5.2026" in page.words

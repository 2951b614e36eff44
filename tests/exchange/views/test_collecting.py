import datetime as dt
import io
import zipfile

import pytest
from sqlalchemy import select

from portfolio.app import create_app
from portfolio.cli.context import open_engine
from portfolio.cli.job import handlers
from portfolio.core import history
from portfolio.core.jobs import run
from portfolio.core.rights import Role
from portfolio.exchange.export import make_workbook
from portfolio.exchange.models import Collection, Export, ExportLetter, LetterKind, Upload, UploadState
from tests import factories
from tests.exchange.collected import change, create_batch, create_collection, create_export, create_owner
from tests.pages import Pages

ALL = "/koekunta/exchange/collections"
NEW = f"{ALL}/new"


@pytest.fixture
def office(pages):
    pages.sign_in(Role.OFFICE)
    return pages


@pytest.fixture
def mailing(engine, clock, post, monkeypatch):
    """A visitor to the application with a real mail server beside it; what is begun is sent by :func:`tell`."""
    app = create_app(config=post.environment, engine=engine, clock=clock)
    app.testing = True
    visitor = Pages(app.test_client())
    visitor.sign_in(Role.OFFICE)
    visitor.begun = []
    monkeypatch.setattr(
        "portfolio.web.mailing.start_after_commit", lambda job, given: visitor.begun.append((job, given))
    )
    visitor.send = lambda: [send(engine, clock, monkeypatch, *visitor.begun.pop())]
    return visitor


def send(engine, clock, monkeypatch, job, given):
    """Run a job as its process does, with the variables that it is given."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("portfolio.cli.job.now", clock)
    clock.move(seconds=1)
    other = open_engine(str(engine.url.render_as_string(hide_password=False)))
    run(other, job, handlers(), clock)
    other.dispose()


def tell(mailing, collection, **fields):
    """Have letters sent, and give the collection's page with what became of them."""
    waiting = mailing.post(f"{address(collection)}/letters", **fields)
    assert "/exchange/letters/" in waiting.url
    mailing.send()
    return mailing.get(waiting.url)


@pytest.fixture
def items(town):
    """Two initiatives of the town's unit, one of a unit below it, one of another unit."""
    home = {"municipality_id": town.municipality.id}
    below = factories.create_unit(town.session, parent_id=town.unit.id, name_fi="Kirjastot", **home)
    other = factories.create_unit(town.session, name_fi="Tekninen", **home)
    portfolio = factories.create_portfolio(town.session, name_fi="Tarvesalkku", **home)
    found = [
        factories.create_initiative(town.session, portfolio_id=portfolio.id, unit_id=unit, title_fi=title, **home)
        for unit, title in (
            (town.unit.id, "Lukutaito"),
            (town.unit.id, "Koulutilat"),
            (below.id, "Kirjasto auki"),
            (other.id, "Katuvalot"),
        )
    ]
    town.commit()
    return found


@pytest.fixture
def collection(town):
    """A collection of one workbook, which the town's unit is asked to answer."""
    home = {"municipality_id": town.municipality.id}
    found = create_collection(town.session, due_on=dt.date(2026, 5, 20), **home)
    create_export(town.session, collection_id=found.id, unit_id=town.unit.id, file_name="sivistys.xlsx", **home)
    town.commit()
    return found


def export_of(town, collection):
    return town.rows(select(Export).where(Export.collection_id == collection.id))[0]


def answer(town, export, revision_id=None, **overrides):
    home = {"municipality_id": town.municipality.id, "user_id": town.users[Role.REPORTER].id}
    batch = create_batch(town.session, export_id=export.id, revision_id=revision_id, **home | overrides)
    town.commit()
    return batch


def address(collection):
    return f"{ALL}/{collection.id}"


def row(page, number=0):
    return page.select("tbody tr")[number].get_text(" ", strip=True)


def test_without_collections_the_page_says_what_one_is(office):
    page = office.get(ALL)
    assert "Mitään ei kerätä" in page.words
    assert NEW in page.links()


def test_starting_a_collection_makes_a_workbook_for_each_unit_with_every_item_in_one_at_most(office, town, items):
    page = office.get(NEW)
    tekninen = items[3].unit_id
    page = office.post_form(page, name="Kevään seuranta", due_on="2026-05-29", units=[town.unit.id, tekninen])
    (collection,) = town.rows(select(Collection))
    exports = {one.unit_id: one for one in town.rows(select(Export).where(Export.collection_id == collection.id))}
    assert set(exports[town.unit.id].item_ids) == {one.id for one in items[:3]}
    assert exports[tekninen].item_ids == [items[3].id]
    assert page.url == address(collection)
    assert "Vastanneita yksiköitä 0/2." in page.get_text(" ")


def test_the_units_that_have_reporters_are_chosen_at_first_and_reporters_are_named(office, town, items):
    page = office.get(NEW)
    boxes = page.select("input[name=units]")
    assert [one["value"] for one in boxes if one.has_attr("checked")] == [str(town.unit.id)]
    labels = [one.find_parent("label").get_text(" ", strip=True) for one in boxes]
    assert any("Sivistys" in one and "Käyttäjä reporter" in one for one in labels)
    assert any("Tekninen" in one and "ei raportoijaa" in one for one in labels)


def test_a_collection_without_units_or_with_a_day_that_has_passed_is_not_started(office, town, items):
    page = office.post_form(office.get(NEW), status=422, name="Seuranta", units=[], due_on="2026-05-03")
    assert len(page.errors) >= 2
    assert town.rows(select(Collection)) == []


@pytest.mark.parametrize("role", [Role.REPORTER, Role.MEMBER, Role.VIEWER])
def test_collecting_belongs_to_those_who_import(pages, town, collection, role):
    pages.sign_in(role)
    for url in (ALL, NEW, address(collection)):
        pages.get(url, status=403)


def test_an_open_export_says_that_nothing_has_come_back_and_how_late_it_is(office, town, collection):
    page = office.get(address(collection))
    assert "ei vastauksia" in row(page)
    assert "myöhässä" not in row(page)
    collection.due_on = dt.date(2026, 5, 2)
    town.session.add(collection)
    town.commit()
    assert "2 päivää myöhässä" in row(office.get(address(collection)))


def test_an_answer_is_shown_with_who_when_and_its_counts(office, town, collection):
    batch = answer(town, export_of(town, collection))
    page = office.get(address(collection))
    assert "Vastattu" in row(page)
    assert "Käyttäjä reporter" in row(page)
    assert "3 muutosta" in row(page)
    assert f"/koekunta/exchange/imports/{batch.id}" in page.links()


def test_an_undone_import_is_no_answer(office, town, collection):
    export = export_of(town, collection)
    item = factories.create_initiative(town.session, municipality_id=town.municipality.id)
    town.commit()
    revision = change(town.session, item, progress=40)
    answer(town, export, revision_id=revision)
    actor = factories.acting(town.municipality.id, "office")
    history.undo(town.session, actor, revision, {})
    town.commit()
    assert "kumottu" in row(office.get(address(collection)))
    assert "Odotetaan" in row(office.get(address(collection)))


def test_a_file_that_was_checked_but_not_imported_is_told(office, town, collection):
    export = export_of(town, collection)
    values = {"file_name": "palautus.xlsx", "size": 1, "sha256": "0" * 64, "language": "fi"}
    values |= {"at": factories.MORNING, "kept_until": factories.MORNING, "state": UploadState.CHECKED}
    town.session.add(
        Upload(
            municipality_id=town.municipality.id,
            user_id=town.users[Role.REPORTER].id,
            export_id=export.id,
            **values,
        )
    )
    town.commit()
    assert "palautus.xlsx" in row(office.get(address(collection)))
    assert "Tarkistettu, ei tuotu" in row(office.get(address(collection)))


def test_without_a_mail_server_the_page_says_that_nobody_can_be_told(office, collection):
    page = office.get(address(collection))
    assert "Sähköpostipalvelinta ei ole" in page.words
    assert not page.select("form[action$=letters]")
    office.post(f"{address(collection)}/letters", status=409, kind="reminder")


def test_telling_mails_the_address_of_the_units_page_to_its_reporters_once(mailing, town, collection, post, clock):
    waiting = mailing.post_form(mailing.get(address(collection)), "form[action$=letters]")
    mailing.send()
    page = mailing.get(waiting.url)
    (mail,) = post.wait()
    export = export_of(town, collection)
    assert mail["To"] == "reporter@koekunta.example"
    assert f"https://salkku.koekunta.example/koekunta/exchange/exports/{export.id}" in mail.get_content()
    assert "29" not in mail["Subject"]
    assert "20.5.2026" in mail.get_content()
    assert "1 viesti lähetettiin." in page.messages[0]
    clock.move(minutes=1)
    page = tell(mailing, collection, kind="invitation")
    assert "oli jo saanut" in page.messages[0]
    (letter,) = town.rows(select(ExportLetter))
    assert letter.kind is LetterKind.INVITATION
    post.wait(1)


def test_a_reminder_goes_only_to_those_who_have_not_answered(mailing, town, collection, post):
    answer(town, export_of(town, collection))
    page = tell(mailing, collection, kind="reminder")
    assert "Ketään ei tarvitse" in page.messages[0]
    assert town.rows(select(ExportLetter)) == []
    assert not post.mails


def test_a_refused_reminder_is_told_with_the_servers_words_and_may_be_repeated(mailing, town, collection, post):
    post.refused["reporter@koekunta.example"] = "550 5.1.1 No such person"
    page = tell(mailing, collection, kind="reminder")
    assert "550 5.1.1 No such person" in row(page)
    post.refused.clear()
    page = tell(mailing, collection, kind="reminder")
    assert "muistutettu 4.5.2026" in row(page)


def test_a_sending_that_broke_off_is_begun_again_and_nobody_is_told_twice(mailing, town, collection, post):
    waiting = mailing.post(f"{address(collection)}/letters", kind="invitation")
    mailing.post_form(waiting, "form[action$=stop]")
    stopped = mailing.get(waiting.url)
    mailing.begun.clear()
    mailing.post_form(stopped, "form[action$=again]")
    mailing.send()
    assert "1 viesti lähetettiin." in mailing.get(waiting.url).messages[0]
    assert len(post.wait()) == 1


def test_the_sending_of_another_town_s_letters_is_not_shown(mailing, town, collection):
    waiting = mailing.post(f"{address(collection)}/letters", kind="invitation")
    mailing.sign_in(Role.REPORTER)
    assert mailing.client.get(waiting.url).status_code in {403, 404}


def test_a_mail_is_written_in_its_readers_language(mailing, town, collection, post):
    town.users[Role.REPORTER].language = "sv"
    town.session.add(town.users[Role.REPORTER])
    town.commit()
    tell(mailing, collection, kind="reminder")
    (mail,) = post.wait()
    assert "Bildning" in mail["Subject"]
    assert "Provkommun" in mail.get_content()


def test_a_closed_collection_tells_nobody_and_can_be_opened_again(mailing, town, collection, post):
    close = f"form[action='{address(collection)}/close']"
    page = mailing.post_form(mailing.get(address(collection)), close)
    assert "Keräys on suljettu" in page.words
    mailing.post(f"{address(collection)}/letters", status=409, kind="reminder")
    assert "Suljettu" in row(page)
    page = mailing.post_form(page, close)
    assert "Keräys on suljettu" not in page.words
    assert "Odotetaan" in row(page)


def test_an_export_that_was_closed_by_itself_stays_closed_when_the_collection_is_opened(
    office, town, collection, clock
):
    office.post(f"/koekunta/exchange/exports/{export_of(town, collection).id}/close")
    clock.move(minutes=5)
    for _ in range(2):
        page = office.post(f"{address(collection)}/close")
    assert "Suljettu" in row(page)


def test_a_closed_export_is_asked_for_no_more(mailing, town, collection, post):
    export = export_of(town, collection)
    page = mailing.post(f"/koekunta/exchange/exports/{export.id}/close")
    assert "Suljettu" in row(page)
    tell(mailing, collection, kind="reminder")
    assert not post.mails


def test_all_workbooks_come_in_one_file(office, town, items):
    page = office.get(NEW)
    office.post_form(page, name="Kevät", units=[town.unit.id, items[3].unit_id])
    (collection,) = town.rows(select(Collection))
    found = office.client.get(f"{address(collection)}/workbooks.zip")
    assert found.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Kev%C3%A4t.zip"
    with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
        assert len(archive.namelist()) == 2
        assert all(name.endswith(".xlsx") for name in archive.namelist())
        assert archive.testzip() is None


def test_the_zip_begins_to_come_when_the_first_workbook_is_made(office, town, items, monkeypatch):
    page = office.get(NEW)
    office.post_form(page, name="Kevät", units=[town.unit.id, items[3].unit_id])
    (collection,) = town.rows(select(Collection))
    made = []

    def make(session, export, *rest):
        made.append(export.id)
        return make_workbook(session, export, *rest)

    monkeypatch.setattr("portfolio.exchange.views.letters.make_workbook", make)
    found = office.client.get(f"{address(collection)}/workbooks.zip", buffered=False)
    parts = iter(found.response)
    assert next(parts).startswith(b"PK")
    assert len(made) == 1
    rest = list(parts)
    assert len(made) == 2
    assert b"PK" in rest[-1]


def test_a_reporter_sees_the_waiting_workbook_at_home_and_opens_its_page(pages, town, collection):
    pages.sign_in(Role.REPORTER)
    export = export_of(town, collection)
    page = pages.get("/koekunta/")
    assert "Työkirja odottaa sinua" in page.words
    assert f"/koekunta/exchange/exports/{export.id}" in page.links()
    assert "Työkirja odottaa sinua" in pages.get("/koekunta/exchange").words
    assert "Kevään seuranta: Sivistys" in pages.get(f"/koekunta/exchange/exports/{export.id}").words
    answer(town, export)
    assert "Työkirja odottaa sinua" not in pages.get("/koekunta/").words


def test_a_workbook_waits_only_for_those_who_are_asked(pages, town, collection):
    for role in (Role.OFFICE, Role.VIEWER):
        pages.sign_in(role)
        assert "Työkirja odottaa sinua" not in pages.get("/koekunta/").words


def test_an_export_of_another_unit_is_not_found(pages, town):
    home = {"municipality_id": town.municipality.id}
    other = factories.create_unit(town.session, name_fi="Tekninen", **home)
    export = create_export(town.session, unit_id=other.id, **home)
    own = create_export(town.session, user_id=town.users[Role.REPORTER].id, **home)
    town.commit()
    pages.sign_in(Role.REPORTER)
    pages.get(f"/koekunta/exchange/exports/{export.id}", status=404)
    pages.get(f"/koekunta/exchange/exports/{own.id}")


def test_who_is_responsible_for_an_item_may_open_the_export_that_holds_it(pages, town):
    home = {"municipality_id": town.municipality.id}
    owner = create_owner(town.session, town.municipality.id, town.users[Role.VIEWER].email)
    item = factories.create_initiative(town.session, owner_post_id=owner.id, **home)
    held = create_export(town.session, item_ids=[item.id], **home)
    other = create_export(town.session, item_ids=[item.id + 1], **home)
    town.commit()
    pages.sign_in(Role.VIEWER)
    pages.get(f"/koekunta/exchange/exports/{held.id}")
    pages.get(f"/koekunta/exchange/exports/{other.id}", status=404)


def test_a_single_export_shows_its_answers_too(office, town):
    export = create_export(town.session, municipality_id=town.municipality.id, file_name="salkku.xlsx")
    answer(town, export)
    page = office.get(f"/koekunta/exchange/exports/{export.id}")
    assert page.h1.get_text(strip=True) == "salkku.xlsx"
    assert "Käyttäjä reporter" in page.words
    assert "3 muutosta" in page.words


def test_the_number_of_queries_does_not_grow_with_the_units(office, town, collection, engine, counted):
    def queries():
        with counted(engine) as count:
            office.get(address(collection))
        return count.queries

    answer(town, export_of(town, collection))
    few = queries()
    for number in range(5):
        home = {"municipality_id": town.municipality.id}
        unit = factories.create_unit(town.session, name_fi=f"Yksikkö {number}", parent_id=town.unit.id, **home)
        export = create_export(town.session, collection_id=collection.id, unit_id=unit.id, **home)
        create_batch(town.session, export_id=export.id, **home)
    town.commit()
    assert queries() == few

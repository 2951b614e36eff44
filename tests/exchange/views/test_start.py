"""The room's first page and the list of imports."""

import datetime as dt

from portfolio.core import history
from portfolio.core.rights import Role
from tests import factories
from tests.exchange.collected import create_batch
from tests.exchange.plans import create_export, create_upload


def test_an_empty_room_says_what_it_is_for(pages, town):
    town.commit()
    pages.sign_in(Role.REPORTER)
    page = pages.get(f"/{town.code}/exchange")
    assert "Mitään ei ole vielä viety" in page.words
    assert "Mitään ei ole vielä tuotu" in page.words
    assert page.select_one("form.send input[type=file]").has_attr("multiple")


def test_a_reporter_sees_what_is_own_and_the_office_everything(pages, town):
    place, users = town.municipality.id, town.users
    create_export(town.session, place, users[Role.OFFICE].id, file_name="toimiston.xlsx")
    create_export(town.session, place, users[Role.REPORTER].id, file_name="raportoijan.xlsx")
    create_upload(town.session, place, users[Role.REPORTER].id, file_name="matkalla.xlsx")
    create_batch(town.session, municipality_id=place, user_id=users[Role.OFFICE].id, file_name="toimisto-tuonti.xlsx")
    town.commit()
    pages.sign_in(Role.REPORTER)
    own = pages.get(f"/{town.code}/exchange").words
    assert "raportoijan.xlsx" in own
    assert "matkalla.xlsx" in own
    assert "toimisto" not in own
    pages.sign_in(Role.OFFICE)
    everything = pages.get(f"/{town.code}/exchange").words
    assert "raportoijan.xlsx" in everything
    assert "toimisto-tuonti.xlsx" in everything
    assert "matkalla.xlsx" not in everything


def test_imports_are_listed_with_who_when_file_and_counts_and_found_again(pages, town):
    place, users = town.municipality.id, town.users
    create_batch(town.session, municipality_id=place, user_id=users[Role.OFFICE].id, file_name="kevät.xlsx")
    undone = create_batch(
        town.session, municipality_id=place, user_id=users[Role.ADMIN].id, file_name="syksy 100 %.xlsx"
    )
    undone.revision_id = undo_of_something(town)
    town.commit()
    pages.sign_in(Role.OFFICE)
    whole = pages.get(f"/{town.code}/exchange/imports")
    for words in ("kevät.xlsx", "Käyttäjä office", "4.5.2026", "3 muutosta", "Voimassa", "Kumottu"):
        assert words in whole.words
    for query in ("q=syksy", "q=%25", f"user={users[Role.ADMIN].id}", "state=undone"):
        found = pages.get(f"/{town.code}/exchange/imports?{query}").words
        assert "syksy" in found, query
        assert "kevät.xlsx" not in found, query
    assert "Rajaus ei löydä" in pages.get(f"/{town.code}/exchange/imports?q=olematon").words


def test_a_reporter_cannot_list_what_others_imported_by_asking_for_them(pages, town):
    office = town.users[Role.OFFICE].id
    create_batch(town.session, municipality_id=town.municipality.id, user_id=office, file_name="toimiston.xlsx")
    town.commit()
    pages.sign_in(Role.REPORTER)
    assert "toimiston.xlsx" not in pages.get(f"/{town.code}/exchange/imports?user={office}").words


def test_many_imports_have_pages_and_cost_no_more_statements(pages, town, engine, counted):
    place, office = town.municipality.id, town.users[Role.OFFICE].id
    create_batch(town.session, municipality_id=place, user_id=office)
    town.commit()
    pages.sign_in(Role.OFFICE)
    with counted(engine) as few:
        pages.get(f"/{town.code}/exchange/imports")
    for number in range(60):
        create_batch(town.session, municipality_id=place, user_id=office, file_name=f"tiedosto-{number}.xlsx")
    town.commit()
    with counted(engine) as many:
        page = pages.get(f"/{town.code}/exchange/imports")
    assert many.queries == few.queries
    assert len(page.select(".paging li")) > 1
    assert "sivistys.xlsx" in pages.get(f"/{town.code}/exchange/imports?page=2").words


def test_a_number_that_no_user_has_filters_nothing(pages, town):
    create_batch(town.session, municipality_id=town.municipality.id, user_id=town.users[Role.OFFICE].id)
    town.commit()
    pages.sign_in(Role.OFFICE)
    assert "sivistys.xlsx" in pages.get(f"/{town.code}/exchange/imports?user={'9' * 30}").words


def test_the_tabs_are_those_that_a_person_may_open(pages, town):
    town.commit()
    pages.sign_in(Role.REPORTER)
    assert "Keräys" not in pages.get(f"/{town.code}/exchange").select_one(".tabs").get_text()
    pages.sign_in(Role.OFFICE)
    assert "Keräys" in pages.get(f"/{town.code}/exchange").select_one(".tabs").get_text()


def undo_of_something(town):
    """A revision that has been undone."""
    factories.create_unit(town.session, municipality_id=town.municipality.id)
    made = history.latest_revision(town.session)
    town.commit()
    actor = factories.acting(town.municipality.id, "office", at=factories.MORNING + dt.timedelta(hours=1))
    history.undo(town.session, actor, made, {})
    town.commit()
    return made

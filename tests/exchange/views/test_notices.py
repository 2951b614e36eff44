import datetime as dt

import pytest

from portfolio.core.rights import Role
from portfolio.exchange.models import ImportNotice
from portfolio.exchange.operations.notices import note_owners
from tests import factories
from tests.exchange.collected import change, create_batch, create_owner


@pytest.fixture
def notice(town):
    """What an import by the office changed of an initiative of the viewer's post."""
    owner = create_owner(town.session, town.municipality.id, town.users[Role.VIEWER].email)
    home = {"municipality_id": town.municipality.id}
    item = factories.create_initiative(town.session, owner_post_id=owner.id, title_fi="Kirjasto auki", **home)
    town.commit()
    revision = change(town.session, item, progress=40)
    office = town.users[Role.OFFICE]
    batch = create_batch(town.session, revision_id=revision, user_id=office.id, file_name="palautus.xlsx", **home)
    actor = factories.acting(town.municipality.id, "office")
    note_owners(town.session, actor, batch, dt.date(2026, 5, 4))
    found = town.session.query(ImportNotice).one()
    town.commit()
    return found


def test_the_owner_sees_at_home_what_somebody_elses_import_changed_until_it_is_put_away(pages, notice):
    pages.sign_in(Role.VIEWER)
    page = pages.get("/koekunta/")
    assert "Muut ovat muuttaneet tuonnilla" in page.words
    assert "palautus.xlsx" in page.words
    assert "Kirjasto auki" in page.words
    page = pages.post_form(page, f"form[action$='notices/{notice.id}/seen']")
    assert "palautus.xlsx" not in page.words


def test_nobody_else_sees_or_puts_away_a_notice(pages, notice):
    pages.sign_in(Role.MEMBER)
    assert "palautus.xlsx" not in pages.get("/koekunta/").words
    pages.post(f"/koekunta/exchange/notices/{notice.id}/seen", status=404)

import pytest
from sqlalchemy import select

from portfolio.accounts.models import AccessLog
from portfolio.core.rights import Role
from tests import factories


def test_whoever_is_sent_to_sign_in_comes_back_with_the_filters(probe):
    answer = probe.client.get("/koekunta/probe?q=äly&at=2026-05-04")
    assert answer.status_code == 302
    page = probe.get("/koekunta/probe?q=äly&at=2026-05-04")
    form = probe.post_form(page, email="office@koekunta.example", password="seitsemän sinistä sähköveturia")
    assert form.answer.request.full_path == "/koekunta/probe?q=%C3%A4ly&at=2026-05-04"


def test_a_piece_of_a_page_is_refused_where_a_page_would_be_sent_to_sign_in(probe):
    assert probe.client.get("/koekunta/probe", headers={"HX-Request": "true"}).status_code == 401


def test_one_who_was_signed_out_while_writing_is_told_how_to_save_the_text(probe):
    page = probe.post("/koekunta/probe/add", status=401, name="x")
    assert "Kirjaudu toisessa välilehdessä" in page.words


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER, Role.REPORTER])
def test_a_right_that_is_missing_is_refused_and_noted(probe, town, role):
    probe.sign_in(role)
    probe.get("/koekunta/probe/present", status=403)
    (row,) = town.rows(select(AccessLog))
    assert (row.event, row.detail, row.user_id) == ("denied", "/koekunta/probe/present", town.users[role].id)


def test_a_municipality_without_access_looks_like_none(probe):
    probe.sign_in(Role.ADMIN)
    there = probe.get("/naapurikunta/probe", status=404)
    nowhere = probe.get("/olematon/probe", status=404)
    assert there.words == nowhere.words
    assert "Naapuri" not in there.get_text()


def test_an_object_of_another_municipality_is_not_found(probe, town):
    unit = factories.create_unit(town.session, municipality_id=town.neighbour.id)
    town.commit()
    probe.sign_in(Role.ADMIN)
    probe.get(f"/koekunta/probe/{unit.id}", status=404)
    probe.get(f"/koekunta/probe/{town.unit.id}")


def test_a_view_gets_what_the_request_stands_on(probe, town, clock):
    user = probe.sign_in(Role.OFFICE)
    assert probe.client.get("/koekunta/probe/facts").json == {
        "actor": user.id,
        "today": "2026-05-04",
        "day": None,
        "at": None,
        "name": "Koekunta",
        "link": "/koekunta/probe?q=x",
        "written": "2026-05-04",
    }


def test_the_day_changes_at_midnight_in_helsinki(probe, clock):
    probe.sign_in(Role.OFFICE)
    clock.move(hours=13, minutes=29)
    probe.sign_in(Role.OFFICE)
    assert probe.client.get("/koekunta/probe/facts").json["today"] == "2026-05-04"
    clock.move(minutes=1)
    assert probe.client.get("/koekunta/probe/facts").json["today"] == "2026-05-05"


def test_a_demo_lives_in_its_own_day_and_says_so(probe, town):
    town.make_demo("2023-04-28")
    probe.sign_in(Role.OFFICE)
    assert probe.client.get("/koekunta/probe/facts").json["today"] == "2023-04-28"
    assert "28.4.2023" in probe.get("/koekunta/probe").select_one(".demo").get_text()


def test_what_is_public_in_a_municipality_needs_no_access_and_nobody_acts_there(probe):
    assert probe.get("/koekunta/probe/open").select_one("#said").get_text() == "Koekunta None"
    assert probe.client.get("/olematon/probe/open").status_code == 404


def test_an_address_of_no_municipality_is_open_to_whoever_is_signed_in(probe):
    probe.sign_in(Role.VIEWER)
    assert probe.get("/probe/me").select_one("#said").get_text() == "Käyttäjä viewer"


def test_an_access_that_ends_today_ends_tomorrow(probe, town, clock):
    user = factories.create_user(town.session, email="vieras@example.com")
    here = town.municipality.id
    factories.create_access(town.session, municipality_id=here, user_id=user.id, valid_to=factories.TODAY)
    town.commit()
    probe.sign_in("vieras@example.com")
    probe.get("/koekunta/probe")
    clock.move(hours=14)
    probe.client.get("/")
    probe.sign_in("vieras@example.com")
    probe.get("/koekunta/probe", status=404)

import pytest
from sqlalchemy import select

from portfolio.accounts.models import Feedback
from portfolio.core.history import Update, write_many
from portfolio.core.rights import Role, operator
from portfolio.organisation.models import Municipality
from tests import factories
from tests.pages import Pages

HELP, STATEMENT, FEEDBACK = "/koekunta/help", "/koekunta/accessibility", "/koekunta/feedback"


def send(pages, status=200, page=FEEDBACK, **fields):
    return pages.post_form(pages.get(page), status=status, **fields)


def test_the_help_tells_only_of_what_the_person_may_do(pages, town):
    pages.sign_in(Role.VIEWER)
    page = pages.get(HELP)
    assert page.select("#times")
    assert not page.select("#edit, #administration")
    pages.sign_in(Role.OFFICE)
    assert len(pages.get(HELP).select("#edit, #administration")) == 2


def test_the_help_is_reached_from_every_page(pages, town):
    pages.sign_in(Role.VIEWER)
    assert HELP in pages.get("/koekunta/units").links()


def test_everyone_may_read_the_statement_and_the_feedback_form(pages, town):
    page = pages.get(STATEMENT)
    assert "306/2019" in page.words
    assert "14 päivän kuluessa" in page.words
    assert "Kunnan oma teksti" not in page.words
    assert f"{FEEDBACK}?page=accessibility" in page.links()


def test_the_municipalitys_own_words_stand_on_top_as_written(pages, town):
    update = Update(Municipality, town.municipality.id, {"accessibility_statement": "Oma <b>selosteemme</b>\n2. rivi"})
    write_many(town.session, operator(factories.MORNING), updates=[update])
    town.commit()
    first = pages.get(STATEMENT).select_one("main .panel")
    assert "Oma <b>selosteemme</b>\n2. rivi" in first.get_text()


def test_feedback_from_anyone_is_kept_with_where_it_came_from(pages, town):
    page = send(pages, page=f"{FEEDBACK}?page=accessibility", message="Näppäimistö ei riitä", email="x@example.com")
    assert page.messages == ["Kiitos. Viestisi lähetettiin."]
    (row,) = town.rows(select(Feedback))
    assert (row.message, row.email, row.page) == ("Näppäimistö ei riitä", "x@example.com", "accessibility")
    assert row.municipality_id == town.municipality.id


@pytest.mark.parametrize(
    "fields", [{"message": " "}, {"message": "x" * 5001}, {"message": "Hei", "email": "ei osoite"}]
)
def test_feedback_that_cannot_be_kept_comes_back_with_its_text(pages, town, fields):
    page = send(pages, status=422, **fields)
    assert page.errors
    assert page.select_one("#message").get_text().strip() == fields["message"].strip()
    assert town.rows(select(Feedback)) == []


def test_feedback_is_limited_by_the_hour(pages, town, clock):
    for number in range(10):
        send(pages, message=f"Viesti {number}")
    send(pages, status=429, message="Yhdestoista")
    assert len(town.rows(select(Feedback))) == 10
    clock.move(hours=1, minutes=1)
    send(pages, message="Seuraavana tuntina")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_read_feedback(pages, town, role):
    pages.sign_in(role)
    pages.get(f"{FEEDBACK}/list", status=403)


def test_an_administrator_sees_what_waits_and_marks_it_answered(pages, town, client):
    send(pages, message="Ensimmäinen")
    send(pages, message="Toinen")
    pages.sign_in(Role.ADMIN)
    page = pages.get(f"{FEEDBACK}/list")
    assert [one.get_text(strip=True) for one in page.select("tbody .as-written")] == ["Ensimmäinen", "Toinen"]
    assert page.select_one(f"nav.rail a[href='{FEEDBACK}/list'] .n").get_text(" ", strip=True).startswith("2")
    page = pages.post_form(page, form="tbody form")
    assert [one.get_text(strip=True) for one in page.select("tbody .as-written")] == ["Toinen", "Ensimmäinen"]
    assert len(page.select("tbody form")) == 1


def test_a_message_is_answered_only_once(pages, town):
    send(pages, message="Hei")
    (row,) = town.rows(select(Feedback))
    pages.sign_in(Role.ADMIN)
    pages.post(f"{FEEDBACK}/{row.id}/answered")
    pages.post(f"{FEEDBACK}/{row.id}/answered", status=409)


def test_another_municipalitys_messages_are_not_found(pages, town, app):
    send(pages, message="Koekunnan asia")
    (row,) = town.rows(select(Feedback))
    neighbour = Pages(app.test_client())
    neighbour.sign_in(Role.ADMIN, code="naapurikunta")
    assert "Koekunnan asia" not in neighbour.get("/naapurikunta/feedback/list").words
    neighbour.post(f"/naapurikunta/feedback/{row.id}/answered", status=404)
    neighbour.get(f"{FEEDBACK}/list", status=404)


def test_feedback_to_a_municipality_that_does_not_exist_is_not_found(pages, town):
    pages.get("/olematon/feedback", status=404)
    pages.get("/olematon/accessibility", status=404)

import pytest
from sqlalchemy import select

from portfolio.accounts import queries
from portfolio.accounts.models import SignIn, User
from portfolio.core.rights import Role
from tests import factories
from tests.fixtures.web import PASSWORD
from tests.pages import Pages

NEW = "punainen rieha kaatoi yhdeksän tynnyriä"


def account(town, email="office@koekunta.example"):
    return town.rows(select(User).where(User.email == email))[0]


def going(town):
    return town.rows(select(SignIn).where(SignIn.ended_at.is_(None)).order_by(SignIn.id))


def test_name_language_and_shortcuts_are_ones_own_to_change(pages, town):
    pages.sign_in(Role.OFFICE)
    page = pages.post_form(pages.get("/account"), name="  Kehittämispäällikkö ", language="sv", shortcuts=None)
    assert page.html["lang"] == "sv"
    assert "Kehittämispäällikkö" in page.header.get_text()
    assert page.body["data-shortcuts"] == "off"
    assert account(town).name == "Kehittämispäällikkö"


def test_an_empty_name_is_refused_beside_the_field_and_the_rest_stays_typed(pages, town):
    pages.sign_in(Role.OFFICE)
    page = pages.post_form(pages.get("/account"), status=422, name=" ", language="en")
    assert page.select_one("#name-error")
    assert page.select_one("#language option[selected]")["value"] == "en"
    assert account(town).name == "Käyttäjä office"


def test_what_is_not_in_the_form_is_not_taken(pages, town):
    pages.sign_in(Role.VIEWER)
    pages.post("/account", name="Lukija", language="fi", id="1", active="", email="admin@koekunta.example")
    assert account(town, "viewer@koekunta.example").name == "Lukija"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_language_is_changed_on_any_page_and_stays_with_the_account(pages, town, language):
    pages.sign_in(Role.OFFICE)
    page = pages.get("/account")
    page = pages.post_form(page, form=".who form[action='/language']", button=("language", language))
    assert page.url == "/account"
    assert page.html["lang"] == language
    assert account(town).language == language


def test_a_visitor_changes_the_language_before_signing_in(pages):
    page = pages.post_form(pages.get("/sign-in"), form=".who form[action='/language']", button=("language", "sv"))
    assert page.html["lang"] == "sv"
    assert page.h1.get_text() == "Logga in"


def test_an_unknown_language_is_refused(pages):
    pages.post("/language", status=400, language="xx")


def test_the_language_form_goes_nowhere_else(client, pages):
    answer = client.post("/language", data={"csrf_token": pages.token(), "language": "sv", "next": "//evil.example"})
    assert answer.location == "/"


def test_changing_the_password_needs_the_present_one(pages):
    pages.sign_in(Role.OFFICE)
    page = pages.post_form(pages.get("/account/password"), status=422, present="väärä", password=NEW)
    assert page.select_one("#present-error")


def test_a_new_password_must_not_be_easy_to_guess(pages):
    pages.sign_in(Role.OFFICE)
    page = pages.post_form(pages.get("/account/password"), status=422, present=PASSWORD, password="koekunta1234")
    assert page.select_one("#password-error")


def test_a_changed_password_works_and_other_browsers_are_signed_out(app, pages, town):
    other = Pages(app.test_client())
    other.sign_in(Role.OFFICE)
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get("/account/password"), present=PASSWORD, password=NEW)
    assert other.get("/account").url == "/sign-in"
    assert pages.get("/account").url == "/account"
    page = other.post_form(other.get("/sign-in?next=/account"), email="office@koekunta.example", password=NEW)
    assert page.url == "/account"


def test_other_browsers_stay_signed_in_when_that_is_wished(app, pages):
    other = Pages(app.test_client())
    other.sign_in(Role.OFFICE)
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get("/account/password"), present=PASSWORD, password=NEW, elsewhere=None)
    assert other.get("/account").url == "/account"


def test_one_sees_where_one_is_signed_in_and_ends_one_of_them(app, pages, town):
    other = Pages(app.test_client())
    other.sign_in(Role.OFFICE)
    pages.sign_in(Role.OFFICE)
    page = pages.get("/account")
    forms = [one["action"] for one in page.select("form[action$='/end']") if one["action"].count("/") > 3]
    assert len(forms) == 2
    first = min(one.id for one in going(town))
    pages.post_form(page, form=f"form[action='/account/sign-ins/{first}/end']")
    assert other.get("/account").url == "/sign-in"
    assert pages.get("/account").url == "/account"


def test_one_cannot_end_the_sign_in_of_another(app, pages, town):
    other = Pages(app.test_client())
    other.sign_in(Role.ADMIN)
    theirs = going(town)[0].id
    pages.sign_in(Role.VIEWER)
    pages.post(f"/account/sign-ins/{theirs}/end", status=404)
    assert other.get("/account").url == "/account"


def test_all_other_sign_ins_end_with_one_button(app, pages, town):
    for _ in range(2):
        Pages(app.test_client()).sign_in(Role.OFFICE)
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get("/account"), form="form[action='/account/sign-ins/end']")
    assert len(going(town)) == 1


def test_the_front_door_leads_to_the_one_municipality_of_the_user(client, pages):
    pages.sign_in(Role.OFFICE)
    assert client.get("/").location == "/koekunta/"


def test_the_front_door_asks_where_several_are_open(pages, town):
    user = town.users[Role.OFFICE]
    factories.create_access(town.session, municipality_id=town.neighbour.id, user_id=user.id, role=Role.VIEWER)
    town.commit()
    pages.sign_in(Role.OFFICE)
    page = pages.get("/")
    assert [one.get_text() for one in page.select("main .btn")] == ["Koekunta", "Naapuri"]


def test_one_whose_access_has_ended_is_told_so(pages, town):
    factories.create_user(town.session, email="entinen@example.com")
    town.commit()
    pages.sign_in("entinen@example.com")
    assert "Sinulla ei ole" in pages.get("/").words


def test_municipalities_are_those_with_access_today(town):
    user = factories.create_user(town.session)
    day = factories.TODAY
    factories.create_access(town.session, municipality_id=town.municipality.id, user_id=user.id, valid_to=day)
    assert [one.code for one in queries.municipalities_of(town.session, user.id, day)] == ["koekunta"]
    assert not queries.municipalities_of(town.session, user.id, day.replace(day=day.day + 1))

import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.accounts.models import Access, User
from portfolio.app import create_app
from portfolio.core import history
from portfolio.core.rights import Role
from portfolio.files.workbook import read_workbook
from tests import factories
from tests.pages import Pages

USERS = "/koekunta/users"


@pytest.fixture
def admin(pages):
    """The town's administrator."""
    pages.sign_in(Role.ADMIN)
    return pages


def names(page):
    return [one.get_text() for one in page.select("tbody .t")]


def roles_of(town, user_id):
    return {one.role for one in town.rows(select(Access).where(Access.user_id == user_id, Access.removed.is_(False)))}


def new_user(admin, status=201, **fields):
    usual = {"name": "Hankejohtaja", "email": "hanke@koekunta.example", "role": "member"}
    return admin.post_form(admin.get("/koekunta/new-user"), status=status, **usual | fields)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_manage_users(pages, role):
    pages.sign_in(role)
    pages.get(USERS, status=403)
    assert "Käyttäjät" not in pages.get("/account").get_text()


def test_the_list_tells_who_has_access_to_what(admin):
    page = admin.get(USERS)
    assert len(names(page)) == len(Role)
    row = next(one for one in page.select("tbody tr") if "Käyttäjä reporter" in one.get_text())
    assert "Yksikön raportoija · Sivistys" in " ".join(row.get_text(" ").split())
    assert "Naapurin käyttäjä" not in page.words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=REPORTER", ["Käyttäjä reporter"]),
        ("role=office", ["Käyttäjä office"]),
        ("q=office&role=admin", []),
        ("role=nonsense", 7),
        ("unit=nonsense", 7),
    ],
)
def test_filters_narrow_the_list(admin, query, found):
    shown = names(admin.get(f"{USERS}?{query}"))
    assert (len(shown) if isinstance(found, int) else shown) == found


def test_the_unit_filter_keeps_those_who_have_a_role_in_the_unit(admin, town):
    assert set(names(admin.get(f"{USERS}?unit={town.unit.id}"))) == {
        "Käyttäjä reporter",
        "Käyttäjä budget",
        "Käyttäjä publicity",
    }


def test_a_long_list_comes_in_pages(admin, town):
    for number in range(50):
        user = factories.create_user(town.session, name=f"A {number:02}")
        factories.create_access(town.session, municipality_id=town.municipality.id, user_id=user.id)
    town.commit()
    assert len(names(admin.get(USERS))) == 50
    assert len(names(admin.get(f"{USERS}?page=2"))) == 7
    assert len(names(admin.get(f"{USERS}?page=99"))) == 7


@pytest.mark.parametrize(
    ("sort", "first"),
    [("", "Käyttäjä admin"), ("name", "Käyttäjä admin"), ("-name", "Käyttäjä viewer"), ("-seen", "Käyttäjä admin")],
)
def test_the_list_is_sorted_by_its_headings(admin, sort, first):
    assert names(admin.get(f"{USERS}?sort={sort}"))[0] == first


def test_the_workbook_holds_exactly_what_is_shown(admin):
    page = admin.get(f"{USERS}?q=reporter&sort=-name")
    (address,) = [one["href"] for one in page.select("a[href*='.xlsx']")]
    assert address == f"{USERS}.xlsx?q=reporter&sort=-name"
    answer = admin.client.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    rows = read_workbook(answer.data, "users.xlsx").sheets[0].rows
    assert rows[0][:4] == ["Nimi", "Sähköposti", "Rooli", "Yksikkö"]
    assert [row[:4] for row in rows[1:]] == [
        ["Käyttäjä reporter", "reporter@koekunta.example", "Yksikön raportoija", "Sivistys"]
    ]


def test_the_list_is_seen_as_it_was(admin, town):
    before = history.latest_revision(town.session)
    town.commit()
    admin.post_form(admin.get(f"{USERS}/{town.users[Role.OFFICE].id}/end"))
    assert "Käyttäjä office" not in names(admin.get(USERS))
    page = admin.get(f"{USERS}?revision={before}")
    assert "Käyttäjä office" in names(page)
    assert not page.select("main a.btn-go")


def test_a_new_user_gets_a_link_that_is_shown_once_and_chooses_a_password(admin, app, town):
    page = new_user(admin)
    link = page.select_one("#one-time-link")["value"]
    assert link.startswith("http://localhost/password/new?token=")
    newcomer = Pages(app.test_client())
    newcomer.post_form(newcomer.get(link.removeprefix("http://localhost")), password="punainen rieha kaatoi tynnyrin")
    user = town.rows(select(User).where(User.email == "hanke@koekunta.example"))[0]
    assert roles_of(town, user.id) == {Role.MEMBER}
    assert "one-time-link" not in str(admin.get(f"{USERS}/{user.id}"))


def test_the_link_is_mailed_too(engine, clock, post):
    mailing = Pages(create_app(post.environment, engine=engine, clock=clock).test_client())
    mailing.sign_in(Role.ADMIN)
    page = new_user(mailing)
    (mail,) = post.wait()
    assert mail["To"] == "hanke@koekunta.example"
    assert page.select_one("#one-time-link")["value"] in mail.get_content()
    assert "Koekunta" in mail.get_content()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "ei osoite"}, "email"),
        ({"email": "Office@koekunta.example"}, "email"),
        ({"role": "reporter"}, "unit_id"),
        ({"role": "budget"}, "role"),
        ({"role": ""}, "role"),
        ({"role": "owner"}, "role"),
        ({"unit_id": "9999"}, "unit_id"),
        ({"valid_to": "31.2.2026"}, "valid_to"),
        ({"name": " "}, "name"),
    ],
)
def test_what_is_wrong_with_a_new_user_is_said_beside_the_field(admin, town, fields, field):
    before = len(town.rows(select(User)))
    page = new_user(admin, status=422, **fields)
    assert page.select_one(f"#{field}-error"), page.errors
    assert page.select_one("#email")["value"]
    assert len(town.rows(select(User))) == before


def test_someone_who_works_elsewhere_gets_no_link_that_the_administrator_could_see(admin, town):
    user = factories.create_user(town.session, email="hanke@koekunta.example")
    factories.create_access(town.session, municipality_id=town.neighbour.id, user_id=user.id)
    town.commit()
    assert not new_user(admin).select("#one-time-link")
    assert not admin.post(f"{USERS}/{user.id}/link").select("#one-time-link")


def test_roles_are_given_changed_and_taken_away(admin, town):
    user = town.users[Role.VIEWER]
    page = admin.post_form(admin.get(f"{USERS}/{user.id}/access/new"), role="reporter", unit_id=str(town.unit.id))
    assert roles_of(town, user.id) == {Role.VIEWER, Role.REPORTER}
    edit = next(one["href"] for one in page.select("tbody a.t") if "raportoija" in one.get_text())
    form = admin.get(edit)
    assert form.select_one("#unit_id option[selected]")["value"] == str(town.unit.id)
    page = admin.post_form(form, role="member", unit_id="", valid_to="31.12.2026")
    assert roles_of(town, user.id) == {Role.VIEWER, Role.MEMBER}
    assert "31.12.2026" in page.words
    admin.post_form(page, form=f"form[action='{edit}/end']")
    assert roles_of(town, user.id) == {Role.VIEWER}


def test_a_change_of_rights_is_in_the_history_with_its_author(admin, town):
    user = town.users[Role.VIEWER]
    admin.post_form(admin.get(f"{USERS}/{user.id}/access/new"), role="member")
    (row,) = town.rows(select(Access).where(Access.user_id == user.id, Access.role == Role.MEMBER))
    (newest,) = history.changes_of(town.session, [("access", row.id)], limit=1)
    assert newest.revision.user_id == town.users[Role.ADMIN].id
    assert newest.changes[0].new["role"] is Role.MEMBER
    town.commit()


def test_two_administrators_do_not_overwrite_each_other(admin, town):
    user = town.users[Role.VIEWER]
    (row,) = town.rows(select(Access).where(Access.user_id == user.id))
    form = admin.get(f"{USERS}/{user.id}/access/{row.id}")
    update = history.Update(Access, row.id, {"valid_to": dt.date(2027, 1, 1)})
    history.write_many(town.session, factories.acting(town.municipality.id, "admin"), updates=[update])
    town.commit()
    page = admin.post_form(form, status=409, role="member")
    assert roles_of(town, user.id) == {Role.VIEWER}
    assert page.select_one("#role option[selected]")["value"] == "member"
    admin.post_form(page)
    assert roles_of(town, user.id) == {Role.MEMBER}


def test_ending_access_asks_first_and_then_ends_the_sign_ins_at_once(admin, app, town):
    user = town.users[Role.OFFICE]
    office = Pages(app.test_client())
    office.sign_in(Role.OFFICE)
    page = admin.get(f"{USERS}/{user.id}/end")
    assert office.get("/account").url == "/account"
    admin.post_form(page)
    assert office.get("/account").url == "/sign-in"
    assert not roles_of(town, user.id)
    assert "Käyttäjä office" not in names(admin.get(USERS))
    assert "Ei käyttöoikeutta täällä" in admin.get(f"{USERS}/{user.id}").words


def test_one_whose_access_ended_finds_nothing_even_after_signing_in_again(admin, app, town):
    admin.post_form(admin.get(f"{USERS}/{town.users[Role.OFFICE].id}/end"))
    office = Pages(app.test_client())
    office.sign_in(Role.OFFICE)
    office.get("/koekunta/users", status=404)


def test_the_last_administrator_stays(admin, town):
    user = town.users[Role.ADMIN]
    page = admin.post_form(admin.get(f"{USERS}/{user.id}/end"), status=422)
    assert "anna pääkäyttäjän rooli ensin toiselle" in page.words
    (row,) = town.rows(select(Access).where(Access.user_id == user.id))
    admin.post_form(admin.get(f"{USERS}/{user.id}/access/{row.id}"), status=422, role="office")
    admin.post_form(admin.get(f"{USERS}/{user.id}/access/{row.id}"), status=422, valid_to="2027-01-01")
    assert roles_of(town, user.id) == {Role.ADMIN}


def test_an_administrator_signs_a_user_out_everywhere(admin, app, town):
    office = Pages(app.test_client())
    office.sign_in(Role.OFFICE)
    admin.post_form(admin.get(f"{USERS}/{town.users[Role.OFFICE].id}"), form="#sign-ins form")
    assert office.get("/account").url == "/sign-in"


def test_someone_elses_role_cannot_be_taken_through_another_user(admin, town):
    (row,) = town.rows(select(Access).where(Access.user_id == town.users[Role.OFFICE].id))
    admin.post(f"{USERS}/{town.users[Role.VIEWER].id}/access/{row.id}/end", status=404)
    assert roles_of(town, town.users[Role.OFFICE].id) == {Role.OFFICE}


def test_a_user_who_never_had_access_here_is_not_found(admin, town):
    (stranger,) = town.rows(select(User).where(User.email == "admin@naapurikunta.example"))
    admin.get(f"{USERS}/{stranger.id}", status=404)

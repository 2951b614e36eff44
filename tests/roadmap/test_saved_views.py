from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from portfolio.accounts.models import SavedView
from portfolio.core.rights import Role, operator
from portfolio.forums import operations as forums
from portfolio.forums.models import ForumView
from tests import factories
from tests.pages import Pages

ROADMAP = "/koekunta/roadmap"
VIEWS = f"{ROADMAP}/views"


@pytest.fixture
def reader(pages, town):
    """A visitor with the right to read."""
    town.commit()
    pages.sign_in(Role.VIEWER)
    return pages


def save(pages, query="group=none&order=end", **fields):
    form = pages.get(f"{VIEWS}/new?{urlencode({'query': query})}")
    return pages.post_form(form, **{"name": "Johtoryhmä"} | fields)


def kept(town):
    return [(view.name, view.query, view.shared, view.removed) for view in town.rows(select(SavedView))]


def menu(page):
    panel = page.select_one("summary:-soup-contains('Näkymät')").parent
    return {" ".join(one.get_text().split()): one["href"] for one in panel.select("a")}


def test_what_is_shown_is_saved_under_a_name_and_opened_from_the_menu(reader, town):
    shown = reader.get(f"{ROADMAP}?group=none&order=end&scale=years&inner=none")
    form = reader.get(menu(shown)["Tallenna näkymä"])
    page = reader.post_form(form, name="Johtoryhmä")

    assert kept(town) == [("Johtoryhmä", "group=none&order=end", False, False)]
    assert menu(page)["Johtoryhmä"] == "/koekunta/roadmap?group=none&order=end"
    assert page.select_one(".menu-item[aria-current]:-soup-contains('Johtoryhmä')")


def test_a_view_without_a_name_is_asked_for_one(reader, town):
    page = reader.post_form(reader.get(f"{VIEWS}/new?query=group%3Dnone"), name="", status=422)

    assert "Anna näkymälle nimi" in page.text
    assert kept(town) == []


def test_the_time_is_kept_only_when_asked(reader, town):
    query = "group=none&at=2026-05-04"
    save(reader, query)
    save(reader, query, name="Toukokuu", keep_time="y")

    assert [view[1] for view in kept(town)] == ["group=none", "group=none&at=2026-05-04"]


def test_a_page_of_the_past_offers_its_views_in_that_time_and_its_own_to_be_saved(reader):
    save(reader)
    links = menu(reader.get(f"{ROADMAP}?at=2026-05-04"))

    assert links["Johtoryhmä"] == "/koekunta/roadmap?group=none&order=end&at=2026-05-04"
    assert links["Tallenna näkymä"] == f"{VIEWS}/new?query=at%3D2026-05-04"
    assert reader.get(links["Tallenna näkymä"]).select_one("input[name=keep_time]")


def test_another_view_is_made_to_show_what_is_shown(reader, town):
    save(reader)
    [view] = town.rows(select(SavedView))
    save(reader, "group=portfolio", name="", replaces=str(view.id))

    assert kept(town) == [("Johtoryhmä", "group=portfolio", False, False)]


def test_a_view_that_somebody_changed_meanwhile_is_not_replaced_unasked(app, pages, town):
    town.commit()
    pages.sign_in(Role.OFFICE)
    save(pages, shared="y")
    [view] = town.rows(select(SavedView))
    colleague = Pages(app.test_client())
    colleague.sign_in(Role.ADMIN)
    form = pages.get(f"{VIEWS}/new?{urlencode({'query': 'group=portfolio'})}")
    save(colleague, "group=unit", name="", replaces=str(view.id))

    told = pages.post_form(form, name="", replaces=str(view.id), status=422)
    assert "Joku muutti näkymää ”Johtoryhmä”" in told.words
    assert kept(town)[0][1] == "group=unit"
    pages.post_form(told)
    assert kept(town)[0][1] == "group=portfolio"


def test_who_was_slower_to_rename_a_view_is_asked(app, pages, town):
    town.commit()
    pages.sign_in(Role.OFFICE)
    save(pages, shared="y")
    [view] = town.rows(select(SavedView))
    colleague = Pages(app.test_client())
    colleague.sign_in(Role.ADMIN)
    mine = pages.get(f"{VIEWS}/{view.id}/edit")
    colleague.post_form(colleague.get(f"{VIEWS}/{view.id}/edit"), name="Kevät")

    told = pages.post_form(mine, name="Syksy", status=409)
    assert kept(town)[0][0] == "Kevät"
    pages.post_form(told)
    assert kept(town)[0][0] == "Syksy"


def test_a_view_that_was_removed_meanwhile_is_told_where_its_form_is_sent(app, pages, town):
    town.commit()
    pages.sign_in(Role.OFFICE)
    save(pages)
    [view] = town.rows(select(SavedView))
    form = pages.get(f"{VIEWS}/new?{urlencode({'query': 'group=unit'})}")
    opened = pages.get(f"{VIEWS}/{view.id}/edit")
    pages.post(f"{VIEWS}/{view.id}/remove")

    assert pages.post_form(form, name="", replaces=str(view.id), status=422).select_one("#replaces-error")
    assert pages.get(f"{VIEWS}/{view.id}/edit").select("form[action$='/restore']")
    assert pages.post_form(opened, name="Uusi", status=409).select("form[action$='/restore']")
    assert kept(town) == [("Johtoryhmä", "group=none&order=end", False, True)]


def test_a_reader_is_offered_no_sharing_and_no_forum(reader):
    page = reader.get(f"{VIEWS}/new?query=")

    assert not page.select("input[name=shared], select[name=forum_id]")


def test_a_shared_view_is_in_everybodys_menu(pages, town):
    town.commit()
    pages.sign_in(Role.REPORTER)
    save(pages, shared="y")
    pages.sign_in(Role.VIEWER)

    assert "Johtoryhmä" in menu(pages.get(ROADMAP))
    row = pages.get(VIEWS).select_one("tbody tr")
    assert "kaikki; tallentaja" in row.get_text()
    assert not row.select("a[href$='/edit']")


def test_another_persons_own_view_is_not_there_and_a_shared_one_is_not_to_be_changed(pages, town):
    town.commit()
    pages.sign_in(Role.REPORTER)
    save(pages)
    save(pages, name="Jaettu", shared="y")
    own, shared = town.rows(select(SavedView).order_by(SavedView.id))
    pages.sign_in(Role.VIEWER)

    pages.get(f"{VIEWS}/{own.id}/edit", status=404)
    pages.get(f"{VIEWS}/{shared.id}/edit", status=403)
    for act in ("remove", "restore"):
        pages.post(f"{VIEWS}/{own.id}/{act}", status=404)
        pages.post(f"{VIEWS}/{shared.id}/{act}", status=403)
    assert "Johtoryhmä" not in pages.get(f"{VIEWS}?removed={own.id}").text


def test_a_view_of_another_municipality_is_not_there(pages, town):
    values = {"page": "roadmap", "name": "Naapuri", "query": "", "shared": True, "user_id": town.users[Role.ADMIN].id}
    view = factories.write(town.session, SavedView, {"municipality_id": town.neighbour.id, **values})
    town.commit()
    pages.sign_in(Role.ADMIN)

    pages.get(f"{VIEWS}/{view.id}/edit", status=404)
    pages.post(f"{VIEWS}/{view.id}/remove", status=404)
    assert "Naapuri" not in pages.get(VIEWS).text


def test_a_removed_view_is_offered_back_at_once(reader, town):
    save(reader)
    [view] = town.rows(select(SavedView))
    page = reader.post_form(reader.get(f"{VIEWS}/{view.id}/edit"), form="form[action$='/remove']")
    assert "Näkymä ”Johtoryhmä” poistettiin" in page.text
    assert kept(town)[0][3]

    reader.post_form(page, form="form[action$='/restore']")
    assert not kept(town)[0][3]


def test_a_view_is_renamed_and_opens_a_forum(pages, town):
    actor = operator(factories.MORNING).within(town.municipality.id)
    forum = forums.put_forums(town.session, actor, {"jory": {"name_fi": "Johtoryhmä", "kind": "leadership"}}).ids[
        "jory"
    ]
    town.commit()
    pages.sign_in(Role.OFFICE)
    save(pages, name="Kevät")
    [view] = town.rows(select(SavedView))
    refused = pages.post_form(pages.get(f"{VIEWS}/{view.id}/edit"), forum_id=str(forum), status=422)
    assert "Jaa se ensin" in refused.text

    page = pages.post_form(pages.get(f"{VIEWS}/{view.id}/edit"), name="Syksy", shared="y", forum_id=str(forum))
    assert "Johtoryhmä" in page.select_one("tbody tr").get_text()
    assert [one.saved_view_id for one in town.rows(select(ForumView))] == [view.id]
    opened = pages.client.get(f"{ROADMAP}?forum={forum}&at=2026-05-04")
    assert opened.location == "/koekunta/roadmap?group=none&order=end&at=2026-05-04"
    assert pages.client.get(f"{ROADMAP}/chart?forum={forum}").location == "/koekunta/roadmap/chart?group=none&order=end"


@pytest.mark.parametrize("forum", ["99999", "jory", "999999999999999999999", "1" * 5000])
def test_a_forum_that_is_not_there_is_told(reader, forum):
    assert f"Foorumia ”{forum[:40]}” ei ole" in reader.get(f"{ROADMAP}?forum={forum}").text


def test_a_forum_without_a_view_shows_the_usual_roadmap_and_says_so(pages, town):
    actor = operator(factories.MORNING).within(town.municipality.id)
    forum = forums.put_forums(town.session, actor, {"jory": {"name_fi": "Johtoryhmä", "kind": "leadership"}}).ids[
        "jory"
    ]
    town.commit()
    pages.sign_in(Role.VIEWER)

    assert "ei ole omaa näkymää" in pages.get(f"{ROADMAP}?forum={forum}").text


def test_an_address_of_hundreds_of_parameters_is_read_and_too_long_a_view_is_refused_in_words(pages, town):
    town.commit()
    pages.sign_in(Role.OFFICE)
    many = "&".join(f"unit={number}" for number in range(900))

    assert pages.get(f"{ROADMAP}?{many}").select_one("h1")
    page = pages.get(f"{VIEWS}/new?{urlencode({'query': many})}")
    assert "Rajauksia on niin monta," in pages.post_form(page, name="Kaikki", status=422).text

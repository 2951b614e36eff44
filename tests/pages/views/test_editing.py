"""Changing, proposing, copying and removing an initiative on its pages, by those who may."""

import pytest
from sqlalchemy import select

from portfolio.core.rights import Role
from portfolio.forums.models import Forum, InitiativeForum
from portfolio.forums.rules import ForumKind
from portfolio.register.models import Initiative, InitiativeCategory
from portfolio.register.rules import InitiativeKind, PortfolioKind, Status
from tests import factories
from tests.pages import Page, filled


def row_of(town, name):
    return town.rows(select(Initiative).where(Initiative.title_fi == name))[0]


def url(register, name, rest="/edit"):
    return f"/{register.town.code}/initiatives/{register.ids[name]}{rest}"


SUBJECT = "Ääniviestit kouluille"


def test_a_change_is_saved_shown_and_can_be_undone(pages, register):
    pages.sign_in(Role.OFFICE)
    card = pages.post_form(pages.get(url(register, SUBJECT)), progress="60", summary_fi="Uusi tiivistelmä")
    row = register.fresh(SUBJECT)
    assert (row.progress, row.summary_fi) == (60, "Uusi tiivistelmä")
    assert "60" in card.select_one(".undo-bar").get_text()
    pages.post_form(card, form=".undo-bar form")
    assert register.fresh(SUBJECT).progress == 45


def test_saving_without_a_change_writes_nothing(pages, register):
    pages.sign_in(Role.OFFICE)
    before = register.fresh(SUBJECT).version
    page = pages.post_form(pages.get(url(register, SUBJECT)))
    assert page.messages
    assert not page.select(".undo-bar")
    assert register.fresh(SUBJECT).version == before


def test_time_words_are_kept_and_read(pages, register):
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get(url(register, SUBJECT)), timespan="syksy 2027")
    row = register.fresh(SUBJECT)
    assert (row.timespan.words, str(row.starts_on), str(row.ends_on)) == ("syksy 2027", "2027-08-01", "2027-12-31")


def test_an_uncertain_time_is_asked_about_once(pages, register):
    pages.sign_in(Role.OFFICE)
    page = pages.post_form(pages.get(url(register, SUBJECT)), timespan="syksyllä", status=422)
    assert page.errors
    pages.post_form(page)
    assert register.fresh(SUBJECT).timespan.words == "syksyllä"


def test_what_was_typed_comes_back_when_something_must_be_mended(pages, register):
    pages.sign_in(Role.OFFICE)
    page = pages.post_form(
        pages.get(url(register, SUBJECT)), status=422, title_fi="", goals="Pitkä teksti", progress="sata"
    )
    assert page.select_one("textarea[name=goals]").get_text().strip() == "Pitkä teksti"
    assert page.select_one("input[name=progress]")["value"] == "sata"
    assert len(page.errors) >= 4
    assert register.fresh(SUBJECT).title_fi == SUBJECT


def test_an_impossible_order_of_dates_is_said_beside_the_field(pages, register):
    pages.sign_in(Role.OFFICE)
    page = pages.post_form(pages.get(url(register, SUBJECT)), completed_on="1.3.2020", status=422)
    assert page.select_one("#completed_on-error")


def test_only_statuses_that_can_be_reached_are_offered(pages, register):
    pages.sign_in(Role.OFFICE)
    page = pages.get(url(register, SUBJECT))
    offered = {one["value"] for one in page.select("select[name=status] option")}
    assert offered == {"under_way", "completed", "paused", "stopped", "merged"}
    send(pages, url(register, SUBJECT), page, status="proposed")
    assert register.fresh(SUBJECT).status is Status.UNDER_WAY


def test_classes_are_chosen_in_the_form(pages, register):
    pages.sign_in(Role.OFFICE)
    field = f"category:{register.scheme.code}"
    pages.post_form(pages.get(url(register, SUBJECT)), **{field: str(register.classes["Talous"].id)})
    rows = register.town.rows(
        select(InitiativeCategory.category_id).where(
            InitiativeCategory.initiative_id == register.ids[SUBJECT], InitiativeCategory.removed.is_(False)
        )
    )
    assert rows == [register.classes["Talous"].id]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER])
def test_a_reader_is_refused(pages, register, role):
    pages.sign_in(role)
    pages.get(url(register, SUBJECT), status=403)
    pages.post(url(register, SUBJECT), status=403, title_fi="Kaapattu", seen="99999")
    assert register.fresh(SUBJECT).title_fi == SUBJECT


def test_a_reporter_edits_own_content_and_nothing_else(pages, register):
    pages.sign_in(Role.REPORTER)
    page = pages.get(url(register, SUBJECT))
    names = {one["name"] for one in page.select("main [name]")}
    assert {"title_fi", "goals", "progress"} <= names
    assert not names & {"portfolio_id", "kind", "spearhead", "publicity", f"category:{register.scheme.code}"}
    pages.get(url(register, "Öljylämmityksen loppu"), status=403)


@pytest.mark.parametrize("forged", [{"spearhead": "y"}, {"publicity": "public"}, {"kind": "project"}])
def test_a_forged_field_is_refused_and_nothing_is_saved(pages, register, forged):
    pages.sign_in(Role.REPORTER)
    page = pages.get(url(register, SUBJECT))
    answer = send(pages, url(register, SUBJECT), page, title_fi="Uusi", **forged)
    assert answer.errors
    row = register.fresh(SUBJECT)
    assert (row.title_fi, row.spearhead, row.kind) == (SUBJECT, False, InitiativeKind.NEED)


def test_a_forged_class_is_refused(pages, register):
    pages.sign_in(Role.REPORTER)
    page = pages.get(url(register, SUBJECT))
    field = {f"category:{register.scheme.code}": str(register.classes["Talous"].id)}
    assert send(pages, url(register, SUBJECT), page, **field).errors


def test_a_proposal_is_made_in_a_portfolio(pages, register):
    pages.sign_in(Role.REPORTER)
    page = pages.get(f"/{register.town.code}/initiatives/new")
    link = next(one for one in page.links() if "portfolio=" in one)
    page = pages.get(link)
    card = pages.post_form(page, title_fi="Aivan uusi ehdotus")
    row = row_of(register.town, "Aivan uusi ehdotus")
    assert (row.status, row.unit_id) == (Status.PROPOSED, register.town.unit.id)
    assert row.code in card.words
    pages.post_form(card, form=".undo-bar form")
    assert row_of(register.town, "Aivan uusi ehdotus").removed


def test_the_kind_follows_the_portfolio(pages, town):
    factories.create_portfolio(town.session, municipality_id=town.municipality.id, kind=PortfolioKind.NEED_PORTFOLIO)
    town.commit()
    pages.sign_in(Role.OFFICE)
    page = pages.get(f"/{town.code}/initiatives/new")
    assert page.select_one("select[name=kind] option[selected]")["value"] == "need"


def test_a_viewer_cannot_propose(pages, register):
    pages.sign_in(Role.VIEWER)
    pages.get(f"/{register.town.code}/initiatives/new", status=403)


def test_a_reporter_cannot_propose_for_another_unit(pages, register):
    pages.sign_in(Role.REPORTER)
    portfolio = register.portfolios["need"].id
    address = f"/{register.town.code}/initiatives/new?portfolio={portfolio}"
    page = pages.get(address)
    other = str(register.units["tekniikka"].id)
    assert other not in {one["value"] for one in page.select("select[name=unit_id] option")}
    send(pages, address, page, title_fi="Muualle", unit_id=other)


def test_a_copy_begins_as_a_proposal(pages, register):
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get(url(register, SUBJECT, "/copy")), title_fi="Kopio ääniviesteistä")
    row = row_of(register.town, "Kopio ääniviesteistä")
    assert (row.status, row.progress) == (Status.PROPOSED, None)


def test_removing_asks_first_and_restoring_brings_back(pages, register):
    pages.sign_in(Role.OFFICE)
    card = pages.post_form(pages.get(url(register, SUBJECT, "/remove")))
    assert register.fresh(SUBJECT).removed
    pages.post_form(card, form="form[action$='/restore']")
    assert not register.fresh(SUBJECT).removed


def test_a_reporter_cannot_remove(pages, register):
    pages.sign_in(Role.REPORTER)
    pages.get(url(register, SUBJECT, "/remove"), status=403)
    pages.post(url(register, SUBJECT, "/remove"), status=403)
    assert not register.fresh(SUBJECT).removed


def test_a_unit_or_post_of_another_municipality_cannot_be_chosen(pages, register):
    theirs = factories.create_unit(register.session, municipality_id=register.town.neighbour.id)
    identity = theirs.id
    register.town.commit()
    pages.sign_in(Role.OFFICE)
    page = pages.get(url(register, SUBJECT))
    send(pages, url(register, SUBJECT), page, unit_id=str(identity))


def test_time_words_are_previewed(client, pages, register):
    pages.sign_in(Role.VIEWER)
    answer = client.get(f"/{register.town.code}/timespan?words=syksy 2027")
    assert answer.json["certain"]
    assert "2027" in answer.json["words"]
    assert not client.get(f"/{register.town.code}/timespan?words=joskus").json["certain"]


def send(pages, address, page, **changes):
    """Send a page's form with some of it changed by hand, and see it refused."""
    data = filled(page.select_one("main form[method=post]")) | changes
    answer = pages.client.post(address, data=data)
    assert answer.status_code == 422
    return Page(answer)


def test_the_office_chooses_the_forum_that_handles_it(pages, register):
    home = {"municipality_id": register.town.municipality.id}
    forum = factories.write(
        register.session, Forum, {**home, "code": "jory", "name_fi": "Johtoryhmä", "kind": ForumKind.LEADERSHIP}
    )
    identity = forum.id
    register.town.commit()
    pages.sign_in(Role.OFFICE)
    card = pages.post_form(pages.get(url(register, SUBJECT)), forum_id=str(identity))
    assert "Johtoryhmä" in card.words
    card = pages.post_form(pages.get(url(register, SUBJECT)), forum_id="")
    assert not register.town.rows(select(InitiativeForum).where(InitiativeForum.removed.is_(False)))
    pages.sign_in(Role.REPORTER)
    assert not pages.get(url(register, SUBJECT)).select("[name=forum_id]")


def test_a_revision_beyond_every_database_is_read_as_the_newest(pages, register):
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get(url(register, SUBJECT)), progress="60", seen="9" * 30)
    assert register.fresh(SUBJECT).progress == 60

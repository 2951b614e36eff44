import datetime as dt

import pytest

from portfolio.core import history
from portfolio.core.rights import Role, operator
from portfolio.register.models import Initiative, InitiativeCategory
from portfolio.register.operations import create_initiatives, set_categories, update_initiatives
from portfolio.register.rules import InitiativeKind, Status
from tests import factories


@pytest.fixture
def saved(register, clock):
    """Saves a change of one row as the user of a role, just now, and gives its revision."""

    def save(role=Role.OFFICE, name="Ääniviestit kouluille", **values):
        actor = acting(register, role, clock())
        written = update_initiatives(register.session, actor, {register.rows[name].id: values})
        register.town.commit()
        return written.revision_id

    return save


def acting(register, role, at):
    """The town's user of a role, as an operation sees it."""
    units = {register.units["sivistys"].id, register.units["koulut"].id} if role is Role.REPORTER else None
    who = factories.acting(register.town.municipality.id, role, unit_ids=units, at=at)
    return type(who)(register.town.users[role].id, who.name, who.municipality_id, who.grants, who.at, source="form")


def url(register, revision):
    return f"/{register.town.code}/revisions/{revision}/undo"


def test_the_bar_after_a_save_leads_back(pages, register, saved):
    revision = saved(progress=80)
    pages.sign_in(Role.OFFICE)
    page = pages.get(f"/{register.town.code}/initiatives?status=under_way&saved={revision}")
    bar = page.select_one(".undo-bar")
    assert bar.select_one("input[name=next]")["value"].endswith("/initiatives?status=under_way")
    answer = pages.post_form(page, ".undo-bar form")
    assert register.fresh("Ääniviestit kouluille").progress == 45
    assert "Kumottu" in answer.messages[0]
    assert not answer.select(".undo-bar")


def test_the_bar_is_offered_to_nobody_else_and_only_once(pages, register, saved):
    revision = saved(Role.REPORTER, progress=80)
    address = f"/{register.town.code}/initiatives?saved={revision}"
    for role, offered in ((Role.REPORTER, True), (Role.VIEWER, False), (Role.OFFICE, True)):
        pages.sign_in(role)
        assert bool(pages.get(address).select(".undo-bar")) is offered, role
    pages.post_form(pages.get(address), ".undo-bar form")
    assert not pages.get(address).select(".undo-bar")


def test_own_changes_can_be_undone_for_an_hour(pages, register, saved, clock):
    revision = saved(Role.REPORTER, progress=80)
    pages.sign_in(Role.REPORTER)
    pages.get(url(register, revision))
    clock.move(minutes=61)
    pages.get(url(register, revision), status=403)
    pages.post(url(register, revision), status=403)
    assert register.fresh("Ääniviestit kouluille").progress == 80


def test_the_page_that_asks_shows_what_goes_back_and_what_stays(pages, register, saved, clock):
    revision = saved(progress=80, notes="Alustava")
    clock.move(minutes=1)
    saved(progress=90)
    pages.sign_in(Role.OFFICE)
    page = pages.get(url(register, revision))
    lines = [" ".join(one.get_text(" ").split()) for one in page.select(".changes li")]
    assert any("80 %" in line and "pysyy ennallaan" in line for line in lines), lines
    assert any("Alustava" in line and "pysyy ennallaan" not in line for line in lines), lines
    answer = pages.post_form(page, "form[method=post].save-bar")
    assert any("1 tieto jäi nykyiselleen" in one for one in answer.messages)
    row = register.fresh("Ääniviestit kouluille")
    assert (row.progress, row.notes) == (90, None)


def test_an_undo_can_itself_be_undone_and_so_on(pages, register, saved):
    revision = saved(progress=80)
    pages.sign_in(Role.OFFICE)
    pages.post(url(register, revision))
    undo = history.latest_revision(register.session)
    register.session.rollback()
    pages.post(url(register, undo))
    assert register.fresh("Ääniviestit kouluille").progress == 80
    pages.post(url(register, undo), status=422)
    pages.post(url(register, revision), status=422)
    redone = history.latest_revision(register.session)
    register.session.rollback()
    pages.post(url(register, redone))
    assert register.fresh("Ääniviestit kouluille").progress == 45


def test_a_step_of_the_lifecycle_goes_back_although_the_table_has_no_such_step(pages, register, saved):
    revision = saved(status=Status.STOPPED)
    pages.sign_in(Role.OFFICE)
    pages.post(url(register, revision))
    assert register.fresh("Ääniviestit kouluille").status is Status.UNDER_WAY


def test_classes_go_back_too(pages, register, clock):
    row, talous = register.rows["Ääniviestit kouluille"], register.classes["Talous"]
    choice = {row.id: {register.scheme.id: {talous.id}}}
    revision = set_categories(register.session, acting(register, Role.OFFICE, clock()), choice).revision_id
    register.town.commit()
    pages.sign_in(Role.OFFICE)
    pages.get(url(register, revision))
    pages.post(url(register, revision))
    register.session.expire_all()
    links = history.rows(register.session, InitiativeCategory, row.municipality_id, initiative_id=row.id)
    assert [one.category_id for one in links] == [register.classes["Asukkaat"].id]


def test_whoever_proposed_an_item_may_take_it_back(pages, register, clock):
    draft = {
        "title_fi": "Turha ehdotus", "kind": InitiativeKind.NEED, "unit_id": register.units["koulut"].id,
        "portfolio_id": register.portfolios["need"].id,
    }  # fmt: skip
    (identity,) = create_initiatives(register.session, acting(register, Role.REPORTER, clock()), [draft])
    revision = history.latest_revision(register.session)
    register.town.commit()
    pages.sign_in(Role.REPORTER)
    assert "lisätty" in pages.get(url(register, revision)).words
    pages.post(url(register, revision))
    register.session.expire_all()
    assert register.session.get(Initiative, identity).removed


def test_what_has_gone_out_of_ones_reach_stays(pages, register, saved, clock):
    revision = saved(Role.REPORTER, progress=80)
    clock.move(minutes=1)
    saved(Role.OFFICE, unit_id=register.units["tekniikka"].id)
    pages.sign_in(Role.REPORTER)
    page = pages.get(url(register, revision))
    assert "Käyttöoikeutesi ei kata" in page.words
    assert not page.select("form.save-bar button")
    pages.post(url(register, revision))
    assert register.fresh("Ääniviestit kouluille").progress == 80


def test_imports_and_other_municipalities_are_not_undone_here(pages, register, clock):
    session, row = register.session, register.rows["Ääniviestit kouluille"]
    update = history.Update(Initiative, row.id, {"progress": 10})
    imported = history.write_many(session, operator(clock(), source="import"), updates=[update]).revision_id
    register.town.commit()
    factories.create_unit(session, municipality_id=register.town.neighbour.id)
    foreign = history.latest_revision(session)
    register.town.commit()
    pages.sign_in(Role.ADMIN)
    assert "tuonti kumotaan kokonaan" in pages.get(url(register, imported), status=422).words
    pages.post(url(register, imported), status=422)
    pages.get(url(register, foreign), status=404)
    pages.post(url(register, foreign), status=404)
    for none in (999_999, 10**30):
        pages.get(url(register, none), status=404)


def test_the_way_on_never_leaves_the_site(pages, register, saved):
    revision = saved(progress=80)
    pages.sign_in(Role.OFFICE)
    answer = pages.post(url(register, revision), next="https://evil.example/")
    assert answer.answer.request.path.endswith("/initiatives")


def test_a_change_of_a_minute_in_the_future_is_not_ones_own_to_undo(pages, register, saved, clock):
    revision = saved(Role.REPORTER, progress=80)
    clock.now -= dt.timedelta(minutes=5)
    pages.sign_in(Role.REPORTER)
    pages.get(url(register, revision), status=403)

import pytest

from portfolio.core import history
from portfolio.core.rights import Role
from portfolio.register import queries
from portfolio.register.models import Initiative
from portfolio.register.rules import Status
from tests import factories


@pytest.fixture
def office(pages, register):
    pages.sign_in(Role.OFFICE)
    return pages


def address(register, *names, **fields):
    chosen = "&".join(f"chosen={register.rows[name].id}" for name in names)
    more = "&".join(f"{name}={value}" for name, value in fields.items())
    return f"/{register.town.code}/initiatives/bulk?{chosen}&{more}"


def rows(page):
    return {one.select_one(".t").get_text(): one for one in page.select("table.list tbody tr")}


def save(pages, page, **options):
    return pages.post_form(page, "form[method=post].save-bar", **options)


def test_ticked_rows_lead_from_the_list_to_the_question(office, register):
    page = office.get(f"/{register.town.code}/initiatives")
    form = page.select_one("form.choosing")
    assert form["action"].endswith("/initiatives/bulk")
    assert len(form.select("input[name=chosen]")) == 5


def test_nothing_is_previewed_before_something_is_asked(office, register):
    page = office.get(address(register, "Zeppelin asemalle", "Öljylämmityksen loppu"))
    assert "2 kohdetta valittu" in page.words
    assert not page.select("form[method=post].save-bar")
    assert {one["name"] for one in page.select("select")} == {"to_status", "to_unit", "to_owner", "to_class"}


def test_without_a_choice_the_list_comes_back_with_a_sentence(office, register):
    page = office.get(f"/{register.town.code}/initiatives/bulk?status=under_way")
    assert "status=under_way" in page.answer.request.url
    assert any("ainakin yksi" in one for one in page.messages)


def test_the_preview_shows_old_and_new_and_saving_changes_all_in_one_revision(office, register):
    names = ("Zeppelin asemalle", "Öljylämmityksen loppu")
    unit, post = register.units["koulut"], register.posts["rehtori"]
    page = office.get(address(register, *names, to_unit=unit.id, to_owner=post.id))
    changes = [" ".join(one.get_text(" ").split()) for one in rows(page)["Zeppelin asemalle"].select(".changes li")]
    assert any("oli Tekniikka → on nyt Koulut" in one for one in changes), changes
    assert any("on nyt Rehtori" in one for one in changes), changes
    before = history.latest_revision(register.session)
    register.session.rollback()
    save(office, page)
    for name in names:
        assert (register.fresh(name).unit_id, register.fresh(name).owner_post_id) == (unit.id, post.id)
    assert history.latest_revision(register.session) == before + 1


def test_the_owner_can_be_taken_away(office, register):
    page = office.get(address(register, "Ääniviestit kouluille", to_owner="none"))
    save(office, page)
    assert register.fresh("Ääniviestit kouluille").owner_post_id is None


def test_a_class_takes_the_place_of_the_present_one(office, register):
    scheme, classes = register.scheme.id, register.classes
    page = office.get(
        address(
            register, "Ääniviestit kouluille", "Ålandsbanken yhteistyö", to_class=f"{scheme}-{classes['Talous'].id}"
        )
    )
    assert list(rows(page)) == ["Ääniviestit kouluille"]
    assert "1 on jo näin" in page.words
    save(office, page)
    row = register.fresh("Ääniviestit kouluille")
    found = queries.categories_of(register.session, register.town.municipality.id, [row.id])
    assert [one.name_fi for one in found[row.id]] == ["Talous"]


def test_a_class_of_another_portfolio_is_a_problem_of_its_row(office, register):
    home = register.home
    scheme = factories.create_scheme(register.session, **home, portfolio_id=register.portfolios["work"].id)
    one = factories.create_category(register.session, **home, scheme_id=scheme.id)
    register.town.commit()
    page = office.get(address(register, "Zeppelin asemalle", "Ääniviestit kouluille", to_class=f"{scheme.id}-{one.id}"))
    assert rows(page)["Ääniviestit kouluille"].select_one(".error")
    assert not rows(page)["Zeppelin asemalle"].select_one(".error")


def test_a_step_that_the_lifecycle_lacks_is_told_beside_its_row_and_left_out(office, register):
    page = office.get(address(register, "Zeppelin asemalle", "Avoin arkisto", to_status="approved"))
    assert rows(page)["Avoin arkisto"].select_one(".error")
    assert "1 muuttuisi" in page.words
    save(office, page)
    assert register.fresh("Zeppelin asemalle").status is Status.APPROVED
    assert register.fresh("Avoin arkisto").status is Status.COMPLETED


def test_a_reporter_changes_own_items_only(pages, register):
    pages.sign_in(Role.REPORTER)
    unit = register.units["sivistys"].id
    page = pages.get(address(register, "Ääniviestit kouluille", "Öljylämmityksen loppu", to_unit=unit))
    assert not rows(page)["Ääniviestit kouluille"].select_one(".error")
    assert rows(page)["Öljylämmityksen loppu"].select_one(".error")
    save(pages, page)
    assert register.fresh("Ääniviestit kouluille").unit_id == unit
    assert register.fresh("Öljylämmityksen loppu").unit_id == register.units["tekniikka"].id


def test_viewers_and_members_do_not_get_here(pages, register):
    for role in (Role.VIEWER, Role.MEMBER):
        pages.sign_in(role)
        pages.get(address(register, "Zeppelin asemalle"), status=403)


def test_a_row_changed_meanwhile_is_listed_and_nothing_is_saved(office, register):
    names = ("Zeppelin asemalle", "Öljylämmityksen loppu")
    page = office.get(address(register, *names, to_unit=register.units["koulut"].id))
    register.change(register.rows["Zeppelin asemalle"], factories.MORNING, progress=5)
    answer = save(office, page, status=409)
    assert "Zeppelin asemalle" in answer.select_one(".notice.bad").get_text()
    assert "Öljylämmityksen" not in answer.select_one(".notice.bad").get_text()
    assert register.fresh("Öljylämmityksen loppu").unit_id == register.units["tekniikka"].id
    save(office, answer)
    assert register.fresh("Zeppelin asemalle").unit_id == register.units["koulut"].id


def test_a_class_changed_meanwhile_counts_as_well(office, register):
    wish = f"{register.scheme.id}-{register.classes['Talous'].id}"
    page = office.get(address(register, "Ääniviestit kouluille", to_class=wish))
    office.get(address(register, "Ääniviestit kouluille"))
    save(office, office.get(address(register, "Ääniviestit kouluille", to_class=f"{register.scheme.id}-none")))
    assert "Ääniviestit" in save(office, page, status=409).select_one(".notice.bad").get_text()


def test_all_that_match_are_taken_by_the_filter(office, register):
    code, unit = register.town.code, register.units["koulut"].id
    page = office.get(f"/{code}/initiatives/bulk?all=1&kind=project&to_unit={unit}")
    assert sorted(rows(page)) == ["Ålandsbanken yhteistyö", "Öljylämmityksen loppu"]
    back = save(office, page)
    assert "kind=project" in back.answer.request.url


def test_more_than_can_be_looked_through_is_refused(office, register, monkeypatch):
    monkeypatch.setattr("portfolio.pages.views.bulk.MOST_AT_ONCE", 3)
    page = office.get(f"/{register.town.code}/initiatives/bulk?all=1", status=422)
    assert "enintään 3" in page.words


def test_ids_of_another_municipality_are_not_there(office, register):
    town = register.town
    home = {"municipality_id": town.neighbour.id}
    row = factories.create_initiative(town.session, **home, title_fi="Naapurin salaisuus")
    unit = factories.create_unit(town.session, **home)
    town.commit()
    own = register.rows["Zeppelin asemalle"].id
    status = "to_status=approved"
    page = office.get(f"/{town.code}/initiatives/bulk?chosen={row.id}&chosen={own}&{status}")
    assert "salaisuus" not in page.get_text()
    assert "Valituista 1 ei ole enää täällä" in page.words
    office.get(f"/{town.code}/initiatives/bulk?chosen={own}&to_unit={unit.id}", status=422)
    seen = f"{row.id}.{row.version}."
    office.post(f"/{town.code}/initiatives/bulk", status=422, seen=seen, to_status="approved")
    town.session.expire_all()
    assert town.session.get(Initiative, row.id).status is Status.PROPOSED


def test_what_no_preview_wrote_is_refused(office, register):
    for seen in ("", "abc", "1.1.1.1", "1"):
        office.post(f"/{register.town.code}/initiatives/bulk", status=422, seen=seen, to_status="approved")


def test_after_saving_everything_can_be_undone(office, register):
    names = ("Zeppelin asemalle", "Öljylämmityksen loppu")
    page = office.get(address(register, *names, to_unit=register.units["koulut"].id))
    saved = save(office, page)
    assert "2 kohdetta muuttui" in saved.select_one(".undo-bar").get_text()
    office.post_form(saved, ".undo-bar form")
    for name in names:
        assert register.fresh(name).unit_id == register.units["tekniikka"].id


def test_statements_do_not_grow_with_the_rows_of_a_preview(office, register, counted, engine):
    unit = register.units["koulut"].id
    one = address(register, "Zeppelin asemalle", to_unit=unit)
    every = address(register, *(name for name in register.rows if name != "Poistettu kohde"), to_unit=unit)
    office.get(one)
    with counted(engine) as few:
        office.get(one)
    with counted(engine) as many:
        office.get(every)
    assert many.queries == few.queries

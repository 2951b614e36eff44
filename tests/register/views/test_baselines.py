import datetime as dt

import pytest
from sqlalchemy import func, select

from portfolio.core import history
from portfolio.core.history import Baseline, BaselineKind, Revision
from portfolio.core.rights import Role
from tests import factories

BASELINES = "/koekunta/baselines"


@pytest.fixture
def office(pages):
    pages.sign_in(Role.OFFICE)
    return pages


def test_this_moment_gets_a_name_from_the_page_that_lists_them(office, town):
    page = office.get(f"{BASELINES}/new")
    answer = office.post_form(page, name="Kevään kokous", kind="meeting", note="Salkun koonti")
    assert "Ajankohta nimettiin." in answer.messages
    row = answer.select_one("tbody tr").get_text(" ")
    assert all(words in row for words in ("Kevään kokous", "Kokous", "Salkun koonti"))
    assert answer.select_one("tbody a")["href"].startswith("/koekunta/initiatives?baseline=")


def test_a_day_or_the_number_of_a_change_gets_a_name(office, town, clock):
    first = town.rows(select(func.max(Revision.id)))[0]
    clock.move(days=2)
    office.sign_in(Role.OFFICE)
    office.post_form(office.get(f"{BASELINES}/new"), name="Päivä", kind="free", day="2026-05-04")
    page = office.get(f"{BASELINES}/new?number={first}")
    assert page.select_one("[name=number]")["value"] == str(first)
    office.post_form(page, name="Muutos", kind="round")
    found = {one.name: one for one in town.rows(select(Baseline))}
    assert found["Päivä"].revision_id == found["Muutos"].revision_id == first
    assert found["Muutos"].kind is BaselineKind.ROUND


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "2026-05-09"}, "vasta tulossa"),
        ({"day": "2019-01-01"}, "ei ole mitään ajalta ennen"),
        ({"number": "99999"}, "ei ole"),
        ({"number": "viimeinen"}, "ei ole"),
        ({"name": ""}, ""),
    ],
)
def test_a_point_that_cannot_be_shown_is_refused_beside_its_field(office, town, typed, words):
    answer = office.post_form(office.get(f"{BASELINES}/new"), status=422, **{"name": "Nimi", "kind": "free"} | typed)
    assert words in " ".join(answer.errors)
    assert not town.rows(select(Baseline))


def test_a_baseline_is_renamed_removed_and_brought_back(office, town):
    one = factories.create_baseline(town.session, municipality_id=town.municipality.id, name="Kokous")
    town.commit()
    office.post_form(office.get(f"{BASELINES}/{one.id}/edit"), name="Joulukuun kokous")
    page = office.get(f"{BASELINES}/{one.id}/edit")
    gone = office.post_form(page, form="form.one-button")
    assert "Joulukuun kokous poistettiin." in gone.messages
    back = office.post_form(office.get(f"{BASELINES}/{one.id}/edit"), form="form.one-button")
    assert "Joulukuun kokous" in back.select_one("tbody").get_text()


def test_the_list_opens_the_page_that_one_came_from(office, town):
    one = factories.create_baseline(town.session, municipality_id=town.municipality.id)
    town.commit()
    page = office.get(f"{BASELINES}?next=/koekunta/roadmap%3Fat%3D2026-05-04%26group%3Dunit")
    assert page.select_one("tbody a")["href"] == f"/koekunta/roadmap?group=unit&baseline={one.id}"
    page = office.get(f"{BASELINES}?next=https://evil.example/")
    assert page.select_one("tbody a")["href"] == f"/koekunta/initiatives?baseline={one.id}"


def test_a_viewer_sees_the_names_and_cannot_change_them(pages, town):
    one = factories.create_baseline(town.session, municipality_id=town.municipality.id)
    town.commit()
    pages.sign_in(Role.VIEWER)
    page = pages.get(BASELINES)
    assert one.name in page.words
    assert not [link for link in page.links() if "/edit" in link or link.endswith("/new")]
    pages.get(f"{BASELINES}/new", status=403)


def test_the_list_is_narrowed_by_kind_and_costs_the_same_however_long(office, town, engine, counted):
    office.get(BASELINES)
    with counted(engine) as before:
        office.get(BASELINES)
    for number in range(60):
        kind = BaselineKind.ROUND if number % 2 else BaselineKind.FREE
        factories.create_baseline(
            town.session, municipality_id=town.municipality.id, name=f"Kierros {number}", kind=kind
        )
    town.commit()
    with counted(engine) as after:
        page = office.get(BASELINES)
    assert after.queries == before.queries
    assert "60 nimettyä ajankohtaa" in page.words
    assert len(page.select("tbody tr")) == 50
    assert len(office.get(f"{BASELINES}?kind=round").select("tbody tr")) == 30
    assert len(office.get(f"{BASELINES}?kind=nonsense").select("tbody tr")) == 50


def test_a_baseline_shows_the_register_as_it_was(office, town, clock):
    row = factories.create_initiative(town.session, municipality_id=town.municipality.id, title_fi="Vanha nimi")
    one = factories.create_baseline(town.session, municipality_id=town.municipality.id, name="Kevään kokous")
    town.commit()
    actor = factories.acting(town.municipality.id, "office", at=factories.MORNING + dt.timedelta(days=1))
    history.write_many(town.session, actor, updates=[history.Update(type(row), row.id, {"title_fi": "Uusi nimi"})])
    town.commit()
    page = office.get(f"/koekunta/initiatives?baseline={one.id}")
    assert "Vanha nimi" in page.words
    assert "Tilanne Kevään kokous" in page.select_one(".bar .past").get_text()
    assert f"baseline={one.id}" in page.select_one("tbody a.t")["href"]

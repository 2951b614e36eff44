import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.core import history
from portfolio.core.history import Baseline, BaselineKind, Insert, Update, write_many
from portfolio.core.rights import Role
from portfolio.organisation.models import Unit
from tests import factories

DAY = dt.timedelta(days=1)


@pytest.fixture
def renamed(town, clock):
    """A town whose unit was renamed today, and gave its old name to a point in time; gives the revision before."""
    before = history.latest_revision(town.session)
    now = clock()
    actor = factories.acting(town.municipality.id, "office", at=now)
    point = {"name": "Kevään kokous", "kind": BaselineKind.MEETING, "revision_id": before}
    write_many(
        town.session,
        actor,
        updates=[Update(Unit, town.unit.id, {"name_fi": "Uusi nimi"})],
        inserts=[Insert(Baseline, point | {"municipality_id": town.municipality.id})],
    )
    town.commit()
    return before


@pytest.fixture
def office(probe):
    probe.sign_in(Role.OFFICE)
    return probe


def shown(page):
    return page.select_one("#said").get_text()


def test_a_page_is_shown_as_it_was_at_a_revision(office, renamed):
    page = office.get(f"/koekunta/probe?revision={renamed}")
    assert shown(page) == "Sivistys"
    assert "Tilanne" in page.select_one(".bar .past").get_text()
    assert "is-past" in page.body["class"]


def test_objects_of_the_address_are_loaded_as_they_were(office, renamed, town):
    assert shown(office.get(f"/koekunta/probe/{town.unit.id}?revision={renamed}")) == "Sivistys"
    assert shown(office.get(f"/koekunta/probe/{town.unit.id}")) == "Uusi nimi"


def test_a_day_is_seen_as_it_ended(office, town, clock):
    later = factories.MORNING + 3 * DAY
    actor = factories.acting(town.municipality.id, "office", at=later)
    write_many(town.session, actor, updates=[Update(Unit, town.unit.id, {"name_fi": "Uusi nimi"})])
    town.commit()
    clock.move(days=4)
    office.sign_in(Role.OFFICE)
    day = later.date()
    assert shown(office.get(f"/koekunta/probe?at={day - DAY}")) == "Sivistys"
    page = office.get(f"/koekunta/probe?at={day}")
    assert shown(page) == "Uusi nimi"
    assert "7.5.2026" in page.select_one(".bar .past").get_text()


def test_the_way_back_to_now_keeps_the_filters(office, renamed):
    page = office.get(f"/koekunta/probe?revision={renamed}&q=a&q=b")
    assert page.select_one(".bar .past a")["href"] == "/koekunta/probe?q=a&q=b"


def test_the_address_of_another_time_is_of_this_site_whatever_the_query_holds(office, renamed):
    page = office.get(f"/koekunta/probe?revision={renamed}&_external=1&_scheme=evil&_anchor=x&q=%22%3E")
    assert page.select_one(".bar .past a")["href"] == "/koekunta/probe?_external=1&_scheme=evil&_anchor=x&q=%22%3E"


def test_links_stay_in_the_past_where_the_page_they_lead_to_can_show_it(office, renamed, town):
    facts = office.client.get(f"/koekunta/probe/facts?revision={renamed}").json
    assert facts["at"] == renamed
    assert facts["link"] == f"/koekunta/probe?q=x&revision={renamed}"
    rail = {
        one.get_text(strip=True): one["href"]
        for one in office.get(f"/koekunta/probe?revision={renamed}").select(".rail a")
    }
    assert rail["Settings of the probe"] == "/koekunta/probe/present"


def test_the_time_control_offers_now_the_named_points_and_any_day(office, renamed, town):
    identity = town.rows(select(Baseline.id))[0]
    page = office.get(f"/koekunta/probe/{town.unit.id}?q=a")
    choices = {one.get_text(strip=True): one for one in page.select(".acts .menu-item")}
    assert choices["Nyt"].get("aria-current") == "true"
    assert choices["Kevään kokous"]["href"] == f"/koekunta/probe/{town.unit.id}?q=a&baseline={identity}"
    there = office.get(choices["Kevään kokous"]["href"])
    assert "Kevään kokous" in there.select_one(".acts [aria-current]").get_text()
    form = page.select_one(".acts form")
    assert (form["action"], form.select_one("[name=at]")["max"]) == (f"/koekunta/probe/{town.unit.id}", "2026-05-04")
    assert form.select_one("[name=q]")["value"] == "a"


def test_a_baseline_of_the_address_is_shown_by_its_name(office, renamed, town):
    identity = town.rows(select(Baseline.id))[0]
    page = office.get(f"/koekunta/probe?baseline={identity}")
    assert shown(page) == "Sivistys"
    assert "Kevään kokous, " in page.select_one(".bar .past").get_text()
    assert office.client.get(f"/koekunta/probe/facts?baseline={identity}").json["link"].endswith(f"baseline={identity}")


def test_a_removed_baseline_is_told_by_its_name_and_its_day(office, renamed, town):
    one = town.rows(select(Baseline))[0]
    actor = factories.acting(town.municipality.id, "office")
    write_many(town.session, actor, updates=[Update(Baseline, one.id, {"removed": True})])
    town.commit()
    page = office.get(f"/koekunta/probe?baseline={one.id}&q=a", status=422)
    assert "Kevään kokous" in page.words
    assert "4.5.2026" in page.words
    assert page.select_one("main .btn-go")["href"] == "/koekunta/probe?q=a"


def test_the_baseline_of_another_municipality_is_none_of_here(office, town):
    other = factories.create_baseline(town.session, municipality_id=town.neighbour.id, name="Naapurin salaisuus")
    town.commit()
    assert "Naapurin" not in office.get(f"/koekunta/probe?baseline={other.id}", status=422).words


def test_many_named_points_are_offered_by_kind_and_the_rest_by_a_link(office, town, counted):
    for kind in BaselineKind:
        for number in range(7):
            factories.create_baseline(
                town.session, municipality_id=town.municipality.id, name=f"{kind} {number}", kind=kind
            )
    town.commit()
    page = office.get("/koekunta/probe?q=a")
    assert [one.get_text() for one in page.select(".acts .menu-title")] == [
        *("Kokoukset", "Versiot", "Katselmuskierrokset", "Muut ajankohdat")
    ]
    offered = [one.get_text(strip=True) for one in page.select(".acts .menu-item")]
    assert offered[1:6] == [f"meeting {number}" for number in (6, 5, 4, 3, 2)]
    links = {one.get_text(strip=True): one["href"] for one in page.select(".acts .menu-item")[-2:]}
    assert links["Kaikki nimetyt ajankohdat"] == "/koekunta/baselines?next=%2Fkoekunta%2Fprobe%3Fq%3Da"
    assert links["Nimeä tämä ajankohta"] == "/koekunta/baselines/new"


def test_a_page_that_shows_only_the_present_has_no_time_control_and_refuses_the_past(office, renamed):
    assert not office.get("/koekunta/probe/present").select(".acts details")
    page = office.get(f"/koekunta/probe/present?revision={renamed}", status=422)
    assert "Tämä sivu näyttää vain nykyhetken" in page.words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("at=eilen", "ei ole päivä"),
        ("at=2026-02-31", "ei ole päivä"),
        ("at=2026-05-05", "vasta tulossa"),
        ("at=2026-05-03", "ei ole mitään ajalta ennen"),
        ("revision=99999", "ei ole"),
        ("revision=-1", "ei ole"),
        ("revision=x", "ei ole"),
        ("revision=99999999999999999999", "ei ole"),
        ("baseline=7", "ei ole täällä"),
        ("baseline=x", "ei ole täällä"),
        ("baseline=99999999999999999999", "ei ole täällä"),
    ],
)
def test_a_time_that_cannot_be_shown_is_refused_in_a_sentence(office, query, words):
    assert words in office.get(f"/koekunta/probe?{query}", status=422).words


def test_the_past_cannot_be_changed(office, renamed, town):
    page = office.post(f"/koekunta/probe/add?revision={renamed}", status=422, name="x")
    assert "Mennyttä voi lukea mutta ei muuttaa" in page.words


def test_a_municipality_that_was_born_later_has_no_earlier_past(probe, town, clock):
    later = factories.MORNING + 2 * DAY
    actor = factories.operator(later)
    from portfolio.organisation.models import Municipality

    cells = {"code": "uusi", "number": "999", "name_fi": "Uusi", "name_sv": "Nya"}
    identity = write_many(town.session, actor, inserts=[Insert(Municipality, cells)]).ids[0]
    factories.create_access(town.session, municipality_id=identity, user_id=town.users[Role.OFFICE].id)
    town.commit()
    clock.move(days=3)
    probe.sign_in(Role.OFFICE)
    probe.get(f"/uusi/probe?at={(later - DAY).date()}", status=422)
    probe.get(f"/uusi/probe?at={later.date()}")


def test_in_a_demo_the_day_of_a_past_is_never_after_the_day_in_which_it_lives(office, renamed, town):
    town.make_demo("2023-05-15")
    assert office.client.get(f"/koekunta/probe/facts?revision={renamed}").json["day"] == "2023-05-15"

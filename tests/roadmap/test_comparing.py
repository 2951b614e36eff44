"""The roadmap beside an earlier time: ghost bars, what changed in each row, what has left, one sentence."""

import datetime as dt

import pytest

from portfolio.core import history
from portfolio.core.history import Update, write_many
from portfolio.core.rights import Role, operator
from portfolio.core.timespan import Context, parse
from portfolio.forums.models import Forum, Meeting
from portfolio.forums.rules import ForumKind
from portfolio.register.models import Initiative
from portfolio.register.operations import remove_baseline, remove_initiatives
from portfolio.register.rules import Status
from tests import factories

ROADMAP = "/koekunta/roadmap"
DAY = dt.timedelta(days=1)


def span(words):
    return parse(words, Context.default()).value


@pytest.fixture
def story(town, clock):
    """Four initiatives and a baseline; a day later one has moved, one lost its time, one left and one joined."""
    home = {"municipality_id": town.municipality.id}
    programme = factories.create_portfolio(town.session, **home, name_fi="Tarvesalkku")
    facts = {"portfolio_id": programme.id, "unit_id": town.unit.id, "timespan": span("syksy 2026")}
    rows = {
        name: factories.create_initiative(town.session, **home, title_fi=name, **facts).id
        for name in ("Siirtyvä", "Ajaton", "Poistuva", "Ennallaan")
    }
    baseline = factories.create_baseline(town.session, **home, name="Kevään kokous").id
    revision = history.latest_revision(town.session)
    town.commit()
    clock.move(days=1)
    later = operator(factories.MORNING + DAY).within(town.municipality.id)
    moved = {"timespan": span("kevät 2027"), "status": Status.APPROVED, "notes": "Uusi"}
    updates = [Update(Initiative, rows["Siirtyvä"], moved), Update(Initiative, rows["Ajaton"], {"timespan": None})]
    write_many(town.session, later, updates=updates)
    remove_initiatives(town.session, later, [rows["Poistuva"]])
    town.commit()
    facts["portfolio_id"] = programme.id
    factories.create_initiative(town.session, **home, title_fi="Uusi tulokas", **facts)
    town.commit()
    return {"baseline": baseline, "revision": revision, **rows}


@pytest.fixture
def viewer(pages, story):
    pages.sign_in(Role.VIEWER)
    return pages


def row_of(page, title):
    return page.find("span", string=title).find_parent("tr")


def words_of(element):
    return " ".join(element.get_text(" ").split())


def test_each_row_says_what_changed_and_the_sentence_counts_it(viewer, story):
    page = viewer.get(f"{ROADMAP}?compare=baseline:{story['baseline']}")
    assert words_of(page.select_one("#compared")).startswith(
        "Vertailukohta Kevään kokous. 4 kehittämiskohdetta on muuttunut: 1 tuli mukaan, 1 poistui, 1 siirtyi"
    )
    moved = row_of(page, "Siirtyvä")
    assert [one.get_text() for one in moved.select("del, ins")] == [
        "syksy 2026", "kevät 2027", "Ehdotettu", "Hyväksytty",
    ]  # fmt: skip
    assert "Muuttunut myös: Huomautukset" in words_of(moved)
    assert "Tuli mukaan" in words_of(row_of(page, "Uusi tulokas"))
    assert row_of(page, "Ennallaan").select("ul.changes") == []


def test_what_lost_its_time_stands_in_its_lane_and_what_left_is_listed_as_it_was(viewer, story):
    page = viewer.get(f"{ROADMAP}?compare=baseline:{story['baseline']}")
    assert row_of(page, "Ajaton").select(".rm-track")
    assert page.select("#undated") == []
    link = page.select_one("#gone a")
    assert "Poistuva" in words_of(link)
    assert "Poistuva" in viewer.get(link["href"]).h1.get_text()


def test_the_filter_narrows_the_comparison(viewer, story):
    page = viewer.get(f"{ROADMAP}?compare=baseline:{story['baseline']}&q=tulokas")
    assert "1 kehittämiskohde on muuttunut: 1 tuli mukaan." in words_of(page.select_one("#compared"))
    assert page.select("#gone") == []


def test_what_no_longer_matches_the_filter_has_left_and_says_why_and_what_came_to_match_it_too(viewer, story):
    compare = f"compare=baseline:{story['baseline']}"
    before = viewer.get(f"{ROADMAP}?{compare}&status=proposed")
    gone = words_of(before.find("a", href=lambda href: href and f"/{story['Siirtyvä']}?" in href).find_parent("li"))
    assert "Ei enää rajauksessa" in gone
    assert "Tila oli Ehdotettu" in gone
    assert "syksy 2026" in gone.split("Ei enää")[0]
    assert "1 ei ole enää rajauksessa" in words_of(before.select_one("#compared"))

    after = viewer.get(f"{ROADMAP}?{compare}&status=approved")
    assert "Tuli rajaukseen" in words_of(row_of(after, "Siirtyvä"))
    assert "1 tuli rajaukseen" in words_of(after.select_one("#compared"))
    assert after.select("#gone") == []


def test_the_control_offers_the_last_meeting_and_baselines_and_leads_out_again(viewer, story, town):
    home = {"municipality_id": town.municipality.id}
    day = factories.MORNING.date()
    forum = factories.write(
        town.session, Forum, home | {"code": "jory", "name_fi": "Johtoryhmä", "kind": ForumKind.LEADERSHIP}
    )
    factories.write(town.session, Meeting, home | {"forum_id": forum.id, "date": day})
    town.commit()
    page = viewer.get(f"{ROADMAP}?group=portfolio")
    links = {words_of(one): one["href"] for one in page.select("a.menu-item") if "compare=" in one["href"]}
    assert links == {
        f"Johtoryhmä {day.day}.{day.month}.{day.year}": f"{ROADMAP}?group=portfolio&compare={day}",
        "Kevään kokous": f"{ROADMAP}?group=portfolio&compare=baseline%3A{story['baseline']}",
    }
    assert viewer.get(links["Kevään kokous"]).select("#compared")


def test_the_comparison_is_kept_in_every_link_and_ends_where_it_is_switched_off(viewer, story):
    page = viewer.get(f"{ROADMAP}?compare=revision:{story['revision']}&group=portfolio")
    kept = [one["href"] for one in page.select(".rm-scales a")] + [page.select_one('a[href*="roadmap.xlsx"]')["href"]]
    assert all("compare=revision" in one for one in kept)
    off = page.find("a", string="Ei vertailua")["href"]
    assert viewer.get(off).select("#compared") == []


def test_all_that_changed_is_one_click_away_in_the_same_lanes(viewer, story):
    page = viewer.get(f"{ROADMAP}?compare=baseline:{story['baseline']}&group=portfolio")
    link = page.select_one("#compared a")["href"]
    assert "group=portfolio" in link
    assert "Kevään kokous → nyt" in viewer.get(link).words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("baseline:999", "ei ole täällä"),
        ("baseline:x", "ei ole täällä"),
        ("2019-01-01", "ei ole mitään ajalta ennen"),
        ("2030-01-01", "vasta tulossa"),
        ("revision:x", "ei ole"),
        ("eilen", "ei ole päivä"),
        ("now", "ei ole aiempi kuin näytettävä hetki"),
    ],
)
def test_a_time_that_cannot_be_compared_with_is_a_sentence_over_the_usual_roadmap(viewer, story, asked, words):
    page = viewer.get(f"{ROADMAP}?compare={asked}")
    assert words in page.words
    assert page.select("#compared") == []
    assert row_of(page, "Ennallaan")


def test_a_removed_baseline_and_one_of_another_municipality_are_told(viewer, story, town):
    other = factories.create_municipality(town.session)
    foreign = factories.create_baseline(town.session, municipality_id=other.id).id
    remove_baseline(town.session, factories.acting(town.municipality.id, "office"), story["baseline"])
    town.commit()
    assert "on poistettu" in viewer.get(f"{ROADMAP}?compare=baseline:{story['baseline']}").words
    assert "ei ole täällä" in viewer.get(f"{ROADMAP}?compare=baseline:{foreign}").words


def test_the_past_is_compared_with_what_was_before_it(viewer, story):
    page = viewer.get(f"{ROADMAP}?revision={story['revision']}&compare=2026-05-05")
    assert "ei ole aiempi kuin näytettävä hetki" in page.words


def test_the_number_of_statements_does_not_grow_with_what_differs(viewer, story, town, engine, counted):
    address = f"{ROADMAP}?compare=baseline:{story['baseline']}"
    viewer.get(address)
    history.forget()
    with counted(engine) as before:
        viewer.get(address)
    programme = factories.create_portfolio(town.session, municipality_id=town.municipality.id)
    for number in range(30):
        facts = {"portfolio_id": programme.id, "timespan": span("2026")}
        factories.create_initiative(
            town.session, municipality_id=town.municipality.id, title_fi=f"Lisä {number}", **facts
        )
    town.commit()
    history.forget()
    with counted(engine) as after:
        viewer.get(address)
    assert after.queries == before.queries

import pytest

from portfolio.forums import operations as forums
from portfolio.register.models import InitiativeCategory
from portfolio.register.rules import InitiativeKind, Status
from tests import factories
from tests.roadmap.items import create_span
from tests.roadmap.test_views import Home, lanes, open_roadmap, titles


@pytest.fixture
def home(town):
    """The town of the roadmap's own tests."""
    return Home(town)


def classify(home, initiative, *classes):
    for category in classes:
        values = {"initiative_id": initiative.id, "category_id": category.id, "municipality_id": home.id}
        factories.write(home.session, InitiativeCategory, values)


def notices(page):
    return [one.get_text() for one in page.select(".notice.warn")]


def test_lanes_are_divided_by_a_second_grouping(pages, home):
    first, second = home.initiative(title_fi="Kirjasto"), home.initiative(title_fi="Museo")
    classify(home, first, home.classes[0])
    classify(home, second, home.classes[1])
    home.initiative(title_fi="Koulu", unit_id=home.town.unit.id)

    page = open_roadmap(pages, home, "?group=unit&inner=scheme-n")

    assert lanes(page) == [
        "Kulttuuri 2 kohdetta",
        "Kulttuuri: Elinvoima 1 kohde",
        "Kulttuuri: Hyvinvointi 1 kohde",
        "Sivistys 1 kohde",
        "Sivistys: Ei luokiteltu 1 kohde",
    ]
    assert titles(page) == ["Kirjasto", "Museo", "Koulu"]
    assert len(page.select("tbody.rm-inner")) == 3
    assert "ryhmittely: yksikkö, näkökulma" in page.select_one("caption").get_text()
    assert page.select_one("#sentence").get_text().startswith("3 kohdetta, 2 kaistaa")


def test_rows_are_grouped_by_the_forum_that_handles_them(pages, home):
    handled, other = home.initiative(title_fi="Käsittelyssä"), home.initiative(title_fi="Muu")
    forum = forums.put_forums(home.session, home.actor, {"j": {"name_fi": "Johtoryhmä", "kind": "leadership"}}).ids["j"]
    forums.set_handling_forums(home.session, home.actor, {handled.id: forum})

    page = open_roadmap(pages, home, "?group=forum")

    assert lanes(page) == ["Johtoryhmä 1 kohde", "Ei foorumia 1 kohde"]
    assert titles(page) == [handled.title_fi, other.title_fi]


def test_rows_are_grouped_by_responsible_post_and_equal_titles_say_their_unit(pages, home):
    facts = {"municipality_id": home.id, "title_fi": "Johtaja"}
    for unit in (home.culture, home.town.unit):
        post = factories.create_post(home.session, unit_id=unit.id, **facts)
        home.initiative(owner_post_id=post.id)
    home.initiative(owner_post_id=None)

    assert lanes(open_roadmap(pages, home, "?group=post")) == [
        "Kulttuuri: Johtaja 1 kohde",
        "Sivistys: Johtaja 1 kohde",
        "Ei vastuuvirkaa 1 kohde",
    ]


def test_colours_tell_a_classification_and_words_tell_it_too(pages, home):
    for number, category in enumerate((*home.classes, None)):
        initiative = home.initiative(title_fi=f"Kohde {number}", status=Status.APPROVED)
        classify(home, initiative, *([category] if category else []))

    page = open_roadmap(pages, home, "?colour=scheme-n")

    assert [bar["class"][1] for bar in page.select(".rm-track rect.rm-bar")] == ["c1", "c2", "plain"]
    said = ["Elinvoima", "Hyvinvointi", "Ei luokiteltu"]
    assert all(words in under.get_text() for words, under in zip(said, page.select(".rm-under"), strict=True))
    legend = [one.get_text(strip=True) for one in page.select(".rm-key li")]
    assert legend[:4] == ["Näkökulma:", *said]
    assert "värit: näkökulma" in page.select_one("caption").get_text()


def test_colours_of_the_kind_leave_the_dashes_to_the_status(pages, home):
    home.initiative(kind=InitiativeKind.NEED, status=Status.PROPOSED)

    page = open_roadmap(pages, home, "?colour=kind")

    assert page.select_one(".rm-track rect.rm-bar")["class"][:3] == ["rm-bar", "c1", "outline"]
    assert "Ehdotettu tai valmisteilla" in page.select_one(".rm-key").get_text()


def test_rows_stand_in_the_order_of_the_address(pages, home):
    home.initiative(title_fi="B", timespan=create_span("1.1.2026", "31.12.2026"))
    home.initiative(title_fi="A", timespan=create_span("1.3.2026", "30.6.2026"))

    assert titles(open_roadmap(pages, home)) == ["B", "A"]
    for order in ("end", "title"):
        assert titles(pages.get(f"/koekunta/roadmap?order={order}")) == ["A", "B"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("inner=gone", "Ryhmittelyä ”gone” ei ole, joten kaistoja ei jaeta."),
        ("group=unit&inner=unit", "Kaistojen ryhmittely on jo Yksikkö"),
        ("colour=weather", "Värit eivät voi kertoa arvoa ”weather”"),
        ("order=rank", "Järjestystä ”rank” ei ole"),
        ("group=scheme-gone", "Ryhmittelyä ”scheme-gone” ei ole"),
    ],
)
@pytest.mark.parametrize("face", ["", "/chart"])
def test_what_is_not_known_is_told_and_the_usual_is_shown(pages, home, face, query, words):
    home.initiative(title_fi="Kirjasto")

    [notice] = notices(open_roadmap(pages, home, f"{face}?{query}"))
    assert words in notice


def test_the_pills_tell_what_is_chosen_and_keep_the_rest_of_the_address(pages, home):
    home.initiative()
    page = open_roadmap(pages, home, "?inner=portfolio&colour=kind&order=title&money=1&scale=year&at=2026-05-04")

    form = page.select_one("form.filters")
    chosen = {one["name"]: one["value"] for one in form.select("input[checked]")}
    assert chosen == {"group": "unit", "inner": "portfolio", "colour": "kind", "order": "title", "money": "1"}
    assert {one["name"]: one["value"] for one in form.select("input[type=hidden]")} == {
        "scale": "year",
        "at": "2026-05-04",
    }


def test_both_faces_say_the_same_in_their_tables(pages, home):
    first, second = home.initiative(title_fi="Kirjasto"), home.initiative(title_fi="Museo")
    classify(home, first, home.classes[1])
    home.money(second, y2026=40_000)
    query = "?group=scheme-n&inner=unit&colour=scheme-n&order=title&money=1"

    grid = open_roadmap(pages, home, query)
    table = pages.get(f"/koekunta/roadmap/chart{query}").select_one(".rm-facts table")

    rows = [" ".join(row.get_text(" ").split()) for row in table.select("tbody tr:not(.lane)")]
    assert [row.split()[0] for row in rows] == titles(grid) == ["Kirjasto", "Museo"]
    assert "Hyvinvointi" in rows[0]
    assert "40 000 €" in rows[1]
    heads = [" ".join(row.get_text(" ").split()) for row in table.select("tr.lane")]
    assert [head.split(" – ")[-1] for head in heads] == [lane.split(": ")[-1] for lane in lanes(grid)]

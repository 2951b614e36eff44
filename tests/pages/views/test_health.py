"""Health on the screens of the register: in the list, its filter, order and workbook, on the card, in differences."""

import datetime as dt
import io

import openpyxl
import pytest
from pptx import Presentation

from portfolio.core import history
from portfolio.core.rights import Role
from portfolio.reviews import operations
from portfolio.reviews.rules import Health, Verdict
from tests.reviews.views.conftest import Programme

LIST = "/koekunta/initiatives"
SHOWN = f"{LIST}?columns=code&columns=health"
GREEN, YELLOW, RED, UNRATED = (
    "Etenee suunnitellusti",
    "Riski: vaatii huomiota",
    "Ei etene: vaatii päätöksen",
    "ei arvioitu",
)
DAY = dt.timedelta(days=1)


class Year(Programme):
    """Two rounds: what was at risk got better, what went well stopped, and one is assessed for the first time."""

    def __init__(self, town):
        super().__init__(town)
        self.fourth = self.measure("Kirjastoauto", self.other)
        before = self.round(2025)
        self.rate(before, {self.first: Health.YELLOW, self.second: Health.GREEN})
        operations.close_round(self.session, self.office, before)
        town.commit()
        self.then = history.latest_revision(self.session)
        self.rate(self.round(2026), {self.first: Health.GREEN, self.second: Health.RED, self.third: Health.YELLOW})

    def rate(self, round_id, healths):
        for identity, health in healths.items():
            review = self.review(round_id, identity)
            told = {"health": health, "health_reason": "Perustelu", "verdict": Verdict.CONTINUE}
            self.submit(review, **told)
            self.approve(review)


@pytest.fixture
def year(town):
    return Year(town)


@pytest.fixture
def viewer(pages, year):
    pages.sign_in(Role.VIEWER)
    return pages


def healths(page):
    """Give the titles of a list with the words of their health, in order."""
    cell = 'td[data-label="Tilannearvio"]'
    return {
        row.select_one("a.t").get_text(): row.select_one(cell).get_text(strip=True) for row in page.select("tbody tr")
    }


def test_the_list_shows_the_health_last_approved_in_its_fixed_words(viewer):
    assert healths(viewer.get(SHOWN)) == {
        "Katuvalot": YELLOW,
        "Kirjastoauto": UNRATED,
        "Koulujen ajanvaraus": GREEN,
        "Oppimisen tuki": RED,
    }


def test_the_list_as_it_was_shows_the_health_of_then(viewer, year):
    past = healths(viewer.get(f"{SHOWN}&revision={year.then}"))
    assert past == {
        "Katuvalot": UNRATED,
        "Kirjastoauto": UNRATED,
        "Koulujen ajanvaraus": YELLOW,
        "Oppimisen tuki": GREEN,
    }


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("health=red", {"Oppimisen tuki"}),
        ("health=red&health=yellow", {"Oppimisen tuki", "Katuvalot"}),
        ("health=none", {"Kirjastoauto"}),
        ("health=none&health=green", {"Kirjastoauto", "Koulujen ajanvaraus"}),
        ("health=red&q=katu", set()),
    ],
)
def test_the_list_is_narrowed_by_health(viewer, asked, titles):
    assert healths(viewer.get(f"{SHOWN}&{asked}")).keys() == titles


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("health=red", {"Oppimisen tuki": "Tuli rajaukseen"}),
        ("health=green", {"Koulujen ajanvaraus": "Tuli rajaukseen", "Oppimisen tuki": "Ei enää rajauksessa"}),
        ("health=none", {"Katuvalot": "Ei enää rajauksessa"}),
        ("health=red&health=green&q=tuki", {"Oppimisen tuki": "Tilannearvio"}),
    ],
)
@pytest.mark.parametrize(
    "page", ["/koekunta/changes?from=revision:{then}", "/koekunta/roadmap?compare=revision:{then}"]
)
def test_what_came_to_a_health_or_left_it_is_told_where_changes_are_narrowed_by_it(viewer, year, page, asked, told):
    text = viewer.get(f"{page.format(then=year.then)}&{asked}").words
    for title, words in told.items():
        assert title in text
        assert words in text


def test_a_filter_of_the_past_asks_for_the_health_of_then(viewer, year):
    assert healths(viewer.get(f"{SHOWN}&health=yellow&revision={year.then}")).keys() == {"Koulujen ajanvaraus"}
    assert healths(viewer.get(f"{SHOWN}&health=none&revision={year.then}")).keys() == {"Katuvalot", "Kirjastoauto"}


def test_a_colour_that_is_not_known_is_told_and_does_not_narrow(viewer):
    page = viewer.get(f"{SHOWN}&health=mauve")
    assert "Tilannearvio: ”mauve” on tuntematon" in page.words
    assert len(healths(page)) == 4


@pytest.mark.parametrize("time", ["", "&revision=latest"])
def test_the_list_is_sorted_by_health_and_what_is_not_assessed_comes_last_both_ways(viewer, year, time):
    time = time.replace("latest", str(history.latest_revision(year.session)))
    assert list(healths(viewer.get(f"{SHOWN}&sort=health{time}")).values()) == [GREEN, YELLOW, RED, UNRATED]
    assert list(healths(viewer.get(f"{SHOWN}&sort=-health{time}")).values()) == [RED, YELLOW, GREEN, UNRATED]


def test_pages_of_a_list_sorted_by_health_follow_one_another(viewer, year):
    for number in range(30):
        year.measure(f"Lisä {number:02}", year.other)
    year.town.commit()
    first = list(healths(viewer.get(f"{SHOWN}&sort=-health&per=25")))
    second = list(healths(viewer.get(f"{SHOWN}&sort=-health&per=25&page=2")))
    assert first[:3] == ["Oppimisen tuki", "Katuvalot", "Koulujen ajanvaraus"]
    assert len({*first, *second}) == 34


def test_the_workbook_of_the_list_holds_the_health_and_says_the_filter(viewer):
    answer = viewer.client.get(f"{LIST}.xlsx?columns=code&columns=health&health=red&health=none")
    cells = [[one.value for one in row] for row in openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]]
    heads = next(row for row in cells if "Tilannearvio" in row)
    place = heads.index("Tilannearvio")
    told = {row[1]: row[place] for row in cells[cells.index(heads) + 1 :]}
    assert told == {"Oppimisen tuki": RED, "Kirjastoauto": None}
    assert any(f"Tilannearvio: {RED}, {UNRATED}" in str(row[0]) for row in cells)


def test_the_card_says_the_health_in_its_head_now_and_as_it_was(viewer, year):
    head = viewer.get(f"{LIST}/{year.second}").select_one(".sub")
    assert RED in head.get_text()
    assert GREEN in viewer.get(f"{LIST}/{year.second}?revision={year.then}").select_one(".sub").get_text()
    unrated = viewer.get(f"{LIST}/{year.fourth}").select_one(".sub").get_text()
    assert not any(words in unrated for words in (GREEN, YELLOW, RED))


def test_the_roadmap_is_narrowed_by_health(viewer):
    page = viewer.get("/koekunta/roadmap?health=red")
    assert "Oppimisen tuki" in page.words
    assert "Kirjastoauto" not in page.words


def test_taking_out_what_a_list_shows_keeps_its_filter_of_health(pages, year):
    pages.sign_in(Role.OFFICE)
    page = pages.get("/koekunta/exchange/exports/new?health=red")
    assert f"Tilannearvio: {RED}" in page.words


def test_the_difference_of_two_times_tells_what_got_better_and_what_got_worse(viewer, year):
    page = viewer.get(f"/koekunta/changes?from=revision-{year.then}&aspect=health")
    sentence = page.select_one(".lead-sentence").get_text()
    assert "1 kohteen tilannearvio parani" in sentence
    assert "1 kohteen tilannearvio heikkeni" in sentence
    assert "1 kohde arvioitiin ensimmäisen kerran" in sentence
    assert f"oli {YELLOW} → on nyt {GREEN} parani" in page.words


def test_slides_document_and_workbook_of_the_difference_hold_the_health(viewer, year):
    address = f"/koekunta/changes.{{}}?from=revision-{year.then}&aspect=health"
    slides = Presentation(io.BytesIO(viewer.client.get(address.format("pptx")).data)).slides
    told = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    assert f"Tilannearvio: {YELLOW} → {GREEN}" in told
    book = openpyxl.load_workbook(io.BytesIO(viewer.client.get(address.format("xlsx")).data))
    cells = [[one.value for one in row] for row in book.worksheets[0]]
    assert [*cells[[row[2] for row in cells].index("Oppimisen tuki")][3:]][:5] == [
        *("Tilannearvio", "Tilannearvio"),
        *(GREEN, RED, "heikkeni"),
    ]
    assert viewer.client.get(address.format("pdf")).data.startswith(b"%PDF")


def test_the_roadmap_compared_says_the_health_in_its_rows(viewer, year):
    page = viewer.get(f"/koekunta/roadmap?compare=revision:{year.then}")
    assert "1 kohteen tilannearvio heikkeni" in page.words
    assert f"Tilannearvio oli {GREEN} → on nyt {RED} heikkeni" in page.words


def test_health_costs_the_list_one_statement_however_many_rows_there_are(viewer, year, engine, counted):
    viewer.get(SHOWN)
    with counted(engine) as without:
        viewer.get(f"{LIST}?columns=code")
    with counted(engine) as few:
        viewer.get(SHOWN)
    for number in range(20):
        year.measure(f"Lisä {number}", year.other)
    year.town.commit()
    with counted(engine) as many:
        viewer.get(SHOWN)
    assert few.queries == many.queries == without.queries + 1

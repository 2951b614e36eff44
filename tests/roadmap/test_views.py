import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from pptx import Presentation

from portfolio.budgets import operations as budgets
from portfolio.budgets.models import FundingSource
from portfolio.budgets.rules import BudgetPart
from portfolio.core import history
from portfolio.core.rights import Role, operator
from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.register import operations as register
from portfolio.register.models import Milestone, RecurringDeadline
from portfolio.register.rules import Status
from portfolio.roadmap.takeout import MIME_TYPES
from tests import factories
from tests.roadmap.items import create_span

ROADMAP = "/koekunta/roadmap"


@pytest.fixture
def home(town):
    """The town with a portfolio, two units, a post and a classification; its today is in May 2026."""
    return Home(town)


class Home:
    def __init__(self, town):
        self.town, self.session, self.id = town, town.session, town.municipality.id
        self.actor = operator(factories.MORNING).within(self.id)
        self.portfolio = factories.create_portfolio(self.session, municipality_id=self.id, name_fi="Tarvesalkku")
        self.culture = factories.create_unit(
            self.session, municipality_id=self.id, name_fi="Kulttuuri", name_sv="Kultur"
        )
        self.post = factories.create_post(self.session, municipality_id=self.id, title_fi="Kulttuurijohtaja")
        self.scheme = factories.create_scheme(self.session, municipality_id=self.id, code="n", name_fi="Näkökulma")
        self.classes = [
            factories.create_category(self.session, municipality_id=self.id, scheme_id=self.scheme.id, name_fi=name)
            for name in ("Elinvoima", "Hyvinvointi")
        ]

    def initiative(self, **facts):
        usual = {
            "portfolio_id": self.portfolio.id,
            "unit_id": self.culture.id,
            "owner_post_id": self.post.id,
            "status": Status.UNDER_WAY,
            "timespan": create_span("1.1.2026", "31.12.2026", words="vuonna 2026"),
        }
        return factories.create_initiative(self.session, municipality_id=self.id, **usual | facts)

    def money(self, initiative, **by_year):
        values = {"municipality_id": self.id, "code": f"own-{initiative.id}", "name_fi": "Oma"}
        source = factories.write(self.session, FundingSource, values)
        cells = {
            (initiative.id, int(year[1:]), BudgetPart.OPERATING, source.id): {"planned": Decimal(euros)}
            for year, euros in by_year.items()
        }
        budgets.set_budget_cells(self.session, self.actor, cells)

    def part(self, model, initiative, **values):
        register.add_parts(self.session, self.actor, model, [{"initiative_id": initiative.id, **values}])


def titles(page, inside=".rm"):
    return [one.get_text(strip=True) for one in page.select(f"{inside} .rm-title span")]


def lanes(page):
    return [" ".join(one.get_text(" ").split()) for one in page.select(".rm-lane")]


def sentence(page):
    return " ".join(page.select_one("#sentence").get_text().split())


def open_roadmap(pages, home, query="", status=200):
    home.town.commit()
    pages.sign_in(Role.VIEWER)
    return pages.get(f"{ROADMAP}{query}", status=status)


def test_initiatives_stand_in_the_lanes_of_their_units_with_their_bars(pages, home):
    home.initiative(title_fi="Kirjaston palvelut")
    home.initiative(title_fi="Koulujen tilat", unit_id=home.town.unit.id)
    home.initiative(title_fi="Omistajaton", unit_id=None, owner_post_id=None)

    page = open_roadmap(pages, home)

    assert lanes(page) == ["Kulttuuri 1 kohde", "Sivistys 1 kohde", "Ei yksikköä 1 kohde"]
    assert titles(page) == ["Kirjaston palvelut", "Koulujen tilat", "Omistajaton"]
    assert len(page.select(".rm-track rect.rm-bar")) == 3
    assert sentence(page) == "3 kohdetta, 3 kaistaa"
    assert "ei nimetty" in page.select(".rm-under")[2].get_text()


def test_each_row_says_in_words_what_its_bar_shows(pages, home):
    home.initiative(title_fi="Kirjasto", progress=45)
    home.initiative(
        title_fi="Museo",
        timespan=create_span("1.1.2025", "31.12.2025", words="vuonna 2025", end_precision=Precision.YEAR),
    )

    rows = open_roadmap(pages, home).select(".rm tbody tr:not(.rm-lane)")

    museum, library = (" ".join(row.get_text(" ").split()) for row in rows)
    assert "Myöhässä" in museum
    assert "vuonna 2026" in library
    assert "Käynnissä, 45 %. 1.1.2026–31.12.2026" in library.replace("\N{NO-BREAK SPACE}", " ")
    assert all(row.select_one("svg.rm-svg")["aria-hidden"] == "true" for row in rows)


def test_a_title_leads_to_the_card(pages, home):
    initiative = home.initiative()

    page = open_roadmap(pages, home)

    assert page.select_one(".rm-title")["href"] == f"/koekunta/initiatives/{initiative.id}"


def test_rows_are_grouped_by_any_classification(pages, home):
    chosen = {home.scheme.id: frozenset({home.classes[1].id})}
    home.initiative(title_fi="Kirjasto", categories=chosen)
    home.initiative(title_fi="Museo")

    page = open_roadmap(pages, home, "?group=scheme-n")

    assert lanes(page) == ["Hyvinvointi 1 kohde", "Ei luokiteltu 1 kohde"]
    assert "ryhmittely: näkökulma" in page.words


@pytest.mark.parametrize(
    ("group", "lane"), [("portfolio", "Tarvesalkku 1 kohde"), ("none", "Kaikki kehittämiskohteet 1 kohde")]
)
def test_rows_are_grouped_by_portfolio_or_not_at_all(pages, home, group, lane):
    home.initiative()

    assert lanes(open_roadmap(pages, home, f"?group={group}")) == [lane]


def test_the_filter_is_that_of_the_register_and_stays_when_the_face_changes(pages, home):
    home.initiative(title_fi="Kirjasto")
    home.initiative(title_fi="Museo", status=Status.PROPOSED)

    page = open_roadmap(pages, home, "?status=proposed&scale=year&group=none")

    assert titles(page) == ["Museo"]
    links = page.links()
    assert f"{ROADMAP}/chart?status=proposed&scale=year&group=none" in links
    assert "/koekunta/initiatives?status=proposed" in links
    for ending in ("pptx", "pdf", "a3.pdf", "svg", "png", "xlsx"):
        assert f"{ROADMAP}.{ending}?status=proposed&scale=year&group=none" in links


def test_every_link_of_the_page_opens(pages, home):
    home.initiative()
    page = open_roadmap(pages, home, "?scale=term")

    for address in {one for one in page.links() if one.startswith(ROADMAP)}:
        if address.startswith(f"{ROADMAP}."):
            assert pages.client.get(address).status_code == 200
        else:
            pages.get(address.partition("#")[0])


@pytest.mark.parametrize(
    ("query", "first", "words"),
    [
        ("?scale=year", "tammi", "2026"),
        ("?scale=quarter", "14", "2. neljännes 2026"),
        ("?scale=years", "I", "2025–2027"),
        ("?scale=years&from=2023-01-01", "I", "2023–2025"),
        ("?scale=term", "III", "1.6.2025–31.5.2029"),
        ("?scale=all", "I", "2024–2028"),
    ],
)
def test_the_time_shown_is_asked_for_in_the_address(pages, home, query, first, words):
    home.initiative(timespan=create_span("1.1.2024", "31.12.2028"))

    page = open_roadmap(pages, home, query)

    assert words in page.select_one(".sub").get_text()
    assert first in [one.get_text() for one in page.select(".rm-axis .rm-tick-word")]


def test_what_has_no_time_and_what_lies_elsewhere_is_listed(pages, home):
    home.initiative(title_fi="Kirjasto")
    home.initiative(title_fi="Museo", timespan=None)
    home.initiative(title_fi="Teatteri", timespan=Timespan("määräaikaisia"))
    home.initiative(title_fi="Arkisto", status=Status.COMPLETED, timespan=create_span("1.1.2015", "31.12.2015"))

    page = open_roadmap(pages, home)

    assert titles(page) == ["Kirjasto"]
    assert set(titles(page, "#undated")) == {"Museo", "Teatteri"}
    assert titles(page, "#elsewhere") == ["Arkisto"]
    assert "määräaikaisia" in page.select_one("#undated").get_text()
    assert sentence(page) == "4 kohdetta, 1 kaista, 2 ilman ajankohtaa, 1 tämän ajan ulkopuolella"


def test_nothing_in_the_time_shown_is_said_with_a_way_to_see_all_years(pages, home):
    home.initiative(status=Status.COMPLETED, timespan=create_span("1.1.2015", "31.12.2015"))

    page = open_roadmap(pages, home)

    assert "Millään kohteella ei ole ajankohtaa" in page.words
    assert titles(pages.get(page.select_one(".empty a")["href"])) == ["Sähköinen asiointi"]


def test_an_empty_register_and_an_empty_filter_each_say_why(pages, home):
    assert "Tänne ei ole vielä kirjattu mitään" in open_roadmap(pages, home).words

    home.initiative()
    page = open_roadmap(pages, home, "?q=olematon")
    assert "Rajaus ei jätä jäljelle mitään" in page.words
    assert titles(pages.get(page.select_one(".empty a")["href"]))


def test_a_lane_adds_up_the_money_of_the_years_shown(pages, home):
    home.money(home.initiative(), y2019="900000", y2026="300000", y2027="150000")
    home.initiative()

    [lane] = lanes(open_roadmap(pages, home))

    assert lane.replace("\N{NO-BREAK SPACE}", " ") == "Kulttuuri 2 kohdetta · 0,5 milj. € · 1 ilman summaa"


def test_milestones_and_yearly_deadlines_are_drawn_and_told(pages, home):
    initiative = home.initiative()
    home.part(
        Milestone, initiative, title_fi="Väliarvio", timespan=create_span("15.6.2026", "15.6.2026", words="15.6.2026")
    )
    home.part(Milestone, initiative, title_fi="Ohjausryhmä", completed_on=dt.date(2026, 2, 1), timespan=None)
    home.part(RecurringDeadline, initiative, title_fi="Vuosiraportti", month=9, day=30)

    page = open_roadmap(pages, home)

    told = [" ".join(one.get_text().split()) for one in page.select(".rm-marks li")]
    assert told == ["Ohjausryhmä, valmis 1.2.2026", "Väliarvio, 15.6.2026", "Vuosiraportti, vuosittain 30.9."]
    assert [one["class"][-1] for one in page.select(".rm-mark .rm-diamond")] == [
        *("recurring", "completed", "milestone"),
        *("recurring", "recurring"),
    ]


def test_titles_of_300_letters_and_a_hundred_years_have_a_picture(pages, home):
    home.initiative(title_fi="Kehittäminen " * 23, timespan=create_span("1.1.1950", "31.12.2049", words="1950–2049"))

    page = open_roadmap(pages, home, "?scale=all")

    assert len(titles(page)[0]) > 290
    assert "1950" in [one.get_text() for one in page.select(".rm-axis text")]


def test_what_is_not_known_in_the_address_is_told_and_the_usual_is_shown(pages, home):
    home.initiative()

    page = open_roadmap(pages, home, "?scale=century&from=someday&group=gone&unit=999&_external=1")

    notices = [one.get_text() for one in page.select("main .notice")]
    assert len(notices) == 4
    assert any("century" in one for one in notices)
    assert titles(page)


def test_the_past_is_drawn_as_it_was_and_its_day_is_its_today(pages, home, clock):
    initiative = home.initiative(title_fi="Kirjasto", timespan=create_span("1.1.2026", "31.12.2026"))
    home.town.commit()
    clock.move(days=400)
    later = operator(clock()).within(home.id)
    register.update_initiatives(home.session, later, {initiative.id: {"title_fi": "Kirjasto ja arkisto"}})

    page = open_roadmap(pages, home)
    assert titles(page) == ["Kirjasto ja arkisto"]
    assert "2026–2028" in page.select_one(".sub").get_text()
    assert "1 myöhässä" in sentence(page)

    past = pages.get(f"{ROADMAP}?at=2026-05-20")
    assert titles(past) == ["Kirjasto"]
    assert "2025–2027" in past.select_one(".sub").get_text()
    assert "myöhässä" not in sentence(past)


def taken_out(pages, ending, query=""):
    answer = pages.client.get(f"{ROADMAP}.{ending}{query}")
    assert (answer.status_code, answer.mimetype) == (200, MIME_TYPES[ending])
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.data


def titles_of_slides(data):
    """The titles of the rows on all slides."""
    shapes = [shape for slide in Presentation(io.BytesIO(data)).slides for shape in slide.shapes]
    return [shape.text_frame.text for shape in shapes if shape.name.startswith("title ")]


def cells(data):
    return [cell.value for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows() for cell in row]


def test_the_files_hold_what_the_page_shows_with_its_filter(pages, home):
    home.initiative(title_fi="Kirjasto")
    museum = home.initiative(title_fi="Museo", status=Status.PROPOSED)
    query = "?status=proposed&scale=year&group=none"
    page = open_roadmap(pages, home, query)

    slides, table = taken_out(pages, "pptx", query), cells(taken_out(pages, "xlsx", query))
    picture = taken_out(pages, "svg", query).decode()

    names = [shape.name for slide in Presentation(io.BytesIO(slides)).slides for shape in slide.shapes]
    assert titles(page) == ["Museo"]
    assert [name for name in names if name.startswith("bar ")] == [f"bar {museum.id}"]
    assert "Museo" in table
    assert "Kirjasto" not in table
    assert f'id="row-{museum.id}"' in picture
    assert picture.count('class="rm-row"') == 1
    assert "Tila: Ehdotettu" in table


def test_a_file_of_the_past_shows_the_past_and_says_so(pages, home, clock):
    initiative = home.initiative(title_fi="Kirjasto")
    home.town.commit()
    clock.move(days=30)
    later = operator(clock()).within(home.id)
    register.update_initiatives(home.session, later, {initiative.id: {"title_fi": "Kirjasto ja arkisto"}})
    open_roadmap(pages, home)

    found = {ending: taken_out(pages, ending, "?at=2026-05-20") for ending in ("pptx", "svg", "xlsx")}

    assert titles_of_slides(found["pptx"]) == ["Kirjasto"]
    assert "Tilanne 20.5.2026" in found["svg"].decode()
    assert any("Tilanne 20.5.2026" in str(cell) for cell in cells(found["xlsx"]))
    assert titles_of_slides(taken_out(pages, "pptx")) == ["Kirjasto ja arkisto"]


def test_what_was_not_understood_is_told_in_the_file_too(pages, home):
    home.initiative(title_fi="Kirjasto")
    open_roadmap(pages, home)

    asked = "?group=x&compare=baseline:99"
    picture, table = taken_out(pages, "svg", asked).decode(), " ".join(map(str, cells(taken_out(pages, "xlsx", asked))))

    assert "Ryhmittelyä ”x” ei ole" in picture
    assert "Ryhmittelyä ”x” ei ole" in table
    assert "Perustasoa ”99” ei ole täällä." in table


def test_another_municipality_is_not_there(pages, home):
    home.initiative()
    open_roadmap(pages, home)

    for face in ("", "/chart", "/chart.json", ".pptx", ".svg", ".xlsx"):
        assert pages.client.get(f"/naapurikunta/roadmap{face}").status_code == 404


def test_the_chart_has_a_summary_an_equal_table_and_its_data(pages, home):
    home.initiative(title_fi="Kirjasto", progress=45)
    home.initiative(title_fi="Museo", timespan=Timespan("jatkuva", kind=Kind.ONGOING))
    home.initiative(title_fi="Arkisto", unit_id=None)
    grid = open_roadmap(pages, home, "?scale=year")

    page = pages.get(f"{ROADMAP}/chart?scale=year")

    plot = page.select_one("[data-chart]")
    assert (plot["role"], plot["aria-label"]) == ("img", "Tiekartta 2026: 3 kohdetta, 2 kaistaa")
    assert [one.get_text(strip=True) for one in page.select(".rm-facts th.title .t")] == titles(grid)
    figure = pages.client.get(plot["data-chart"]).json
    [bars] = [one for one in figure["data"] if one["name"] == "bars"]
    cards = [one["href"] for one in grid.select(".rm .rm-title")]
    assert [f"/koekunta/initiatives/{one}" for one in bars["customdata"]] == cards


def test_both_faces_speak_the_language_of_the_page_and_mark_titles_that_do_not(pages, home):
    home.initiative(title_sv="Bibliotek", timespan=create_span("1.1.2025", "31.12.2026"))
    home.initiative()
    open_roadmap(pages, home)
    pages.post("/language", language="sv", next=ROADMAP)

    assert pages.client.get(f"{ROADMAP}/chart.json").json["locale"]["name"] == "sv"
    assert pages.get(ROADMAP).h1.get_text() == "Färdplan"
    page = pages.get(ROADMAP)
    assert lanes(page) == ["Kultur 2 objekt"]
    assert [one.get("lang") for one in page.select(".rm-title span")] == [None, "fi"]


def test_only_the_chart_loads_plotly_and_allows_its_styles(pages, home):
    home.initiative()
    grid = open_roadmap(pages, home)
    chart = pages.get(f"{ROADMAP}/chart")

    assert not grid.select("script[src*=plotly]")
    assert chart.select("script[src*=plotly]")
    assert "sha256-" not in grid.answer.headers["Content-Security-Policy"]
    assert "sha256-" in chart.answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", [ROADMAP, f"{ROADMAP}?scale=all&group=scheme-n", f"{ROADMAP}/chart.json"])
def test_the_number_of_statements_does_not_grow_with_rows(pages, home, counted, engine, address):
    def add(number):
        for _ in range(number):
            initiative = home.initiative()
            home.part(Milestone, initiative, title_fi="Väliarvio", timespan=create_span("15.6.2026", "15.6.2026"))
        home.town.commit()

    add(2)
    pages.sign_in(Role.VIEWER)
    pages.client.get(address)
    history.forget()
    with counted(engine) as few:
        pages.client.get(address)
    add(12)
    with counted(engine) as many:
        pages.client.get(address)

    assert many.queries == few.queries
    assert few.queries <= 26  # of which one asks what the rows need first, all of them at once


def test_a_status_that_the_bar_does_not_say_stands_under_the_title(pages, home):
    home.initiative(title_fi="Ei osuutta", progress=None, timespan=create_span("1.1.2026", "31.12.2026"))
    home.initiative(title_fi="Osuus", progress=45, timespan=create_span("2.1.2025", "31.12.2026"))
    home.initiative(
        title_fi="Pitkä teksti",
        status=Status.COMPLETED,
        completed_on=dt.date(2026, 3, 1),
        timespan=create_span("3.1.2026", "30.9.2026"),
    )

    share, nothing, long = open_roadmap(pages, home).select(".rm .rm-under")

    assert nothing.span.get_text() == "Käynnissä"
    assert share.span.get_text() == "Kulttuurijohtaja"
    assert (long.span.get_text(), long.span["class"]) == ("Valmis", ["rm-narrow"])

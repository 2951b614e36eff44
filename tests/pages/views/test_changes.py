import datetime as dt
import io

import openpyxl
import pytest
from pptx import Presentation

from portfolio.core import history
from portfolio.core.history import Update, write_many
from portfolio.core.rights import Role, operator
from portfolio.core.timespan import Context, parse
from portfolio.organisation.models import Municipality
from portfolio.register.models import Initiative
from portfolio.register.operations import remove_initiatives
from portfolio.register.rules import Status
from tests import factories

CHANGES = "/koekunta/changes"
DAY = dt.timedelta(days=1)


def span(words):
    return parse(words, Context.default()).value


@pytest.fixture
def story(town, clock):
    """Four initiatives, a baseline, and the day after: one joined, one left, one moved, one became more exact."""
    home = {"municipality_id": town.municipality.id}
    programme = factories.create_portfolio(town.session, **home, name_fi="Tarvesalkku")
    rows = {
        name: factories.create_initiative(
            town.session,
            **home,
            title_fi=name,
            portfolio_id=programme.id,
            unit_id=town.unit.id,
            timespan=span("syksy 2026"),
        ).id
        for name in ("Siirtyvä", "Täsmentyvä", "Poistuva", "Ennallaan")
    }
    baseline = factories.create_baseline(town.session, **home, name="Kevään kokous").id
    revision = history.latest_revision(town.session)
    town.commit()
    clock.move(days=1)
    later = operator(factories.MORNING + DAY).within(town.municipality.id)
    write_many(
        town.session,
        later,
        updates=[
            Update(Initiative, rows["Siirtyvä"], {"timespan": span("syksy 2027"), "status": Status.APPROVED}),
            Update(Initiative, rows["Täsmentyvä"], {"timespan": span("15.9.2026–30.11.2026")}),
        ],
    )
    remove_initiatives(town.session, later, [rows["Poistuva"]])
    town.commit()
    factories.create_initiative(town.session, **home, title_fi="Uusi tulokas", portfolio_id=programme.id)
    town.commit()
    return {"baseline": baseline, "revision": revision, **rows}


@pytest.fixture
def viewer(pages, story):
    pages.sign_in(Role.VIEWER)
    return pages


def rows_of(page):
    found = page.select("tbody tr:not(.lane)")
    return {one.select_one("a.t").get_text(): " ".join(one.td.get_text(" ").split()) for one in found}


def test_the_latest_baseline_is_compared_with_now(viewer, story):
    page = viewer.get(CHANGES)
    assert "Kevään kokous → nyt" in page.words
    assert page.select_one(".lead-sentence").get_text() == (
        "4 kehittämiskohdetta on muuttunut: "
        "1 tuli mukaan, 1 poistui, 1 siirtyi, 1 ajankohta täsmentyi, 1 kohteen tila muuttui."
    )
    rows = rows_of(page)
    assert rows.keys() == {"Siirtyvä", "Täsmentyvä", "Poistuva", "Uusi tulokas"}
    assert "siirtyi: alku noin 365 päivää myöhemmin, loppu noin 365 päivää myöhemmin" in rows["Siirtyvä"]
    assert "täsmentyi" in rows["Täsmentyvä"]
    assert "siirtyi" not in rows["Täsmentyvä"]
    assert rows["Poistuva"] == "Poistui"


def test_what_left_is_still_there_to_be_opened_as_it_was(viewer, story):
    link = viewer.get(CHANGES).find("a", string="Poistuva")["href"]
    assert link.endswith(f"revision={story['revision']}")
    assert "Poistuva" in viewer.get(link).h1.get_text()


@pytest.mark.parametrize(
    "asked", ["from=2026-05-04&to=now", "from_day=2026-05-04&to_day=2026-05-05", "from=now&to=2026-05-04"]
)
def test_the_ends_may_be_days_in_any_order(viewer, story, asked):
    page = viewer.get(f"{CHANGES}?{asked}")
    assert {"Siirtyvä", "Poistuva"} <= rows_of(page).keys()
    assert ("otettiin aikajärjestyksessä" in page.words) is asked.startswith("from=now")


def test_two_times_without_a_change_between_say_so(viewer, story):
    page = viewer.get(f"{CHANGES}?from=now")
    assert "Mikään ei ole muuttunut." in page.words
    assert "aikajärjestyksessä" not in page.words
    page = viewer.get(f"{CHANGES}?from=revision-{story['revision']}&to=baseline-{story['baseline']}")
    assert "Mikään ei ole muuttunut." in page.words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("from=baseline-999", "ei ole täällä"),
        ("from=2019-01-01", "ei ole mitään ajalta ennen"),
        ("to=2030-01-01", "vasta tulossa"),
        ("from=revision-x", "ei ole"),
        ("from=eilen", "ei ole päivä"),
    ],
)
def test_a_time_that_cannot_be_shown_is_a_sentence(viewer, asked, words):
    assert words in viewer.get(f"{CHANGES}?{asked}", status=422).words


def test_kinds_of_change_and_the_registers_filters_narrow_and_unknown_ones_are_told(viewer, story):
    assert rows_of(viewer.get(f"{CHANGES}?aspect=status")).keys() == {"Siirtyvä"}
    assert rows_of(viewer.get(f"{CHANGES}?q=tulokas")).keys() == {"Uusi tulokas"}
    assert "ei ole muutoksen laji" in viewer.get(f"{CHANGES}?aspect=weather").words
    tile = (
        viewer.get(CHANGES).find("a", string=lambda text: text and "Tila" in text)
        or viewer.get(CHANGES).select(".tile a")[3]
    )
    assert "aspect=status" in tile["href"]


def test_what_moved_out_of_the_filter_or_into_it_is_told_with_its_reason(viewer, story):
    before = rows_of(viewer.get(f"{CHANGES}?status=proposed"))
    assert before["Siirtyvä"].startswith("Ei enää rajauksessa Ajankohta")
    assert "Tila oli Ehdotettu" in before["Siirtyvä"]
    after = viewer.get(f"{CHANGES}?status=approved")
    assert rows_of(after).keys() == {"Siirtyvä"}
    assert rows_of(after)["Siirtyvä"].startswith("Tuli rajaukseen")
    assert "1 tuli rajaukseen" in after.words
    assert rows_of(viewer.get(f"{CHANGES}?q=siirt"))["Siirtyvä"].startswith("Ajankohta")


def test_lanes_are_those_of_the_roadmap(viewer, story):
    lanes = [one.get_text(strip=True) for one in viewer.get(CHANGES).select("tr.lane")]
    assert lanes == ["Sivistys", "Ei yksikköä"]
    lanes = [one.get_text(strip=True) for one in viewer.get(f"{CHANGES}?group=portfolio").select("tr.lane")]
    assert lanes == ["Tarvesalkku"]
    page = viewer.get(f"{CHANGES}?group=nonsense")
    assert len(page.select("tr.lane")) == 2
    assert "Ryhmittelyä ”nonsense” ei ole" in page.words


def test_the_workbook_holds_exactly_what_is_shown(viewer, story):
    answer = viewer.client.get("/koekunta/changes.xlsx?aspect=status")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    told = [row for row in cells if row[2] == "Siirtyvä"]
    assert {row[3] for row in told} == {"Ajankohta", "Tila"}
    kept = openpyxl.load_workbook(io.BytesIO(viewer.client.get("/koekunta/changes.xlsx?status=approved").data))
    assert "Tuli rajaukseen" in {row[3].value for row in kept.worksheets[0].iter_rows()}
    assert not any(row[2] == "Uusi tulokas" for row in cells)
    assert "Kevään kokous → nyt" in cells[0][0]


def test_the_time_control_of_a_past_page_asks_what_changed_since(viewer, story):
    page = viewer.get(f"/koekunta/initiatives?baseline={story['baseline']}")
    link = page.find("a", string="Mitä on muuttunut tämän jälkeen")["href"]
    assert link == f"{CHANGES}?from=baseline-{story['baseline']}"
    assert "Siirtyvä" in rows_of(viewer.get(link))


def test_the_number_of_statements_does_not_grow_with_what_differs(viewer, story, town, engine, counted):
    viewer.get(CHANGES)
    history.forget()
    with counted(engine) as before:
        viewer.get(CHANGES)
    programme = factories.create_portfolio(town.session, municipality_id=town.municipality.id)
    for number in range(30):
        factories.create_initiative(
            town.session, municipality_id=town.municipality.id, portfolio_id=programme.id, title_fi=f"Lisä {number}"
        )
    town.commit()
    history.forget()
    with counted(engine) as after:
        assert len(rows_of(viewer.get(CHANGES))) == 34
    assert after.queries == before.queries


def test_the_slides_and_the_document_hold_what_is_shown(viewer, story):
    answer = viewer.client.get("/koekunta/changes.pptx?aspect=status")
    slides = list(Presentation(io.BytesIO(answer.data)).slides)
    told = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    assert "Kevään kokous → nyt" in told
    assert "Tila: Ehdotettu → Hyväksytty" in told
    assert "Uusi tulokas" not in told
    document = viewer.client.get("/koekunta/changes.pdf")
    assert document.mimetype == "application/pdf"
    assert document.data.startswith(b"%PDF")
    links = [
        one["href"] for one in viewer.get(f"{CHANGES}?aspect=status").select("a.menu-item") if "changes." in one["href"]
    ]
    assert links == [f"{CHANGES}.{kind}?aspect=status" for kind in ("pptx", "pdf", "xlsx")]


def test_the_usual_comparison_of_a_demo_is_the_last_month_of_its_own_day(pages, town, clock):
    home = {"municipality_id": town.municipality.id}
    programme = factories.create_portfolio(town.session, **home)
    factories.create_initiative(town.session, **home, portfolio_id=programme.id)
    write_many(
        town.session,
        operator(factories.MORNING),
        updates=[Update(Municipality, town.municipality.id, {"demo_day": factories.MORNING.date() + 10 * DAY})],
    )
    town.commit()
    clock.move(days=700)
    pages.sign_in(Role.VIEWER)
    first = factories.MORNING.date()
    assert f"{first.day}.{first.month}.{first.year} → nyt" in pages.get(CHANGES).words

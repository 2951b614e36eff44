"""Every way to see the roadmap shows the same rows and the same bars, in the same order, whatever they hold."""

import io
import re
import shutil
import subprocess
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pptx import Presentation

from portfolio.core.rights import Role, operator
from portfolio.core.timespan import Kind, Precision
from portfolio.register import operations as register
from portfolio.register.models import Milestone
from portfolio.register.rules import InitiativeKind, Status
from tests import factories
from tests.roadmap.items import create_span

ROADMAP = "/koekunta/roadmap"
SVG = "{http://www.w3.org/2000/svg}"
ARRANGED = "?group=unit&inner=scheme-n&colour=kind&order=title&money=1"
DRAWN = "kuvassa"
NO_LETTERS = r"[\s\u00ad\u200b\u2010-]+"


class Field:
    """A municipality in which initiatives are sown; its today is in May 2026."""

    def __init__(self, town):
        self.session, self.id = town.session, town.municipality.id
        self.portfolio = factories.create_portfolio(self.session, municipality_id=self.id)
        names = ("Kulttuuri", "Satama")
        self.units = [factories.create_unit(self.session, municipality_id=self.id, name_fi=name) for name in names]
        scheme = factories.create_scheme(self.session, municipality_id=self.id, code="n", name_fi="Näkökulma")
        factories.create_category(self.session, municipality_id=self.id, scheme_id=scheme.id, name_fi="Elinvoima")

    def sow(self, title, start="1.1.2026", end="31.12.2026", *, unit=0, span=None, **facts):
        time = create_span(start, end, **span or {}) if start or end else None
        usual = {"portfolio_id": self.portfolio.id, "unit_id": self.units[unit].id, "timespan": time}
        return factories.create_initiative(self.session, municipality_id=self.id, title_fi=title, **usual | facts)

    def milestone(self, initiative, day):
        values = {"initiative_id": initiative.id, "title_fi": "Etappi", "timespan": create_span(day, day, words=day)}
        register.add_parts(self.session, operator(factories.MORNING).within(self.id), Milestone, [values])


def one(field):
    field.sow("Kirjasto")


def undated(field):
    for number in range(3):
        field.sow(f"Ajaton {number}", None, None)


def long(field):
    field.sow("Ö" * 300, "1.1.1950", "31.12.2050")
    field.sow("Sana " * 59 + "loppu", "1.1.2000", None, span={"kind": Kind.FROM})


def crowded(field):
    statuses = [status for status in Status if status is not Status.MERGED]
    for number in range(37):
        kind = list(InitiativeKind)[number % 3]
        status = statuses[number % len(statuses)]
        field.sow(f"Kohde {number}", f"1.{1 + number % 12}.2025", None, unit=number % 2, status=status, kind=kind)


def odd(field):
    field.sow('<b>Lihava</b> & "lainattu" #let x = 1 $a$ *b*')
    field.sow("Sama nimi", unit=1)
    field.sow("Sama nimi", unit=1)
    field.sow("Syksy", "1.8.2026", "31.12.2026", span={"start_precision": Precision.SEASON, "words": "syksy 2026"})
    field.sow("Muulloin", "1.1.2040", "31.12.2040")
    field.milestone(field.sow("Vain etappi", None, None), "15.6.2026")


FIELDS = {"nothing": lambda _field: None, **{sow.__name__: sow for sow in (one, undated, long, crowded, odd)}}


def in_grid(page):
    rows = page.select(".rm tbody tr:not(.rm-lane)")
    bars = [row for row in rows if row.select_one(".rm-bar")]
    return tuple([int(row.select_one("th a")["href"].rsplit("/", 1)[-1]) for row in found] for found in (rows, bars))


def in_chart(fetch, query):
    data = fetch(f"/chart.json{query}").json["data"]
    return next((trace["customdata"] for trace in data if trace["name"] == "bars"), [])


def in_slides(fetch, query):
    slides = Presentation(io.BytesIO(fetch(f".pptx{query}").data)).slides
    names = [
        shape.name.split() for slide in slides for shape in slide.shapes if shape.name.startswith(("facts ", "bar "))
    ]
    return tuple([int(number) for name, number in names if name == kind] for kind in ("facts", "bar"))


def in_drawing(fetch, query):
    root = ET.fromstring(fetch(f".svg{query}").data)  # noqa: S314 - our own drawing
    rows = [row for row in root.iter(f"{SVG}g") if row.get("class") == "rm-row"]
    bars = [row for row in rows if any("rm-bar" in rect.get("class", "").split() for rect in row.iter(f"{SVG}rect"))]
    return tuple([int(row.get("id").removeprefix("row-")) for row in found] for found in (rows, bars))


def in_table(fetch, query):
    """The titles of the rows that are drawn, then those of the others."""
    sheet = openpyxl.load_workbook(io.BytesIO(fetch(f".xlsx{query}").data)).active
    rows = list(sheet.iter_rows(values_only=True))
    place = next(number for number, row in enumerate(rows) if "Nimi" in row)
    title, where = rows[place].index("Nimi"), rows[place].index("Paikka kuvassa")
    found = [(row[title], row[where]) for row in rows[place + 1 :] if row[title]]
    return [name for name, one in found if one == DRAWN], [name for name, one in found if one != DRAWN]


def in_document(fetch, query):
    """All its text, without what paper does to it."""
    text = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=fetch(f".pdf{query}").data, capture_output=True, check=True
    )
    return re.sub(NO_LETTERS, "", text.stdout.decode())


@pytest.mark.parametrize("query", ["?group=none", ARRANGED, "?scale=quarter&group=unit"])
@pytest.mark.parametrize("sow", FIELDS.values(), ids=FIELDS)
def test_every_renderer_shows_the_same_rows_and_bars(town, pages, sow, query):
    sow(Field(town))
    town.commit()
    pages.sign_in(Role.VIEWER)

    def fetch(rest):
        answer = pages.client.get(f"{ROADMAP}{rest}")
        assert answer.status_code == 200
        return answer

    page = pages.get(f"{ROADMAP}{query}")
    rows, bars = in_grid(page)

    listed = in_slides(fetch, query)
    assert (listed[0][: len(rows)], listed[1]) == (rows, bars)
    assert in_drawing(fetch, query) == (rows, bars)
    assert in_chart(fetch, query) == bars
    drawn, others = in_table(fetch, query)
    titles = [span.get_text() for span in page.select(".rm tbody tr:not(.rm-lane) .rm-title span")]
    assert drawn == titles
    assert len(listed[0]) == len(drawn) + len(others)
    if shutil.which("pdftotext"):
        text = in_document(fetch, query)
        assert [name for name in (*drawn, *others) if re.sub(NO_LETTERS, "", name) not in text] == []

import datetime as dt
import io
from decimal import Decimal

import docx
import openpyxl
import pytest
from defusedxml import ElementTree

from portfolio.documents.report import (
    WRITERS,
    Chart,
    Colour,
    ColumnFormat,
    Field,
    Grid,
    Group,
    Part,
    Report,
    Stack,
    as_document,
    numbered,
)
from portfolio.documents.report.chart import draw_chart
from portfolio.files.document import Picture, Table
from tests.factories import MORNING

FIELDS = [
    Field("Toimenpide", share=3),
    Field("Päivä", ColumnFormat.DATE),
    Field("Määräraha", ColumnFormat.MONEY),
    Field("Edistyminen", ColumnFormat.PERCENT, missing="ei arvioitu"),
]
DAY = dt.date(2026, 9, 30)
GRID = Grid(
    "Tilanne",
    FIELDS,
    [Group("Tekninen"), ["Kuntakortti", DAY, Decimal(12000), 30], ["Katuvalot", None, Decimal(0), None]],
    foot=["Yhteensä", None, Decimal(12000), None],
)
CHART = Chart(
    "Tekninen: yksi vihreä, kaksi punaista. Sivistys: ei mitään.",
    [("Etenee", Colour.GOOD), ("Ei etene <&>", Colour.BAD)],
    [Stack("Tekninen", [1, 2]), Stack("Sivistys ja kaikki muu hyvin pitkä palvelualueen nimi", [0, 0])],
)


def report(*parts, **facts):
    usual = {"title": "Vuosiraportti 2026", "municipality": "Kemi", "language": "fi", "lead": ["Koko vuosi"]}
    return Report(**usual | {"source": "Tilanne 30.9.2026", "made_at": MORNING} | facts, parts=parts)


def test_headings_are_numbered_by_level():
    parts = [Part("a"), Part("b", level=2), Part("c", level=2), Part("d"), Part("e", level=2)]
    assert numbered(parts) == ["1 a", "1.1 b", "1.2 c", "2 d", "2.1 e"]


def test_values_are_written_in_the_language_and_what_is_not_known_is_said():
    table = next(one for one in as_document(report(Part("Tilanne", grid=GRID))).blocks if isinstance(one, Table))
    said = [str(one).replace("\N{NO-BREAK SPACE}", " ") for one in table.rows[1]]
    assert said == ["Kuntakortti", "30.9.2026", "12 000 €", "30 %"]
    assert [one.text for one in (table.rows[2][1], table.rows[2][3])] == ["ei tietoa", "ei arvioitu"]
    assert table.rows[0].words == "Tekninen"


def test_the_workbook_holds_numbers_days_and_the_group_of_each_row():
    sheet = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](report(Part("Tilanne", grid=GRID)))))["Tilanne"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[2] == ["Palvelualue", "Toimenpide", "Päivä", "Määräraha", "Edistyminen"]
    assert rows[3] == ["Tekninen", "Kuntakortti", dt.datetime(2026, 9, 30), 12000, 0.3]
    assert rows[4][1:] == ["Katuvalot", None, 0, None]
    assert rows[5][1:4:2] == ["Yhteensä", 12000]
    assert sheet.auto_filter.ref == "A3:E6"


def test_a_missing_text_is_said_in_the_workbook_and_a_long_one_makes_its_row_higher():
    fields = [Field("Toimenpide"), Field("Muutos", missing="ei muutosta"), Field("Summa", ColumnFormat.MONEY)]
    grid = Grid("Muutokset", fields, [["Kuntakortti", None, None], ["Katuvalot", "Pitkä perustelu. " * 20, Decimal(5)]])
    sheet = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](report(Part("Muutokset", grid=grid)))))["Muutokset"]
    assert [cell.value for cell in sheet[4]] == ["Kuntakortti", "ei muutosta", None]
    assert sheet.row_dimensions[5].height > 10 * sheet.row_dimensions[4].height
    assert [sheet["A1"].value, sheet["A2"].value] == ["Vuosiraportti 2026", "Tilanne 30.9.2026"]


def test_a_chart_is_drawn_with_its_numbers_and_told_in_words():
    drawn = ElementTree.fromstring(draw_chart(CHART))
    texts = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("1") == 1
    assert "Ei etene <&>" in texts
    assert any(text.endswith("…") for text in texts)
    picture = next(one for one in as_document(report(Part("Kaavio", chart=CHART))).blocks if isinstance(one, Picture))
    assert picture.alt == CHART.alt


@pytest.mark.parametrize("ending", WRITERS)
def test_every_format_takes_the_whole_report_and_an_empty_one(ending):
    whole = report(Part("Yhteenveto", ["Kappale <b>"], ["kohta"], CHART, GRID), landscape=True)
    for made in (whole, report(Part("Tyhjä", grid=Grid("Tyhjä", FIELDS, [])))):
        data = WRITERS[ending](made)
        assert data[:4] == {"pdf": b"%PDF", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}[ending]


def test_word_holds_the_same_words():
    found = docx.Document(io.BytesIO(WRITERS["docx"](report(Part("Tilanne", ["Kappale"], grid=GRID)))))
    assert "1 Tilanne" in [one.text for one in found.paragraphs]
    assert found.tables[0].rows[2].cells[0].text == "Kuntakortti"

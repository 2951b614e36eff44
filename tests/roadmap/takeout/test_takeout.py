import io
import json
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pptx import Presentation

from portfolio.roadmap.figure import gantt
from portfolio.roadmap.takeout import FORMATS, MIME_TYPES, About, make_file
from portfolio.roadmap.takeout.table import table_rows
from tests.roadmap.items import TODAY, create_item, create_roadmap, create_span
from tests.roadmap.takeout_examples import ABOUT, ARRANGED, arranged_roadmap, full_roadmap

SVG = "{http://www.w3.org/2000/svg}"


def drawn(roadmap):
    """What every renderer must show: the ids of the rows, and of those with a bar, in order."""
    return [row.item.id for row in roadmap.rows], [row.item.id for row in roadmap.rows if row.bar]


def shown_in_json(roadmap):
    lanes = json.loads(make_file("json", roadmap, ABOUT))["lanes"]
    rows = [row for lane in lanes for row in lane["rows"]]
    return [row["id"] for row in rows], [row["id"] for row in rows if row["bar"]]


def svg_rows(roadmap):
    root = ET.fromstring(make_file("svg", roadmap, ABOUT))  # noqa: S314 - our own drawing
    return [one for one in root.iter(f"{SVG}g") if one.get("class") == "rm-row"]


def shown_in_svg(roadmap):
    rows = svg_rows(roadmap)
    bars = [row for row in rows if any("rm-bar" in rect.get("class") for rect in row.iter(f"{SVG}rect"))]
    return tuple([int(row.get("id").removeprefix("row-")) for row in found] for found in (rows, bars))


def shown_in_pptx(roadmap):
    slides = Presentation(io.BytesIO(make_file("pptx", roadmap, ABOUT))).slides
    names = [shape.name.split() for slide in slides for shape in slide.shapes]
    drawn_ids = {row.item.id for row in roadmap.rows}
    rows, bars = ([int(name[1]) for name in names if name[0] == kind and len(name) > 1] for kind in ("title", "bar"))
    return [one for one in rows if one in drawn_ids], bars


RENDERERS = {"json": shown_in_json, "pptx": shown_in_pptx, "svg": shown_in_svg}


@pytest.mark.parametrize("kind", RENDERERS)
def test_every_renderer_shows_the_same_bars_in_the_same_order(kind):
    roadmap = full_roadmap()

    assert RENDERERS[kind](roadmap) == drawn(roadmap)


def test_the_table_has_every_row_in_the_order_of_the_picture_and_then_what_is_not_drawn():
    roadmap = full_roadmap()

    titles = [row[1] for row in table_rows(roadmap, ABOUT)]

    assert titles == [row.item.title for row in (*roadmap.rows, *roadmap.elsewhere, *roadmap.undated)]
    assert [row[-1] for row in table_rows(roadmap, ABOUT)][-2:] == ["myöhemmin", "ilman ajankohtaa"]


def test_the_chart_holds_as_many_rows_as_the_files():
    roadmap = full_roadmap()

    words = json.dumps(gantt(roadmap, TODAY, "fi"), ensure_ascii=False)

    assert all(title in words for title in ("Kirjaston palvelut", "Museo", "Ehdotus", "Vain etappi"))


def test_the_workbook_says_whose_it_is_and_of_when_above_its_headings():
    sheet = openpyxl.load_workbook(io.BytesIO(make_file("xlsx", full_roadmap(), ABOUT))).active

    above = [sheet.cell(number, 1).value for number in range(1, 5)]
    assert above[0] == "Tarvesalkku 2023–2025"
    assert above[1] == "Turku · Tilanne 12.5.2024"
    assert "9 kohdetta" in above[2]
    assert above[3] == "Tila: Käynnissä"
    assert [sheet.cell(5, column).value for column in (1, 2, 3)] == ["Näkökulma", "Nimi", "Tila"]
    assert sheet.cell(6, 1).value == "Hyvinvointi"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_picture_tells_each_row_in_words_with_its_whole_title(language):
    about = About("Salkku", "Kunta", "Yksikkö", "nyt", language)
    roadmap = full_roadmap(language=language)

    root = ET.fromstring(make_file("svg", roadmap, about))  # noqa: S314 - our own drawing

    told = [row.find(f"{SVG}title").text for row in root.iter(f"{SVG}g") if row.get("class") == "rm-row"]
    assert any("T" * 300 in words for words in told)
    assert any("Pysyvä <neuvonta> & ohjaus" in words for words in told)
    assert root.get("lang") == language


def test_the_picture_names_no_style_of_the_page():
    drawing = make_file("svg", full_roadmap(), ABOUT).decode()

    assert "var(" not in drawing
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "items",
    [
        (),
        (create_item(span=None),),
        (create_item(span=create_span("1.1.1950", "31.12.2050"), title="Ö" * 300),),
    ],
    ids=["nothing", "undated", "a hundred years"],
)
def test_every_format_can_hold_little_and_long(kind, items):
    assert make_file(kind, create_roadmap(*items), ABOUT)


def test_every_format_has_its_type():
    assert FORMATS.keys() == MIME_TYPES.keys()


def test_the_table_has_both_levels_of_lanes_the_classes_the_needs_and_what_changed():
    sheet = openpyxl.load_workbook(io.BytesIO(make_file("xlsx", arranged_roadmap(), ARRANGED))).active

    rows = [row for row in sheet.iter_rows(values_only=True) if row[2]]
    table = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert rows[0][:2] == ("Näkökulma", "Vaihe")
    first = next(row for row in table if row["Nimi"] == "Kaava")
    assert (first["Näkökulma"], first["Vaihe"], first["Laji"]) == ("Hyvinvointi", "Alku", "Tarve")
    assert first["Ajankohta ennen"] == "lokakuusta 2022"
    assert "183 päivää" in first["Muuttunut"]
    assert next(row for row in table if row["Nimi"] == "Kirjasto")["Tarvitsee ensin"].startswith("Kaava; Muualla")
    assert table[-1]["Paikka kuvassa"] == "poistui"


def test_data_tell_arrows_terms_classes_and_what_has_left():
    found = json.loads(make_file("json", arranged_roadmap(), ARRANGED))

    assert [lane["level"] for lane in found["lanes"]] == [1, 2, 1, 2]
    assert [one["broken"] for one in found["arrows"]] == [False, True]
    assert [one["words"] for one in found["bands"]] == ["Valtuustokausi 2021–2025", "Seuraava"]
    assert found["compared"]["gone"][0]["title"] == "Poistunut hanke"
    moved = next(row for lane in found["lanes"] for row in lane["rows"] if row["title"] == "Kaava")
    assert moved["ghost"]["x"] == 0
    assert moved["colour"] == "need"

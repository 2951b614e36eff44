import io

import docx
import pytest
from docx.oxml.ns import qn

from portfolio.files.document import (
    Bullets,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Piece,
    Section,
    Table,
    Tone,
)
from portfolio.files.word import write_word

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40"/></svg>'
TABLE = Table(
    [Column("Toimenpide", 3), Column("Määräraha", numbers=True)],
    [
        Section("Tekninen"),
        ["Kuntakortti", "10 000 €"],
        ["<b>&amp;", [Piece("vanha", Tone.OLD), Piece("uusi", Tone.NEW)]],
    ],
    foot=["Yhteensä", "10 000 €"],
)


def written(*blocks, **facts):
    usual = {
        "title": "Vuosiraportti",
        "author": "Kemi",
        "language": "fi",
        "foot": "Lähde",
        "page_words": "Sivu {page}/{pages}",
    }
    return docx.Document(io.BytesIO(write_word(Document(**usual | facts, blocks=blocks))))


def test_headings_paragraphs_and_lists_are_styles_of_word():
    found = written(
        Heading("Yhteenveto"), Paragraph("Kaksi riviä\nkappaleessa"), Bullets(["yksi", "kaksi"]), PageBreak()
    )
    styles = [(one.style.name, one.text) for one in found.paragraphs if one.text.strip()]
    assert styles == [
        ("Heading 1", "Vuosiraportti"),
        ("Heading 2", "Yhteenveto"),
        ("Normal", "Kaksi riviä\nkappaleessa"),
        ("List Bullet", "yksi"),
        ("List Bullet", "kaksi"),
    ]


def test_a_table_has_a_header_that_repeats_sections_over_all_columns_and_its_sum():
    table = written(TABLE).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Toimenpide", "Määräraha"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert {cell.text for cell in table.rows[1].cells} == {"Tekninen"}
    assert [cell.text for cell in table.rows[3].cells] == ["<b>&amp;", "vanhauusi"]
    runs = table.rows[3].cells[1].paragraphs[0].runs
    assert [bool(run.font.strike) for run in runs] == [True, False]
    assert table.rows[4].cells[0].paragraphs[0].runs[0].font.bold


def test_a_picture_has_its_words():
    found = written(Picture(SVG, alt="Kolme vihreää, yksi keltainen"))
    described = found.inline_shapes[0]._inline.docPr
    assert described.get("descr") == "Kolme vihreää, yksi keltainen"


def test_the_file_knows_its_title_language_and_pages():
    found = written(Paragraph([Piece("text in English", language="en")]), landscape=True)
    assert (found.core_properties.title, found.core_properties.language) == ("Vuosiraportti", "fi-FI")
    foot = found.sections[0].footer.paragraphs[0]._p.xml
    assert "PAGE" in foot
    assert "NUMPAGES" in foot
    assert found.sections[0].page_width > found.sections[0].page_height
    assert "en-GB" in found.paragraphs[-1]._p.xml


def test_signs_of_control_do_not_break_the_file():
    found = written(Paragraph("kelpaa\x00 tämäkin\x0b"))
    assert "kelpaa" in found.paragraphs[-1].text


def test_a_drawing_without_a_size_is_an_error_of_ours():
    with pytest.raises(ValueError, match="width"):
        written(Picture("<svg/>", alt="ei mitään"))

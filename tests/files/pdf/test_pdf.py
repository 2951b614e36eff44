import re
import shutil
import subprocess

import pytest

from portfolio.files.document import (
    Bullets,
    Column,
    Document,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Piece,
    Section,
    Table,
    Tone,
)
from portfolio.files.pdf import draw_png, write_pdf

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="50%" height="20"/></svg>'


@pytest.fixture(scope="module")
def poppler():
    """Poppler's reader of PDF, another program than the one that wrote it."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler's pdfinfo is not installed")

    def read(data, *options, program="pdfinfo"):
        ends = ("-", "-") if program == "pdftotext" else ("-",)
        return subprocess.run([program, *options, *ends], input=data, capture_output=True, check=True).stdout.decode()

    return read


def create_document(*blocks, **overrides):
    facts = {"title": "Tarvesalkku", "author": "Turku", "language": "fi", "foot": "Turku · Tilanne 12.5.2024"}
    return Document(**facts | {"blocks": blocks} | overrides)


def create_table(count=3, **overrides):
    rows = [Section("Hyvinvointi"), *((f"Kohde {number}", str(number)) for number in range(count))]
    return Table((Column("Nimi", 3), Column("Raha", numbers=True)), rows, **overrides)


def test_a_document_is_tagged_and_claims_pdf_ua():
    data = write_pdf(create_document(Heading("Tiekartta"), Paragraph("Lause.")))

    assert data.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in data
    assert re.search(rb"/Lang ?\(fi", data)


def test_poppler_reads_title_author_and_pages(poppler):
    info = poppler(write_pdf(create_document(PageBreak(), Paragraph("Toinen sivu"))))

    assert re.search(r"Title: +Tarvesalkku\n", info)
    assert re.search(r"Author: +Turku\n", info)
    assert re.search(r"Tagged: +yes\n", info)


def test_every_block_is_what_it_is_to_those_who_listen(poppler):
    blocks = (Heading("Luku"), Heading("Kohta", 2), Paragraph("Lause."), Bullets(["eka"]), Picture(SVG, "Palkki"))

    structure = poppler(write_pdf(create_document(*blocks, create_table())), "-struct-text")

    for tag, text in (("H1", "Tarvesalkku"), ("H2", "Luku"), ("H3", "Kohta")):
        assert f'{tag} "{text}"' in structure
    for tag in ("P (block)", "LBody", "Figure", "Table (block)", "TH ", "TD"):
        assert tag in structure


@pytest.mark.parametrize(("landscape", "size"), [(True, "841.89 x 595.27"), (False, "595.27")])
def test_pages_lie_or_stand(poppler, landscape, size):
    assert size in poppler(write_pdf(create_document(Paragraph("x"), landscape=landscape)))


def test_a_wider_paper_is_wider(poppler):
    assert "A3" in poppler(write_pdf(create_document(Paragraph("x"), paper=Paper.A3, landscape=True)))


def test_headings_of_a_table_and_its_sections_are_repeated_on_each_page(poppler):
    data = write_pdf(create_document(create_table(120), page_words="Sivu {page}/{pages}"))

    pages = poppler(data, "-layout", program="pdftotext").split("\f")[:-1]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert all(words in page for words in ("Nimi", "Raha", "Hyvinvointi", f"Sivu {number}/{len(pages)}"))
        assert "Turku · Tilanne 12.5.2024" in page


@pytest.mark.parametrize("text", ["#let x = 1 *a* $b$ @c <d> \\ // e", "[#sys.inputs]", '"q" {"a": 1}', "a\nb"])
def test_no_text_is_read_as_markup(poppler, text):
    blocks = (Paragraph(text), Table((Column(text),), ((text,),)), Bullets([Piece(text, Tone.STRONG)]))

    shown = poppler(write_pdf(create_document(*blocks, title=text)), "-layout", program="pdftotext")

    for line in text.splitlines():
        assert shown.count(line) >= 4


def test_a_letter_that_no_font_has_is_told_by_its_number_and_signs_of_control_are_left_out(poppler):
    shown = poppler(
        write_pdf(create_document(Paragraph("\x00Hymy \U0001f642 \ud83d кириллица ✓"))), program="pdftotext"
    )

    assert "Hymy [U+1F642] кириллица ✓" in shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Rivi\u2028\u202eloppu", "Rivi[U+2028][U+202E]loppu"),
        ("Vaihe 1\ufe0f\u20e3 alkaa", "Vaihe 1[U+20E3] alkaa"),
        ("\ufeffLiitetty teksti", "[U+FEFF]Liitetty teksti"),
    ],
)
def test_a_letter_that_can_be_set_only_by_itself_is_told_by_its_number_too(poppler, text, seen):
    shown = poppler(write_pdf(create_document(Paragraph(text))), program="pdftotext")
    assert seen in shown.replace("\ufe0f", "")


@pytest.mark.parametrize("tone", Tone)
def test_pieces_of_text_keep_their_words_in_every_tone(poppler, tone):
    words = (Piece("vanha ", tone), Piece("hösten", tone, "sv"))

    assert "vanha hösten" in poppler(write_pdf(create_document(Paragraph(words))), program="pdftotext")


def test_a_picture_without_words_is_refused():
    with pytest.raises(RuntimeError, match="alt"):
        write_pdf(create_document(Picture(SVG, "")))


def test_a_row_with_another_number_of_cells_is_refused():
    with pytest.raises(ValueError, match="2 cells"):
        write_pdf(create_document(Table((Column("a"), Column("b")), (("1",),))))


def test_the_same_document_gives_the_same_bytes():
    document = create_document(create_table(), Picture(SVG, "Palkki"))

    assert write_pdf(document) == write_pdf(document)


def test_a_drawing_becomes_a_picture_of_twice_its_pixels():
    data = draw_png(SVG, 90, 40)

    assert data.startswith(b"\x89PNG")
    assert [int.from_bytes(data[place : place + 4]) for place in (16, 20)] == [180, 80]


def test_a_word_without_end_stays_in_its_cell(poppler):
    data = write_pdf(create_document(Table((Column("a"), Column("b")), (("Ö" * 300, "naapuri"),))))

    words = re.findall(r'xMax="([\d.]+)"[^>]*>([^<]*Ö[^<]*)<', poppler(data, "-bbox", program="pdftotext"))
    assert sum(word.count("Ö") for _, word in words) == 300
    assert max(float(right) for right, _ in words) < 300

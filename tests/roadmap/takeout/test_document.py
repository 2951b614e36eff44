import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from portfolio.files.document import Paper
from portfolio.roadmap.takeout import About, make_file
from tests.roadmap.items import create_item, create_roadmap
from tests.roadmap.takeout_examples import ABOUT, ARRANGED, arranged_roadmap, full_roadmap


@pytest.fixture(scope="module")
def poppler():
    """Poppler's reader of PDF, another program than the one that wrote it."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler's pdfinfo is not installed")

    def read(data, *options, program="pdfinfo"):
        ends = ("-", "-") if program == "pdftotext" else ("-",)
        done = subprocess.run([program, *options, *ends], input=data, capture_output=True, check=True)
        return done.stdout.decode(errors="replace")

    return read


def text_of(poppler, data):
    return " ".join(poppler(data, "-raw", program="pdftotext").split())


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_document_is_tagged_in_its_language(language):
    about = About("Salkku", "Kunta", "Yksikkö", "nyt", language)

    data = make_file("pdf", full_roadmap(language=language), about)
    assert b"pdfuaid" in data
    assert re.search(rb"/Lang ?\(" + language.encode(), data)


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, "841.89 x 595"), (Paper.A3, "1190.55 x 841.89")])
def test_the_paper_lies_on_its_side(poppler, paper, size):
    assert size in poppler(make_file("pdf", full_roadmap(), replace(ABOUT, paper=paper)))


def test_pictures_tables_and_headings_are_told_as_what_they_are(poppler):
    structure = poppler(make_file("pdf", full_roadmap(), ABOUT), "-struct-text")

    assert structure.count("Figure") == 2
    assert re.search(r'H1 .*\n +"Tarvesalkku 2023–2025"', structure)
    assert 'H2 "Sama taulukkona"' in structure
    assert "THead" in structure


def test_the_table_tells_all_that_the_picture_shows(poppler):
    text = text_of(poppler, make_file("pdf", arranged_roadmap(), ARRANGED))

    for words in (
        *("Hyvinvointi – Alku", "Elinvoima – Muut", "Tarve", "Hanke", "Laji", "Muuttunut"),
        *("Kaava; Muualla (ei ehdi valmiiksi)", "lokakuusta 2022 → 1.4.2023–30.9.2024"),
        *("Poistunut, vertailu: 28.4. kokous", "Poistunut hanke", "Vertailu: 28.4. kokous"),
    ):
        assert words in text


def test_every_page_says_its_number_source_and_time(poppler):
    data = make_file("pdf", create_roadmap(*(create_item() for _ in range(30))), ABOUT)

    pages = poppler(data, "-layout", program="pdftotext").split("\f")[:-1]
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Sivu {number}/{len(pages)}" in page
        assert "Turku · Tilanne 12.5.2024" in page


def test_letters_of_the_picture_are_no_smaller_than_nine_points(poppler):
    data = make_file("pdf", full_roadmap(), ABOUT)

    heights = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">', poppler(data, "-bbox", program="pdftotext"))
    assert min(float(below) - float(above) for above, below in heights) > 8.99


def test_nothing_to_draw_is_said_in_words(poppler):
    assert "Ei piirrettäviä palkkeja" in text_of(poppler, make_file("pdf", create_roadmap(), ABOUT))

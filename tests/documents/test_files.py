"""Whole reports as files, read back by other programs."""

import io
import re
import shutil
import subprocess
from dataclasses import replace

import docx
import openpyxl
import pytest

from portfolio.documents.report import (
    WRITERS,
    Area,
    CardFacts,
    DecisionFacts,
    DecisionsFacts,
    Item,
    Kind,
    MeasuresFacts,
    Name,
    ProgressFacts,
    ReviewSummary,
    RoundFacts,
    Setting,
    build,
)
from portfolio.forums.rules import Outcome
from portfolio.register.rules import InitiativeKind, Status
from portfolio.reviews.rules import Health, ReviewState, RoundState, Verdict
from tests.factories import MORNING, TODAY

AREA = Area(1, Name("Tekninen palvelukeskus"))
LONG = "Pitkäniminen " * 23
TOLD = ReviewSummary(
    *(ReviewState.SUBMITTED, Health.YELLOW, "Hankinta viivästyi", Health.RED, "Rahat puuttuvat", Verdict.CONTINUE),
    done="Koulutettu 40 esimiestä",
    results="Käsittely nopeutui",
    next_goals="Käyttöön kaikkialla",
)


def setting(language="fi"):
    municipality, portfolio = Name("Kemi"), Name("Viisas-Kemi", "Smarta Kemi")
    return Setting(municipality, portfolio, language, TODAY, "Kaupunginhallitus 4.5.2026", MORNING)


def item(identity=1, title="Kuntakortti", **facts):
    usual = {"owner": Name("Kansliajohtaja"), "time": "vuoden 2026 aikana"}
    code, kind = f"VK-{identity:03}-X", InitiativeKind.MEASURE
    return Item(identity, code, Name(title), kind, Status.UNDER_WAY, AREA.id, **usual | facts)


def progress(language="fi", *items):
    round_ = RoundFacts(Name("Vuosiraportti"), TODAY, TODAY, TODAY, RoundState.CLOSED, Name("Kaupunginhallitus"))
    told = items or (item(told=TOLD),)
    return ProgressFacts(setting(language), 2026, [AREA], told, new=[item(9, "Uusi")], round=round_)


def card(**facts):
    return CardFacts(setting(), item(goals="Yksi kortti kaikille", results="Käytössä"), Name("Kanslia"), **facts)


def decisions(language="fi"):
    given = DecisionFacts(
        *(TODAY, "123", "45/00.01/2026", Name("Toimenpideohjelma"), "Hyväksytään", "Hyväksyttiin", Outcome.APPROVED),
        codes=["VK-001-X"],
    )
    return DecisionsFacts(setting(language), Name("Kaupunginhallitus"), 2026, [given])


ALL = {
    Kind.PROGRESS: progress,
    Kind.CARD: lambda: card(solution="Yhteinen kortti", links=[("Ohje", "https://kemi.example/ohje")]),
    Kind.DECISIONS: decisions,
    Kind.MEASURES: lambda: MeasuresFacts(setting(), 2027, [AREA], [item()], [item(2)], 2, 3, TODAY),
}


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


def pdf(facts):
    return WRITERS["pdf"](build(facts))


def word(facts):
    return docx.Document(io.BytesIO(WRITERS["docx"](build(facts))))


@pytest.mark.parametrize("facts", ALL.values(), ids=ALL)
def test_every_kind_is_tagged_pdf_with_numbered_pages_and_its_point_in_time(poppler, facts):
    data = pdf(facts())
    assert b"pdfuaid" in data
    assert re.search(rb"/Lang ?\(fi", data)
    text = " ".join(poppler(data, "-raw", program="pdftotext").split())
    assert "Sivu 1/" in text
    assert "Kaupunginhallitus 4.5.2026" in text


def test_headings_are_numbered_and_charts_and_tables_told_as_what_they_are(poppler):
    structure = poppler(pdf(progress()), "-struct-text")
    assert re.search(r'H2 .*\n +"1 Tiivistelmä"', structure)
    assert structure.count("Figure") == 1
    assert "THead" in structure


def test_word_holds_the_same_headings_tables_with_headers_and_the_chart_s_words():
    found = word(progress())
    headings = [one.text for one in found.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:3] == ["Edistymisraportti 2026", "1 Tiivistelmä", "2 Tilanne palvelualueittain"]
    heads = [table.rows[0]._tr.trPr.xpath("w:tblHeader") for table in found.tables]
    assert all(heads)
    assert found.inline_shapes[0]._inline.docPr.get("descr").startswith("Pylväät palvelualueittain. Tekninen")
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    assert {"Koulutettu 40 esimiestä", "Käyttöön kaikkialla", "Kansliajohtaja"} <= set(cells)
    assert found.core_properties.language == "fi-FI"


def test_the_owner_s_and_the_office_s_rating_stand_apart():
    cells = [cell.text for table in word(progress()).tables for row in table.rows for cell in row.cells]
    assert any("Riski" in text and "\nKehittämistoimisto: Ei etene" in text for text in cells)
    assert any(text == "Hankinta viivästyi\nRahat puuttuvat" for text in cells)


@pytest.mark.parametrize(("language", "words"), [("sv", "Lägesrapport 2026"), ("en", "Progress report 2026")])
def test_a_report_speaks_one_language_and_marks_the_words_of_another(poppler, language, words):
    report = build(progress(language))
    assert report.title == words
    assert re.search(rb"/Lang ?\(" + language.encode(), WRITERS["pdf"](report))
    xml = docx.Document(io.BytesIO(WRITERS["docx"](report))).element.xml
    assert 'w:lang w:val="fi-FI"' in xml


def test_titles_of_three_hundred_letters_and_words_without_end_stay_on_the_page(poppler):
    facts = progress("fi", item(told=TOLD, title=LONG), item(2, "P" * 300, told=replace(TOLD, done="x" * 2000)))
    for ending, write in WRITERS.items():
        assert write(build(facts))[:2] in {b"%P", b"PK"}, ending
    text = poppler(pdf(facts), "-raw", program="pdftotext").replace("-\n", "").replace("\n", " ")
    assert text.count("Pitkäniminen") >= 23 * 3


def test_a_card_is_one_page_without_numbers_and_a_public_one_says_less(poppler):
    inside = pdf(card(solution="Yhteinen kortti", present_state="Nykytila", contact=Name("Viestintäpäällikkö")))
    assert re.search(r"Pages: +1\n", poppler(inside))
    text = poppler(inside, "-raw", program="pdftotext")
    for words in ("Tarve ja tavoitteet", "Ratkaisu", "Tulokset", "Kansliajohtaja, Kanslia", "VK-001-X"):
        assert words in text
    outside = build(card(internal=False))
    assert "VK-001-X" not in str(outside.lead)
    assert [one.heading for one in outside.parts] == ["Tarve ja tavoitteet", "Ratkaisu", "Tulokset", "Vastuu"]


def test_no_cell_of_a_document_is_a_dash():
    """What is not there is said in grey words."""
    for made in (decisions(), progress()):
        cells = {cell.text for table in word(made).tables for row in table.rows for cell in row.cells}
        assert not cells & {"–", "-", ""}


def test_a_section_has_its_sign_once():
    one = replace(decisions().decisions[0], section="§ 15")
    assert word(replace(decisions(), decisions=[one])).tables[0].rows[1].cells[1].text == "§ 15"


def test_proposal_and_decision_stand_apart_even_when_equal():
    table = word(decisions()).tables[0]
    assert len({cell.text for cell in table.rows[0].cells}) == 8
    assert [cell.text for cell in table.rows[1].cells] == [
        *("4.5.2026", "§ 123", "45/00.01/2026", "Toimenpideohjelma", "Hyväksytään", "Hyväksyttiin", "Hyväksytty"),
        "VK-001-X",
    ]


def test_the_workbook_holds_the_words_and_every_table():
    book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](build(progress()))))
    assert len(book.sheetnames) == 7, "money of which nothing is known is a sentence, and no sheet"
    first = book.worksheets[0]
    words = " ".join(str(cell.value) for row in first.iter_rows() for cell in row)
    assert "Kysyttyjä kohteita on 1, vastauksia 1." in words

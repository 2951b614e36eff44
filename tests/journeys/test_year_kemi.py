"""Kemi's year in a real browser: measures for decision, the round of 30.9., reminders, answers, the board's report.

Any console error, policy violation or request to another site fails the journey when it ends.
"""

import datetime as dt
import re

import docx
import openpyxl
import pytest
from playwright.sync_api import expect

from portfolio.register.models import Portfolio
from portfolio.register.rules import Status
from tests import factories
from tests.fixtures.browser import ready
from tests.journeys.year import LINK, forgive_autosave, poppler

PROGRAMME = "Viisas-Kemi"
OFFICE, TECHNICAL, DATA, SCHOOLS = (
    "Kaupunginkanslia",
    "Tekninen palvelukeskus",
    "Tietohallintokeskus",
    "Sivistyspalvelut",
)
REPORTERS = {
    unit: f"{name}@kemi.example"
    for unit, name in ((OFFICE, "kanslia"), (TECHNICAL, "tekninen"), (DATA, "tietohallinto"), (SCHOOLS, "sivistys"))
}
ROUND = "Vuosiraportti 2017"
DAYS = {"period_first": "2017-01-01", "period_last": "2017-12-31", "opens_on": "2017-09-04", "due_on": "2017-09-30"}
SHEET = "Katselmukset"
REPORT, DECISIONS = "Edistymisraportti hallitukselle", "Foorumin päätösluettelo"
DECISION = "Kaupunginhallitus hyväksyy toimenpiteen vuodelle 2017."


def add_schools(session, municipality):
    """A fourth service area with a measure, beside the three of the demo."""
    home = {"municipality_id": municipality.id}
    unit = factories.create_unit(session, name_fi=SCHOOLS, **home)
    programme = session.query(Portfolio).filter_by(code="kemi-viisas").one()
    measure = {"status": Status.UNDER_WAY, "title_fi": "Oppilashallinnon sähköiset palvelut"}
    factories.create_initiative(session, portfolio_id=programme.id, unit_id=unit.id, **measure, **home)


@pytest.mark.whole
def test_kemis_year_from_the_list_of_measures_to_the_report_of_the_board(year_of, tmp_path, faults):
    kemi = year_of("kemi")
    kemi.write(add_schools)
    for unit, email in REPORTERS.items():
        kemi.add_reporter(unit, email)
    office = kemi.office()
    # 15.11.: next year's measures go to the board, and its decision is noted in the meeting
    kemi.becomes(dt.date(2016, 11, 15))
    of_programme = {"portfolio": programme(office)}
    measures = docx.Document(
        office.document(tmp_path / "toimenpiteet.docx", "Ensi vuoden toimenpiteet päätettäviksi", **of_programme)
    )
    for words in ("Vuoden 2017 toimenpiteet", OFFICE, TECHNICAL, DATA):
        assert words in text_of(measures)
    decide(office)
    of_board = {"forum": "Kaupunginhallitus"}
    decisions = docx.Document(office.document(tmp_path / "paatokset.docx", DECISIONS, **of_board))
    assert DECISION in text_of(decisions)
    # September: the round is opened, and everyone is told by a real mail
    kemi.becomes(dt.date(2017, 9, 4))
    asked = office.new_round(ROUND, **DAYS)
    office.remind(asked)
    assert {mail["To"] for mail in kemi.post.wait(4)} == set(REPORTERS.values())
    # three service areas answer in the browser, the first review by the link in the mail
    for unit in (OFFICE, DATA, TECHNICAL):
        answer_all(kemi, unit)
    # the fourth one answers in Excel: fetched, filled in, and merged by the office
    workbook = fetch_workbook(kemi, asked, tmp_path / "sivistys.xlsx")
    fill_in(workbook)
    bring_back(office, workbook)
    # one is returned, and its reporter is told and mends it
    return_one(kemi, office, asked)
    # the office approves all and closes the round
    assert office.approve_all(asked) > len(REPORTERS)
    office.open(asked)
    office.follow("Sulje kierros")
    office.press("Sulje kierros")
    office.sees("Kierros suljettiin", within=".messages")
    # the board gets its report, as a tagged PDF and in Word: the same words in both
    report = docx.Document(office.document(tmp_path / "raportti.docx", REPORT, **of_programme))
    pdf = office.document(tmp_path / "raportti.pdf", REPORT, **of_programme)
    assert re.search(r"Tagged:\s+yes", poppler("pdfinfo", pdf))
    structure = poppler("pdfinfo", "-struct", pdf)
    assert all(tag in structure for tag in ("H1", "H2", "Table", "TH"))
    for text in (text_of(report), poppler("pdftotext", "-layout", pdf, "-")):
        for words in (ROUND, OFFICE, TECHNICAL, DATA, SCHOOLS):
            assert words in text
    forgive_autosave(faults)


def return_one(kemi, office, asked):
    """Give one back with a comment, which the mail tells, and answer it again."""
    office.open(f"{asked}?q=Kemi-kortti")
    office.follow("Kemi-kortti käyttöön")
    office.page.locator("main textarea[name$=comment]").fill("Kerro vielä, montako korttia on käytössä.")
    office.press("Palauta")
    office.remind(asked)
    subject, text = kemi.mail_to(REPORTERS[OFFICE], 5)
    assert subject == "Katselmus palautettiin sinulle"
    assert "montako korttia" in text
    reporter = kemi.person(REPORTERS[OFFICE])
    reporter.open(LINK.search(text)[0])
    reporter.sees("Kerro vielä, montako korttia on käytössä.")
    reporter.answer(LINK.search(text)[0], results="Kortteja on käytössä 4 200.")


def programme(office):
    office.open("/documents?kind=progress")
    return next(
        one for one in office.page.locator("select[name=portfolio] option").all_inner_texts() if PROGRAMME in one
    )


def decide(office):
    """Note the board's decision on the first measure that is shown in its meeting."""
    page = office.open("/roadmap?group=unit")
    office.follow("Kokoustila")
    page.get_by_label("Foorumi", exact=True).select_option(label="Kaupunginhallitus")
    office.press("Aloita")
    expect(page.locator("h1")).to_contain_text("Kaupunginhallitus")
    ready(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#s2")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("[data-panel]")
    panel.get_by_label(re.compile("^Päätös")).fill(DECISION)
    panel.get_by_role("button", name="Kirjaa päätös").click()
    expect(panel.locator("[data-outcome]")).to_contain_text(DECISION)


def answer_all(kemi, unit):
    """Answer what waits for a service area; the first one stands in the mail."""
    person = kemi.person(REPORTERS[unit])
    _, text = kemi.mail_to(REPORTERS[unit], 4)
    first = LINK.search(text)[0]
    waiting = person.waiting()
    assert first in waiting
    for address in [first, *(one for one in waiting if one != first)]:
        verdict = "continue" if person.is_asked(address, "continue") else "resume"
        texts = {"progress": "60", "done": "Käyttöönotto eteni suunnitellusti.", "next_goals": "Laajennus."}
        person.answer(address, verdict=verdict, **texts)
    assert not person.waiting()


def fetch_workbook(kemi, asked, path):
    person = kemi.person(REPORTERS[SCHOOLS])
    person.open(f"/exchange/rounds/{asked.rpartition('/')[2]}/export")
    person.press("Tee työkirja")
    return person.save(path, "Hae työkirja")


def fill_in(path):
    """Tell how it goes and what is to become of it, as a person offline does."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in {
        "Miten sujuu?": "Riski: vaatii huomiota",
        "Perustelu": "Toimittaja myöhästyy.",
        "Miten jatketaan?": "Jatketaan",
        "Edistyminen": 0.4,
    }.items():
        sheet.cell(2, columns[heading]).value = value
    book.save(path)


def bring_back(office, path):
    office.open("/exchange")
    office.page.set_input_files("#files", str(path))
    office.press("Lähetä ja tarkista")
    expect(office.page.locator("h1")).to_have_text("Tarkista ennen tuontia")
    office.sees("Toimittaja myöhästyy.")
    office.press(re.compile("^Tuo "), exact=False)
    expect(office.page.locator("h1")).to_have_text("Tuonti on tehty")


def text_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])

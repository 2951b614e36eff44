from portfolio.core.problem import Problem
from portfolio.exchange.rows import headings
from portfolio.exchange.rows.headings import Headings
from tests.workbooks import make_profile, read_rows

YEARS = """
[[sheet.years]]
pattern = "Käyttötalous (1 000 €) TA {year}"
amount = "planned"
part = "operating"
source = "own"
unit = "teur"

[[sheet.years]]
pattern = "T* {year} Investointi €"
amount = "planned"
part = "investment"
source = "own"
unit = "eur"
"""


def search(rows, *, change=None, **parts):
    (sheet,) = read_rows(rows, change=change).sheets
    (profile,) = make_profile(**parts).sheets
    return Headings(profile).search(sheet)


def test_a_heading_is_found_below_titles_and_notes():
    found = search(
        [["Ohjelma 2026"], ["Päivitetty 1.1."], [], ["Nro", "Toimenpide", "Tila"], [1, "Kirjasto", "Valmis"]]
    )
    assert (found.first_row, found.last_row) == (4, 4)
    assert found.fields == {1: "number", 2: "title_fi", 3: "status"}


def test_a_heading_of_two_rows_is_joined_and_what_merging_repeats_is_said_once():
    def merge(workbook):
        sheet = workbook["Toimenpiteet"]
        sheet.merge_cells("C1:D1")
        sheet.merge_cells("A1:A2")

    rows = [["Nro", "Toimenpide", "Käyttötalous (1 000 €)", None], [None, None, "TA 2026", "TA 2027"], [1, "x", 1, 2]]
    found = search(rows, change=merge, keys="header_rows = 2", tables=YEARS)
    assert found.texts[4] == "Käyttötalous (1 000 €) TA 2027"
    assert found.texts[1] == "Nro"
    assert found.fields[3] == "money:2026:operating:own:planned"
    assert found.units["money:2027:operating:own:planned"] == "teur"


def test_a_year_pattern_covers_the_whole_heading():
    found = search([["Nro", "Toimenpide", "TA 2026 Investointi €", "TA 2026 Investointi €, ennuste"]], tables=YEARS)
    assert found.fields == {1: "number", 2: "title_fi", 3: "money:2026:investment:own:planned"}


def test_line_breaks_capitals_and_footnote_stars_in_headings_do_not_matter():
    assert search([["NRO", "Toimen\u00adpide*", "Valmiina:"]]).fields == {1: "number", 2: "title_fi", 3: "progress"}


def test_columns_are_found_by_their_headings_in_any_order():
    assert search([["Tila", "Toimenpide", "Nro"]]).fields == {1: "status", 2: "title_fi", 3: "number"}


def test_a_missing_column_is_named_with_the_heading_it_may_be():
    found = search([["Nro", "Toimenpiteet", "Tila"]])
    (problem,) = found.problems
    assert (problem.msgid, problem.params["near"]) == (headings.MISSING_COLUMN_NEAR, "Toimenpiteet")


def test_a_column_that_stands_twice_is_told_with_both_places():
    (problem,) = search([["Nro", "Toimenpide", "Nro"]]).problems
    assert (problem.msgid, problem.params["first"], problem.params["second"]) == (headings.TWICE, "A", "C")


def test_a_sheet_without_the_heading_is_told():
    found = search([["Aivan", "muuta"]])
    assert isinstance(found, Problem)
    assert found.msgid == headings.NO_HEADER

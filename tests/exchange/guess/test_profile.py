import pytest

from portfolio.exchange.guess.profile import for_next_years
from portfolio.exchange.rows import fits
from portfolio.files.workbook import read_workbook
from tests.guesses import guessed
from tests.workbooks import workbook_bytes

ROWS = [["Nro", "Toimenpide", "Tila"], [1, "Kirjasto auki", "Valmis"], [2, "Satama", "Käynnissä"]]


def read_sheets(sheets):
    return read_workbook(workbook_bytes(sheets), "oma.xlsx")


def kept(*names):
    """The names by which the sheets of a workbook are known the next time."""
    found = guessed(sheets=dict.fromkeys(names, ROWS))
    workbook = read_sheets(dict.fromkeys(names, ROWS))
    return [one.match[0] for one in for_next_years(found.guess.profile, workbook).sheets]


@pytest.mark.parametrize(
    ("name", "glob"),
    [
        ("Hankkeet 2025", "Hankkeet *"),
        ("2025 hankkeet", "* hankkeet"),
        ("Hankkeet_2025", "Hankkeet_*"),
        ("Hankkeet 2025-2028", "Hankkeet *"),
        ("Hankkeet 2025–28", "Hankkeet *"),
        ("Tilanne 31.8.2025", "Tilanne *"),
        ("Tilanne 31.8.", "Tilanne *"),
        ("Tilanne 31.8.25", "Tilanne *"),
        ("Tilanne 2025-08-31", "Tilanne *"),
        ("Tilanne 20250831", "Tilanne *"),
        ("Tilanne 8-2025", "Tilanne *"),
        ("Hankkeet 2", "Hankkeet 2"),
        ("Hankkeet 120256", "Hankkeet 120256"),
        ("Hankkeet", "Hankkeet"),
    ],
)
def test_years_and_days_in_the_name_of_a_sheet_become_a_star(name, glob):
    assert kept(name) == [glob]


def test_a_name_that_is_nothing_but_a_year_stays_as_it_is():
    assert kept("2025") == ["2025"]


def test_two_sheets_that_differ_by_their_year_stay_apart():
    assert kept("Hankkeet 2024", "Hankkeet 2025") == ["Hankkeet 2024", "Hankkeet 2025"]


def test_the_kept_mapping_fits_next_year_s_workbook_with_all_its_headings_only():
    found = guessed(sheets={"Hankkeet 2025": ROWS})
    profile = for_next_years(found.guess.profile, read_sheets({"Hankkeet 2025": ROWS}))
    assert fits(read_sheets({"Hankkeet 2026": ROWS}), profile)
    assert not fits(read_sheets({"Hankkeet 2026": [row[:2] for row in ROWS]}), profile)
    assert not fits(read_sheets({"Toiset 2026": ROWS}), profile)

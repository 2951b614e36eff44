from decimal import Decimal

import pytest

from portfolio.exchange.columns import Entity
from portfolio.exchange.guess import heading, whole
from portfolio.exchange.guess.heading import find_head
from portfolio.exchange.rows import read
from tests.guesses import guessed, make_vocabulary
from tests.workbooks import read_rows


def test_title_and_note_rows_above_the_heading_are_passed_over_and_told():
    found = guessed(
        [
            ["Toimenpideohjelma 2025"],
            ["Päivitetty 3.2.2025, luvut alustavia"],
            [],
            ["Nro", "Toimenpide", "Tila"],
            [1, "Kirjasto auki", "Käynnissä"],
            [2, "Satama", "Valmis"],
        ]
    )
    assert found.sheet().header == (4, 4)
    assert found.values("number", "title_fi", "status") == [
        ("1", "Kirjasto auki", "under_way"),
        ("2", "Satama", "completed"),
    ]
    assert found.said(whole.ROWS_ABOVE)["rows"] == "1, 2"


def test_a_heading_of_two_rows_is_joined_where_cells_are_merged():
    def merge(workbook):
        sheet = workbook["Taul1"]
        sheet.merge_cells("C1:D1")
        sheet.merge_cells("E1:F1")
        for letter in "AB":
            sheet.merge_cells(f"{letter}1:{letter}2")

    found = guessed(
        [
            ["Nro", "Toimenpide", "Käyttötalous €", None, "Investoinnit €", None],
            [None, None, "TA 2025", "TS 2026", "TA 2025", "TS 2026"],
            [1, "Kirjasto auki", 1000, 2000, 0, 50000],
            [2, "Satama", 10, None, 700000, None],
        ],
        change=merge,
    )
    assert found.sheet().header == (1, 2)
    assert found.values("title_fi", "money:2026:investment:own:planned") == [
        ("Kirjasto auki", Decimal(50000)),
        ("Satama", None),
    ]
    assert found.faults == []


def test_a_heading_above_several_columns_holds_for_them_also_when_nobody_merged_it():
    found = guessed(
        [
            ["Nro", "Toimenpide", "Käyttötalous (1 000 €)", None, "Investoinnit (1 000 €)", None, "Huom."],
            [None, None, 2025, 2026, 2025, 2026, None],
            [1, "Kirjasto auki", 1, 2, 0, 50, "x"],
            [2, "Satama", 10, None, 700, None, None],
        ]
    )
    assert found.guess.profile.sheets[0].spread_headings
    assert found.fields()["Investoinnit (1 000 €) 2026"] == "money:2026:investment:own:planned"
    assert found.values("money:2025:investment:own:planned", "notes") == [(Decimal(0), "x"), (Decimal(700_000), None)]


def test_three_rows_are_joined_with_the_unit_in_the_lowest():
    found = guessed(
        [
            ["Nro", "Toimenpide", "Talousarvio", None],
            [None, None, 2025, 2026],
            [None, None, "1 000 €", "milj. €"],
            [1, "Kirjasto auki", 5, 1.5],
            [2, "Satama", 6, 0.2],
        ]
    )
    assert found.sheet().header == (1, 3)
    assert found.values("money:2025:operating:own:planned", "money:2026:operating:own:planned") == [
        (Decimal(5000), Decimal(1_500_000)),
        (Decimal(6000), Decimal(200_000)),
    ]


def test_a_heading_that_is_repeated_further_down_is_no_row_of_data():
    head = ["Nro", "Toimenpide", "Vastuualue"]
    found = guessed([head, [1, "a", "tekninen"], head, [2, "b", "sivistys"], [3, "c", "sivistys"]])
    assert found.values("number") == [("1",), ("2",), ("3",)]
    assert found.faults == []


@pytest.mark.parametrize(
    ("heading_", "field"),
    [
        ("Toimen-\npiteen nimi", "title_fi"),
        ("Toimenpide / Åtgärd", "title_fi"),
        ("Toimenpide\nÅtgärd", "title_fi"),
        ("Vastuualue\n(toimiala)", "unit"),
        ("Aikataulu – Tidtabell", "timespan"),
        ("Tila (Status)", "status"),
        ("Vastuualueet", "unit"),
    ],
)
def test_line_breaks_and_two_languages_in_one_heading_are_understood(heading_, field):
    samples = {"title_fi": "Kirjasto", "unit": "tekninen", "timespan": "2025", "status": "Valmis"}
    title = "Otsikko" if field != "title_fi" else "Tavoite"
    found = guessed(
        [[title, heading_], ["a", samples[field]], ["b", samples[field] + (" 2" if field == "title_fi" else "")]]
    )
    assert found.column(" ".join(heading_.split())).field == field


def test_a_swedish_sheet_is_read_with_its_swedish_title_in_place_of_a_finnish_one():
    found = guessed(
        [
            ["Nr", "Åtgärd", "Ansvarig", "Tidtabell", "Läge"],
            [1, "Biblioteket", "Rehtori", "2025–2026", "Pågår"],
            [2, "Hamnen", "Rehtori", "hösten 2025", "Klar"],
        ]
    )
    assert found.guess.profile.language == "sv"
    assert found.values("title_fi", "status", "owner_post", "timespan") == [
        ("Biblioteket", "under_way", "rehtori", "2025–2026"),
        ("Hamnen", "completed", "rehtori", "hösten 2025"),
    ]


def test_an_english_sheet_is_understood():
    found = guessed(
        [
            ["ID", "Project name", "Responsible unit", "Start date", "End date", "Status"],
            ["P1", "Library", "tekninen", 2025, 2026, "In progress"],
            ["P2", "Harbour", "sivistys", 2025, None, "Not started"],
        ]
    )
    assert found.guess.profile.language == "en"
    assert found.values("number", "timespan", "status") == [
        ("P1", "2025–2026", "under_way"),
        ("P2", "2025–", "proposed"),
    ]


def test_a_column_without_a_heading_is_named_as_not_read():
    found = guessed([["Nro", "Toimenpide", None], [1, "a", "salaisuus"], [2, "b", None]])
    assert found.said(read.UNHEADED) == {"column": "C"}
    assert found.column("").field is None


def test_a_heading_with_one_row_of_data_is_not_swallowed_by_it():
    sheet = read_rows(
        [["Toimenpide", "TA 2025 (€)", "TS 2026 (€)"], ["Kirjasto", "ei erillistä määrärahaa", "ei"]]
    ).sheets[0]
    found = find_head(sheet, Entity.INITIATIVE, make_vocabulary().registry)
    assert (found[0].first, found[0].last) == (1, 1)


def test_a_sheet_of_running_text_has_no_heading():
    sheet = read_rows([["Hallitus päätti asiasta."], ["Toimenpide. Vastuuhenkilö X."]]).sheets[0]
    assert heading.find_head(sheet, Entity.INITIATIVE, make_vocabulary().registry) is None

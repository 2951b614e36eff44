from decimal import Decimal

import pytest

from portfolio.exchange.columns import UNKNOWN
from portfolio.exchange.guess import assign, money
from tests.guesses import guessed

PLANNED = "money:{}:operating:own:planned"


def with_money(head, cells, *, above=(), below=(), **more):
    rows = [*above, ["Nro", "Toimenpide", *head]]
    rows += [[number, f"Toimenpide {number}", *row] for number, row in enumerate(cells, start=1)]
    return guessed([*rows, *below], **more)


def test_year_columns_are_a_budget_for_each_year():
    found = with_money(["TA 2025", "TS 2026", "TS 2027"], [[1000, 2000, 3000], [5000, None, 0]])
    assert found.values(*(PLANNED.format(year) for year in (2025, 2026, 2027))) == [
        (Decimal(1000), Decimal(2000), Decimal(3000)),
        (Decimal(5000), None, Decimal(0)),
    ]
    assert [one.pattern for one in found.guess.profile.sheets[0].years] == ["ta {year}", "ts {year}"]


def test_planned_forecast_and_actual_are_told_by_words_and_so_are_part_and_source():
    found = with_money(
        ["Talousarvio 2025 €", "Ennuste 2025 €", "Toteuma 1–8/2025 €", "Investointimeno 2025 €", "Avustus 2025 €"],
        [[1000, 1100, 900, 50000, 300]],
    )
    assert list(found.fields().values())[2:] == [
        "money:2025:operating:own:planned",
        "money:2025:operating:own:forecast",
        "money:2025:operating:own:actual",
        "money:2025:investment:own:planned",
        "money:2025:operating:external:planned",
    ]


def test_budget_words_of_swedish_and_english_are_known():
    found = with_money(
        ["Budget 2025 (1 000 €)", "Utfall 2025 (1 000 €)", "Investments 2026, EUR million"], [[1, 2, 0.5]]
    )
    assert found.values("money:2025:operating:own:planned", "money:2025:operating:own:actual") == [
        (Decimal(1000), Decimal(2000))
    ]
    assert found.fields()["Investments 2026, EUR million"] == "money:2026:investment:own:planned"


def test_years_repeated_once_for_euros_and_once_for_per_cents_are_told_apart_by_the_heading():
    found = guessed(
        [
            ["Nro", "Toimenpide", "Budjetti €", None, "Toteutuma %", None],
            [None, None, 2025, 2026, 2025, 2026],
            [1, "a", 1000, 2000, 10, 20],
            [2, "b", 3000, 4000, 30, 40],
        ]
    )
    assert found.values(PLANNED.format(2026)) == [(Decimal(2000),), (Decimal(4000),)]
    assert found.fields()["Toteutuma % 2026"] is None
    assert found.why("Toteutuma % 2026") == [money.PER_CENTS]


def test_years_repeated_without_a_word_are_told_apart_by_values_that_are_shares():
    found = with_money(["2025", "2026", "2025", "2026"], [[1000, 2000, 0.1, 0.25], [3000, 4000, 0.3, 0.5]])
    assert found.values(PLANNED.format(2025), PLANNED.format(2026)) == [
        (Decimal(1000), Decimal(2000)),
        (Decimal(3000), Decimal(4000)),
    ]
    assert [one.field for one in found.sheet().columns][4:] == [None, None]
    assert found.guess.profile.sheets[0].letters == {PLANNED.format(2025): "C", PLANNED.format(2026): "D"}


def test_years_that_stand_twice_and_cannot_be_told_apart_are_not_read():
    found = with_money(["2025", "2025"], [[1000, 2000], [3000, 4000]])
    assert [one.field for one in found.sheet().columns][2:] == [None, None]
    assert found.why("2025") == [assign.TWICE_OVER]


@pytest.mark.parametrize(
    ("heading", "above", "below", "euros"),
    [
        ("TA 2025 (€)", (), (), 5),
        ("TA 2025 (1 000 €)", (), (), 5000),
        ("TA 2025, milj. €", (), (), 5_000_000),
        ("TA 2025 t€", (), (), 5000),
        ("TA 2025", (["Toimenpiteet"], ["Luvut tuhansina euroina"]), (), 5000),
        ("TA 2025", (["Summat milj. €"],), (), 5_000_000),
        ("TA 2025", (), ([], ["Huom. määrärahat ovat 1 000 euroa"]), 5000),
        ("Budget 2025", (["Belopp i tusen euro"],), (), 5000),
    ],
)
def test_the_unit_comes_from_the_heading_or_a_note_above_or_below(heading, above, below, euros):
    found = with_money([heading], [[5], [7]], above=above, below=below)
    assert found.values(PLANNED.format(2025))[0] == (Decimal(euros),)


def test_the_unit_may_change_from_column_to_column():
    found = with_money(["TA 2025 (€)", "TS 2026 (1 000 €)", "TS 2027 milj. €"], [[5, 6, 7]])
    assert found.values(*(PLANNED.format(year) for year in (2025, 2026, 2027))) == [
        (Decimal(5), Decimal(6000), Decimal(7_000_000))
    ]


def test_small_amounts_without_any_unit_are_taken_as_euros_with_a_doubt_that_is_told():
    found = with_money(["TA 2025"], [[5], [12]])
    column = found.column("TA 2025")
    assert column.confidence < 0.5
    assert {money.NO_UNIT, money.SMALL} <= set(found.why("TA 2025"))


def test_texts_and_stray_blanks_in_money_cells_are_read_or_told_one_by_one():
    found = with_money(
        ["TA 2025 €"],
        [["1 234,50"], ["12 000 €"], ["5 000"], ["−300"], ["ei erillistä määrärahaa"], ["?"], ["-"], ["n. kymppi"]],
    )
    assert [value for (value,) in found.values(PLANNED.format(2025))][:7] == [
        Decimal("1234.5"), Decimal(12000), Decimal(5000), Decimal(-300), Decimal(0), UNKNOWN, None,
    ]  # fmt: skip
    assert [(row, column) for _, row, column in found.faults] == [(9, "C")]


def test_money_without_a_year_takes_the_one_year_of_the_title_and_says_so():
    found = with_money(["Kustannus (€)"], [[1000], [2000]], above=(["Toimenpideohjelma 2025"],))
    assert found.values(PLANNED.format(2025)) == [(Decimal(1000),), (Decimal(2000),)]
    assert found.why("Kustannus (€)")[0] == money.YEAR_BY_NOTE


def test_money_of_no_year_or_of_two_years_is_not_read_and_says_why():
    found = with_money(["Kustannus (€)", "TA 2009+2010 €"], [[1000, 5], [2000, 6]])
    assert found.why("Kustannus (€)") == [money.NO_YEAR]
    assert found.why("TA 2009+2010 €") == [money.SEVERAL_YEARS]
    assert found.values("title_fi") == [("Toimenpide 1",), ("Toimenpide 2",)]


def test_numbers_of_a_year_that_are_not_said_to_be_money_are_not_taken_for_it():
    found = with_money(["Henkilötyövuodet 2025"], [[1.5], [2]])
    assert found.fields()["Henkilötyövuodet 2025"] is None


def test_a_source_that_is_not_known_here_is_named():
    found = guessed([["Nro", "Toimenpide", "Valtionavustus 2025 €"], [1, "a", 5], [2, "b", 6]], known=())
    assert found.fields()["Valtionavustus 2025 €"] == "money:2025:operating:external:planned"


@pytest.mark.parametrize("heading", ["Yht.", "Yhteensä", "Summa", "Rahoitus yht.", "Totalt", "Total, €", "Yht. 2025"])
def test_a_column_that_sums_the_years_is_told_and_stands_in_no_year_s_way(heading):
    found = with_money(["2025", "2026", heading], [[1000, 2000, 3000], [500, 0, 500]], above=[["Budjetti 2025 (€)"]])
    assert list(found.fields().values())[2:] == [PLANNED.format(2025), PLANNED.format(2026), None]
    assert found.why(heading) == [assign.SUM_OF_OTHERS]


def test_one_sum_of_money_without_years_beside_it_is_read():
    found = with_money(["Kustannukset yht."], [[1000], [500]], above=[["Budjetti 2025 (€)"]])
    assert found.fields()["Kustannukset yht."] == PLANNED.format(2025)

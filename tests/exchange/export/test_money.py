from decimal import Decimal

import pytest

from portfolio.budgets.operations import set_budget_cells
from portfolio.budgets.rules import BudgetPart
from tests.exchange.export.house import OWN, column, table


def budget(house):
    return house.opened()["Talousarvio"]


def keys(rows):
    return [(row["Tunnus"], row["Talousarvion osa"], row["Rahoituslähde"]) for row in rows]


def test_each_part_and_source_has_a_row_and_whoever_has_none_a_blank_one(house):
    first, second, third = (item.code for item in house.items)
    assert keys(table(budget(house))) == [
        (first, "Käyttötalous", "Oma rahoitus"),
        (first, "Investoinnit", "EU"),
        (second, "Käyttötalous", "Oma rahoitus"),
        (third, "Käyttötalous", "Oma rahoitus"),
    ]


def test_years_are_those_of_the_plan_and_those_that_hold_data(house):
    headings = [cell.value for cell in budget(house)[1]][6:-1]
    assert headings == [
        *("Talousarvio 2025, €", "Ennuste 2025, €", "Toteuma 2025, €"),
        *("Talousarvio 2026, €", "Ennuste 2026, €", "Toteuma 2026, €"),
        *("Talousarvio 2027, €", "Ennuste 2027, €"),
    ]


def test_unknown_is_blank_beside_what_is_known_and_words_where_nothing_is(house):
    own, eu, second, third = table(budget(house))
    assert (own["Toteuma 2025, €"], own["Talousarvio 2025, €"]) == (1234567.5, None)
    assert (own["Talousarvio 2026, €"], own["Ennuste 2026, €"]) == (40000, None)
    assert eu["Talousarvio 2026, €"] == "ei tietoa"
    assert second["Talousarvio 2027, €"] == 0
    assert [value for heading, value in third.items() if heading.endswith("€")] == [None] * 8


def test_cents_are_shown_where_there_are_any(house):
    sheet = budget(house)
    formats = [
        sheet[f"{column(sheet, heading)}2"].number_format for heading in ("Toteuma 2025, €", "Talousarvio 2026, €")
    ]
    assert [".00" in one for one in formats] == [True, False]


def test_part_and_source_are_closed_on_a_row_that_holds_money(house):
    sheet = budget(house)
    shades = [sheet[f"{column(sheet, 'Rahoituslähde')}{row}"].fill.fgColor.rgb for row in (2, 5)]
    assert [shade == "00EEF1F3" for shade in shades] == [True, False]


@pytest.mark.parametrize("amount", ["actual", "planned"])
def test_a_year_to_come_has_actuals_only_when_there_are_some(house, amount):
    cell = (house.items[0].id, 2027, BudgetPart.OPERATING, house.sources[OWN].id)
    set_budget_cells(house.session, house.actor, {cell: {amount: Decimal(5)}})
    headings = [cell.value for cell in budget(house)[1]]
    assert ("Toteuma 2027, €" in headings) is (amount == "actual")

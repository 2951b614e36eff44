from decimal import Decimal

from portfolio.budgets import queries
from portfolio.budgets.queries import MoneyFilter
from portfolio.budgets.rules import NOTHING, BudgetPart, Sum, budget_years, gather, handling_year, together
from portfolio.core import history
from portfolio.register.operations import remove_initiatives

OPERATING, INVESTMENT = BudgetPart.OPERATING, BudgetPart.INVESTMENT
YEARS = range(2026, 2029)


def filled(purse):
    purse.put(
        {
            (purse.first, 2026, OPERATING, purse.own): {"planned": Decimal("100.25"), "actual": Decimal(90)},
            (purse.first, 2026, INVESTMENT, purse.eu): {"planned": Decimal(0)},
            (purse.first, 2031, OPERATING, purse.own): {"planned": Decimal(9999)},
            (purse.second, 2026, OPERATING, purse.own): {"planned": Decimal(50)},
            (purse.second, 2027, OPERATING, purse.eu): {"planned": None},
        }
    )
    purse.session.commit()
    return purse


def both(purse, question):
    """The answer now, which is also the answer as of now."""
    now, then = question(None), question(history.latest_revision(purse.session))
    assert now == then
    return now


def slices(purse, **chosen):
    wanted = MoneyFilter(**chosen)
    return both(purse, lambda at: sorted(queries.read_slices(purse.session, purse.id, YEARS, wanted, at=at), key=str))


def test_a_table_adds_up_in_two_directions_and_tells_zero_from_unknown(any_purse):
    found = gather(slices(filled(any_purse)), lambda one: one.part, lambda one: one.year, "planned")
    assert found == {
        (OPERATING, 2026): Sum(Decimal("150.25"), 0, 2),
        (INVESTMENT, 2026): Sum(Decimal(0), 0, 1),
        (OPERATING, 2027): Sum(None, 1, 1),
    }
    assert together(found.values()) == Sum(Decimal("150.25"), 1, 4)
    assert not NOTHING.is_told
    assert NOTHING.known is None


def test_an_actual_that_nobody_told_is_unknown_beside_its_plan(any_purse):
    found = gather(slices(filled(any_purse)), lambda one: one.source_id, lambda one: one.year, "actual")
    assert found[any_purse.own, 2026] == Sum(Decimal(90), 1, 2)


def test_a_filter_narrows_whose_and_which_money(any_purse):
    purse = filled(any_purse)

    def whole(**chosen):
        return together(one.planned for one in slices(purse, **chosen))

    assert whole(unit_ids=frozenset({purse.unit.id})) == Sum(Decimal("100.25"), 0, 2)
    assert whole(source_ids=frozenset({purse.eu})) == Sum(Decimal(0), 1, 2)
    assert whole(part=INVESTMENT) == Sum(Decimal(0), 0, 1)
    assert whole(portfolio_ids=frozenset({purse.portfolio + 99})) == NOTHING


def test_initiatives_of_whose_money_nothing_is_told_are_counted(any_purse):
    purse = filled(any_purse)

    def counts(years=YEARS):
        return both(purse, lambda at: queries.count_items(purse.session, purse.id, years, MoneyFilter(), at=at))

    found = counts()
    assert (found.every.total(), found.silent) == (3, {(purse.portfolio, None): 1})
    assert counts(range(2040, 2041)).silent.total() == 3


def test_money_of_a_removed_initiative_is_not_counted(any_purse):
    purse = filled(any_purse)
    remove_initiatives(purse.session, purse.office, [purse.first])
    purse.session.commit()
    assert together(one.planned for one in slices(purse)) == Sum(Decimal(50), 1, 2)


def test_the_budget_that_is_handled_is_of_the_first_year_that_is_not_approved():
    assert handling_year(2026, {2025, 2026}) == 2027
    assert handling_year(2026, {2027}) == 2026
    assert list(budget_years(2026, 3)) == [2026, 2027, 2028]
    assert list(budget_years(2026, 0)) == [2026]

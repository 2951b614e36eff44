from decimal import Decimal

from portfolio.budgets import queries
from portfolio.budgets.rules import BudgetPart, Total, add_up
from portfolio.core import history
from portfolio.register.operations import remove_initiatives
from portfolio.register.rules import InitiativeFilter
from tests.factories import TODAY

OPERATING, INVESTMENT = BudgetPart.OPERATING, BudgetPart.INVESTMENT


def filled(purse):
    purse.put(
        {
            (purse.first, 2026, OPERATING, purse.own): {"planned": Decimal("100.25"), "actual": Decimal(90)},
            (purse.first, 2026, INVESTMENT, purse.eu): {"planned": Decimal("0.10")},
            (purse.first, 2027, OPERATING, purse.own): {"planned": Decimal(7)},
            (purse.second, 2026, OPERATING, purse.own): {"planned": Decimal(50)},
            (purse.second, 2026, OPERATING, purse.eu): {"planned": None},
        }
    )
    purse.session.commit()
    return purse


def both(purse, question):
    """The answer now, which is also the answer as of now."""
    now, then = question(None), question(history.latest_revision(purse.session))
    assert now == then
    return now


def test_sums_go_over_sources_and_parts_and_tell_what_is_unknown(any_purse):
    purse = filled(any_purse)
    ids = [purse.first, purse.second, purse.third]

    def sums(year=2026, **options):
        return both(purse, lambda at: queries.sums_by_initiative(purse.session, purse.id, ids, year, at=at, **options))

    assert sums() == {
        purse.first: add_up([Decimal("100.25"), Decimal("0.10")]),
        purse.second: add_up([Decimal(50), None]),
    }
    assert sums(part=INVESTMENT) == {purse.first: add_up([Decimal("0.10")])}
    assert sums(amount="actual") == {purse.first: add_up([Decimal(90), None]), purse.second: add_up([None, None])}
    assert sums(2030) == {}


def test_all_three_amounts_of_initiatives_are_added_up_in_one_statement(any_purse, counted):
    purse = filled(any_purse)
    ids = [purse.first, purse.second, purse.third]

    def amounts(at=None):
        return queries.amounts_by_initiative(purse.session, purse.id, ids, 2026, at=at)

    assert both(purse, amounts) == {
        purse.first: {
            "planned": add_up([Decimal("100.25"), Decimal("0.10")]),
            "forecast": add_up([None, None]),
            "actual": add_up([Decimal(90), None]),
        },
        purse.second: {
            "planned": add_up([Decimal(50), None]),
            "forecast": add_up([None, None]),
            "actual": add_up([None, None]),
        },
    }
    with counted(purse.session) as count:
        amounts()
    assert len([one for one in count.statements if one.startswith("SELECT")]) == 1


def test_the_foot_is_of_the_whole_list_and_tells_how_many_are_without(any_purse):
    purse = filled(any_purse)

    def total(chosen=None, **options):
        chosen = chosen or InitiativeFilter()
        return both(
            purse,
            lambda at: queries.total(purse.session, purse.id, chosen, 2026, today=TODAY, at=at, **options),
        )

    assert total() == Total(Decimal("150.35"), 2)
    assert total(part=INVESTMENT) == Total(Decimal("0.10"), 2)
    assert total(InitiativeFilter(unit_ids=frozenset({purse.unit.id}))) == Total(Decimal("100.35"), 0)
    assert total(InitiativeFilter(text="ei ole")) == Total(None, 0)
    remove_initiatives(purse.session, purse.office, [purse.first])
    purse.session.commit()
    assert total() == Total(Decimal(50), 2)


def test_sums_are_those_of_the_time_asked_for(purse):
    filled(purse)
    before = history.latest_revision(purse.session)
    purse.remove(*(one for one in purse.lines(purse.first) if (one.year, one.part) == (2026, OPERATING)))
    purse.session.commit()
    found = {
        at: queries.sums_by_initiative(purse.session, purse.id, [purse.first], 2026, at=at)[purse.first].known
        for at in (before, None)
    }
    assert found == {before: Decimal("100.35"), None: Decimal("0.10")}


def test_sources_stand_in_order(purse):
    sources = both(purse, lambda at: [one.code for one in queries.funding_sources(purse.session, purse.id, at=at)])
    assert sources == ["own", "eu"]


def test_sums_cost_the_same_number_of_statements_for_a_page(purse, counted):
    filled(purse)
    ids = [purse.first, purse.second, purse.third]
    with counted(purse.session) as count:
        queries.sums_by_initiative(purse.session, purse.id, ids, 2026)
        queries.total(purse.session, purse.id, InitiativeFilter(), 2026, today=TODAY)
    assert len([one for one in count.statements if one.startswith("SELECT")]) == 3

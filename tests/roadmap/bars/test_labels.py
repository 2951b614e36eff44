from decimal import Decimal

import pytest

from portfolio.budgets.rules import add_up
from portfolio.core.timespan import Kind
from portfolio.register.rules import Status
from portfolio.roadmap.bars import Arrangement, lay_out
from tests.roadmap.items import HEADS, create_item, create_span, day, only_row, three_years

LONG = create_span("1.1.2023", "31.12.2025")
SHORT = create_span("1.4.2023", "30.4.2023")
AWAY = day("1.1.2020")
"""A today that stands in nobody's way."""


def label_of(**facts):
    return only_row(create_item(**facts), today=AWAY).label


def text_of(**facts):
    label = label_of(**facts)
    return label and label.text.replace("\N{NO-BREAK SPACE}", " ")


def test_work_under_way_says_how_far_it_is_and_its_colour_says_the_rest():
    assert text_of(span=LONG, progress=45) == "45 %"
    assert text_of(span=LONG, progress=None) is None
    assert text_of(span=LONG, progress=0) == "0 %"


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status.PROPOSED, "Ehdotettu"),
        (Status.APPROVED, "Hyväksytty"),
        (Status.IN_USE, "✓ Käytössä"),
        (Status.STOPPED, "Lopetettu"),
    ],
)
def test_any_other_status_is_said_in_the_bar(status, text, finnish):
    assert text_of(span=LONG, status=status) == text


def test_what_is_completed_says_when(finnish):
    assert text_of(span=LONG, status=Status.COMPLETED, completed_on=day("6.10.2023")) == "✓ Valmis 6.10.2023"


def test_a_missing_end_is_said_but_not_of_what_is_finished(finnish):
    ongoing = create_span("1.1.2023", kind=Kind.FROM)

    assert text_of(span=ongoing, status=Status.PROPOSED) == "Ehdotettu · ei päättymistä"
    assert text_of(span=ongoing, progress=None) == "ei päättymistä"
    assert text_of(span=ongoing, status=Status.COMPLETED) == "✓ Valmis"


def money_label(amount, **facts):
    arrangement = Arrangement(HEADS, with_money=True)
    item = create_item(amount=amount, **{"span": LONG, "progress": 45} | facts)
    [row] = lay_out([item], arrangement, three_years(), AWAY, "fi").rows
    return row.label and row.label.text.replace("\N{NO-BREAK SPACE}", " ")


def test_planned_money_stands_with_the_status_where_it_is_asked_for():
    assert money_label(add_up([Decimal(2_100_000)])) == "45 % · 2,1 milj. €"
    assert money_label(add_up([Decimal(45_000), None])) == "45 % · vähintään 45 000 €"
    assert money_label(add_up([Decimal(2_100_000)]), progress=None) == "2,1 milj. €"
    assert money_label(add_up([Decimal(0)])) == "45 % · ei erillistä määrärahaa"


def test_money_that_is_not_known_is_not_in_the_label():
    assert money_label(None) == "45 %"
    assert money_label(add_up([None, None])) == "45 %"
    assert text_of(span=LONG, progress=45, amount=add_up([Decimal(2_100_000)])) == "45 %"

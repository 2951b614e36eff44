"""Differences in words, in three languages and without a page."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest

from portfolio.core.timespan import Context, parse
from portfolio.exchange.columns import COLUMNS, Entity
from portfolio.register.models import Initiative
from portfolio.register.rules import (
    FIELD_WORDS,
    Aspect,
    Difference,
    Reach,
    Status,
    cells_of,
    difference_sentence,
    fate_words,
    judge_item,
    lines_of,
)
from portfolio.register.rules.difference import UNSEEN


@dataclass(frozen=True)
class Row:
    id: int = 1
    removed: bool = False


@dataclass(frozen=True)
class Euros:
    known: Decimal | None
    unknown: int = 0


def span(words):
    return parse(words, Context.default()).value


def judged(cells, money=None, *, born=False, removed=False):
    return judge_item(Row(removed=removed), cells, born=born, money=money or {})


def lines(item, language="fi", names=None):
    return lines_of(fate_words(item, language), cells_of(item, names or {}, language), language)


def test_a_cell_is_said_with_its_name_its_old_and_its_new_value():
    item = judged({"status": (Status.APPROVED, Status.UNDER_WAY), "owner_post_id": (None, 7)})
    assert lines(item, names={("post", 7): "Kehittämispäällikkö"}) == [
        "Tila: Hyväksytty → Käynnissä",
        "Vastuutaho: ei tietoa → Kehittämispäällikkö",
    ]


def test_a_row_whose_name_is_not_given_is_told_by_its_number():
    assert cells_of(judged({"unit_id": (None, 7)}), {}, "fi")[0].new == "#7"


def test_a_moved_time_says_by_how_many_days_and_a_vague_one_says_about():
    item = judged({"timespan": (span("syksy 2026"), span("syksy 2027"))})
    assert lines(item, "sv") == [
        "Tid: syksy 2026 → syksy 2027 (flyttades: början ungefär 365 dagar senare, slutet ungefär 365 dagar senare)"
    ]


def test_a_sum_says_what_it_leaves_out_and_a_year_without_a_figure_is_not_known():
    cells = cells_of(judged({}, {2027: (None, Euros(Decimal(40_000), 1))}), {}, "fi")
    assert [(one.aspect, one.label, one.old, one.new) for one in cells] == [
        (Aspect.MONEY, "Määräraha 2027", None, "40\xa0000\xa0€ (1 summa ei tiedossa)")
    ]


def test_an_explicit_zero_is_said_in_words():
    cell = cells_of(judged({}, {2027: (Euros(Decimal(0)), Euros(Decimal(20_000)))}), {}, "fi")[0]
    assert (cell.old, cell.new) == ("ei erillistä määrärahaa", "20\xa0000\xa0€")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("progress", 45, "45\xa0%"),
        ("spearhead", True, "Kyllä"),
        ("completed_on", dt.date(2026, 12, 31), "31.12.2026"),
        ("reach", Reach.UNIT, "Yksi yksikkö"),
        ("benefits", frozenset({"results", "productivity"}), "Tuottavuus, Tuloksellisuus"),
        ("notes", "x" * 400, "x" * 300 + "…"),
    ],
)
def test_every_type_of_value_is_said_as_people_write_it(name, value, words):
    cell = cells_of(judged({name: (None, value)}), {}, "fi")[0]
    assert (cell.old, cell.new) == (None, words)


def test_what_joined_or_left_is_said_so_and_counted():
    joined, left = judged({}, born=True), judged({"removed": (False, True)}, removed=True)
    assert [lines(one) for one in (joined, left)] == [["Tuli mukaan"], ["Poistui"]]
    words = difference_sentence(Difference(1, None, (joined, left)), "fi")
    assert words == "2 kehittämiskohdetta on muuttunut: 1 tuli mukaan, 1 poistui."
    assert difference_sentence(Difference(1, None, ()), "en") == "Nothing has changed."


def test_fields_are_called_as_in_workbooks():
    headings = {one.stored: one.heading.msgid for one in COLUMNS[Entity.INITIATIVE].values() if one.stored}
    assert {name: FIELD_WORDS[name] for name in headings} == headings


def test_every_field_that_can_differ_has_a_name():
    columns = {column.name for column in Initiative.__table__.columns}
    logged = columns - Initiative.fixed - Initiative.derived - UNSEEN - {"id", "version", "municipality_id"}
    assert logged == FIELD_WORDS.keys()


@dataclass(frozen=True)
class Colour:
    rank: int
    words: str


GREEN, YELLOW = Colour(0, "Goes as planned"), Colour(1, "At risk: needs attention")


@pytest.mark.parametrize(
    ("health", "line", "counted"),
    [
        (
            (YELLOW, GREEN),
            "Tilannearvio: Riski: vaatii huomiota → Etenee suunnitellusti (parani)",
            "1 kehittämiskohde on muuttunut: 1 kohteen tilannearvio parani.",
        ),
        (
            (GREEN, YELLOW),
            "Tilannearvio: Etenee suunnitellusti → Riski: vaatii huomiota (heikkeni)",
            "1 kehittämiskohde on muuttunut: 1 kohteen tilannearvio heikkeni.",
        ),
        (
            (None, GREEN),
            "Tilannearvio: ei arvioitu → Etenee suunnitellusti (arvioitiin ensimmäisen kerran)",
            "1 kehittämiskohde on muuttunut: 1 kohde arvioitiin ensimmäisen kerran.",
        ),
        (
            (GREEN, None),
            "Tilannearvio: Etenee suunnitellusti → ei arvioitu (arvio peruttiin)",
            "1 kehittämiskohde on muuttunut: 1 kohteen arvio peruttiin.",
        ),
    ],
)
def test_health_is_told_in_its_fixed_words_and_counted_by_what_became_of_it(health, line, counted):
    item = judge_item(Row(), {}, born=False, money={}, health=health)
    assert item.aspects == {Aspect.HEALTH}
    assert lines(item) == [line]
    assert difference_sentence(Difference(1, None, (item,)), "fi") == counted

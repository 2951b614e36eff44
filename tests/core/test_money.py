"""Euros: what planners type, what is refused, and what is written back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core import money
from portfolio.core.money import format_appropriation, format_money, parse_money, to_euros
from portfolio.core.problem import Problem

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("1 234,50", "1234.50"),
        (f"1{NB}234,50{NB}€", "1234.50"),
        ("1\u202f234", "1234"),
        ("1\u2009234 567", "1234567"),
        ("40000", "40000"),
        ("40 000 euroa", "40000"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("\N{MINUS SIGN}500", "-500"),
        ("–5 €", "-5"),
        ("40 t€", "40000"),
        ("40 te", "40000"),
        ("40 tuhatta euroa", "40000"),
        ("40 (1 000 €)", "40000"),
        ("40 x 1000 €", "40000"),
        ("1 000 €", "1000"),
        ("0,5 milj. €", "500000"),
        ("1 milj.", "1000000"),
        ("1,234 milj. €", "1234000"),
        ("2,1 mn €", "2100000"),
        ("2 miljoner euro", "2000000"),
        ("€2.1 million", "2100000"),
        ("€40k", "40000"),
        ("-€5", "-5"),
        ("1234,-", "1234"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("0", "0"),
        ("ei erillistä määrärahaa", "0"),
        ("Inget separat anslag", "0"),
        ("no separate appropriation", "0"),
    ],
)
def test_what_planners_type_is_read(text, euros):
    assert parse_money(text) == Decimal(euros)


@pytest.mark.parametrize("text", ["", "  ", NB, "ei tietoa", "Ingen uppgift", "not known"])
def test_nothing_written_is_unknown_and_not_zero(text):
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1.234", money.AMBIGUOUS),
        ("1,234", money.AMBIGUOUS),
        ("1.234 milj. €", money.AMBIGUOUS),
        ("0,125", money.TOO_PRECISE),
        ("1,234567891 milj. €", money.TOO_PRECISE),
        ("1000000000000", money.TOO_LARGE),
        ("viisi", money.NOT_AN_AMOUNT),
        ("noin 5 000", money.NOT_AN_AMOUNT),
        ("5 000–10 000", money.NOT_AN_AMOUNT),
        ("12 34", money.NOT_AN_AMOUNT),
        ("1,2,3", money.NOT_AN_AMOUNT),
        ("-", money.NOT_AN_AMOUNT),
        ("?", money.NOT_AN_AMOUNT),
        ("N/A", money.NOT_AN_AMOUNT),
        ("#VIITTAUS!", money.NOT_AN_AMOUNT),
        ("1e5", money.NOT_AN_AMOUNT),
        ("nan", money.NOT_AN_AMOUNT),
        ("½", money.NOT_AN_AMOUNT),
        ("40 %", money.NOT_AN_AMOUNT),
    ],
)
def test_what_is_unclear_is_refused_and_quoted(text, problem):
    refused = parse_money(text)
    assert isinstance(refused, Problem)
    assert (refused.msgid, refused.params["text"]) == (problem, text)


def test_a_number_takes_the_columns_unit_and_a_unit_of_its_own_wins():
    assert parse_money("40,5", "teur") == 40500
    assert parse_money("0,5", "meur") == 500_000
    assert parse_money("40 €", "teur") == 40
    assert parse_money("1,234", "teur") == 1234


def test_a_number_cell_loses_the_noise_of_a_float():
    assert to_euros(0.1 + 0.2) == Decimal("0.3")
    assert to_euros(40.25, "teur") == 40250
    assert str(to_euros(1e6)) == "1000000"
    assert isinstance(to_euros(float("nan")), Problem)
    assert isinstance(to_euros(1e300), Problem)


@pytest.mark.parametrize(
    ("amount", "unit", "finnish", "swedish", "english"),
    [
        ("1234567.50", "eur", "1_234_567,50_€", "1_234_567,50_€", "€1_234_567.50"),
        ("40000", "eur", "40_000_€", "40_000_€", "€40_000"),
        ("-500", "eur", "−500_€", "−500_€", "−€500"),
        ("2100000", "meur", "2,1_milj._€", "2,1_mn_€", "€2.1_million"),
        ("40000", "teur", "40_t€", "40_t€", "€40k"),
        ("40000", "meur", "40_000_€", "40_000_€", "€40_000"),
        ("0", "eur", "0_€", "0_€", "€0"),
        ("-0.001", "eur", "0_€", "0_€", "€0"),
        (None, "eur", "ei tietoa", "ingen uppgift", "not known"),
    ],
)
def test_money_is_written_with_no_break_spaces(amount, unit, finnish, swedish, english):
    value = None if amount is None else Decimal(amount)
    written = [format_money(value, language, unit).replace(NB, "_") for language in ("fi", "sv", "en")]
    assert written == [finnish, swedish, english]


def test_an_explicit_zero_is_told_from_the_unknown_in_words():
    assert format_appropriation(Decimal(0), "fi") == "ei erillistä määrärahaa"
    assert format_appropriation(None, "fi") == "ei tietoa"
    assert format_appropriation(Decimal(5), "fi") == f"5{NB}€"
    assert parse_money(format_appropriation(Decimal(0), "sv")) == 0
    assert parse_money(format_appropriation(None, "sv")) is None


@given(st.decimals(-money.LARGEST, money.LARGEST, places=2), st.sampled_from(["fi", "sv", "en"]))
def test_every_amount_is_read_back_as_it_was_written(amount, language):
    assert parse_money(format_money(amount, language)) == amount


@given(st.text(max_size=30) | st.from_regex(r"[0-9 .,€t()-]{1,20}", fullmatch=True), st.sampled_from(list(money.UNITS)))
def test_any_text_is_answered(text, unit):
    answer = parse_money(text, unit)
    assert answer is None or isinstance(answer, Decimal | Problem)

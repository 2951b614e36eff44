import re

import pytest

from portfolio.exchange.export.layout.patterns import fillings

MEASURE = r"^(?:Toimenpide )?(?P<number>\d+ ?\.?[a-z]?)[:.]? +(?P<title>.+)$"


@pytest.mark.parametrize(
    ("expression", "values", "text"),
    [
        (MEASURE, {"number": "1a", "title": "Foorumit"}, "Toimenpide 1a: Foorumit"),
        (r"^(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.$", {"day": "15", "month": "9"}, "15.9."),
        (r"^(?P<value>TEKNINEN|KANSLIA)$", {"value": "KANSLIA"}, "KANSLIA"),
        (r"^Palvelualue: (?P<value>.+)$", {"value": "Kanslia"}, "Palvelualue: Kanslia"),
        (r"^\(\d{3}\) (?P<value>[^)]+)\s*$", {"value": "Kanslia"}, "(111) Kanslia"),
        (r"^(?P<title>.+?)(?: \((?P<code>\w+)\))?$", {"title": "Kanslia", "code": "k"}, "Kanslia (k)"),
        (r"^(\* )|^Kursivoitu", {}, "* "),
        ("^Yhteensä", {}, "Yhteensä"),
    ],
)
def test_the_fullest_text_that_an_expression_takes_apart_comes_first(expression, values, text):
    assert fillings(expression, values)[0] == text
    assert re.search(expression, text)


def test_a_running_number_stands_for_a_digit():
    assert fillings(r"^\d\. (?P<value>.+)$", {"value": "Prosessit"}, "2") == ["2. Prosessit"]


def test_what_may_be_left_out_is_left_out_later():
    assert fillings(MEASURE, {"number": "1", "title": "Foorumit"})[-1] == "1 Foorumit"


@pytest.mark.parametrize("expression", ["(?=a)b", "(a", "[a", "a)", "(?P<x>a", "a{x}"])
def test_what_is_not_understood_gives_no_text(expression):
    assert fillings(expression, {}) == []

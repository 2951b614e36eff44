"""What people write as an indicator's value."""

from decimal import Decimal

import pytest

from portfolio.pages.forms.parts import read_value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", "45"),
        ("4,5", "4.5"),
        ("1 234,5", "1234.5"),
        ("1\N{NO-BREAK SPACE}200", "1200"),
        ("-3", "-3"),
        ("\N{MINUS SIGN}3", "-3"),
        ("0", "0"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert read_value(text) == {"number": Decimal(number), "words": None}


@pytest.mark.parametrize("text", ["parani selvästi", "noin 45", "45 %", "NaN", "1e400", "Infinity", "1,23456"])
def test_anything_else_is_kept_as_words(text):
    assert read_value(text) == {"number": None, "words": text}


def test_nothing_is_not_known():
    assert read_value(None) == {"number": None, "words": None}

"""Proposals for malformed dates: one wrong character, or wrong separators, and only when one date fits."""

import pytest

from portfolio.core.timespan.mending import mended


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12.12.2+22", "12.12.2022"),
        ("1.1.2o24", "1.1.2024"),
        ("1.1.+024", "1.1.2024"),
        ("31,12,2024", "31.12.2024"),
        ("31..12.2024", "31.12.2024"),
    ],
)
def test_a_date_with_one_fault_is_proposed(written, meant):
    assert mended(written) == meant


@pytest.mark.parametrize("written", ["1.1.202+", "1.1.20+2", "1.1.++22", "1.1.20244", "1.1.2+2", "20244", "1.1.0024"])
def test_nothing_is_proposed_when_several_dates_or_none_would_fit(written):
    assert mended(written) is None

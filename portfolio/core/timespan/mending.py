"""What a malformed date may have been meant to be; only ever a proposal."""

import re

from portfolio.core.timespan.value import LEAP_YEAR

_PARTS = re.compile(r"([0-9]{1,2})[.,]+([0-9]{1,2})[.,]+(.+)")
_YEAR_DIGITS = 4
_PLAUSIBLE_YEARS = range(LEAP_YEAR - 10, LEAP_YEAR + 80)


def mended(text: str) -> str | None:
    """Give the one date that differs by a single wrong character (12.12.2+22) or by its separators (31,12,2024)."""
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    day, month, year = parts.groups()
    fitting = _fitting_years(year)
    return f"{day}.{month}.{fitting[0]}" if len(fitting) == 1 else None


def _fitting_years(written: str) -> list[int]:
    if len(written) != _YEAR_DIGITS or sum(not character.isdecimal() for character in written) > 1:
        return []
    pattern = re.compile("".join(character if character.isdecimal() else "[0-9]" for character in written))
    return [year for year in _PLAUSIBLE_YEARS if pattern.fullmatch(str(year))]

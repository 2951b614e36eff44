import datetime as dt
from dataclasses import dataclass

import pytest

from portfolio.register.rules import day_of, in_force, in_order


@dataclass(frozen=True)
class Row:
    id: int
    day: dt.date | None = None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("24.1.2023", dt.date(2023, 1, 24)),
        (" 2.12.2022 ", dt.date(2022, 12, 2)),
        ("2023-01-24", dt.date(2023, 1, 24)),
        ("12.12.2+22", None),
        ("31.2.2023", None),
        ("keväällä", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_only_where_it_is_a_day(words, day):
    assert day_of(words) == day


def test_a_version_with_a_malformed_date_stays_where_it_was_written_down():
    rows = [Row(1, dt.date(2022, 12, 8)), Row(2), Row(3, dt.date(2022, 12, 13)), Row(4, dt.date(2022, 11, 21))]
    assert [row.id for row in in_order(rows)] == [4, 1, 2, 3]


def test_the_latest_version_whose_day_has_come_is_in_force():
    rows = [Row(1, dt.date(2022, 12, 8)), Row(2), Row(3, dt.date(2023, 1, 24))]
    assert in_force(rows, dt.date(2023, 1, 23)).id == 1
    assert in_force(rows, dt.date(2023, 1, 24)).id == 3
    assert in_force(rows, dt.date(2022, 1, 1)) is None

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from portfolio.core.problem import Problem
from portfolio.core.timespan import Context, Kind, Timespan
from portfolio.exchange.columns import UNKNOWN, Entity, Reading, column, normalise
from tests.workbooks import make_surroundings

READING = Reading("fi", Context.default(dt.date(2021, 6, 4), "fi"), make_surroundings().registry, "kunta-ohjelma")
MONEY = "money:2026:operating:own:planned"


def read(name, cell, entity=Entity.INITIATIVE, **reading):
    return normalise(column(entity, name), cell, replace(READING, **reading))


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("title_fi", "  Kirjasto\u00a0auki ", "Kirjasto auki"),
        ("title_fi", 5.0, "5"),
        ("title_fi", 0.92, "0,92"),
        ("title_fi", dt.date(2025, 12, 31), "31.12.2025"),
        ("title_fi", "", None),
        ("title_fi", " ", None),
        ("goals", "<ul><li>yksi</li><li>kaksi</li></ul>", "yksi\nkaksi"),
        ("completed_on", dt.date(2025, 12, 31), dt.date(2025, 12, 31)),
        ("completed_on", dt.datetime(2025, 12, 31), dt.date(2025, 12, 31)),
        ("completed_on", "31.12.2025", dt.date(2025, 12, 31)),
        ("completed_on", " 1. 2. 2025 ", dt.date(2025, 2, 1)),
        ("completed_on", "2025-12-31", dt.date(2025, 12, 31)),
        ("spearhead", "Kyllä", True),
        ("spearhead", "x", True),
        ("spearhead", "ei", False),
        ("spearhead", True, True),
        ("spearhead", "nej", False),
        ("spearhead", "", None),
        ("budget_effect", "ja", "yes"),
        ("budget_effect", "ei tiedossa", "unknown"),
        ("budget_effect", "?", "unknown"),
        ("progress", 45.0, 45),
        ("progress", "45 %", 45),
        ("progress", "12,4", 12),
        ("progress", "ei tiedossa", None),
        ("status", "Käynnissä", "under_way"),
        ("status", "Pågår", "under_way"),
        ("status", "under way", "under_way"),
        ("benefits", "Productivity; cost_saving\nResults", {"productivity", "cost_saving", "results"}),
        ("unit", "TEKNINEN toimiala", (Entity.UNIT, "tekninen")),
        ("unit", "sivistys", (Entity.UNIT, "sivistys")),
        ("category:luokka", "Kehittämishanke", (Entity.CATEGORY, "luokka | hanke")),
        (MONEY, 1234.5, Decimal("1234.50")),
        (MONEY, "1\u00a0234,50 €", Decimal("1234.50")),
        (MONEY, "1\u202f234", Decimal(1234)),
        (MONEY, "\u2212500", Decimal(-500)),
        (MONEY, "ei erillistä määrärahaa", Decimal(0)),
        (MONEY, 0.0, Decimal(0)),
        (MONEY, "ei tiedossa", UNKNOWN),
        (MONEY, "", None),
    ],
)
def test_a_cell_is_read_as_its_column_s_type(name, cell, value):
    assert read(name, cell) == value


@pytest.mark.parametrize(
    ("name", "cell", "part"),
    [
        ("timespan", "30.2.2025", "no such time"),
        ("timespan", "31.12.2025 – 1.1.2025", "before the start"),
        ("completed_on", "30.2.2025", "not a day of the calendar"),
        ("completed_on", "joskus", "not a date"),
        ("completed_on", "syksyllä 2025", "not a date"),
        ("completed_on", 45_000.0, "not a date"),
        ("completed_on", dt.datetime(2025, 1, 1, 12), "not a date"),
        ("completed_on", dt.time(0), "not a date"),
        ("progress", "puolet", "not a number"),
        ("progress", 145.0, "not a percentage"),
        ("spearhead", "ehkä", "neither yes nor no"),
        ("status", "Menossa", "none of these"),
        ("benefits", "Tuottavuus; mukavuus", "none of these"),
        ("number", "9" * 31, "at most"),
        ("unit", "Teknikko", "no unit"),
        (MONEY, "viisi tonnia", "not an amount"),
        (MONEY, "1.234", "can be read as thousands"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_never_a_guess(name, cell, part):
    problem = read(name, cell)
    assert isinstance(problem, Problem)
    assert part in problem.msgid or part in str(problem.params)


def test_units_of_money_and_percentages_come_from_the_profile():
    assert read(MONEY, 40.0, unit="teur") == Decimal(40_000)
    assert read(MONEY, "1,5", unit="meur") == Decimal(1_500_000)
    assert read(MONEY, "500 €", unit="teur") == Decimal(500)
    assert read("progress", 0.45, unit="fraction") == 45
    assert read("progress", "45 %", unit="fraction") == 45


def test_a_value_map_goes_before_everything_and_says_what_a_blank_means():
    values = {"menossa": "under_way", "": "proposed", "ei oo": "unknown"}
    assert read("status", "Menossa", values=values) == "under_way"
    assert read("status", "", values=values) == "proposed"
    assert read(MONEY, "Ei oo", values=values) is UNKNOWN
    assert read(MONEY, "nolla", values={"nolla": 0}) == Decimal(0)
    assert read("unit", "tekn", values={"tekn": "Tekninen toimiala"}) == (Entity.UNIT, "tekninen")
    assert read("benefits", "teho; results", values={"teho": "productivity"}) == {"productivity", "results"}


def test_time_words_keep_their_words_and_are_read_only_when_certain():
    certain = read("timespan", "syksyllä 2021")
    assert (certain.words, certain.start, certain.end) == ("syksyllä 2021", dt.date(2021, 8, 1), dt.date(2021, 12, 31))
    assert read("timespan", 2016.0).start == dt.date(2016, 1, 1)
    assert read("timespan", dt.date(2025, 12, 31)).words == "31.12.2025"
    assert read("timespan", "toukokuussa") == Timespan("toukokuussa")
    assert read("timespan", "jahka ehditään").kind is Kind.UNREAD
    assert read("timespan", "12.12.2+22") == Timespan("12.12.2+22")


def test_a_near_miss_is_suggested():
    problem = read("unit", "Tekninen toimala")
    assert problem.params["near"] == "Tekninen toimiala"


def test_several_where_one_is_meant_is_told():
    problem = read("unit", "Tekninen toimiala; Sivistystoimiala")
    assert "several" in problem.msgid


@pytest.mark.parametrize(
    ("cell", "value"), [(12.5, Decimal("12.5")), ("700", Decimal(700)), ("hieman alle 700", "hieman alle 700")]
)
def test_an_indicator_s_value_is_a_number_or_the_words_it_was_told_in(cell, value):
    assert read("value:2026", cell, Entity.INDICATOR) == value


def test_a_number_of_a_closed_range_is_checked():
    assert read("month", 11.0, Entity.RECURRING_DEADLINE) == 11
    assert isinstance(read("month", 13.0, Entity.RECURRING_DEADLINE), Problem)
    assert isinstance(read("month", 1.5, Entity.RECURRING_DEADLINE), Problem)

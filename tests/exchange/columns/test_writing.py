import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portfolio.core.problem import Problem
from portfolio.core.text import clean
from portfolio.core.timespan import Context, parse
from portfolio.core.timespan import format as format_timespan
from portfolio.exchange.columns import COLUMNS, UNKNOWN, Entity, Kind, Known, Reading, Registry, column, normalise
from portfolio.exchange.columns.writing import Labels, Writing, read_line, says, writer_of, written, written_line

LANGUAGES = ("fi", "sv", "en")
TIMES = Context.default(dt.date(2026, 5, 4))
SCHEME = "teema"


def unit(code, *names):
    return Known((Entity.UNIT, code), names[0], "", (code,), (), names)


def theme(code, *names):
    return Known((Entity.CATEGORY, f"{SCHEME} | {code}"), names[0], SCHEME, (code,), (), names)


def item(portfolio, number, title):
    key = (Entity.INITIATIVE, f"{portfolio}/{number}")
    return Known(key, title, portfolio, (f"{portfolio}-{number}",), (str(number),), (title,))


REGISTRY = Registry(
    [
        unit("sivistys", "Sivistystoimiala", "Bildningssektorn"),
        unit("tekninen", "Tekninen toimiala"),
        unit("kirjasto", "Palvelut", "Tjänster"),
        unit("nuoriso", "Palvelut", "Tjänster"),
        unit("Tekninen toimiala", "Koodi kuin nimi"),
        Known((Entity.POST, "poistettu"), "Vanha virka", former=("poistettu", "Vanha virka")),
        theme("a", "Kestävä; kasvu", "Hållbar"),
        theme("b", "Osallisuus"),
        theme("c", "Sama"),
        theme("d", "Sama"),
        Known((Entity.SOURCE, "own"), "Oma rahoitus", "", ("own",), (), ("Oma rahoitus", "Egen")),
        item("t", 1, "Kirjasto"),
        item("t", 2, "Kirjasto"),
        item("s", 1, "Kirjasto"),
    ],
    several=frozenset({SCHEME}),
)
LABELS = Labels(REGISTRY)
KEYS = {
    Entity.UNIT: [(Entity.UNIT, code) for code in ("sivistys", "tekninen", "kirjasto", "nuoriso", "Tekninen toimiala")],
    Entity.POST: [(Entity.POST, "poistettu")],
    Entity.CATEGORY: [(Entity.CATEGORY, f"{SCHEME} | {code}") for code in "abcd"],
    Entity.SOURCE: [(Entity.SOURCE, "own")],
    Entity.INITIATIVE: [(Entity.INITIATIVE, key) for key in ("t/1", "t/2", "s/1")],
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(clean).filter(bool)
WORDS = st.sampled_from(
    [
        "syksy 2026",
        "2024–2026",
        "viimeistään 31.12.2025",
        "jatkuva",
        "hösten 2026",
        "by June 2027",
        "31.12.2026",
        "Q3 2026",
    ]
)
EUROS = st.decimals(-999_999_999_999, 999_999_999_999, places=2, allow_nan=False).map(lambda one: one.normalize() + 0)
VALUES = {
    Kind.TEXT: TEXTS,
    Kind.WORDS: WORDS.map(lambda text: parse(text, TIMES).value),
    Kind.DATE: st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1)),
    Kind.BOOL: st.booleans(),
    Kind.ANSWER: st.sampled_from(["yes", "no", "unknown"]),
    Kind.PERCENT: st.integers(0, 100),
    Kind.MONEY: st.one_of(EUROS, st.just(Decimal(0)), st.just(UNKNOWN)),
    Kind.VALUE: st.one_of(
        st.decimals(-(10**13), 10**13, places=4, allow_nan=False).map(lambda one: one.normalize() + 0),
        st.just("noin kaksi"),
    ),
}
COLUMNS_TRIED = [
    *((entity, name) for entity in (Entity.INITIATIVE, Entity.MILESTONE) for name in COLUMNS[entity]),
    *((Entity.RECURRING_DEADLINE, name) for name in ("month", "from_year")),
    (Entity.INITIATIVE, f"category:{SCHEME}"),
    (Entity.INITIATIVE, "category:one"),
    (Entity.INITIATIVE, "money:2026:operating:own:planned"),
    (Entity.INDICATOR, "value:2026"),
    (Entity.BUDGET, "source"),
]


def of(entity, name):
    return column(entity, name, frozenset({SCHEME}))


@st.composite
def cells(draw):
    found = of(*draw(st.sampled_from(COLUMNS_TRIED)))
    if found.kind is Kind.CHOICE:
        return found, draw(st.sampled_from(sorted(found.choices)))
    if found.kind is Kind.CHOICES:
        return found, draw(st.frozensets(st.sampled_from(sorted(found.choices)), min_size=1))
    if found.kind is Kind.NUMBER:
        return found, draw(st.integers(found.least, found.most))
    if found.kind in {Kind.REFERENCE, Kind.REFERENCES}:
        assume(found.to in KEYS and found.name != "category:one")
        one = st.sampled_from(KEYS[found.to])
        return found, draw(one if found.kind is Kind.REFERENCE else st.frozensets(one, min_size=1))
    value = draw(VALUES[found.kind])
    assume(found.longest is None or not isinstance(value, str) or len(value) <= found.longest)
    return found, value


def both(language, portfolio="t"):
    writing = Writing(language, LABELS, TIMES, portfolio)
    return writing, Reading(language, TIMES, REGISTRY, portfolio)


def read(found, cell, reading):
    fraction = Reading(reading.language, TIMES, REGISTRY, reading.portfolio, unit="fraction")
    return normalise(found, cell, fraction if found.kind is Kind.PERCENT else reading)


@pytest.mark.parametrize("language", LANGUAGES)
@given(cells())
def test_what_is_written_is_read_back_as_the_same_value(language, cell):
    found, value = cell
    writing, reading = both(language)
    text = written(found, value, writing)
    assert read(found, text, reading) == value
    assert writer_of(found, writing)(value) == text
    assert says(found, text, value, writing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_is_a_blank(language):
    writing, _ = both(language)
    for entity, name in COLUMNS_TRIED:
        assert written(of(entity, name), None, writing) == ""
        assert writer_of(of(entity, name), writing)(None) == ""


def test_a_name_is_written_in_the_language_where_there_is_one():
    found = of(Entity.INITIATIVE, "unit")
    key = (Entity.UNIT, "sivistys")
    assert [written(found, key, both(language)[0]) for language in LANGUAGES] == [
        *("Sivistystoimiala", "Bildningssektorn", "Sivistystoimiala"),
    ]
    assert written(found, (Entity.UNIT, "tekninen"), both("sv")[0]) != "Tekninen toimiala"


def test_of_two_with_the_same_name_each_is_written_with_its_code():
    found = of(Entity.INITIATIVE, "unit")
    assert written(found, (Entity.UNIT, "nuoriso"), both("fi")[0]) == "Palvelut (nuoriso)"


def test_an_item_of_another_portfolio_is_written_with_its_portfolio():
    found = of(Entity.INITIATIVE, "merged_into")
    assert written(found, (Entity.INITIATIVE, "t/2"), both("fi")[0]) == "t-2"
    assert written(found, (Entity.INITIATIVE, "s/1"), both("fi")[0]) == "s:s-1"


def test_what_was_removed_is_still_found_by_its_name():
    writing, reading = both("fi")
    found = of(Entity.INITIATIVE, "owner_post")
    text = written(found, (Entity.POST, "poistettu"), writing)
    assert text == "Vanha virka"
    assert normalise(found, text, reading) == (Entity.POST, "poistettu")


def test_a_time_that_a_person_confirmed_is_told_by_its_words_alone():
    writing, reading = both("fi")
    found = of(Entity.INITIATIVE, "timespan")
    doubtful = parse("ensi syksynä", TIMES)
    confirmed = doubtful.proposal or doubtful.value
    text = written(found, confirmed, writing)
    assert says(found, text, confirmed, writing)
    assert not says(found, "syksyllä 2030", confirmed, writing)
    assert not isinstance(normalise(found, text, reading), Problem)


def test_times_without_words_are_written_in_the_language():
    found = of(Entity.INITIATIVE, "timespan")
    moved = replace(parse("syksy 2026", TIMES).value, words="")
    assert moved.words == ""
    for language in LANGUAGES:
        writing, _ = both(language)
        text = written(found, moved, writing)
        assert text == format_timespan(moved, language, TIMES)
        assert says(found, text, moved, writing)


def test_a_day_that_came_back_with_midnight_stands_as_it_was():
    found = of(Entity.INITIATIVE, "completed_on")
    writing, _ = both("fi")
    assert says(found, dt.datetime(2026, 5, 4), dt.date(2026, 5, 4), writing)
    assert not says(found, dt.datetime(2026, 5, 4, 12), dt.date(2026, 5, 4), writing)
    assert not says(found, "4.5.2026", dt.date(2026, 5, 4), writing)


AMOUNT = st.one_of(EUROS, st.just(UNKNOWN))


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.fixed_dictionaries({"planned": AMOUNT, "forecast": AMOUNT, "actual": AMOUNT}))
def test_a_line_of_money_is_read_back_as_it_was(language, amounts):
    writing, reading = both(language)
    money = of(Entity.INITIATIVE, "money:2026:operating:own:planned")
    line = written_line(amounts, writing)
    assert read_line({name: normalise(money, cell, reading) for name, cell in line.items()}) == amounts


def test_blanks_alone_are_no_line():
    blanks = {"planned": None, "forecast": None, "actual": None}
    assert read_line(blanks) == blanks
    assert written_line({}, both("fi")[0]) == {}


def test_an_unknown_amount_is_blank_beside_a_known_one():
    line = written_line({"planned": Decimal(0), "forecast": UNKNOWN, "actual": UNKNOWN}, both("fi")[0])
    assert line == {"planned": 0.0, "forecast": "", "actual": ""}

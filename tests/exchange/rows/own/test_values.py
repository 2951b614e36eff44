"""Cells of a column beside what they were made from: what nobody touched is the base itself."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.problem import Problem
from portfolio.core.timespan import Context, Precision, Timespan, parse
from portfolio.core.timespan import Kind as TimeKind
from portfolio.exchange.columns import COLUMNS, UNKNOWN, Entity, Reading, Registry, column
from portfolio.exchange.columns.sheets import amount_key
from portfolio.exchange.columns.writing import Labels, Writing, written, written_line
from portfolio.exchange.rows.own.values import Lines, problems_in, read_column

REGISTRY = Registry()
TIMES = Context.default(dt.date(2026, 1, 2), "fi")
READING = Reading("fi", TIMES, REGISTRY, unit="fraction")
MONEY = Reading("fi", TIMES, REGISTRY)
WRITING = Writing("fi", Labels(REGISTRY), TIMES)
FIELDS = COLUMNS[Entity.INITIATIVE]

texts = st.text(max_size=20)
values = {
    "notes": st.none() | texts.filter(bool),
    "progress": st.none() | st.integers(0, 100),
    "status": st.none() | st.sampled_from(sorted(FIELDS["status"].choices)),
    "spearhead": st.booleans(),
    "completed_on": st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    "benefits": st.frozensets(st.sampled_from(sorted(FIELDS["benefits"].choices))),
    "timespan": st.sampled_from([None, "syksy 2026", "2026–2028", "jatkuva", "joskus"]).map(
        lambda words: None if words is None else parse(words, TIMES).value or Timespan(words)
    ),
}


def read(name, raw, base):
    (value,) = read_column(FIELDS[name], [raw], [base], READING, WRITING)
    return value


@pytest.mark.parametrize("name", values)
@given(data=st.data())
def test_what_stands_as_it_was_written_is_the_base_itself(name, data):
    base = data.draw(values[name])
    raw = written(FIELDS[name], base, WRITING)
    assert read(name, raw, base) is base


@pytest.mark.parametrize("name", values)
@given(data=st.data())
def test_another_value_is_read_as_it_would_be_without_a_base(name, data):
    base, other = data.draw(values[name]), data.draw(values[name])
    raw = written(FIELDS[name], other, WRITING)
    alone = read(name, raw, None)
    found = read(name, raw, base)
    assert found in (alone, base)
    assert (found == base) or base != alone


def test_a_whole_percent_is_not_taken_for_a_hundred():
    assert read("progress", 1.0, 1) == 100
    assert read("progress", 0.01, 1) == 1


def test_a_day_in_the_words_is_read_as_words_and_the_same_words_stay_the_same_time():
    assert read("timespan", dt.datetime(2026, 12, 31), None).words == "31.12.2026"
    year = Precision.YEAR
    confirmed = Timespan("joskus", dt.date(2026, 1, 1), dt.date(2026, 12, 31), year, year, TimeKind.DURING)
    assert read("timespan", " joskus ", confirmed) is confirmed


def test_a_blank_clears_and_so_does_the_mark():
    assert read("notes", "", "x") is None
    assert read("notes", "<clear>", "x") is None


def test_what_cannot_be_read_is_a_problem_in_its_place():
    found = read_column(FIELDS["progress"], ["paljon", 0.1, ""], [5, 5, None], READING, WRITING)
    assert isinstance(found[0], Problem)
    assert found[1:] == [10, None]
    assert list(problems_in(found)) == [0]


# ------------------------------------------------------------------------------------ lines of money
KEYS = {amount_key(2026, name): column(Entity.BUDGET, name) for name in ("planned", "forecast", "actual")}
amounts = st.none() | st.just(UNKNOWN) | st.decimals(0, 10**6, places=2)


def lines(missing=frozenset()):
    return Lines({key: one for key, one in KEYS.items() if key not in missing}, missing, MONEY, WRITING)


def base_of(told):
    fields = lines().fields("operating", "own")
    return {fields[key]: told[key.partition(":")[0]] for key in KEYS}


@given(st.fixed_dictionaries({"planned": amounts, "forecast": amounts, "actual": amounts}))
def test_a_line_of_money_that_nobody_touched_is_the_base_itself(told):
    known = {name: value for name, value in told.items() if value is not None}
    if known:
        told = {name: UNKNOWN if value is None else value for name, value in told.items()}
    base = base_of(told)
    cells = written_line({name: value for name, value in told.items() if value is not None}, WRITING)
    raws = {key: cells.get(key.partition(":")[0], "") for key in KEYS}
    found = lines().read(raws, lines().fields("operating", "own"), base)
    assert found == base


def test_a_blank_beside_a_sum_is_unknown_and_a_line_of_blanks_is_none():
    fields = lines().fields("operating", "own")
    raws = {amount_key(2026, "planned"): 5.0, amount_key(2026, "forecast"): "", amount_key(2026, "actual"): ""}
    assert list(lines().read(raws, fields, {}).values()) == [Decimal(5), UNKNOWN, UNKNOWN]
    blank = dict.fromkeys(raws, "")
    before = base_of({"planned": Decimal(5), "forecast": UNKNOWN, "actual": UNKNOWN})
    assert list(lines().read(blank, fields, before).values()) == [None, None, None]


def test_a_line_whose_words_stood_in_a_column_that_was_taken_away_stays_unknown():
    torn = lines(frozenset({amount_key(2026, "planned")}))
    fields = torn.fields("operating", "own")
    before = base_of(dict.fromkeys(("planned", "forecast", "actual"), UNKNOWN))
    found = torn.read({amount_key(2026, "forecast"): "", amount_key(2026, "actual"): ""}, fields, before)
    assert set(found.values()) == {UNKNOWN}

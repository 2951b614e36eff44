import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.timespan import Context, parse
from portfolio.exchange.columns import UNKNOWN, Entity
from portfolio.exchange.columns.codec import Reference, by_key, decode, encode, references

KEYS = st.tuples(st.sampled_from([Entity.UNIT.value, Entity.POST.value]), st.text(min_size=1, max_size=9))
WORDS = st.sampled_from(["syksyllä 2026", "2024–2026", "viimeistään 31.12.2025", "jatkuva", "joskus"])
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.text(max_size=20),
    st.decimals(-(10**9), 10**9, places=2),
    st.dates(),
    st.just(UNKNOWN),
    WORDS.map(lambda words: parse(words, Context.default(language="fi")).value),
    KEYS,
    st.frozensets(st.text(max_size=9), max_size=4),
    st.frozensets(KEYS, max_size=4),
)


def no_id(_key):
    return None


def label(key):
    return key[1]


@given(VALUES)
def test_any_cell_is_the_same_after_it_was_kept_as_json(value):
    told = json.loads(json.dumps(encode(value, no_id, label)))
    assert by_key(decode(told)) == value
    assert type(by_key(decode(told))) is type(value)


@given(VALUES)
def test_equal_cells_are_kept_as_equal_json(value):
    again = frozenset(sorted(value, reverse=True)) if isinstance(value, frozenset) else value
    assert encode(value, no_id, label) == encode(again, no_id, label)


def test_a_reference_keeps_the_id_and_the_name_that_it_had():
    key = ("unit", "tekninen")
    told = encode(frozenset({key}), {key: 7}.get, {key: "Tekninen toimiala"}.get)
    assert list(references(decode(told))) == [Reference(key, 7, "Tekninen toimiala")]


def test_a_day_is_no_moment_and_what_is_no_cell_is_refused():
    with pytest.raises(TypeError):
        encode(dt.timedelta(1), no_id, label)
    with pytest.raises(ValueError, match="Not written"):
        decode({"something": "else"})


def test_amounts_that_are_equal_are_kept_alike():
    assert encode(Decimal("5.00"), no_id, label) == encode(Decimal(5), no_id, label)

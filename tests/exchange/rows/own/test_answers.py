"""Whether a row of reviews is to be submitted, by all that it may say beside all that it may have been made from."""

from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.problem import Problem
from portfolio.exchange.columns import UNKNOWN
from portfolio.exchange.rows.own.answers import settle_answers

FIELDS = ("health", "verdict", "done")
CELLS = st.fixed_dictionaries({name: st.sampled_from([None, "a", "b"]) for name in FIELDS})
SENT = st.sampled_from([None, True])


def settled(said, told, base):
    columns = {name: [value] for name, value in told.items()} | {"submitted": [said]}
    settle_answers(columns, [base])
    return columns["submitted"][0]


@given(CELLS, SENT)
def test_an_untouched_row_stays_as_it_was(told, sent):
    assert settled(sent, told, {**told, "submitted": sent}) is sent


@given(CELLS, CELLS, SENT)
def test_a_blank_submits_what_was_changed_and_is_whole_and_takes_nothing_back(told, base, sent):
    whole = told["health"] is not None and told["verdict"] is not None
    expected = True if sent or (whole and told != base) else None
    assert settled(None, told, {**base, "submitted": sent}) is expected


@given(CELLS, CELLS)
def test_yes_submits_and_no_does_not(told, base):
    assert settled(True, told, base) is True
    assert settled(False, told, base) is None


@given(CELLS, CELLS)
def test_what_the_office_has_is_not_taken_back(told, base):
    assert isinstance(settled(False, told, {**base, "submitted": True}), Problem)


def test_a_row_whose_columns_were_taken_out_of_the_file_is_whole_by_what_it_was():
    assert settled(None, {"done": "a"}, {"health": "a", "verdict": "b"}) is True


def test_without_the_column_nothing_is_submitted_and_money_that_is_unknown_is_not_told():
    columns = {"money_used": [UNKNOWN, 5], "health": ["a", "a"], "verdict": ["b", "b"]}
    settle_answers(columns, [{}, {}])
    assert columns["money_used"] == [None, 5]
    assert "submitted" not in columns

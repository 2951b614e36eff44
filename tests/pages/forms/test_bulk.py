import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portfolio.core.problem import Refusal
from portfolio.pages.forms.bulk import chosen_ids, read_seen, write_seen
from portfolio.pages.rules import MOST_AT_ONCE, Seen

IDS = st.integers(1, 2**31 - 1)
SEEN = st.dictionaries(IDS, st.builds(Seen, st.integers(1, 10**8), st.frozensets(IDS, max_size=4)), min_size=1)


@given(SEEN)
def test_what_a_preview_writes_is_read_back(seen):
    assert read_seen(write_seen(seen)) == seen


@pytest.mark.parametrize(
    "text", ["", "1", "x.1.", "1.1.2-", "1.1.2.3", "1.-1.", "１.1.", "1.1. y", "9" * 30 + ".1.", "9999999999.1."]
)
def test_what_no_preview_wrote_is_refused(text):
    with pytest.raises(Refusal):
        read_seen(text)


def test_ids_that_are_no_numbers_were_never_rows():
    args = MultiDict([("chosen", "12"), ("chosen", "x"), ("chosen", "-1"), ("chosen", "9" * 40), ("chosen", "١٢")])
    assert chosen_ids(args) == [12]


def test_the_most_that_fits_one_preview_fits_in_an_address():
    assert MOST_AT_ONCE * len("chosen=12345&") < 8_000

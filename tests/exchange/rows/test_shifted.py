"""Rows that bear the names of others: sorted without their identities."""

from hypothesis import given
from hypothesis import strategies as st

from portfolio.exchange.rows.shifted import ENOUGH, NamedRow, alarm, shifted_rows

names = st.lists(st.text("abcdef", min_size=1, max_size=6), min_size=2, max_size=12, unique=True)


def sheet(titles, shown=None, codes=None):
    """Rows whose titles of the base are given, with what stands beside their identities now."""
    shown = titles if shown is None else shown
    codes = [f"K-{number}" for number in range(len(titles))] if codes is None else codes
    return [
        NamedRow(number + 2, ("initiative", str(number)), code, text, f"K-{number}", title)
        for number, (title, text, code) in enumerate(zip(titles, shown, codes, strict=True))
    ]


@given(names)
def test_rows_that_kept_their_names_raise_no_alarm(titles):
    assert shifted_rows(sheet(titles)) == []


@given(names, st.integers(1, 11))
def test_every_row_that_moved_is_seen(titles, by):
    by %= len(titles)
    moved = titles[by:] + titles[:by]
    strange = shifted_rows(sheet(titles, moved))
    assert [one.row for one in strange] == [number + 2 for number in range(len(titles)) if by]
    assert (alarm(strange) is not None) == (len(strange) >= ENOUGH)


def test_a_title_that_was_written_anew_is_an_edit():
    assert shifted_rows(sheet(["a", "b", "c"], ["x", "y", "z"])) == []


def test_a_title_that_several_rows_have_tells_nothing():
    assert shifted_rows(sheet(["same", "same", "b"], ["same", "b", "same"])) == [
        NamedRow(3, ("initiative", "1"), "K-1", "b", "K-1", "same")
    ]


def test_a_code_that_moved_is_seen_and_blanks_and_spaces_are_not():
    strange = shifted_rows(sheet(["a", "b", "c"], [" A ", "", "c"], ["K-1", "K-0", ""]))
    assert [one.row for one in strange] == [2, 3]
    assert alarm(strange) is None

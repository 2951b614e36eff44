"""Two people's changes of one item, merged so that neither loses anything."""

from hypothesis import given
from hypothesis import strategies as st

from portfolio.pages.rules.merging import THEIRS, YOURS, Differing, merge

NAMES = ("title", "goals", "notes")
cells = st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from([None, "a", "b", "c"])))


def test_a_field_changed_by_one_side_is_merged_by_itself():
    base = {"title": "a", "goals": "a"}
    merged = merge(base, {"title": "b", "goals": "a"}, {"title": "a", "goals": "c"})
    assert merged.values == {"goals": "c"}
    assert merged.only_theirs == (Differing("title", "a", "b", "a"),)
    assert merged.only_yours == (Differing("goals", "a", "a", "c"),)
    assert not merged.conflicts


def test_a_field_changed_by_both_waits_for_a_choice():
    merged = merge({"title": "a"}, {"title": "b"}, {"title": "c"})
    assert merged.conflicts == (Differing("title", "a", "b", "c"),)
    assert not merged.values


def test_the_choice_decides():
    assert merge({"title": "a"}, {"title": "b"}, {"title": "c"}, {"title": YOURS}).values == {"title": "c"}
    assert merge({"title": "a"}, {"title": "b"}, {"title": "c"}, {"title": THEIRS}).values == {}
    assert merge({"title": "a"}, {"title": "b"}, {"title": "c"}, {"title": "kumpikin"}).conflicts


def test_what_was_never_seen_is_a_conflict():
    assert merge({}, {"title": "b"}, {"title": None}).conflicts


@given(base=cells, theirs=cells, yours=cells)
def test_every_field_that_differs_is_told_once_and_written_only_when_it_is_yours(base, theirs, yours):
    merged = merge(base, theirs, yours)
    told = [one.name for group in (merged.conflicts, merged.only_yours, merged.only_theirs) for one in group]
    assert sorted(told) == sorted(name for name in NAMES if theirs[name] != yours[name])
    assert merged.values == {one.name: one.yours for one in merged.only_yours}
    for one in merged.only_theirs:
        assert yours[one.name] == base[one.name]


@given(base=cells, yours=cells)
def test_without_another_everything_typed_is_written(base, yours):
    merged = merge(base, base, yours)
    assert merged.values == {name: yours[name] for name in NAMES if yours[name] != base[name]}
    assert not merged.conflicts
    assert not merged.only_theirs

"""The properties of ``reference/excel.md`` §4.5 that concern the pure merge, and each case of §4.2 and §4.3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.exchange.merge import Choice, Fate, Invalid, Outcome, Rules, is_blank, plan

FIELDS = ("a", "b", "c")
values = st.one_of(st.none(), st.sampled_from(["x", "y", "z"]), st.integers(0, 2))
rows = st.dictionaries(st.sampled_from(["r1", "r2", "r3"]), st.fixed_dictionaries(dict.fromkeys(FIELDS, values)))
sets = st.frozensets(st.sampled_from("pqrs"))


def one(base, current, incoming, **more):
    """Plan one row with one cell; a base of ... means that there is none."""
    bases = {} if base is ... else {"r": {"a": base}}
    currents = {} if current is ... else {"r": {"a": current}}
    (row,) = plan(bases, currents, {"r": {"a": incoming}}, **more).rows
    return row


def merged(base, current, incoming, **more):
    """The rows after everything was applied that has no conflict."""
    result = {key: dict(cells) for key, cells in current.items()}
    for row in plan(base, current, incoming, **more).rows:
        if not row.has_errors and row.fate is not Fate.GONE:
            result.setdefault(row.key, {}).update(row.changes)
    return result


def alike(one, other):
    return all(
        one.get(key, {}).get(field) == other.get(key, {}).get(field)
        or (is_blank(one.get(key, {}).get(field)) and is_blank(other.get(key, {}).get(field)))
        for key in one.keys() | other.keys()
        for field in FIELDS
    )


@pytest.mark.parametrize(
    ("base", "current", "incoming", "outcome", "result"),
    [
        ("x", "x", "x", Outcome.SAME, "x"),
        ("x", "y", "x", Outcome.KEEP, "y"),
        ("x", "x", "y", Outcome.APPLY, "y"),
        ("x", "y", "y", Outcome.CONVERGED, "y"),
        ("x", "y", "z", Outcome.CONFLICT, "y"),
        ("x", "x", None, Outcome.APPLY, None),
        (None, None, None, Outcome.SAME, None),
        (None, "y", None, Outcome.KEEP, "y"),
        (None, None, "x", Outcome.APPLY, "x"),
        (..., "y", None, Outcome.SAME, "y"),
        (..., "y", "x", Outcome.APPLY, "x"),
        (..., "y", "y", Outcome.SAME, "y"),
        (..., None, "x", Outcome.APPLY, "x"),
        (0, 0, None, Outcome.APPLY, None),
        (None, None, 0, Outcome.APPLY, 0),
    ],
)
def test_each_case_of_a_cell(base, current, incoming, outcome, result):
    (cell,) = one(base, current, incoming).cells
    assert (cell.outcome, cell.result) == (outcome, result)


@given(rows, rows)
def test_what_nobody_else_changed_becomes_what_the_file_says(base, incoming):
    known = {key: base[key] for key in base.keys() & incoming.keys()}
    assert alike(merged(known, known, {key: incoming[key] for key in known}), {key: incoming[key] for key in known})


@given(rows, rows)
def test_an_untouched_file_changes_nothing(base, current):
    found = plan(base, current, base)
    assert all(not row.changes for row in found.rows)
    assert found.count(Outcome.APPLY) == found.count(Outcome.CONFLICT) == 0


@given(rows, rows)
def test_a_file_that_says_what_is_there_changes_nothing(base, current):
    assert alike(merged(base, current, current), current)


@given(rows, rows, rows)
def test_every_result_is_one_of_the_two_sides_and_never_automatic_when_all_three_differ(base, current, incoming):
    for row in plan(base, current, incoming).rows:
        for cell in row.cells:
            assert cell.result in (cell.current, cell.incoming)
            differ = not alike_values(cell.base, cell.current) and not alike_values(cell.current, cell.incoming)
            if row.key in base and row.fate is Fate.MERGE and differ and not alike_values(cell.base, cell.incoming):
                assert cell.outcome is Outcome.CONFLICT


def alike_values(one, other):
    return one == other or (is_blank(one) and is_blank(other))


@given(rows, rows, rows)
def test_the_outcomes_make_up_all_cells(base, current, incoming):
    found = plan(base, current, incoming)
    counted = sum(found.count(outcome) for outcome in Outcome)
    added = sum(len(row.cells) for row in found.rows if row.fate is Fate.ADD)
    assert counted + added == sum(map(len, incoming.values()))


@given(rows, rows, rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(base, current, incoming, chance):
    shuffled = list(incoming.items())
    chance.shuffle(shuffled)
    first = {row.key: row for row in plan(base, current, incoming).rows}
    assert first == {row.key: row for row in plan(base, current, dict(shuffled)).rows}


@given(rows, st.data())
def test_edits_of_different_cells_by_two_people_commute(base, data):
    cells = [(key, field) for key in base for field in FIELDS]
    mine = data.draw(st.dictionaries(st.sampled_from(cells), values)) if cells else {}
    theirs = data.draw(st.dictionaries(st.sampled_from(cells), values)) if cells else {}
    theirs = {cell: value for cell, value in theirs.items() if cell not in mine}
    one_way = merged(base, merged(base, base, edited(base, mine)), edited(base, theirs))
    other_way = merged(base, merged(base, base, edited(base, theirs)), edited(base, mine))
    assert alike(one_way, other_way)
    assert alike(one_way, edited(base, {**mine, **theirs}))


def edited(table, edits):
    result = {key: dict(cells) for key, cells in table.items()}
    for (key, field), value in edits.items():
        result[key][field] = value
    return result


@given(rows, rows, rows)
def test_after_everything_was_applied_the_same_file_changes_nothing_more(base, current, incoming):
    after = merged(base, current, incoming)
    again = plan(incoming, after, incoming)
    assert all(not row.changes for row in again.rows)


@given(rows, rows)
def test_without_a_base_a_blank_leaves_what_is_there_and_all_else_is_taken(current, incoming):
    after = merged({}, current, incoming)
    for key, cells in incoming.items():
        for field, value in cells.items():
            kept = current.get(key, {}).get(field) if is_blank(value) else value
            assert alike_values(after[key].get(field), kept)


@given(sets, sets, sets)
def test_lists_merge_by_element(base, current, incoming):
    (cell,) = one(base, current, incoming).cells
    expected = frozenset(
        item
        for item in base | current | incoming
        if (item in incoming if (item in base) != (item in incoming) else item in current)
    )
    assert cell.outcome is not Outcome.CONFLICT
    assert frozenset(cell.result or ()) == expected


@given(sets, sets)
def test_links_without_a_base_are_only_added_to(current, incoming):
    (cell,) = one(..., current, incoming, rules=Rules(grows=lambda _field: True)).cells
    assert (cell.result or frozenset()) == current | incoming


def test_a_blank_list_and_an_empty_list_are_the_same():
    (cell,) = one(frozenset(), frozenset("p"), None).cells
    assert cell.outcome is Outcome.KEEP


@given(rows, rows, rows)
def test_a_row_that_the_file_lacks_is_never_touched(base, current, incoming):
    found = plan(base, current, incoming)
    assert set(found.not_in_file) == current.keys() - incoming.keys()
    after = merged(base, current, incoming)
    assert all(after[key] == current[key] for key in found.not_in_file)


def test_a_new_row_is_added_with_what_it_says():
    row = one(..., ..., "x")
    assert (row.fate, row.changes) == (Fate.ADD, {"a": "x"})
    assert one(..., ..., None).changes == {}


@pytest.mark.parametrize(("incoming", "outcome"), [("x", Outcome.KEEP), ("y", Outcome.CONFLICT)])
def test_a_row_that_others_removed_stays_gone_unless_the_file_changed_it(incoming, outcome):
    row = one("x", ..., incoming)
    assert (row.fate, row.cells[0].outcome) == (Fate.GONE, outcome)


def test_a_removed_row_comes_back_only_when_the_file_is_chosen():
    found = plan({"r": {"a": "x", "b": "y"}}, {}, {"r": {"a": "z", "b": "y"}})
    (kept,) = found.resolved(Choice.CURRENT).rows
    (back,) = found.resolved(Choice.FILE).rows
    assert (kept.fate, kept.changes) == (Fate.GONE, {})
    assert (back.fate, back.changes) == (Fate.ADD, {"a": "z", "b": "y"})


def test_conflicts_are_decided_for_one_side():
    found = plan({"r": {"a": "x"}}, {"r": {"a": "y"}}, {"r": {"a": "z"}})
    assert found.rows[0].has_conflicts
    assert found.resolved(Choice.FILE).rows[0].changes == {"a": "z"}
    assert found.resolved(Choice.CURRENT).rows[0].changes == {}


def grouped(base, current, incoming):
    names = ("g1", "g2", "alone")
    rules = Rules(group=lambda field: field[0] if field != "alone" else None)
    (row,) = plan(*({"r": dict(zip(names, side, strict=True))} for side in (base, current, incoming)), rules=rules).rows
    return [cell.outcome for cell in row.cells]


def test_a_group_of_which_both_sides_changed_a_member_is_one_conflict():
    same, keep, apply, conflict = Outcome.SAME, Outcome.KEEP, Outcome.APPLY, Outcome.CONFLICT
    assert grouped((1, 1, 1), (2, 1, 1), (1, 3, 3)) == [conflict, conflict, apply]
    assert grouped((1, 1, 1), (1, 1, 2), (2, 3, 1)) == [apply, apply, keep]
    assert grouped((1, 1, 1), (2, 1, 1), (1, 1, 2)) == [keep, same, apply]
    assert grouped((1, 1, 1), (2, 1, 1), (2, 1, 1)) == [Outcome.CONVERGED, same, same]


def test_a_cell_that_could_not_be_read_stops_its_row_and_no_other():
    incoming = {"r": {"a": Invalid(), "b": "y"}, "s": {"a": "z"}}
    found = plan({}, {"r": {"a": "x"}, "s": {}}, incoming)
    first, second = found.rows
    assert (first.has_errors, second.has_errors) == (True, False)
    assert one(..., ..., Invalid()).has_errors
    assert one("x", ..., Invalid()).has_errors


def test_what_a_person_may_not_change_is_an_error_only_where_it_would_change():
    def only_b(_key, field):
        return field == "b"

    base = current = {"r": {"a": "x", "b": "x"}}
    (row,) = plan(base, current, {"r": {"a": "x", "b": "y"}}, only_b).rows
    assert row.changes == {"b": "y"}
    (row,) = plan(base, current, {"r": {"a": "y", "b": "y"}}, only_b).rows
    assert row.has_errors
    (row,) = plan({}, {}, {"n": {"a": None, "b": "y"}}, only_b).rows
    assert row.changes == {"b": "y"}
    (row,) = plan({}, {}, {"n": {"a": "x", "b": "y"}}, only_b).rows
    assert row.has_errors


def test_a_field_that_a_row_does_not_name_is_untouched():
    after = merged({}, {"r": {"a": "x", "b": "y"}}, {"r": {"b": "z"}})
    assert after == {"r": {"a": "x", "b": "z"}}

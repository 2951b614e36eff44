"""The properties of ``reference/excel.md`` §4.5 that concern the pure merge, and each case of §4.2 and §4.3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.exchange.merge import (
    CLEARED,
    REMOVED,
    WIDE,
    CellPlan,
    Choice,
    Invalid,
    Outcome,
    RowFate,
    Rules,
    ask_wide_clearing,
    is_blank,
    plan,
    resolved,
)
from portfolio.exchange.merge import (
    alike as alike_values,
)

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


def the_cell(row, current=...):
    """The one cell of a row; one that is simply the same is counted only."""
    if row.cells:
        (cell,) = row.cells
        return cell
    assert row.same == 1
    value = None if current is ... else current
    return CellPlan("a", value, value, value, Outcome.SAME, value)


def merged(base, current, incoming, **more):
    """The rows after everything was applied that has no conflict."""
    result = {key: dict(cells) for key, cells in current.items()}
    for row in plan(base, current, incoming, **more).rows:
        if not row.has_errors and row.fate is not RowFate.GONE:
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
    cell = the_cell(one(base, current, incoming), current)
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
            if row.key in base and row.fate is RowFate.MERGE and differ and not alike_values(cell.base, cell.incoming):
                assert cell.outcome is Outcome.CONFLICT


@given(rows, rows, rows)
def test_the_outcomes_make_up_all_cells(base, current, incoming):
    found = plan(base, current, incoming)
    counted = sum(found.count(outcome) for outcome in Outcome)
    added = sum(len(row.cells) + row.same for row in found.rows if row.fate is RowFate.ADD)
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
    cell = the_cell(one(base, current, incoming), current)
    expected = frozenset(
        item
        for item in base | current | incoming
        if (item in incoming if (item in base) != (item in incoming) else item in current)
    )
    assert cell.outcome is not Outcome.CONFLICT
    assert frozenset(cell.result or ()) == expected


@given(sets, sets)
def test_links_without_a_base_are_only_added_to(current, incoming):
    cell = the_cell(one(..., current, incoming, rules=Rules(grows=lambda _field: True)), current)
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
    assert (row.fate, row.changes) == (RowFate.ADD, {"a": "x"})
    assert one(..., ..., None).changes == {}


@pytest.mark.parametrize(("incoming", "outcome"), [("x", Outcome.KEEP), ("y", Outcome.CONFLICT)])
def test_a_row_that_others_removed_stays_gone_unless_the_file_changed_it(incoming, outcome):
    row = one("x", ..., incoming)
    assert (row.fate, row.cells[0].outcome) == (RowFate.GONE, outcome)


def test_a_removed_row_comes_back_only_when_the_file_is_chosen():
    found = plan({"r": {"a": "x", "b": "y"}}, {}, {"r": {"a": "z", "b": "y"}})
    (kept,) = resolved(found, Choice.CURRENT).rows
    (back,) = resolved(found, Choice.FILE).rows
    assert (kept.fate, kept.changes) == (RowFate.GONE, {})
    assert (back.fate, back.changes) == (RowFate.ADD, {"a": "z", "b": "y"})


def test_conflicts_are_decided_for_one_side():
    found = plan({"r": {"a": "x"}}, {"r": {"a": "y"}}, {"r": {"a": "z"}})
    assert found.rows[0].has_conflicts
    assert resolved(found, Choice.FILE).rows[0].changes == {"a": "z"}
    assert resolved(found, Choice.CURRENT).rows[0].changes == {}


def grouped(base, current, incoming):
    names = ("g1", "g2", "alone")
    rules = Rules(group=lambda field: field[0] if field != "alone" else None)
    (row,) = plan(*({"r": dict(zip(names, side, strict=True))} for side in (base, current, incoming)), rules=rules).rows
    found = {cell.field: cell.outcome for cell in row.cells}
    return [found.get(name, Outcome.SAME) for name in names]


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


BASED = Rules(based=True)


def sparse(base, current):
    """Only the cells of the base that have changed since, as the history tells them; of a removed row all."""
    found = {}
    for key, cells in base.items():
        now = current.get(key)
        changed = cells if now is None else {name: one for name, one in cells.items() if one != now[name]}
        if changed or now is None:
            found[key] = changed
    return found


@given(rows, rows, rows)
def test_a_base_that_names_only_what_changed_since_says_as_much_as_a_whole_one(base, current, incoming):
    known = {key: cells for key, cells in base.items() if key in incoming}
    there = {key: cells for key, cells in current.items() if key in known or key not in incoming}
    whole, thin = plan(known, there, incoming), plan(sparse(known, there), there, incoming, rules=BASED)
    assert whole == thin


def test_a_cell_that_is_simply_the_same_is_counted_and_not_kept():
    row = one("x", "x", "x")
    assert (row.cells, row.same) == ((), 1)
    assert one(..., "x", "x").same == 1


def remove(base, current, incoming, **more):
    currents = {} if current is None else {"r": current}
    (row,) = plan({"r": base} if base else {}, currents, {"r": incoming}, removals={"r"}, **more).rows
    return row


def test_a_row_is_removed_when_the_file_asks_so_and_nobody_changed_it():
    row = remove({}, {"a": "x"}, {"a": "x"}, rules=BASED)
    assert (row.fate, row.changes, row.same) == (RowFate.REMOVE, {REMOVED: True}, 1)


@pytest.mark.parametrize("incoming", [{"a": "x"}, {}])
def test_removing_a_row_that_others_changed_is_a_choice(incoming):
    row = remove({"a": "x"}, {"a": "y"}, incoming, rules=BASED)
    assert row.has_conflicts
    (taken,) = resolved(plan({"r": {"a": "x"}}, {"r": {"a": "y"}}, {"r": incoming}, removals={"r"}), Choice.FILE).rows
    (kept,) = resolved(plan({"r": {"a": "x"}}, {"r": {"a": "y"}}, {"r": incoming}, removals={"r"}), Choice.CURRENT).rows
    assert (taken.fate, taken.changes) == (RowFate.REMOVE, {REMOVED: True})
    assert (kept.fate, kept.changes) == (RowFate.MERGE, {})


def test_removing_what_is_gone_already_changes_nothing():
    row = remove({"a": "x"}, None, {"a": "x"}, rules=BASED)
    assert (row.fate, row.cells, row.same) == (RowFate.GONE, (), 2)


def test_a_row_is_not_removed_nor_brought_back_by_who_may_not():
    def not_removing(_key, field):
        return field != REMOVED

    assert remove({}, {"a": "x"}, {"a": "x"}, allowed=not_removing, rules=BASED).has_errors
    assert one("x", ..., "y", allowed=not_removing).has_errors
    assert not one("x", ..., "x", allowed=not_removing).has_errors


@given(rows, rows, rows, st.sets(st.sampled_from(["r1", "r2", "r3"])))
def test_the_outcomes_make_up_all_cells_and_the_wishes_to_remove(base, current, incoming, removals):
    removals &= incoming.keys() & (base.keys() | current.keys())
    found = plan(base, current, incoming, removals=removals)
    added = sum(len(row.cells) + row.same for row in found.rows if row.fate is RowFate.ADD)
    assert sum(found.count(outcome) for outcome in Outcome) + added == sum(map(len, incoming.values())) + len(removals)


def clearing(count, of):
    base = {f"r{number}": {"a": "x", "b": "y"} for number in range(of)}
    incoming = {key: {"a": None if int(key[1:]) < count else "x", "b": "y"} for key in base}
    found = plan({}, base, incoming, rules=BASED)
    return ask_wide_clearing(found, lambda _key, field: field, {"a": of, "b": of}.__getitem__)


@pytest.mark.parametrize(("count", "of", "asks"), [(4, 4, False), (5, 20, True), (5, 25, False), (6, 25, True)])
def test_clearing_a_good_part_of_a_column_is_asked_about(count, of, asks):
    outcomes = {cell.outcome for row in clearing(count, of).rows for cell in row.cells}
    assert outcomes == {Outcome.CONFLICT if asks else Outcome.APPLY}


def test_a_wide_clearing_tells_why_it_asks_and_is_done_when_a_person_says_so():
    found = clearing(8, 10)
    assert {cell.note for row in found.rows for cell in row.cells} == {WIDE}
    assert all(row.changes == {"a": None} for row in resolved(found, Choice.FILE).rows if row.cells)
    assert all(row.changes == {} for row in resolved(found, Choice.CURRENT).rows)


def test_without_a_base_a_mark_clears():
    assert the_cell(one(..., "y", CLEARED)).outcome is Outcome.APPLY
    assert one(..., "y", CLEARED).changes == {"a": None}
    assert one(..., None, CLEARED).same == 1
    assert one("x", "x", CLEARED).changes == {"a": None}
    assert one(..., ..., CLEARED).changes == {}


def test_where_nobody_agreed_what_a_file_means_every_difference_is_a_choice():
    asking = Rules(asks=True)
    assert one(..., "y", "x", rules=asking).has_conflicts
    assert one(..., "y", CLEARED, rules=asking).has_conflicts
    assert one(..., "y", None, rules=asking).same == 1
    assert one(..., "y", "y", rules=asking).same == 1
    assert one(..., ..., "y", rules=asking).changes == {"a": "y"}


def test_a_group_clashes_also_with_a_member_that_the_file_does_not_name():
    rules = Rules(group=lambda field: field[0], based=True)
    (row,) = plan({"r": {"g1": 1}}, {"r": {"g1": 2, "g2": 1}}, {"r": {"g2": 5}}, rules=rules).rows
    assert row.has_conflicts


def test_a_list_that_the_file_need_not_tell_whole_only_grows():
    rules = Rules(grows=lambda _field: True)
    row = one(frozenset("pq"), frozenset("q"), frozenset("p"), rules=rules)
    assert not row.changes
    row = one(frozenset("pq"), frozenset("q"), frozenset("pr"), rules=rules)
    assert row.changes == {"a": frozenset("qr")}

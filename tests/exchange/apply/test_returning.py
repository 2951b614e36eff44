"""An export that comes back: each case of ``reference/excel.md`` §4 on a whole workbook."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from portfolio.budgets.models import BudgetLine
from portfolio.core.database import open_session
from portfolio.exchange.apply import summary
from portfolio.exchange.merge import Choice, RowFate
from portfolio.exchange.models import ImportBatch
from portfolio.organisation.models import Unit
from portfolio.organisation.operations import put_units
from portfolio.register.models import Initiative, Milestone
from portfolio.register.operations import add_parts, remove_initiatives, update_initiatives, update_parts
from tests.exchange.returns import Edited, bring_in, changes, messages, outcomes, take_out

ITEMS, POINTS, MONEY = "Initiatives", "Milestones", "Budget"
ROWS = (
    *((1, "Kirjasto auki", "tekninen", "Menossa", 10, 5), (2, "Satama", "sivistys", "Proposed", None, "ei tiedossa")),
    *((number, f"Hanke {number}", "sivistys", "Proposed", None, None) for number in range(3, 9)),
)
TITLE, PROGRESS, UNIT, TIME, ID, ACTION = "Title in Finnish", "Progress", "Unit", "Time", "Identity", "Action"


@pytest.fixture
def full(town):
    town.put(rows=ROWS)
    first = town.rows()[0]
    town.write(add_parts, Milestone, [{"initiative_id": first.id, "title_fi": "Avajaiset"}])
    return town


@pytest.fixture
def small(small_town):
    small_town.put(rows=ROWS)
    first = small_town.rows()[0]
    small_town.write(add_parts, Milestone, [{"initiative_id": first.id, "title_fi": "Avajaiset"}])
    return small_town


def set_cells(town, index=0, **values):
    """Someone else changes cells of an item on screen."""
    town.write(update_initiatives, {town.rows()[index].id: values})


def items(town):
    return {row.title_fi: row for row in town.rows()}


NOTHING = dict.fromkeys(("added", "changed", "kept", "conflicts", "errors", "not_in_file"), 0)


def counts(done):
    return {name: count for name, count in summary(done).items() if name in NOTHING and count}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_untouched_export_changes_nothing_and_every_cell_is_counted(full, language):
    done = bring_in(full, take_out(full, language=language))
    assert counts(done) == {}
    assert (done.notices, done.faults) == ([], [])
    found = summary(done)
    assert found["cells"] == found["unchanged"] > 200
    assert found["rows"] == 8 + 1 + 8


def test_an_edit_is_applied_and_others_edits_are_kept_and_the_same_file_again_changes_nothing(full):
    data = take_out(full)
    set_cells(full, notes="Toisen huomautus", progress=20)
    book = Edited(data).put(ITEMS, 1, TITLE, "Kirjasto auki yöllä")
    done = bring_in(full, book.save())
    assert counts(done) == {"changed": 1, "kept": 2}
    assert outcomes(done) == {"title_fi": "apply", "notes": "keep", "progress": "keep"}
    row = full.rows()[0]
    assert (row.title_fi, row.notes, row.progress) == ("Kirjasto auki yöllä", "Toisen huomautus", 20)
    revision = full.revision()
    again = bring_in(full, book.save())
    assert (again.batch, full.revision(), changes(again)) == (None, revision, {})
    assert full.faults() == []


def test_both_changing_a_cell_is_a_conflict_unless_they_changed_it_alike(small):
    data = take_out(small)
    set_cells(small, progress=20, notes="Sama")
    data = Edited(data).put(ITEMS, 1, PROGRESS, 0.3).put(ITEMS, 1, "Notes", "Sama").save()
    done = bring_in(small, data)
    assert outcomes(done) == {"progress": "conflict", "notes": "converged"}
    assert small.rows()[0].progress == 20
    assert bring_in(small, data, choice=Choice.CURRENT).has_conflicts is False
    assert small.rows()[0].progress == 20
    bring_in(small, data, choice=Choice.FILE)
    assert small.rows()[0].progress == 30


def test_rows_in_another_order_and_columns_moved_or_taken_away_change_nothing(small):
    book = Edited(take_out(small))
    sheet, (head, _) = book.sheet(ITEMS), book.header(ITEMS)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head)]
    notes = rows[0].index("Muistiinpanot") if "Muistiinpanot" in rows[0] else book.column(ITEMS, "Notes") - 1
    order = [*range(len(rows[0]))][::-1]
    order.remove(notes)
    moved = [rows[0], *rows[:0:-1]]
    sheet.delete_rows(head, len(rows))
    for number, row in enumerate(moved, start=head):
        for place, column in enumerate(order, start=1):
            sheet.cell(number, place).value = row[column]
    done = bring_in(small, book.save())
    assert counts(done) == {}
    assert done.faults == []
    assert any("is not in the file: what it holds stays as it is" in text for text in messages(done.notices))


def test_a_row_that_is_not_in_the_file_is_never_removed(small):
    book = Edited(take_out(small))
    book.sheet(ITEMS).delete_rows(book.row(ITEMS, 2))
    done = bring_in(small, book.save())
    assert counts(done) == {"not_in_file": 1}
    assert len(small.rows()) == 8


@pytest.mark.parametrize("word", ["poista", "ta bort", "delete", "Delete "])
def test_a_row_is_removed_by_the_action_column_in_any_language(small, word):
    from portfolio.core.language import say

    word = {"poista": say("delete", "fi"), "ta bort": say("delete", "sv")}.get(word, word)
    done = bring_in(small, Edited(take_out(small)).put(ITEMS, 2, ACTION, word).save())
    assert [row.fate for row in done.plan.rows if row.cells] == [RowFate.REMOVE]
    assert "Satama" not in items(small)
    assert len(small.rows()) == 7


def test_an_unknown_action_is_an_error(small):
    done = bring_in(small, Edited(take_out(small)).put(ITEMS, 2, ACTION, "pois").save())
    assert messages(done.faults) == [
        '"pois" is not an action. To remove the row write "delete", otherwise leave the cell empty.'
    ]


def test_removing_what_others_changed_asks_first(small):
    data = take_out(small)
    set_cells(small, index=1, notes="Tärkeä")
    data = Edited(data).put(ITEMS, 2, ACTION, "delete").save()
    assert bring_in(small, data).has_conflicts
    assert len(small.rows()) == 8
    bring_in(small, data, choice=Choice.FILE)
    assert len(small.rows()) == 7


def test_removing_an_item_whose_milestone_others_changed_asks_first(small):
    data = take_out(small)
    small.write(update_parts, Milestone, {small.rows(Milestone)[0].id: {"title_fi": "Juhla"}})
    assert bring_in(small, Edited(data).put(ITEMS, 1, ACTION, "delete").save()).has_conflicts


def test_what_others_removed_stays_gone_unless_the_file_changed_it_and_is_chosen(small):
    data = take_out(small)
    small.write(remove_initiatives, [items(small)["Satama"].id])
    assert counts(bring_in(small, data)).keys() == {"kept"}
    changed = Edited(data).put(ITEMS, 2, TITLE, "Satama laajenee").save()
    assert bring_in(small, changed).has_conflicts
    bring_in(small, changed, choice=Choice.FILE)
    assert items(small)["Satama laajenee"].removed is False


def test_a_copied_row_that_says_the_same_is_read_once(small):
    book = Edited(take_out(small))
    copy_row(book, 2, 9)
    done = bring_in(small, book.save())
    assert counts(done) == {}
    assert messages(done.notices) == ["The row is a copy of row 3 and says the same: it was read once."]


def test_a_copied_row_that_was_edited_is_an_error_that_names_both(small):
    book = Edited(take_out(small))
    copy_row(book, 2, 9)
    book.put(ITEMS, 9, TITLE, "Toinen satama")
    done = bring_in(small, book.save())
    assert [(fault.place.row, fault.problem.params["row"]) for fault in done.faults] == [(3, 10), (10, 3)]
    assert len(small.rows()) == 8


def copy_row(book, number, to):
    sheet = book.sheet(ITEMS)
    for cell in sheet[book.row(ITEMS, number)]:
        sheet.cell(book.row(ITEMS, to), cell.column).value = cell.value


def test_unknown_and_foreign_and_changed_identities_and_those_of_another_sheet_are_told(small):
    from portfolio.core.text import with_check_letter

    book = Edited(take_out(small))
    book.put(ITEMS, 1, ID, with_check_letter("I-987654"))
    book.put(ITEMS, 2, ID, "I-2-X")
    book.put(ITEMS, 3, ID, book.get(POINTS, 1, ID))
    done = bring_in(small, book.save())
    told = messages(done.faults)
    assert "went out in this workbook" in told[0]
    assert "its last letter does not fit" in told[1]
    assert "belongs to another sheet" in told[2]
    assert counts(done)["errors"] == 3
    found = summary(done)
    assert sum(found[one] for one in ("changed", "unchanged", "kept", "conflicts", "errors")) == found["cells"]


def test_rows_sorted_without_their_identities_stop_the_file(small):
    book = Edited(take_out(small))
    titles = [book.get(ITEMS, number, TITLE) for number in range(1, 9)]
    for number, title in enumerate(reversed(titles), start=1):
        book.put(ITEMS, number, TITLE, title)
    done = bring_in(small, book.save(), keep="partial")
    assert "sorted or moved without its identity column" in messages(done.faults)[0]
    assert [row.title_fi for row in small.rows()] == titles
    assert counts(done).keys() <= {"errors"}


def test_a_version_of_another_row_is_an_error(small):
    book = Edited(take_out(small)).put(ITEMS, 1, "Version", 7)
    assert "The version 7 does not belong to this row" in messages(bring_in(small, book.save()).faults)[0]


def test_a_heading_that_stands_twice_is_an_error_and_an_unknown_one_is_told(small):
    book = Edited(take_out(small))
    head, columns = book.header(ITEMS)
    last = max(columns.values())
    book.sheet(ITEMS).cell(head, last + 1).value = "Oma sarake"
    done = bring_in(small, book.save())
    assert any('"Oma sarake"' in text for text in messages(done.notices))
    book.sheet(ITEMS).cell(head, last + 2).value = book.sheet(ITEMS).cell(head, book.column(ITEMS, "Notes")).value
    assert "stands on the sheet twice" in messages(bring_in(small, book.save()).faults)[0]


def test_a_sheet_without_its_identity_column_is_not_read(small):
    book = Edited(take_out(small))
    book.sheet(ITEMS).delete_cols(book.column(ITEMS, ID))
    done = bring_in(small, book.save())
    assert any("no identity column" in text for text in messages(done.faults))
    assert len(small.rows()) == 8
    book.sheet(ITEMS).delete_rows(1)
    assert ["lost its row of headings" in text for text in messages(bring_in(small, book.save()).faults)] == [True]


def test_a_blank_clears_what_the_base_held(small):
    set_cells(small, notes="Vanha")
    done = bring_in(small, Edited(take_out(small)).put(ITEMS, 1, "Notes", None).save())
    assert changes(done) == {("initiative", "notes"): None}
    assert small.rows()[0].notes is None


def test_clearing_a_good_part_of_a_years_money_is_asked_about_by_its_heading(small_town):
    small_town.put(rows=[(number, f"Hanke {number}", "sivistys", "Menossa", 10, 5) for number in range(1, 7)])
    book = Edited(take_out(small_town))
    column = next(number for text, number in book.header(MONEY)[1].items() if "Talousarvio 2026" in text)
    for number in range(1, 7):
        book.sheet(MONEY).cell(book.row(MONEY, number), column).value = None
    told = [text for text in messages(bring_in(small_town, book.save(), keep=False).notices) if "empty" in text]
    assert [text.partition(" cells")[0] for text in told] == ['In the column "Planned 2026, €" 6']


def test_clearing_a_good_part_of_a_column_is_asked_about(small):
    book = Edited(take_out(small))
    for number in range(1, 7):
        book.put(ITEMS, number, UNIT, None)
    done = bring_in(small, book.save())
    assert {cell.note for row in done.plan.rows for cell in row.cells} == {"cleared"}
    assert messages(done.notices) == [
        'In the column "Unit" 6 cells that held something are empty in the file. Choose whether to clear them.'
    ]
    assert all(row.unit_id for row in small.rows())
    bring_in(small, book.save(), choice=Choice.FILE)
    assert sum(row.unit_id is None for row in small.rows()) == 6


def test_a_renamed_unit_looks_like_no_change_and_can_be_chosen_by_either_name(small):
    data = take_out(small)
    code = next(row.code for row in small.rows(Unit) if row.name_fi == "Sivistystoimiala")
    small.write(put_units, {code: {"name_fi": "Hyvinvointitoimiala"}})
    assert counts(bring_in(small, data)) == {}
    for name in ("Sivistystoimiala", "Hyvinvointitoimiala"):
        data = Edited(data).put(ITEMS, 1, UNIT, name).save()
        assert changes(bring_in(small, data, keep=False)) == {("initiative", "unit"): ("unit", "sivistys")}


def test_what_a_reporter_may_not_change_is_an_error_only_where_it_changed(small):
    unit = items(small)["Satama"].unit_id
    book = Edited(take_out(small)).put(ITEMS, 2, TITLE, "Satama kasvaa")
    done = bring_in(small, book.save(), roles=("reporter",), unit=unit)
    assert (done.faults, counts(done)) == ([], {"changed": 1})
    book.put(ITEMS, 1, TITLE, "Vieras kohde").put(ITEMS, 2, "Kind", "Hanke")
    done = bring_in(small, book.save(), roles=("reporter",), unit=unit, keep=False)
    stopped = [(cell.field, cell.current) for row in done.plan.rows for cell in row.cells if cell.outcome == "error"]
    assert stopped == [("title_fi", "Kirjasto auki"), ("kind", "measure")]


def test_a_new_row_is_added_once_and_its_second_coming_is_an_edit(full):
    book = Edited(take_out(full))
    book.put(ITEMS, 9, TITLE, "Kirjasto aukki").put(ITEMS, 9, "Kind", "Toimenpide").put(
        ITEMS, 9, UNIT, "Sivistystoimiala"
    )
    done = bring_in(full, book.save())
    assert counts(done) == {"added": 1}
    assert any("looks like" in text for text in messages(done.notices))
    revision = full.revision()
    assert counts(bring_in(full, book.save())) == {}
    assert (len(full.rows()), full.revision()) == (9, revision)
    done = bring_in(full, book.put(ITEMS, 9, "Notes", "Lisätty").save())
    assert (changes(done), len(full.rows())) == ({("initiative", "notes"): "Lisätty"}, 9)
    set_cells(full, index=8, notes="Toisen")
    assert outcomes(bring_in(full, book.put(ITEMS, 9, "Notes", "Oma").save())) == {"notes": "conflict"}


def test_a_new_milestone_of_a_new_row_is_added_once_too(full):
    book = Edited(take_out(full)).put(ITEMS, 9, TITLE, "Aivan uusi").put(ITEMS, 9, "Kind", "Toimenpide")
    row = book.sheet(POINTS).max_row - book.header(POINTS)[0] + 1
    book.put(POINTS, row, "Initiative", "Aivan uusi").put(POINTS, row, TITLE, "Valmis").put(POINTS, row, TIME, "2027")
    assert counts(bring_in(full, book.save())) == {"added": 2}
    assert counts(bring_in(full, book.put(ITEMS, 9, "Notes", "Lisätty").save())) == {"changed": 1}


def test_a_reporter_proposes_a_new_row_by_its_defaults(small):
    unit = items(small)["Satama"].unit_id
    book = Edited(take_out(small)).put(ITEMS, 9, TITLE, "Ehdotus").put(ITEMS, 9, "Kind", "Toimenpide")
    book.put(ITEMS, 9, UNIT, "Sivistystoimiala").put(ITEMS, 9, "Status", "Ehdotettu")
    done = bring_in(small, book.save(), roles=("reporter",), unit=unit)
    assert (done.faults, counts(done)) == ([], {"added": 1})


def test_a_number_in_a_column_of_percentages_without_its_sign_is_asked_about(small):
    done = bring_in(small, Edited(take_out(small)).put(ITEMS, 1, PROGRESS, "30").save())
    assert "Write the sign too" in messages(done.faults)[0]
    bring_in(small, Edited(take_out(small)).put(ITEMS, 1, PROGRESS, "30 %").save())
    assert small.rows()[0].progress == 30


def test_a_new_row_with_its_milestone_and_money_in_one_file(small):
    book = Edited(take_out(small))
    book.put(ITEMS, 9, TITLE, "Uusi hanke").put(ITEMS, 9, "Kind", "Toimenpide")
    book.put(POINTS, 2, "Item", "Uusi hanke").put(POINTS, 2, TITLE, "Alku")
    book.put(MONEY, 9, "Item's title", "Uusi hanke").put(MONEY, 9, "Budget part", "Käyttötalous")
    book.put(MONEY, 9, "Funding source", "Oma rahoitus")
    heading = next(text for text in book.header(MONEY)[1] if "2026" in text)
    book.sheet(MONEY).cell(book.row(MONEY, 9), book.header(MONEY)[1][heading]).value = 1000
    done = bring_in(small, book.save())
    assert messages([*done.faults, *done.notices]) == []
    new = items(small)["Uusi hanke"]
    assert [one.title_fi for one in small.rows(Milestone) if one.initiative_id == new.id] == ["Alku"]
    assert [one.planned for one in small.rows(BudgetLine) if one.initiative_id == new.id] == [Decimal(1000)]
    revision = small.revision()
    assert counts(bring_in(small, book.save())) == {}
    assert (small.revision(), len(small.rows(Milestone))) == (revision, 2)


def test_a_new_row_whose_import_was_undone_comes_back_as_the_same_item(small):
    from portfolio.pages.operations.undo import undo_revision

    data = Edited(take_out(small)).put(ITEMS, 9, TITLE, "Uusi hanke").put(ITEMS, 9, "Kind", "Toimenpide").save()
    done = bring_in(small, data)
    new = items(small)["Uusi hanke"].id
    with open_session(small.engine, write=True) as session:
        actor = replace(small.actor(session), source="undo")
        undo_revision(session, actor, done.batch.revision_id)
        session.commit()
    assert len(small.rows()) == 8
    for _ in range(2):
        bring_in(small, data)
        assert items(small)["Uusi hanke"].id == new
    assert len(small.rows()) == 9


def test_money_is_edited_cleared_and_left_unknown(small):
    book = Edited(take_out(small))
    column = next(number for text, number in book.header(MONEY)[1].items() if "2026" in text)
    row = book.row(MONEY, 1)
    assert book.sheet(MONEY).cell(row, column).value == 5000
    book.sheet(MONEY).cell(row, column).value = "6 000,50"
    done = bring_in(small, book.save())
    assert list(changes(done).values()) == [Decimal("6000.5")]
    assert sorted(str(one.planned) for one in small.rows(BudgetLine)) == ["6000.50", "None"]


def test_one_years_money_that_both_changed_is_one_conflict(small):
    from portfolio.budgets.operations import set_budget_cells

    data = take_out(small)
    line = small.rows(BudgetLine)[0]
    small.write(
        set_budget_cells, {(line.initiative_id, line.year, line.part, line.source_id): {"forecast": Decimal(1)}}
    )
    book = Edited(data)
    column = next(number for text, number in book.header(MONEY)[1].items() if "2026" in text)
    book.sheet(MONEY).cell(book.row(MONEY, 1), column).value = 7000
    assert set(outcomes(bring_in(small, book.save())).values()) == {"conflict"}


def test_a_day_typed_into_the_words_is_read_as_words(small):
    bring_in(small, Edited(take_out(small)).put(ITEMS, 1, TIME, dt.datetime(2026, 12, 31)).save())
    span = small.rows()[0].timespan
    assert (span.words, span.end) == ("31.12.2026", dt.date(2026, 12, 31))


def test_a_change_in_a_computed_column_is_passed_over_and_told(small):
    done = bring_in(small, Edited(take_out(small)).put(ITEMS, 1, "Starts (computed)", dt.datetime(2026, 1, 1)).save())
    assert (changes(done), counts(done)) == ({}, {})
    assert "is for reading only" in messages(done.notices)[0]


def test_a_text_that_begins_like_a_formula_comes_back_as_the_same_text(small):
    set_cells(small, notes="=1+1", goals="-oma\n+toinen")
    assert counts(bring_in(small, take_out(small))) == {}


def test_an_error_value_stops_its_row_and_no_other(small):
    book = Edited(take_out(small)).put(ITEMS, 1, TITLE, "Muuttuu").put(ITEMS, 2, TITLE, "Tämäkin")
    cell = book.sheet(ITEMS).cell(book.row(ITEMS, 1), book.column(ITEMS, "Notes"))
    cell.value, cell.data_type = "#REF!", "e"
    done = bring_in(small, book.save(), keep="partial")
    assert [fault.place.row for fault in done.faults] == [2]
    assert [row.title_fi for row in small.rows()[:2]] == ["Kirjasto auki", "Tämäkin"]


def test_an_export_of_another_time_is_held_against_what_it_was_made_from(small):
    before = small.revision()
    set_cells(small, progress=60)
    data = take_out(small, at=before)
    done = bring_in(small, data)
    assert (outcomes(done), small.rows()[0].progress) == ({"progress": "keep"}, 60)


def test_a_comment_is_kept_with_its_row(small):
    done = bring_in(small, Edited(take_out(small)).put(ITEMS, 1, "Comment", "Tarkista vuosi").save())
    record = next(one for one in done.parsed.records.values() if one.comment)
    assert (record.comment, record.rows[0][1]) == ("Tarkista vuosi", 2)


def test_the_import_names_the_export_it_answers(small):
    data = take_out(small)
    bring_in(small, data)
    assert [batch.export_id for batch in small.all(ImportBatch)][-1] == 1


def test_initiatives_stay_what_they_are_when_an_empty_template_comes_back(small):
    from portfolio.exchange.export import TEMPLATE

    scope_data = take_out(small, scope=_template(small, TEMPLATE))
    assert counts(bring_in(small, scope_data)) == {}
    book = Edited(scope_data).put(ITEMS, 1, TITLE, "Tyhjästä").put(ITEMS, 1, "Kind", "Toimenpide")
    assert counts(bring_in(small, book.save())) == {"added": 1}
    assert "Tyhjästä" in {row.title_fi for row in small.rows(Initiative)}


def _template(town, ids):
    from portfolio.exchange.export import ExportScope
    from portfolio.register.queries import portfolio_by_code

    with open_session(town.engine, write=False) as session:
        return ExportScope(portfolio_by_code(session, "kunta-ohjelma").id, item_ids=ids)

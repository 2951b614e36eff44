"""An export that comes back, planned and kept, then decided cell by cell or row by row, and applied."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.budgets.models import BudgetLine
from portfolio.budgets.operations import set_budget_cells
from portfolio.core.database import open_session
from portfolio.core.problem import Refusal
from portfolio.exchange.apply.apply import StalePlanError
from portfolio.exchange.merge import Choice
from portfolio.exchange.models import AddedRow, ImportBatch, ImportOrigin
from portfolio.exchange.operations.plans import choose, tick
from portfolio.exchange.queries.plan import PlanPart, counts, leftovers, page
from portfolio.register.models import Initiative, Milestone
from portfolio.register.operations import add_parts, remove_initiatives, update_initiatives
from tests.exchange.returns import Edited, take_out
from tests.exchange.uploads import act, apply, ask, cells, plan, planned_rows, returned

ITEMS, MONEY = "Initiatives", "Budget"
TITLE, PROGRESS, ACTION, COMMENT = "Title in Finnish", "Progress", "Action", "Comment"
ROWS = (
    (1, "Kirjasto auki", "tekninen", "Menossa", 10, 5),
    (2, "Satama", "sivistys", "Proposed", None, "ei tiedossa"),
    (3, "Tori", "sivistys", "Proposed", None, 3),
)


@pytest.fixture
def out(town):
    """A town with three items and a milestone, and its export open for editing."""
    town.put(rows=ROWS)
    town.write(add_parts, Milestone, [{"initiative_id": town.rows()[0].id, "title_fi": "Avajaiset"}])
    return town, Edited(take_out(town))


def shown(town, upload_id):
    return {one.value: n for one, n in ask(town, counts, upload_id).shown.items() if n}


def test_an_untouched_export_that_comes_back_has_nothing_to_apply(out):
    town, edited = out
    revision = town.revision()
    upload_id = returned(town, edited.save())
    assert (shown(town, upload_id), ask(town, counts, upload_id).ticked) == ({}, 0)
    apply(town, upload_id)
    assert town.revision() == revision


def test_disjoint_edits_of_two_files_are_both_kept(out):
    town, edited = out
    first = edited.put(ITEMS, 1, PROGRESS, 0.4).save()
    second = Edited(take_out(town)).put(ITEMS, 1, TITLE, "Kirjasto uudistuu").save()
    apply(town, returned(town, first))
    apply(town, returned(town, second))
    row = town.rows()[0]
    assert (row.progress, row.title_fi) == (40, "Kirjasto uudistuu")
    assert town.faults() == []


def test_a_conflict_tells_the_three_values_and_who_changed_the_present(out):
    town, edited = out
    town.write(update_initiatives, {town.rows()[0].id: {"progress": 70}})
    revision = town.revision()
    upload_id = returned(town, edited.put(ITEMS, 1, PROGRESS, 0.4).save())
    (row,) = ask(town, page, upload_id, PlanPart.CONFLICT).rows
    (cell,) = row.cells
    assert (cell.base, cell.current, cell.incoming) == (10, 70, 40)
    assert (cell.touch.revision_id, row.row.title) == (revision, "Kirjasto auki")
    with pytest.raises(Refusal):
        apply(town, upload_id)
    act(town, choose, upload_id, Choice.FILE, cell_ids=[cell.cell.id])
    apply(town, upload_id)
    assert town.rows()[0].progress == 40


def test_what_others_changed_meanwhile_is_told_and_kept(out):
    town, edited = out
    town.write(update_initiatives, {town.rows()[0].id: {"progress": 70}})
    upload_id = returned(town, edited.put(ITEMS, 1, TITLE, "Kirjasto uudistuu").save())
    assert shown(town, upload_id) == {"changed": 1, "kept": 1}
    apply(town, upload_id)
    assert (town.rows()[0].progress, town.rows()[0].title_fi) == (70, "Kirjasto uudistuu")


def test_a_year_s_money_is_decided_together(out):
    town, edited = out
    line = next(one for one in town.rows(BudgetLine) if one.planned == 5000)
    town.write(set_budget_cells, {(line.initiative_id, 2026, line.part, line.source_id): {"forecast": Decimal(1)}})
    heading = next(text for text in edited.header(MONEY)[1] if "2026" in text)
    edited.sheet(MONEY).cell(edited.row(MONEY, 1), edited.header(MONEY)[1][heading]).value = 9000
    upload_id = returned(town, edited.save())
    conflicts = cells(town, upload_id, outcome="conflict")
    assert len(conflicts) == 2
    act(town, choose, upload_id, Choice.FILE, cell_ids=[conflicts[0].id])
    assert {cell.choice for cell in cells(town, upload_id, outcome="conflict")} == {"file"}
    act(town, tick, upload_id, value=False, cell_ids=[conflicts[1].id])
    assert {cell.ticked for cell in cells(town, upload_id, outcome="conflict")} == {False}


def test_a_row_is_removed_when_the_action_column_says_so_and_stays_when_that_is_unticked(out):
    town, edited = out
    data = edited.put(ITEMS, 3, ACTION, "delete").save()
    upload_id = returned(town, data)
    assert (shown(town, upload_id), ask(town, counts, upload_id).ticked) == ({"removed": 1}, 1)
    act(town, tick, upload_id, value=False, row_ids=[planned_rows(town, upload_id)[0].id])
    apply(town, upload_id)
    assert (len(town.rows()), ask(town, leftovers, upload_id).unticked) == (3, 1)
    again = returned(town, data)
    apply(town, again)
    assert [row.title_fi for row in town.rows()] == ["Kirjasto auki", "Satama"]


def test_removing_what_others_changed_is_decided_as_a_whole(out):
    town, edited = out
    town.write(update_initiatives, {town.rows()[2].id: {"goals": "Torista tulee aukio"}})
    data = edited.put(ITEMS, 3, ACTION, "delete").save()
    upload_id = returned(town, data)
    (asked,) = cells(town, upload_id, outcome="conflict")
    with pytest.raises(Refusal):
        apply(town, upload_id)
    act(town, choose, upload_id, Choice.CURRENT, cell_ids=[asked.id])
    apply(town, upload_id)
    assert len(town.rows()) == 3
    again = returned(town, data)
    act(town, choose, again, Choice.FILE)
    assert ask(town, counts, again).ticked == 1
    apply(town, again)
    assert len(town.rows()) == 2


def test_what_others_removed_comes_back_when_the_file_is_chosen_and_stays_gone_otherwise(out):
    town, edited = out
    town.write(remove_initiatives, [town.rows()[0].id])
    data = edited.put(ITEMS, 1, TITLE, "Kirjasto uudistuu").save()
    dropped = returned(town, data)
    assert shown(town, dropped)["conflict"] == 1
    act(town, choose, dropped, Choice.CURRENT)
    apply(town, dropped)
    assert len(town.rows()) == 2
    back = returned(town, data)
    act(town, choose, back, Choice.FILE)
    apply(town, back)
    first = town.rows()[0]
    assert (first.title_fi, first.progress) == ("Kirjasto uudistuu", 10)
    assert town.faults() == []


def test_a_new_row_comes_in_once_however_often_its_file_does(out):
    town, edited = out
    for heading, value in ((TITLE, "Uimahalli"), ("Kind", "hanke"), (PROGRESS, 0.1)):
        edited.put(ITEMS, 4, heading, value)
    data = edited.save()
    first, second = returned(town, data), returned(town, data)
    assert shown(town, first) == {"new": 1}
    apply(town, first)
    with pytest.raises(StalePlanError):
        apply(town, second)
    plan(town, second)
    apply(town, second)
    assert [row.title_fi for row in town.rows(Initiative)].count("Uimahalli") == 1
    assert len(town.all(AddedRow)) == 1
    assert town.rows()[-1].source_key is None


def test_a_comment_comes_in_with_its_row_also_when_that_is_all_the_row_says(out):
    town, edited = out
    upload_id = returned(town, edited.put(ITEMS, 2, COMMENT, "Tarkistetaan syksyllä").save())
    assert shown(town, upload_id) == {"commented": 1}
    apply(town, upload_id)
    with open_session(town.engine, write=False) as session:
        told = session.execute(select(ImportOrigin.entity_id, ImportOrigin.comment).order_by(ImportOrigin.id)).all()
    assert [tuple(one) for one in told if one.comment] == [(town.rows()[1].id, "Tarkistetaan syksyllä")]


def test_a_reporter_s_plan_changes_the_own_unit_s_items_alone(out):
    town, edited = out
    unit = town.rows()[0].unit_id
    edited.put(ITEMS, 1, PROGRESS, 0.5).put(ITEMS, 2, PROGRESS, 0.5)
    upload_id = returned(town, edited.save(), "reporter", unit=unit)
    assert shown(town, upload_id) == {"changed": 1, "error": 1}
    apply(town, upload_id, "reporter", unit=unit)
    assert [row.progress for row in town.rows()] == [50, None, None]


def test_the_counts_of_an_import_are_of_what_was_done(out):
    town, edited = out
    town.write(update_initiatives, {town.rows()[1].id: {"progress": 70}})
    edited.put(ITEMS, 1, PROGRESS, 0.4).put(ITEMS, 1, TITLE, "Kirjasto uudistuu").put(ITEMS, 2, PROGRESS, 0.2)
    upload_id = returned(town, edited.save())
    act(town, choose, upload_id, Choice.FILE)
    act(town, tick, upload_id, value=False, cell_ids=[cells(town, upload_id, field="title_fi")[0].id])
    assert ask(town, counts, upload_id).ticked == 2
    apply(town, upload_id)
    done = town.all(ImportBatch)[-1].counts
    assert (done["changed"], done["conflicts"], done["kept"]) == (2, 0, 0)

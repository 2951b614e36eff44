"""What the importing person's access does not cover, in words that say what to do."""

import pytest

from portfolio.budgets.operations import lock_year
from portfolio.budgets.rules.lines import LOCKED
from portfolio.core.database import open_session
from portfolio.core.problem import Problem
from portfolio.exchange.apply import forbidden, telling
from portfolio.exchange.apply.telling import told_of
from portfolio.exchange.merge import Choice
from portfolio.exchange.operations.plans import choose
from portfolio.exchange.preview import errors
from portfolio.exchange.queries.plan import PlanPart, counts, page
from portfolio.files.cells import column_letter
from portfolio.organisation.models import Unit
from portfolio.register.operations import update_initiatives
from tests.exchange.returns import Edited, bring_in, messages, take_out
from tests.exchange.uploads import act, apply, ask, cells, planned_rows, returned

ITEMS, MONEY = "Initiatives", "Budget"
TITLE, UNIT, STATUS, PROGRESS, ACTION = "Title in Finnish", "Unit", "Status", "Progress", "Action"
ROWS = ((1, "Kirjasto auki", "tekninen", "Menossa", 10, 5), (2, "Satama", "sivistys", "Proposed", None, None))


@pytest.fixture
def out(small_town):
    """A town with two items, and its export open for editing."""
    small_town.put(rows=ROWS)
    return small_town, Edited(take_out(small_town))


def unit(town, code="tekninen"):
    return next(one.id for one in town.rows(Unit) if one.code == code)


def new_row(book, **cells):
    """Fill the row below the items."""
    for heading, value in {TITLE: "Uusi", "Kind": "hanke", "Notes": "x", **cells}.items():
        book.put(ITEMS, 3, heading, value)
    return book.save()


def as_reporter(town, data):
    return bring_in(town, data, keep=False, roles=("reporter",), unit=unit(town))


def told(done):
    """The problems of each cell that would be kept in error, with the column of the file."""
    rows = told_of(done, {}, "fi").rows
    return [(cell["problem"]["msgid"], cell["column"]) for row in rows for cell in row.cells if cell["problem"]]


def test_a_reporter_s_new_row_without_a_unit_is_told_once_where_to_write_it(out):
    town, book = out
    done = as_reporter(town, new_row(book))
    assert [msgid for msgid, _ in told(done)] == [forbidden.LACKS_UNIT]
    (fault,) = errors(done, "fi")
    assert fault["message"].startswith("Uudella rivillä ei ole yksikköä. Kirjoita sarakkeeseen ”Yksikkö”")


def test_a_new_row_of_another_s_unit_names_the_unit(out):
    town, book = out
    done = as_reporter(town, new_row(book, **{UNIT: "Sivistystoimiala"}))
    assert [msgid for msgid, _ in told(done)] == [forbidden.OTHERS_UNIT]
    assert "Sivistystoimiala" in errors(done, "fi")[0]["message"]


def test_a_new_row_of_one_s_own_unit_is_added(out):
    town, book = out
    done = as_reporter(town, new_row(book, **{UNIT: "Tekninen toimiala"}))
    assert (told(done), done.has_errors) == ([], False)


def test_who_may_add_no_rows_is_not_asked_for_a_unit(out):
    town, book = out
    done = bring_in(town, new_row(book), keep=False, roles=("viewer",))
    assert [msgid for msgid, _ in told(done)] == [forbidden.NOT_TO_ADD]


def test_a_removal_and_a_change_that_are_not_one_s_own_are_named_apart(out):
    town, book = out
    done = as_reporter(town, book.put(ITEMS, 2, ACTION, "poista").save())
    assert [msgid for msgid, _ in told(done)] == [forbidden.NOT_TO_REMOVE]
    done = as_reporter(town, Edited(take_out(town)).put(ITEMS, 2, "Notes", "x").save())
    assert [msgid for msgid, _ in told(done)] == [forbidden.NOT_YOURS]


def test_amounts_that_nobody_touched_are_no_errors_beside_one_that_cannot_be_read(out):
    town, book = out
    row, headings = book.header(MONEY)
    planned = next(heading for heading in headings if "2026" in heading)
    book.sheet(MONEY).cell(row + 1, headings[planned]).value = "viisi"
    upload_id = returned(town, book.save())
    assert [(cell.field, cell.outcome) for cell in cells(town, upload_id)] == [
        ("money:2026:operating:own:planned", "error")
    ]


def test_what_is_left_out_with_its_row_is_counted_by_its_error_alone(out):
    town, book = out
    book.put(ITEMS, 1, PROGRESS, "puolet").put(ITEMS, 1, "Notes", "x").put(ITEMS, 2, "Notes", "y")
    upload_id = returned(town, book.save())
    found = ask(town, counts, upload_id)
    shown = {one: count for one, count in found.shown.items() if count}
    assert (shown, found.cells, found.rows, found.blocked) == ({PlanPart.CHANGED: 1, PlanPart.ERROR: 1}, 1, 0, 1)
    assert ask(town, page, upload_id, PlanPart.CHANGED).total == 1
    whole = [cell for row in ask(town, page, upload_id).rows for cell in row.cells]
    assert len(whole) == 3  # the change that waits is still seen below its row


def test_a_new_row_in_error_is_no_new_row(out):
    town, book = out
    upload_id = returned(town, new_row(book, **{PROGRESS: "puolet"}))
    found = ask(town, counts, upload_id)
    assert (found.shown[PlanPart.NEW], found.shown[PlanPart.ERROR], found.ticked) == (0, 1, 0)


def test_a_step_that_the_lifecycle_lacks_names_the_present_status_and_those_allowed(out):
    town, book = out
    done = bring_in(town, book.put(ITEMS, 1, STATUS, "Ehdotettu").save(), keep=False)
    said = messages(done.faults, "fi")
    allowed = "Valmis, Tauolla, Lopetettu, Yhdistetty"
    assert said == [f"Tila on nyt ”Käynnissä”. Siitä ei pääse tilaan ”Ehdotettu”, vain: {allowed}."]


def conflicting(out):
    """Both changed the status of the first item, and what the file says would be refused."""
    town, book = out
    town.write(update_initiatives, {town.rows()[0].id: {"status": "completed"}})
    return town, returned(town, book.put(ITEMS, 1, STATUS, "Tauolla").save())


def test_a_conflict_that_a_rule_would_refuse_says_so_where_it_is_decided(out):
    town, upload_id = conflicting(out)
    (cell,) = cells(town, upload_id, outcome="conflict")
    assert cell.problem["msgid"] == telling.WOULD_BE_REFUSED
    act(town, choose, upload_id, Choice.CURRENT, cell_ids=[cell.id])
    apply(town, upload_id)
    assert town.rows()[0].status == "completed"


def test_a_conflict_decided_for_the_file_that_a_rule_refuses_is_told_at_its_cell(out):
    town, upload_id = conflicting(out)
    (cell,) = cells(town, upload_id, outcome="conflict")
    act(town, choose, upload_id, Choice.FILE, cell_ids=[cell.id])
    apply(town, upload_id)
    (error,) = cells(town, upload_id, outcome="error")
    assert (error.id, error.field) == (cell.id, "status")
    assert isinstance(error.problem, dict)
    assert [row.blocked for row in planned_rows(town, upload_id)] == [True]
    assert town.rows()[0].status == "completed"


def test_a_problem_without_a_cell_stands_by_its_row(out):
    town, book = out
    done = as_reporter(town, new_row(book))
    assert all(isinstance(one.problem, Problem) and one.row for one in done.faults)


def test_a_plan_of_an_approved_year_is_told_at_its_cell_and_the_rest_is_kept(out):
    town, book = out
    with open_session(town.engine, write=True) as session:
        lock_year(session, town.actor(session), 2026, None)
        session.commit()
    column = book.column(MONEY, "Talousarvio 2026, €")
    book.put(MONEY, 1, "Talousarvio 2026, €", 99_000)
    book.put(ITEMS, 2, "Notes", "x")
    done = bring_in(town, book.save(), keep=False)
    assert told(done) == [(LOCKED, column_letter(column))]
    assert len(done.left_out) == 1

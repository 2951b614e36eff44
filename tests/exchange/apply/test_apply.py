import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.budgets.models import BudgetLine
from portfolio.core.database import open_session
from portfolio.core.history import Change, Revision
from portfolio.core.problem import Refusal
from portfolio.core.rights import Actor, Grant, Role
from portfolio.exchange.apply.apply import AnotherPlanError, StalePlanError, apply_upload
from portfolio.exchange.models import ImportBatch, ImportOrigin, Upload, UploadState
from portfolio.exchange.operations.plans import tick
from portfolio.exchange.queries.plan import PlanPart, counts, leftovers
from portfolio.organisation.operations import put_units
from portfolio.register.models import Initiative, Milestone
from portfolio.register.operations import add_parts, create_initiatives, remove_initiatives, update_initiatives
from tests.exchange.uploads import act, apply, ask, cells, plan, planned_rows, send, sent, state

CHANGED = ((1, "Kirjasto auki", "tekninen", "Menossa", 40, 6), (2, "Satama-alue", "sivistys", "Proposed", None, 7))


def test_a_plan_that_is_kept_is_applied_as_it_was_planned(town):
    upload_id = sent(town)
    assert (town.rows(), state(town, upload_id)) == ([], UploadState.CHECKED)
    batch_id = apply(town, upload_id)
    first, second = town.rows()
    assert (first.title_fi, first.progress, first.source_key, second.title_fi) == ("Kirjasto auki", 10, "1", "Satama")
    money = {line.initiative_id: line.planned for line in town.rows(BudgetLine)}
    assert money == {first.id: Decimal(5000), second.id: None}
    (batch,) = town.all(ImportBatch)
    assert (batch.id, batch.counts["added"], batch.revision_id) == (batch_id, 2, town.revision())
    assert [(one.sheet, one.row) for one in town.all(ImportOrigin)] == [("Toimenpiteet", 2), ("Toimenpiteet", 3)]
    assert town.faults() == []


def test_an_applied_import_is_one_revision_signed_with_the_file(town):
    apply(town, sent(town))
    with open_session(town.engine, write=False) as session:
        revision = session.scalar(select(Revision).order_by(Revision.id.desc()))
    assert (revision.id, revision.source, revision.source_ref) == (2, "import", "tiedosto.xlsx")


def test_changed_cells_are_written_and_nothing_else(town):
    apply(town, sent(town))
    upload_id = sent(town, CHANGED)
    assert ask(town, counts, upload_id).shown[PlanPart.CHANGED] == 4
    apply(town, upload_id)
    with open_session(town.engine, write=False) as session:
        written = session.execute(select(Change.field).where(Change.revision_id == town.revision())).scalars().all()
    assert sorted(written) == ["planned", "planned", "progress", "title_fi"]
    assert [row.progress for row in town.rows()] == [40, None]
    assert town.faults() == []


def test_the_same_upload_applied_twice_is_one_import(town):
    upload_id = sent(town)
    first = apply(town, upload_id)
    assert apply(town, upload_id) == first
    assert (len(town.all(ImportBatch)), town.revision(), len(town.rows())) == (1, 2, 2)


def test_the_same_bytes_uploaded_twice_change_nothing_the_second_time(town):
    first = apply(town, sent(town))
    again = sent(town)
    assert ask(town, counts, again).ticked == 0
    assert apply(town, again) == first
    assert (town.revision(), len(town.all(ImportBatch)), state(town, again)) == (2, 1, UploadState.APPLIED)


def test_two_uploads_of_the_same_new_rows_planned_before_either_is_applied_add_them_once(town):
    one, other = sent(town), sent(town)
    apply(town, one)
    with pytest.raises(StalePlanError):
        apply(town, other)
    plan(town, other)
    apply(town, other)
    assert len(town.rows()) == 2


def test_a_plan_is_stale_when_others_changed_a_row_that_it_writes_and_says_what(town):
    apply(town, sent(town))
    upload_id = sent(town, CHANGED)
    first = town.rows()[0]
    town.write(update_initiatives, {first.id: {"goals": "Uusi tavoite"}})
    with pytest.raises(StalePlanError) as stale:
        apply(town, upload_id)
    assert stale.value.touched == (("initiative", first.id, "Kirjasto auki", "goals"),)
    assert [row.progress for row in town.rows()] == [10, None]


def test_a_plan_is_not_stale_when_others_changed_what_it_does_not_touch(town):
    apply(town, sent(town))
    upload_id = sent(town, [CHANGED[0], (2, "Satama", "sivistys", "Proposed", None, "ei tiedossa")])
    town.write(update_initiatives, {town.rows()[1].id: {"goals": "Uusi tavoite"}})
    apply(town, upload_id)
    assert town.rows()[0].progress == 40


def test_money_that_others_wrote_makes_a_plan_of_the_same_item_stale(town):
    from portfolio.budgets.operations import set_budget_cells

    apply(town, sent(town))
    upload_id = sent(town, CHANGED)
    line = town.rows(BudgetLine)[0]
    town.write(set_budget_cells, {(line.initiative_id, 2026, line.part, line.source_id): {"planned": Decimal(9)}})
    with pytest.raises(StalePlanError):
        apply(town, upload_id)


def test_what_is_not_ticked_is_left_and_counted(town):
    apply(town, sent(town))
    upload_id = sent(town, CHANGED)
    title = cells(town, upload_id, field="title_fi")[0]
    act(town, tick, upload_id, value=False, cell_ids=[title.id])
    apply(town, upload_id)
    assert [(row.title_fi, row.progress) for row in town.rows()] == [("Kirjasto auki", 40), ("Satama", None)]
    left = ask(town, leftovers, upload_id)
    assert (left.unticked, left.blocked) == (1, 0)
    batch = town.all(ImportBatch)[-1]
    assert (batch.counts["changed"], batch.counts["unchanged"]) == (3, 11)


def test_a_new_row_that_is_not_ticked_is_not_made(town):
    upload_id = sent(town)
    act(town, tick, upload_id, value=False, row_ids=[planned_rows(town, upload_id)[1].id])
    apply(town, upload_id)
    assert [row.title_fi for row in town.rows()] == ["Kirjasto auki"]
    assert ask(town, leftovers, upload_id).unticked == 1


def test_a_row_in_error_is_left_whole_and_named(town):
    apply(town, sent(town))
    upload_id = sent(town, [(1, "Uusi nimi", "olematon", "Menossa", 40, 6), CHANGED[1]])
    apply(town, upload_id)
    assert [row.title_fi for row in town.rows()] == ["Kirjasto auki", "Satama-alue"]
    assert ask(town, leftovers, upload_id).blocked == 1


def test_what_a_room_would_refuse_is_an_error_in_the_plan_already(town):
    head = ("Nro", "Toimenpide", "Tila", "Valmistunut")
    apply(town, sent(town, [(1, "Kirjasto", "Menossa", "")], head))
    done = (1, "Kirjasto", "Proposed", "")  # the lifecycle has no such step
    upload_id = sent(town, [done], head)
    (cell,) = cells(town, upload_id)
    assert (cell.outcome, cell.field, "cannot become" in cell.problem["msgid"]) == ("error", "status", True)
    apply(town, upload_id)
    assert town.rows()[0].status == "under_way"


def test_field_rights_are_judged_again_when_the_plan_is_applied(town):
    head = ("Nro", "Toimenpide", "Vastuualue", "Valmiina", "Luokka")
    apply(town, sent(town, [(1, "Kirjasto", "tekninen", 10, "Kehittämishanke")], head))
    unit = town.rows()[0].unit_id
    upload_id = sent(town, [(1, "Kirjasto", "tekninen", 20, "Laajempi muutos")], head)  # planned as the office
    apply(town, upload_id, "reporter", unit=unit)
    assert town.rows()[0].progress == 10, "nothing of a refused row is written"
    assert ask(town, leftovers, upload_id).blocked == 1
    assert "access" in cells(town, upload_id, field="")[0].problem["msgid"]
    assert town.faults() == []


def test_only_the_sender_applies_a_plan(town):
    upload_id = sent(town, user_id=7)
    other = Actor(8, "toinen", 1, (Grant(Role.ADMIN),), dt.datetime.now(dt.UTC))
    with open_session(town.engine, write=True) as session:
        upload = session.get_one(Upload, upload_id)
        with pytest.raises(Refusal):
            apply_upload(session, other, upload, upload.plan_hash)


def test_only_the_plan_that_was_looked_at_is_applied(town):
    upload_id = sent(town)
    (seen,) = ask(town, lambda session: session.scalars(select(Upload.plan_hash)).all())
    town.write(put_units, {"muu": {"name_fi": "Muu"}})
    plan(town, upload_id)
    with pytest.raises(AnotherPlanError):
        apply(town, upload_id, seen=seen)
    assert town.rows() == []
    assert state(town, upload_id) is UploadState.CHECKED


def test_an_upload_without_a_plan_is_not_applied(town):
    with pytest.raises(Refusal):
        apply(town, send(town))


def test_a_new_plan_keeps_what_was_ticked_and_chosen_of_the_same_values(town):
    apply(town, sent(town))
    upload_id = sent(town, CHANGED)
    act(town, tick, upload_id, value=False, cell_ids=[cells(town, upload_id, field="title_fi")[0].id])
    town.write(update_initiatives, {town.rows()[1].id: {"goals": "Uusi tavoite"}})
    plan(town, upload_id)
    assert [cell.ticked for cell in cells(town, upload_id, field="title_fi")] == [False]
    assert {cell.ticked for cell in cells(town, upload_id, field="progress")} == {True}


def test_parts_of_new_items_come_in_with_them(town):
    sheets = {
        "Toimenpiteet": [("Nro", "Toimenpide"), (1, "Kirjasto")],
        "Etapit": [("Etappi", "Kohde", "Milloin"), ("Avajaiset", "1", "syksy 2026")],
    }
    apply(town, sent(town, sheets=sheets))
    (milestone,) = town.rows(Milestone)
    assert milestone.initiative_id == town.rows()[0].id
    again = {**sheets, "Etapit": [("Etappi", "Kohde", "Milloin"), ("Avajaiset", "1", "kevät 2027")]}
    apply(town, sent(town, sheets=again))
    assert town.rows(Milestone)[0].timespan.words == "kevät 2027"
    assert town.faults() == []


def test_a_part_of_a_row_that_is_not_ticked_is_left_with_it(town):
    sheets = {
        "Toimenpiteet": [("Nro", "Toimenpide"), (1, "Kirjasto")],
        "Etapit": [("Etappi", "Kohde", "Milloin"), ("Avajaiset", "1", "syksy 2026")],
    }
    upload_id = sent(town, sheets=sheets)
    act(town, tick, upload_id, value=False, row_ids=[planned_rows(town, upload_id)[0].id])
    apply(town, upload_id)
    assert (town.rows(), town.rows(Milestone)) == ([], [])
    assert ask(town, leftovers, upload_id).blocked == 1


def test_a_removed_item_that_the_file_has_again_comes_back_with_its_new_values(town):
    apply(town, sent(town))
    town.write(remove_initiatives, [town.rows()[0].id])
    apply(town, sent(town, [(1, "Kirjasto takaisin", "tekninen", "Menossa", 10, 5)]))
    assert [row.title_fi for row in town.rows()] == ["Kirjasto takaisin", "Satama"]
    assert town.faults() == []


def test_what_a_plan_refers_to_must_still_be_there(town):
    from portfolio.organisation.models import Post
    from portfolio.organisation.operations import remove_post

    head = ("Nro", "Toimenpide", "Vastuuhenkilö")
    upload_id = sent(town, [(1, "Kirjasto", "Tekninen johtaja")], head)
    town.write(remove_post, town.rows(Post)[0].id)
    with pytest.raises(StalePlanError):
        apply(town, upload_id)


def test_bytes_go_when_nothing_is_left_and_stay_while_something_is(town):
    whole = sent(town)
    apply(town, whole)
    partly = sent(town, [(1, "Uusi nimi", "olematon", "Menossa", 40, 6), CHANGED[1]])
    apply(town, partly)
    with open_session(town.engine, write=False) as session:
        kept = {one.id: one.data is not None for one in session.scalars(select(Upload))}
    assert kept == {whole: False, partly: True}


def test_an_item_made_on_screen_meanwhile_makes_a_plan_of_new_rows_stale(town):
    apply(town, sent(town, [(1, "Kirjasto", "tekninen", "Menossa", 10, 5)]))
    upload_id = sent(town)
    first = town.rows()[0]
    draft = {"portfolio_id": first.portfolio_id, "kind": first.kind, "title_fi": "Satama", "number": "2"}
    town.write(create_initiatives, [draft])
    with pytest.raises(StalePlanError):
        apply(town, upload_id)
    plan(town, upload_id)
    apply(town, upload_id)
    assert len(town.rows(Initiative)) == 2


def test_a_milestone_of_an_item_does_not_make_a_plan_of_the_item_stale(town):
    apply(town, sent(town))
    upload_id = sent(town, CHANGED)
    town.write(add_parts, Milestone, [{"initiative_id": town.rows()[0].id, "title_fi": "Avajaiset"}])
    apply(town, upload_id)
    assert town.rows()[0].progress == 40

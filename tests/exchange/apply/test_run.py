import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.budgets.models import BudgetLine
from portfolio.core.database import open_session
from portfolio.core.history import Revision
from portfolio.core.problem import Refusal
from portfolio.exchange.apply import summary
from portfolio.exchange.models import ImportBatch, ImportOrigin
from portfolio.exchange.preview import preview
from portfolio.exchange.queries import origins_of
from portfolio.organisation.models import Post, Unit
from portfolio.organisation.operations import create_post, update_post, update_unit
from portfolio.register.models import Category, Initiative, InitiativeCategory
from portfolio.register.operations import remove_initiatives, update_category, update_initiatives
from portfolio.register.rules import Status
from tests.exchange.towns import FIRST, HEAD, START


def counts(done):
    """The summary, of which the cells always add up."""
    found = summary(done)
    five = sum(found[name] for name in ("changed", "unchanged", "kept", "conflicts", "errors"))
    if not found["added"]:
        assert five == found["cells"]
    return {name: count for name, count in found.items() if count and name not in {"cells", "rows", "unchanged"}}


def test_new_rows_become_initiatives_with_codes_money_and_a_place_in_the_file(town):
    done = town.put()
    first, second = town.rows()
    assert (first.code[:5], first.title_fi, first.status, first.progress) == (
        "K-001",
        "Kirjasto auki",
        Status.UNDER_WAY,
        10,
    )
    assert first.source_key == "1"
    money = {line.initiative_id: (line.year, line.planned) for line in town.rows(BudgetLine)}
    assert money == {first.id: (2026, Decimal(5000)), second.id: (2026, None)}
    with open_session(town.engine, write=False) as session:
        (origin,) = origins_of(session, first.municipality_id, "initiative", first.id)
    assert (origin.file_name, origin.sheet, origin.row) == ("tiedosto.xlsx", "Toimenpiteet", 2)
    assert counts(done) == {"added": 2}
    assert done.batch.revision_id == town.revision() == 2
    assert town.faults() == []


def test_an_import_is_one_revision_signed_with_the_file(town):
    town.put()
    with open_session(town.engine, write=False) as session:
        revision = session.scalar(select(Revision).order_by(Revision.id.desc()))
    assert (revision.id, revision.source, revision.source_ref) == (2, "import", "tiedosto.xlsx")


def test_the_same_file_twice_changes_nothing_and_records_nothing(town):
    town.put()
    again = town.put()
    assert (counts(again), again.batch, town.revision()) == ({}, None, 2)
    assert len(town.all(ImportBatch)) == 1


def test_the_same_rows_in_another_order_and_file_are_the_same_import(town):
    town.put()
    again = town.put(rows=FIRST[::-1], name="kopio.xlsx")
    assert (counts(again), again.batch) == ({}, None)


def test_the_same_file_changes_nothing_after_a_later_file_has_changed_the_data(town):
    town.put()
    town.put(rows=[(1, "Kirjasto auki", "tekninen", "Completed", 100, 7), FIRST[1]])
    revision = town.revision()
    again = town.put()
    assert counts(again) == {"kept": 3}
    assert (again.batch, town.revision()) == (None, revision)
    assert town.rows()[0].progress == 100


def test_the_same_file_changes_nothing_after_a_person_has_changed_the_data(town):
    town.put()
    town.write(update_initiatives, {town.rows()[0].id: {"title_fi": "Uusi nimi", "progress": None}})
    assert counts(town.put()) == {"kept": 2}
    assert town.rows()[0].title_fi == "Uusi nimi"


def test_the_same_file_changes_nothing_after_what_it_refers_to_was_renamed(town):
    head = ("Nro", "Toimenpide", "Vastuualue", "Vastuuhenkilö", "Luokka")
    rows = [(1, "Kirjasto", "Tekninen toimiala", "Tekninen johtaja", "Kehittämishanke")]
    town.put(head=head, rows=rows)
    for model, operation in ((Unit, update_unit), (Post, update_post), (Category, update_category)):
        name = "title_fi" if model is Post else "name_fi"
        codes = {"tekninen", "johtaja", "hanke"}
        own = next(one.id for one in town.rows(model) if one.code in codes)
        town.write(operation, own, {name: "Uusi nimi"})
    done = town.put(head=head, rows=rows)
    assert (done.faults, counts(done), done.batch) == ([], {}, None)


def test_a_blank_that_left_a_value_alone_leaves_it_alone_the_second_time_too(town):
    town.put()
    blank = [(1, "Kirjasto auki", "tekninen", None, None, None)]
    assert counts(town.put(rows=blank)) == {"not_in_file": 1}
    assert counts(town.put(rows=blank)) == {"kept": 3, "not_in_file": 1}
    assert town.rows()[0].progress == 10


def test_a_blank_beside_what_a_column_holds_by_default_is_unchanged(town):
    profile = replace(town.profile, sheets=tuple(map(_with_defaults, town.profile.sheets)))
    head = (*HEAD, "Vaikutus", "Ydin", "Julkisuus")
    rows = [(1, "Kirjasto auki", None, None, None, None, None, None, None)]
    town.put(head=head, rows=rows, profile=profile)
    assert counts(town.put(head=head, rows=rows, profile=profile)) == {}
    town.write(update_initiatives, {town.rows()[0].id: {"core_process": True}})
    assert counts(town.put(head=head, rows=rows, profile=profile)) == {"kept": 1}


def _with_defaults(sheet):
    return replace(sheet, columns={**sheet.columns, "budget_effect": ["Vaikutus"], "core_process": ["Ydin"]})


def test_another_file_changes_what_it_says_otherwise_and_leaves_its_blanks_alone(town):
    town.put()
    done = town.put(rows=[(1, "Kirjasto auki", None, "Completed", None, 6), (3, "Tori", "", "", "", "")])
    assert counts(done) == {"added": 1, "changed": 2, "not_in_file": 1}
    first, second, third = town.rows()
    assert (first.status, first.progress, first.unit_id is None) == (Status.COMPLETED, 10, False)
    assert (second.title_fi, third.title_fi) == ("Satama", "Tori")
    assert town.rows(BudgetLine)[0].planned == Decimal(6000)


def test_a_missing_row_is_never_a_deletion(town):
    town.put()
    assert counts(town.put(rows=FIRST[:1])) == {"not_in_file": 1}
    assert len(town.rows()) == 2


def test_every_error_is_told_and_nothing_is_written(town):
    done = town.put(rows=[(1, "Kirjasto", "tekninen", "Menossa", "paljon", 5), (2, "Satama", "satama", "", "", "")])
    assert [(fault.place.row, fault.place.column) for fault in done.faults] == [(2, "E"), (3, "C")]
    assert counts(done) == {"errors": 2}
    assert (town.rows(), town.all(ImportBatch), town.revision()) == ([], [], 1)


def test_what_a_room_refuses_is_told_at_its_cell(town):
    head = ("Nro", "Toimenpide", "Aikataulu", "Valmistunut")
    done = town.put(head=head, rows=[(1, "Kirjasto", "1.5.2026", dt.date(2026, 1, 1)), (2, "Satama", "", "")])
    (fault,) = done.faults
    assert (fault.place.row, fault.place.column, fault.value) == (2, "D", dt.date(2026, 1, 1))
    assert counts(done) == {"added": 1, "errors": 1}
    assert town.rows() == []


def test_a_step_that_the_lifecycle_does_not_have_is_told_at_the_status(town):
    town.put(rows=[(1, "Kirjasto", "", "Rejected", "", "")])
    done = town.put(rows=[(1, "Kirjasto", "", "Completed", "", "")])
    (fault,) = done.faults
    assert (fault.place.column, counts(done)) == ("D", {"errors": 1})


def test_partial_leaves_rows_with_errors_out_and_takes_them_when_they_are_mended(town):
    bad = (2, "Satama", "satamalaitos", "Proposed", None, None)
    done = town.put(rows=[FIRST[0], bad], keep="partial")
    assert [row.title_fi for row in town.rows()] == ["Kirjasto auki"]
    assert counts(done) == {"added": 1, "errors": 1}
    town.write(update_initiatives, {town.rows()[0].id: {"progress": 50}})
    units = {"Muu": [("Tunnus", "Yksikkö", "Ylempi"), ("satama", "Satamalaitos", "kunta")]}
    done = town.put({**units, "Toimenpiteet": [HEAD, FIRST[0], bad]}, keep="partial")
    assert [row.title_fi for row in town.rows()] == ["Kirjasto auki", "Satama"]


def test_the_same_file_after_its_errors_were_mended_elsewhere_brings_only_what_was_left_out(town):
    rows = [FIRST[0], (2, "Satama", "satama", "Proposed", None, None)]
    town.put(rows=rows, keep="partial")
    town.write(update_initiatives, {town.rows()[0].id: {"progress": 50}})
    from portfolio.organisation.operations import create_unit

    town.write(create_unit, {"code": "satama", "name_fi": "Satama"})
    done = town.put(rows=rows)
    assert counts(done) == {"added": 1, "kept": 1}
    assert [row.progress for row in town.rows()] == [50, None]


def test_the_same_file_after_another_post_got_the_same_title_tells_the_error_and_no_base(town):
    head, rows = [*HEAD[:3], "Vastuuhenkilö"], [(1, "Kirjasto", "tekninen", "Tekninen johtaja")]
    town.put(head=head, rows=rows)
    (unit,) = (one for one in town.rows(Unit) if one.code == "sivistys")
    town.write(create_post, {"code": "toinen", "title_fi": "Tekninen johtaja", "unit_id": unit.id})
    told = preview(town.put(head=head, rows=rows), "tiedosto.xlsx", "kunta", None, "fi")
    assert told["errors"]
    assert {one["base"] for one in told["changes"] if one["outcome"] == "error"} == {None}
    assert json.dumps(told)


def test_an_item_made_on_screen_is_found_by_the_profile_s_identity(town):
    town.put(rows=FIRST[:1])
    first = town.rows()[0]
    from portfolio.register.operations import create_initiatives

    draft = {"portfolio_id": first.portfolio_id, "kind": first.kind, "title_fi": "Satama", "number": "2"}
    town.write(create_initiatives, [draft])
    done = town.put()
    assert counts(done) == {"changed": 2}
    assert len(town.rows()) == 2


def test_a_removed_item_that_a_new_file_has_again_comes_back_and_that_is_told(town):
    town.put()
    town.write(remove_initiatives, [town.rows()[0].id])
    assert len(town.rows()) == 1
    again = town.put()
    assert len(town.rows()) == 1, "the same file knows that it was removed since"
    assert counts(again) == {"kept": len(HEAD) + 1}
    done = town.put(rows=[(1, "Kirjasto takaisin", "tekninen", "Menossa", 10, 5)])
    assert [row.title_fi for row in town.rows()] == ["Kirjasto takaisin", "Satama"]
    assert any("came back" in notice.msgid for notice in done.notices)


def test_time_words_that_someone_confirmed_stay_confirmed(town):
    head = ("Nro", "Toimenpide", "Aikataulu")
    town.put(head=head, rows=[(1, "Kirjasto", "toukokuussa")])
    (row,) = town.rows()
    confirmed = row.timespan.__class__(
        "toukokuussa", dt.date(2026, 5, 1), dt.date(2026, 5, 31), "month", "month", "during"
    )
    town.write(update_initiatives, {row.id: {"timespan": confirmed}})
    done = town.put(head=head, rows=[(1, "Kirjasto uusi", "toukokuussa")])
    assert counts(done) == {"changed": 1}
    assert town.rows()[0].timespan == confirmed


def test_nothing_is_imported_before_what_precedes_it(town):
    town.put()
    town.hours = -48
    with pytest.raises(Refusal):
        town.put(rows=FIRST[:1])


def test_a_reporter_changes_the_own_unit_s_content_and_nothing_else(town):
    head = ("Nro", "Toimenpide", "Vastuualue", "Valmiina", "Luokka", "Julkisuus")
    town.put(
        head=head, rows=[(1, "Kirjasto", "tekninen", 10, "Kehittämishanke", ""), (2, "Satama", "sivistys", 10, "", "")]
    )
    unit = town.rows()[0].unit_id
    rows = [(1, "Kirjasto", "tekninen", 20, "Laajempi muutos", "Public"), (2, "Satama", "sivistys", 20, "", "")]
    done = town.put(head=head, rows=rows, roles=["reporter"], unit=unit, keep="partial")
    wrong = {(row.key[1], cell.field) for row in done.plan.rows for cell in row.cells if cell.outcome == "error"}
    assert wrong == {
        ("kunta-ohjelma/1", "category:luokka"),
        ("kunta-ohjelma/1", "publicity"),
        ("kunta-ohjelma/2", "progress"),
    }
    done = town.put(
        head=head,
        rows=[(1, "Kirjasto", "tekninen", 20, "", ""), (2, "Satama", "", "", "", "")],
        roles=["reporter"],
        unit=unit,
    )
    assert counts(done) == {"changed": 1}
    assert [row.progress for row in town.rows()] == [20, 10]


def test_a_viewer_changes_nothing(town):
    town.put()
    done = town.put(rows=[(1, "Muu nimi", "tekninen", "Menossa", 10, 6), (9, "Uusi", "", "", "", "")], roles=["viewer"])
    assert done.has_errors
    assert counts(done) == {"errors": 3, "not_in_file": 1}


def test_classes_change_and_several_of_one_scheme_are_a_list(town):
    head = ("Nro", "Toimenpide", "Luokka", "Teema")
    town.put(head=head, rows=[(1, "Kirjasto", "Kehittämishanke", "Arki; Yritykset")])
    assert len(town.rows(InitiativeCategory)) == 3
    done = town.put(head=head, rows=[(1, "Kirjasto", "Laajempi muutos", "Yritykset")])
    assert counts(done) == {"changed": 2}
    assert len(town.rows(InitiativeCategory)) == 2


def test_an_import_is_kept_with_its_counts_and_origins_are_kept_for_each_row(town):
    town.put()
    (batch,) = town.all(ImportBatch)
    assert (batch.profile, batch.counts["added"], batch.applied_at) == ("kunta", 2, START + dt.timedelta(hours=1))
    assert len(town.all(ImportOrigin)) == 2


def test_a_plain_read_finds_nothing_of_an_import_that_was_given_up(town):
    town.put(keep=False)
    assert (town.rows(), town.all(ImportBatch), town.all(ImportOrigin), town.revision()) == ([], [], [], 1)
    town.put()
    assert len(town.rows(Initiative)) == 2

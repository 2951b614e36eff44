"""Without an export's base: what a named profile knows from its last import, what a guess asks, and what clears."""

from dataclasses import replace

from portfolio.core.database import open_session
from portfolio.exchange.apply import ByProfile, Options, plan_import
from portfolio.exchange.apply.alike import LOOKS_ALIKE
from portfolio.files.workbook import read_workbook
from portfolio.register.operations import update_initiatives
from tests.exchange.returns import outcomes
from tests.exchange.towns import FIRST, HEAD, START
from tests.workbooks import workbook_bytes


def rows(**first):
    """The town's two rows, the first with other cells."""
    names = dict(zip(HEAD, FIRST[0], strict=True))
    return (tuple({**names, **first}.values()), FIRST[1])


def on_screen(town, **values):
    town.write(update_initiatives, {town.rows()[0].id: values})


def look(town, some, **way):
    """Plan a workbook of the profile without writing."""
    with open_session(town.engine, write=False) as session:
        workbook = read_workbook(workbook_bytes({"Toimenpiteet": [HEAD, *some]}), "tiedosto.xlsx")
        municipality = town.municipality(session)
        actor = town.actor(session)
        return plan_import(
            session, actor, municipality, workbook, ByProfile(town.profile, **way), Options(START.date())
        )


def test_what_a_person_changed_since_the_last_import_is_kept_while_the_file_says_what_it_said(small_town):
    small_town.put()
    on_screen(small_town, progress=60)
    done = small_town.put(rows=rows(Toimenpide="Kirjasto auki yöllä"))
    assert outcomes(done) == {"progress": "keep", "title_fi": "apply"}
    assert (small_town.rows()[0].progress, small_town.rows()[0].title_fi) == (60, "Kirjasto auki yöllä")


def test_what_both_changed_since_the_last_import_is_a_conflict(small_town):
    small_town.put()
    on_screen(small_town, progress=60)
    assert outcomes(look(small_town, rows(Valmiina=20))) == {"progress": "conflict"}
    assert outcomes(look(small_town, rows(Valmiina=60, Toimenpide="X"))) == {
        "progress": "converged",
        "title_fi": "apply",
    }


def test_a_blank_stays_unchanged_by_a_profile_and_a_mark_clears(small_town):
    small_town.put()
    assert outcomes(look(small_town, rows(Valmiina=None, Vastuualue=None, Toimenpide="X"))) == {"title_fi": "apply"}
    done = small_town.put(rows=rows(Valmiina="<tyhjennä>", Vastuualue="<Töm>"))
    assert outcomes(done) == {"progress": "apply", "unit": "apply"}
    assert (small_town.rows()[0].progress, small_town.rows()[0].unit_id) == (None, None)


def test_a_required_field_cannot_be_cleared_by_the_mark(small_town):
    small_town.put()
    done = look(small_town, rows(Toimenpide="<clear>"))
    assert done.has_errors


def test_by_a_guess_every_difference_is_a_choice_and_new_rows_are_still_new(small_town):
    small_town.put()
    some = (*rows(Valmiina=20), (3, "Uusi hanke", "tekninen", "Menossa", 0, 1))
    done = look(small_town, some, guessed=True)
    assert {cell.outcome for row in done.plan.rows if row.fate == "merge" for cell in row.cells} == {"conflict"}
    assert [row.fate for row in done.plan.rows if row.cells] == ["merge", "add"]


def test_a_plan_is_made_in_a_session_that_only_reads(small_town):
    before = small_town.revision()
    assert look(small_town, FIRST).plan.rows
    assert small_town.revision() == before


def by_default(town, **defaults):
    """The town's profile whose kind holds for new rows only."""
    table, *others = town.profile.sheets
    table = replace(table, constants={}, defaults={"kind": "project", **defaults})
    town.profile = replace(town.profile, sheets=(table, *others))


def test_a_default_of_the_profile_makes_new_rows_and_changes_none_that_are_there(small_town):
    small_town.put()
    by_default(small_town)
    some = (*rows(Toimenpide="Kirjasto auki yöllä"), (3, "Uusi hanke", "tekninen", "Menossa", 0, 1))
    done = small_town.put(rows=some)
    assert outcomes(done)["title_fi"] == "apply"
    assert [one.kind for one in small_town.rows()] == ["measure", "measure", "project"]


def test_a_default_gives_way_to_what_a_new_row_says(small_town):
    by_default(small_town, status="approved")
    small_town.put(rows=(FIRST[0], (2, "Satama", "sivistys", None, None, None)))
    assert [one.status for one in small_town.rows()] == ["under_way", "approved"]


def test_a_new_row_that_looks_like_an_item_is_told_by_a_known_profile_too(small_town):
    small_town.put()
    done = look(small_town, (*FIRST, (3, "Kirjasto aukki", "tekninen", "Menossa", 0, 1)))
    assert [one.params["other"] for one in done.notices if one.msgid == LOOKS_ALIKE] == ["Kirjasto auki"]

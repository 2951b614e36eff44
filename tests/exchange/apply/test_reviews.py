"""A round of reviews that goes out as a workbook, is answered in it and comes back."""

import datetime as dt
from decimal import Decimal

import pytest

from portfolio.exchange.apply import summary
from portfolio.exchange.apply.stale import StalePlanError
from portfolio.reviews import operations
from portfolio.reviews.models import Review, ReviewAnswer, ReviewQuestion
from portfolio.reviews.rules import Health, Verdict
from tests.exchange import uploads
from tests.exchange.asked import (
    CONTINUE,
    GREEN,
    HEALTH,
    REASON,
    SHEET,
    SUBMIT,
    SUBMITTED,
    VERDICT,
    WAITING,
    WHOLE,
    YELLOW,
    open_round,
    review_of,
    states,
    take_out_round,
    unit_id,
    write_review,
)
from tests.exchange.returns import Edited, bring_in, changes, messages, outcomes


@pytest.fixture
def edited(town):
    """The workbook of an open round of four measures."""
    return Edited(take_out_round(town, open_round(town)))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_untouched_workbook_changes_nothing(town, language):
    last = open_round(town, 2025, question="Mitä opittiin?")
    write_review(
        town,
        operations.submit_reviews,
        review_of(town).id,
        {**WHOLE, "progress": 0, "money_used": Decimal("1234.50"), "done": "=ei kaava"},
    )
    this = open_round(town, 2026, question="Mitä opittiin?")
    write_review(town, operations.write_answers, review_of(town).id, {"health": Health.RED, "progress": 30})
    revision = town.revision()
    for round_id in (last, this):
        done = bring_in(town, take_out_round(town, round_id, language=language))
        assert (messages(done.faults), messages(done.notices), changes(done)) == ([], [], {})
        assert done.plan.not_in_file == ()
    assert town.revision() == revision


def test_a_row_that_tells_how_it_goes_and_what_becomes_of_it_is_submitted(town):
    edited = Edited(take_out_round(town, open_round(town)))
    edited.put(SHEET, 1, HEALTH, YELLOW).put(SHEET, 1, REASON, "Toimittaja viivästyy")
    edited.put(SHEET, 1, VERDICT, CONTINUE).put(SHEET, 1, "Money used in the period", 1500.5)
    edited.put(SHEET, 1, "Progress", 0.6)

    done = bring_in(town, edited.save())

    assert messages(done.faults) == []
    assert changes(done)["review", "submitted"] is True
    found = review_of(town)
    assert (found.state, found.health, found.verdict) == (SUBMITTED, Health.YELLOW, Verdict.CONTINUE)
    assert (found.progress, found.money_used, found.health_reason) == (60, Decimal("1500.50"), "Toimittaja viivästyy")
    assert states(town)[1:] == [WAITING] * 3
    assert town.faults() == []


def test_a_row_that_is_not_whole_is_kept_as_part_of_an_answer(town, edited):
    edited.put(SHEET, 2, "What was done", "Puolet tehty")
    bring_in(town, edited.save())
    found = review_of(town, 2)
    assert (found.state, found.done) == (WAITING, "Puolet tehty")


def test_no_in_the_column_keeps_a_whole_row_for_later_and_yes_submits_one_that_is_as_it_was(town):
    identity = open_round(town)
    write_review(town, operations.write_answers, review_of(town, 2).id, WHOLE)
    edited = Edited(take_out_round(town, identity))
    edited.put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, CONTINUE).put(SHEET, 1, SUBMIT, "ei")
    edited.put(SHEET, 2, SUBMIT, "Kyllä")
    bring_in(town, edited.save())
    assert states(town) == [WAITING, SUBMITTED, WAITING, WAITING]
    assert review_of(town, 1).health is Health.GREEN


def test_yes_on_a_row_that_is_not_whole_is_told_at_its_cells(town, edited):
    edited.put(SHEET, 1, SUBMIT, "kyllä").put(SHEET, 1, HEALTH, YELLOW)
    done = bring_in(town, edited.save())
    assert messages(done.faults) == [
        "Tell the reason: yellow and red are never without one.",
        "Choose what is to become of it.",
    ]
    letters = [fault.place.column for fault in done.faults]
    assert letters == [_letter(edited, REASON), _letter(edited, VERDICT)]
    assert states(town) == [WAITING] * 4


def test_a_verdict_that_the_lifecycle_forbids_names_the_possible_ones_at_its_cell(town, edited):
    edited.put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, "Vakiinnutetaan")
    done = bring_in(town, edited.save())
    (told,) = messages(done.faults)
    assert told.startswith('"Make permanent" is not possible from the present status. Possible verdicts: Continue')
    assert done.faults[0].place.column == _letter(edited, VERDICT)


def test_questions_of_the_round_are_columns_and_come_back_as_answers(town):
    edited = Edited(take_out_round(town, open_round(town, question="Mitä opittiin?")))
    edited.put(SHEET, 1, "Mitä opittiin?", "Aloita ajoissa")
    data = edited.save()
    bring_in(town, data)
    assert [(row.review_id, row.answer) for row in town.rows(ReviewAnswer)] == [(review_of(town).id, "Aloita ajoissa")]
    assert changes(bring_in(town, data)) == {}


def test_a_closed_round_takes_nothing_and_says_why(town):
    identity = open_round(town)
    edited = Edited(take_out_round(town, identity))
    edited.put(SHEET, 1, "What was done", "Myöhässä")
    town.write(operations.close_round, identity)
    done = bring_in(town, edited.save())
    assert outcomes(done) == {"done": "error"}
    assert review_of(town).done is None
    assert changes(bring_in(town, take_out_round(town, identity))) == {}


def test_another_units_review_is_refused_and_closed_in_the_workbook(town):
    rows = ((1, "Katu", "tekninen", "Menossa", 10, None), (2, "Koulu", "sivistys", "Menossa", 20, None))
    identity = open_round(town, rows=rows)
    own = unit_id(town, "tekninen")
    edited = Edited(take_out_round(town, identity))
    edited.put(SHEET, 1, "What was done", "Oma").put(SHEET, 2, "What was done", "Toisen")
    done = bring_in(town, edited.save(), roles=["reporter"], unit=own, keep="partial")
    assert review_of(town, 1).done == "Oma"
    assert review_of(town, 2).done is None
    assert [cell.outcome for row in done.plan.rows for cell in row.cells] == ["apply", "error"]


def test_two_people_on_one_cell_make_a_conflict_and_on_two_cells_none(town, edited):
    write_review(town, operations.write_answers, review_of(town).id, {"done": "Ruudulla", "results": "Hyvät"})
    edited.put(SHEET, 1, "What was done", "Taulukossa").put(SHEET, 1, "Benefits", "Säästöä")
    done = bring_in(town, edited.save(), keep=False)
    assert outcomes(done) == {"done": "conflict", "results": "keep", "benefits": "apply"}


def test_what_is_sent_again_after_being_applied_changes_nothing(town, edited):
    edited.put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, CONTINUE)
    data = edited.save()
    bring_in(town, data)
    revision = town.revision()
    done = bring_in(town, data)
    assert (changes(done), town.revision()) == ({}, revision)


def test_an_answer_that_was_submitted_stays_so_and_must_stay_whole(town):
    identity = open_round(town)
    write_review(town, operations.submit_reviews, review_of(town).id, WHOLE)
    edited = Edited(take_out_round(town, identity))
    assert edited.get(SHEET, 1, SUBMIT) == "Kyllä"
    edited.put(SHEET, 1, VERDICT, None)
    assert messages(bring_in(town, edited.save()).faults) == ["Choose what is to become of it."]
    edited.put(SHEET, 1, VERDICT, CONTINUE).put(SHEET, 1, SUBMIT, "ei")
    assert messages(bring_in(town, edited.save()).faults) == [
        "The answer has been submitted already. The office can return it to you; leave this cell as it was."
    ]


def test_a_redirection_comes_with_its_goal_its_time_and_its_post(town, edited):
    edited.put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, "Suunnataan uudelleen")
    edited.put(SHEET, 1, "What is redirected", "Sisältö").put(SHEET, 1, "Why", "Tarve muuttui")
    edited.put(SHEET, 1, "New time", "syksyllä 2027").put(SHEET, 1, "New responsible post", "Tekninen johtaja")
    done = bring_in(town, edited.save())
    assert messages(done.faults) == []
    found = review_of(town)
    assert (found.new_timespan.start, found.verdict) == (dt.date(2027, 9, 1), Verdict.REDIRECT)
    assert found.new_owner_post_id is not None


def test_a_merger_names_the_other_item_by_its_code(town, edited):
    other = edited.get(SHEET, 2, "Code")
    edited.put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, "Yhdistetään toiseen")
    edited.put(SHEET, 1, "Why", "Päällekkäinen").put(SHEET, 1, "Merged into", other)
    assert messages(bring_in(town, edited.save()).faults) == []
    assert review_of(town).merged_into_id == review_of(town, 2).initiative_id


def test_last_years_answer_stands_beside_and_changing_it_is_told(town):
    last = open_round(town, 2025)
    write_review(town, operations.submit_reviews, review_of(town).id, {**WHOLE, "progress": 0, "done": "Viime vuonna"})
    town.write(operations.close_round, last)
    edited = Edited(take_out_round(town, open_round(town, 2026)))
    shown = {heading: cell for heading, cell in _row(edited, 1).items() if heading.endswith("(viimeksi)")}
    assert [value for value in shown.values() if value is not None] == [GREEN, 0, "Viime vuonna", CONTINUE]
    last_done = next(heading for heading, cell in shown.items() if cell == "Viime vuonna")
    edited.sheet(SHEET).cell(edited.row(SHEET, 1), edited.header(SHEET)[1][last_done]).value = "Muuta"
    done = bring_in(town, edited.save())
    assert changes(done) == {}
    assert messages(done.notices)[0].startswith(f'The column "{last_done}" is for reading only')


def test_a_row_that_the_round_does_not_ask_about_is_refused_in_words(town, edited):
    edited.put(SHEET, 5, "Item's title", "Aivan uusi").put(SHEET, 5, "What was done", "Kaikki")
    assert messages(bring_in(town, edited.save()).faults) == [
        "The round does not ask about this row. Empty it, and propose new items on the page of the round."
    ]


def test_rows_in_another_order_and_a_row_that_is_missing_change_nothing(town, edited):
    sheet = edited.sheet(SHEET)
    first = [cell.value for cell in sheet[2]]
    for column, cell in enumerate(sheet[3], start=1):
        sheet.cell(2, column).value = cell.value
    for column, value in enumerate(first, start=1):
        sheet.cell(3, column).value = value
    sheet.delete_rows(5)
    done = bring_in(town, edited.save())
    assert (messages(done.faults), changes(done), len(done.plan.not_in_file)) == ([], {}, 1)
    assert len(town.rows(Review)) == 4


def _row(edited, number):
    row, headings = edited.row(SHEET, number), edited.header(SHEET)[1]
    return {heading: edited.sheet(SHEET).cell(row, column).value for heading, column in headings.items()}


def _letter(edited, heading):
    return edited.sheet(SHEET).cell(1, edited.column(SHEET, heading)).column_letter


def test_what_is_missing_in_a_cell_that_was_left_blank_is_told_at_that_field(small_town):
    edited = Edited(take_out_round(small_town, open_round(small_town)))
    edited.put(SHEET, 1, HEALTH, YELLOW).put(SHEET, 1, VERDICT, CONTINUE)
    upload = uploads.returned(small_town, edited.save())
    found = uploads.cells(small_town, upload, field="health_reason")
    assert [(cell.outcome, cell.column) for cell in found] == [("error", _letter(edited, REASON))]


def test_a_plan_is_stale_when_somebody_answers_before_it_is_applied(small_town):
    edited = Edited(take_out_round(small_town, open_round(small_town, question="Mitä opittiin?")))
    edited.put(SHEET, 1, "Mitä opittiin?", "Taulukossa").put(SHEET, 2, "What was done", "Tehty")
    upload = uploads.returned(small_town, edited.save())
    (question,) = small_town.rows(ReviewQuestion)
    told = {"questions": {question.id: "Ruudulla"}}
    write_review(small_town, operations.write_answers, review_of(small_town, 1).id, told)
    with pytest.raises(StalePlanError):
        uploads.apply(small_town, upload)
    again = uploads.plan(small_town, upload)
    assert outcomes(again) == {f"question:{question.id}": "conflict", "done": "apply"}


def test_a_round_that_was_closed_after_the_check_leaves_its_rows_out_and_says_why(small_town):
    identity = open_round(small_town)
    edited = Edited(take_out_round(small_town, identity)).put(SHEET, 1, "What was done", "Tehty")
    upload = uploads.returned(small_town, edited.save())
    small_town.write(operations.close_round, identity)
    assert uploads.apply(small_town, upload) is None
    assert review_of(small_town).done is None
    assert [row.blocked for row in uploads.planned_rows(small_town, upload)] == [True]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_people_who_answer_different_cells_end_alike_in_either_order(small_town, order):
    data = take_out_round(small_town, open_round(small_town))
    told = (
        Edited(data).put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, CONTINUE).save(),
        Edited(data).put(SHEET, 1, "Benefits", "Säästöä").put(SHEET, 2, "Results and effects", "Hyvät").save(),
    )
    for number in order:
        done = bring_in(small_town, told[number])
        counts = summary(done)
        assert counts["cells"] == sum(counts[name] for name in ("unchanged", "changed", "kept", "conflicts", "errors"))
        assert (messages(done.faults), counts["conflicts"]) == ([], 0)
    first, second = review_of(small_town, 1), review_of(small_town, 2)
    assert (first.state, first.health, first.benefits) == (SUBMITTED, Health.GREEN, "Säästöä")
    assert (second.state, second.results) == (WAITING, "Hyvät")

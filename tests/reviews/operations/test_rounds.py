import datetime as dt

import pytest

from portfolio.core import history
from portfolio.core.history import Baseline, BaselineKind
from portfolio.core.problem import Refusal
from portfolio.register import operations as register
from portfolio.reviews import operations, queries
from portfolio.reviews.rules import RoundState
from tests.factories import acting, create_initiative, create_portfolio


def places(refusal):
    return [problem.place for problem in refusal.value.problems]


def test_opening_asks_about_what_is_due_and_nothing_else(any_cycle):
    cycle = any_cycle
    identity = cycle.round()

    assert operations.open_round(cycle.session, cycle.office, identity) == 3

    rows = cycle.follow(identity).rows
    assert {row.initiative_id for row in rows} == {cycle.first, cycle.second, cycle.third}
    assert queries.get_round(cycle.session, cycle.id, identity).state is RoundState.OPEN


def test_a_round_of_one_service_area_asks_about_the_units_below_it_too(cycle):
    identity = cycle.opened(unit_id=cycle.care)
    assert {row.initiative_id for row in cycle.follow(identity).rows} == {cycle.first, cycle.second}


def test_what_was_approved_within_the_interval_is_left_out(cycle):
    first = cycle.opened(2025)
    review = cycle.review(first, cycle.first)
    cycle.submit(review)
    cycle.approve(review)
    operations.close_round(cycle.session, cycle.office, first)

    again = cycle.opened(2026, interval_months=12)

    assert {row.initiative_id for row in cycle.follow(again).rows} == {cycle.second, cycle.third}


def test_what_a_round_asks_about_is_fixed_once_it_is_open(cycle):
    identity = cycle.opened()
    with pytest.raises(Refusal) as refusal:
        operations.update_round(cycle.session, cycle.office, identity, {"unit_id": cycle.care})
    assert places(refusal) == ["unit_id"]
    with pytest.raises(Refusal):
        operations.remove_round(cycle.session, cycle.office, identity)
    operations.update_round(cycle.session, cycle.office, identity, {"due_on": dt.date(2026, 10, 7)})


def test_closing_freezes_texts_values_and_questions(any_cycle):
    cycle = any_cycle
    template = operations.create_template(cycle.session, cycle.office, {"name_fi": "Vuosiraportti"})
    question = operations.add_question(cycle.session, cycle.office, template, {"text_fi": "Mitä opittiin?"})
    identity = cycle.opened(template_id=template)
    cycle.submit(cycle.review(identity, cycle.first), questions={question: "Aloita ajoissa"})

    baseline_id = operations.close_round(cycle.session, cycle.office, identity)
    cycle.session.commit()
    operations.update_question(cycle.session, cycle.office, question, {"text_fi": "Mitä jäi kesken?"})
    register.update_initiatives(cycle.session, cycle.office, {cycle.first: {"title_fi": "Uusi nimi"}})

    baseline = history.row(cycle.session, Baseline, cycle.id, baseline_id, None)
    at = baseline.revision_id
    assert (baseline.kind, baseline.name) == (BaselineKind.ROUND, "Vuosiraportti 2026")
    assert [one.text_fi for one in queries.questions(cycle.session, cycle.id, template, at=at)] == ["Mitä opittiin?"]
    frozen = {row.initiative_id: row for row in cycle.follow(identity, at=at).rows}
    assert frozen[cycle.first].title_fi == "Ajanvaraus verkkoon"
    assert queries.answers_of(cycle.session, cycle.id, frozen[cycle.first].id, at=at) == {question: "Aloita ajoissa"}


def test_a_second_closing_gets_a_name_of_its_own_and_reopening_is_recorded(cycle):
    identity = cycle.opened()
    first = operations.close_round(cycle.session, cycle.office, identity)
    operations.reopen_round(cycle.session, cycle.office, identity)
    second = operations.close_round(cycle.session, cycle.office, identity)

    names = [history.row(cycle.session, Baseline, cycle.id, one, None).name for one in (first, second)]
    assert names == ["Vuosiraportti 2026", "Vuosiraportti 2026 (2)"]
    with pytest.raises(Refusal):
        operations.close_round(cycle.session, cycle.office, identity)


def test_only_a_closed_round_is_reopened(cycle):
    with pytest.raises(Refusal):
        operations.reopen_round(cycle.session, cycle.office, cycle.round())


def test_a_draft_is_removed_and_comes_back(cycle):
    identity = cycle.round()
    operations.remove_round(cycle.session, cycle.office, identity)
    assert queries.rounds(cycle.session, cycle.id) == []
    operations.restore_round(cycle.session, cycle.office, identity)
    assert [one.id for one in queries.rounds(cycle.session, cycle.id)] == [identity]


def test_a_closed_round_is_not_opened_as_if_it_were_new(any_cycle):
    identity = any_cycle.opened()
    operations.close_round(any_cycle.session, any_cycle.office, identity)
    any_cycle.session.commit()
    with pytest.raises(Refusal):
        operations.open_round(any_cycle.session, any_cycle.office, identity)


def test_a_round_whose_opening_was_undone_is_opened_again_with_the_same_reviews(any_cycle):
    cycle = any_cycle
    identity = cycle.opened()
    review = cycle.review(identity, cycle.first).id
    history.undo(cycle.session, cycle.office, cycle.latest(), {})
    cycle.session.commit()
    assert cycle.review(identity, cycle.first) is None

    assert operations.open_round(cycle.session, cycle.office, identity) == 3

    assert cycle.review(identity, cycle.first).id == review


@pytest.mark.parametrize("closed", [False, True])
def test_more_is_asked_only_while_the_round_is_open(cycle, closed):
    identity = cycle.opened() if closed else cycle.round()
    if closed:
        operations.close_round(cycle.session, cycle.office, identity)
    with pytest.raises(Refusal):
        operations.ask_also(cycle.session, cycle.office, identity, {cycle.proposed})


def test_a_round_does_not_ask_about_another_portfolio(cycle):
    home = {"municipality_id": cycle.id}
    elsewhere = create_initiative(cycle.session, portfolio_id=create_portfolio(cycle.session, **home).id, **home)
    identity = cycle.opened()
    with pytest.raises(Refusal) as refusal:
        operations.ask_also(cycle.session, cycle.office, identity, {cycle.proposed, elsewhere.id})
    assert places(refusal) == ["codes"]
    assert cycle.review(identity, cycle.proposed) is None


def test_a_closed_round_gives_no_more_time(cycle):
    identity = cycle.opened()
    operations.close_round(cycle.session, cycle.office, identity)
    with pytest.raises(Refusal):
        operations.extend_due_day(cycle.session, cycle.office, identity, cycle.care, dt.date(2026, 12, 1))


def test_a_round_may_ask_about_more_later(cycle):
    identity = cycle.opened()
    assert len(operations.ask_also(cycle.session, cycle.office, identity, {cycle.first, cycle.proposed})) == 1
    assert cycle.review(identity, cycle.proposed) is not None


def test_rounds_belong_to_the_office_and_to_its_own_municipality(cycle):
    with pytest.raises(Refusal):
        operations.create_round(cycle.session, cycle.reporter, {})
    stranger = acting(cycle.id + 1, "office")
    with pytest.raises(Refusal):
        operations.open_round(cycle.session, stranger, cycle.round())


@pytest.mark.parametrize("day", [dt.date(2026, 9, 30), dt.date(2020, 1, 1), dt.date(9999, 12, 31)])
def test_an_extension_is_later_than_the_rounds_own_day_and_in_our_time(cycle, day):
    identity = cycle.opened()
    with pytest.raises(Refusal) as refused:
        operations.extend_due_day(cycle.session, cycle.office, identity, cycle.care, day)
    assert refused.value.problems[0].place == "due_on"


def test_an_extension_is_given_changed_and_taken_back(cycle):
    identity = cycle.opened()
    for day in (dt.date(2026, 10, 15), dt.date(2026, 10, 31)):
        operations.extend_due_day(cycle.session, cycle.office, identity, cycle.care, day, "Lomat")
    assert queries.extensions(cycle.session, cycle.id, identity) == {cycle.care: dt.date(2026, 10, 31)}
    late = {row.initiative_id: row.late for row in cycle.follow(identity, today=dt.date(2026, 10, 10)).rows}
    assert late == {cycle.first: 0, cycle.second: 0, cycle.third: 10}

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.language import say_problem
from portfolio.register.rules import Status, may_move
from portfolio.reviews.rules import OUTCOME_STATUS, STAYING, Verdict, changes_of, check_verdict, possible_verdicts

TODAY = dt.date(2026, 9, 14)
TOLD = {"verdict_what": "Kohderyhmä", "verdict_why": "Rahoitus päättyy", "new_goal": "Uusi tavoite"}


def places(answer, status=Status.UNDER_WAY):
    return [problem.place for problem in check_verdict(answer, status, 7)]


@pytest.mark.parametrize("status", Status)
def test_every_possible_verdict_leads_where_the_lifecycle_leads(status):
    found = possible_verdicts(status)
    assert Verdict.REDIRECT in found
    assert (Verdict.RESUME in found) is (Verdict.CONTINUE not in found) is (status in STAYING)
    for verdict in found:
        new = OUTCOME_STATUS.get(verdict)
        assert new is None or may_move(status, new)


def test_of_halted_work_continue_is_not_said_for_it_would_not_tell_whether_it_goes_on():
    words = say_problem(check_verdict({"verdict": Verdict.CONTINUE}, Status.PAUSED, 7)[0], "en")
    assert "Resume, Redirect, Pause" in words
    assert places({"verdict": Verdict.RESUME}) == ["verdict"]
    assert places({"verdict": Verdict.RESUME}, Status.PAUSED) == []
    assert [places({"verdict": stays}, status) for status, stays in STAYING.items()] == [[], []]


@pytest.mark.parametrize(
    ("status", "came_from", "expected"),
    [
        (Status.PAUSED, Status.IN_PREPARATION, Status.IN_PREPARATION),
        (Status.PAUSED, Status.APPROVED, Status.APPROVED),
        (Status.PAUSED, Status.UNDER_WAY, Status.UNDER_WAY),
        (Status.PAUSED, None, Status.UNDER_WAY),
        (Status.PAUSED, Status.STOPPED, Status.UNDER_WAY),
        (Status.STOPPED, Status.UNDER_WAY, Status.PROPOSED),
    ],
)
def test_paused_work_goes_on_where_it_was_and_stopped_work_is_proposed_anew(status, came_from, expected):
    before = {"status": status, "came_from": came_from}
    assert changes_of({"verdict": Verdict.RESUME}, before, TODAY) == {"status": expected}


def test_what_was_resumed_meanwhile_stays_where_it_was_led():
    assert changes_of({"verdict": Verdict.RESUME}, {"status": Status.UNDER_WAY}, TODAY) == {}


def test_what_an_approval_has_done_can_be_told_again_when_the_review_comes_back():
    assert places({"verdict": Verdict.COMPLETE}, Status.COMPLETED) == []
    assert places({"verdict": Verdict.PAUSE}, Status.PAUSED) == []


def test_a_forbidden_verdict_names_those_that_are_possible():
    problem = check_verdict({"verdict": Verdict.MAKE_PERMANENT}, Status.UNDER_WAY, 7)[0]
    words = say_problem(problem, "en")
    assert problem.place == "verdict"
    assert "Make permanent" in words
    assert "Continue, Redirect, Pause" in words
    assert check_verdict({"verdict": Verdict.MAKE_PERMANENT}, Status.COMPLETED, 7) == []


def test_a_redirection_tells_what_why_and_a_new_goal_time_or_post():
    assert places({"verdict": Verdict.REDIRECT}) == ["verdict_why", "verdict_what", "new_goal"]
    assert places({"verdict": Verdict.REDIRECT, **TOLD}) == []
    assert places({"verdict": Verdict.REDIRECT, **TOLD, "new_goal": None, "new_owner_post_id": 3}) == []


def test_what_takes_something_away_has_a_reason():
    assert places({"verdict": Verdict.PAUSE}) == ["verdict_why"]
    assert places({"verdict": Verdict.STOP, "verdict_why": "Tarve poistui"}) == []
    assert places({"verdict": Verdict.COMPLETE}) == []


def test_only_a_merged_item_names_another_and_never_itself():
    reason = {"verdict_why": "Sama asia"}
    assert places({"verdict": Verdict.MERGE, **reason}) == ["merged_into_id"]
    assert places({"verdict": Verdict.MERGE, **reason, "merged_into_id": 7}) == ["merged_into_id"]
    assert places({"verdict": Verdict.CONTINUE, "merged_into_id": 8}) == ["merged_into_id"]
    assert places({"verdict": Verdict.MERGE, **reason, "merged_into_id": 8}) == []


def test_without_a_verdict_nothing_is_asked_of_it():
    assert check_verdict({}, Status.UNDER_WAY, 7) == []


def test_completing_gives_the_day_and_all_of_the_progress():
    changes = changes_of({"verdict": Verdict.COMPLETE, "progress": 80}, {}, TODAY)
    assert changes == {"status": Status.COMPLETED, "completed_on": TODAY, "progress": 100}


def test_a_day_that_is_known_stays_and_one_that_is_told_goes_before_today():
    known = dt.date(2026, 5, 1)
    assert changes_of({"verdict": Verdict.COMPLETE}, {"completed_on": known}, TODAY)["completed_on"] == known
    told = changes_of({"verdict": Verdict.TAKE_INTO_USE, "done_on": known}, {"in_use_on": None}, TODAY)
    assert told == {"status": Status.IN_USE, "in_use_on": known}


def test_a_redirection_changes_what_it_tells_and_nothing_else():
    answer = {"verdict": Verdict.REDIRECT, "new_goal": "Uusi tavoite", "new_owner_post_id": None, "progress": 30}
    assert changes_of(answer, {}, TODAY) == {"goals": "Uusi tavoite", "progress": 30}


@given(st.sampled_from(Verdict), st.sampled_from(Status))
def test_an_allowed_verdict_never_changes_to_a_status_that_the_lifecycle_forbids(verdict, status):
    answer = {"verdict": verdict, **TOLD, "merged_into_id": 8 if verdict is Verdict.MERGE else None}
    if not check_verdict(answer, status, 7):
        assert may_move(status, changes_of(answer, {"status": status}, TODAY).get("status", status))

import pytest

from portfolio.core.rights import Actor, Grant, Role
from portfolio.reviews.rules import (
    Health,
    ReviewFacts,
    ReviewState,
    RoundState,
    Verdict,
    check_standing,
    check_values,
    check_whole,
    copied_from,
    may_answer,
)
from tests.factories import MORNING


def someone(*grants, posts=(), user_id=5):
    return Actor(user_id, "tester", 1, grants, MORNING, frozenset(posts))


def test_who_edits_the_item_answers_for_it():
    facts = ReviewFacts(unit_id=3, owner_post_id=9)
    assert may_answer(someone(Grant(Role.REPORTER, frozenset({3}))), facts)
    assert not may_answer(someone(Grant(Role.REPORTER, frozenset({4}))), facts)
    assert may_answer(someone(posts=[9]), facts)
    assert not may_answer(someone(Grant(Role.MEMBER)), facts)


def test_a_colleague_answers_what_was_delegated_and_nobody_answers_for_no_user():
    assert may_answer(someone(Grant(Role.VIEWER)), ReviewFacts(3, None, delegate_id=5))
    assert not may_answer(someone(Grant(Role.VIEWER), user_id=None), ReviewFacts(3, None, delegate_id=None))


@pytest.mark.parametrize(
    ("round_state", "state", "refused"),
    [
        (RoundState.OPEN, ReviewState.WAITING, False),
        (RoundState.OPEN, ReviewState.RETURNED, False),
        (RoundState.OPEN, ReviewState.SUBMITTED, False),
        (RoundState.OPEN, ReviewState.APPROVED, True),
        (RoundState.CLOSED, ReviewState.WAITING, True),
        (RoundState.DRAFT, ReviewState.WAITING, True),
    ],
)
def test_answers_are_taken_while_the_round_is_open(round_state, state, refused):
    assert bool(check_standing(round_state, state)) is refused


def test_a_whole_answer_has_health_verdict_and_the_required_questions():
    assert [one.place for one in check_whole({}, [4, 2], {2: " "})] == ["health", "verdict", "question:2", "question:4"]
    whole = {"health": Health.GREEN, "verdict": Verdict.CONTINUE}
    assert check_whole(whole, [2], {2: "Opittiin"}) == []


def test_yellow_and_red_have_a_reason():
    for health in (Health.YELLOW, Health.RED):
        answer = {"health": health, "verdict": Verdict.CONTINUE}
        assert [one.place for one in check_whole(answer, [], {})] == ["health_reason"]
        assert check_whole(answer | {"health_reason": "Resurssit"}, [], {}) == []


def test_numbers_that_cannot_be_meant_are_told():
    assert [one.place for one in check_values({"progress": 101, "money_used": -1})] == ["progress", "money_used"]
    assert check_values({"progress": 0, "money_used": 0}) == []


def test_last_years_answer_gives_its_words_but_no_verdict_and_no_money():
    last = {
        "progress": 40,
        "health": Health.GREEN,
        "done": "x",
        "money_used": 5,
        "verdict": Verdict.STOP,
        "results": None,
    }
    assert copied_from(last) == {"progress": 40, "health": Health.GREEN, "done": "x"}

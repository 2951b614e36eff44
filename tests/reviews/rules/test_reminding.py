import datetime as dt

import pytest

from portfolio.reviews.rules import Awaited, ReminderStage, ReviewState, due_reminders, stage_of

DUE = dt.date(2026, 9, 30)
NEAR = dt.date(2026, 9, 23)
CARE, CLINIC = 1, 2
POST, EMPTY_POST = 5, 6
HOLDER, REPORTER, COLLEAGUE = 11, 12, 13
PEOPLE = {HOLDER, REPORTER, COLLEAGUE}


def awaited(identity=1, **values):
    usual = {"state": ReviewState.WAITING, "due_on": DUE, "unit_id": CARE, "post_id": POST, "delegate_id": None}
    return Awaited(identity, **usual | values)


def due(*reviews, today=NEAR, told=(), people=PEOPLE):
    return due_reminders(reviews, people, {POST: [HOLDER]}, {CARE: [REPORTER]}, set(told), today)


@pytest.mark.parametrize(
    ("state", "day", "stage"),
    [
        (ReviewState.WAITING, dt.date(2026, 9, 1), ReminderStage.OPENED),
        (ReviewState.WAITING, dt.date(2026, 9, 22), ReminderStage.OPENED),
        (ReviewState.WAITING, dt.date(2026, 9, 23), ReminderStage.SOON),
        (ReviewState.WAITING, DUE, ReminderStage.SOON),
        (ReviewState.WAITING, dt.date(2026, 10, 1), ReminderStage.LATE),
        (ReviewState.RETURNED, dt.date(2026, 9, 1), ReminderStage.RETURNED),
        (ReviewState.RETURNED, dt.date(2026, 10, 1), ReminderStage.RETURNED),
        (ReviewState.SUBMITTED, dt.date(2026, 10, 1), None),
        (ReviewState.APPROVED, dt.date(2026, 9, 1), None),
    ],
)
def test_the_day_says_why_somebody_is_reminded(state, day, stage):
    assert stage_of(state, DUE, day) is stage


def test_the_holder_of_the_post_is_asked_before_the_reporters():
    assert due(awaited()).to_send == {(HOLDER, ReminderStage.SOON): (1,)}


def test_a_post_that_nobody_reachable_holds_leaves_it_to_the_reporters_of_the_unit():
    assert due(awaited(post_id=EMPTY_POST)).to_send == {(REPORTER, ReminderStage.SOON): (1,)}
    assert due(awaited(post_id=None)).to_send == {(REPORTER, ReminderStage.SOON): (1,)}


def test_the_colleague_it_was_delegated_to_is_asked_alone_while_there_is_one():
    assert due(awaited(delegate_id=COLLEAGUE)).to_send == {(COLLEAGUE, ReminderStage.SOON): (1,)}
    assert due(awaited(delegate_id=99)).to_send == {(HOLDER, ReminderStage.SOON): (1,)}


def test_all_of_one_receiver_and_stage_go_together():
    late = awaited(3, due_on=dt.date(2026, 9, 1))
    assert due(awaited(1), late, awaited(2)).to_send == {
        (HOLDER, ReminderStage.SOON): (1, 2),
        (HOLDER, ReminderStage.LATE): (3,),
    }


def test_what_was_told_is_not_told_again_but_the_next_stage_is():
    told = {(1, ReminderStage.SOON, HOLDER)}
    assert due(awaited(1), awaited(2), told=told).to_send == {(HOLDER, ReminderStage.SOON): (2,)}
    assert due(awaited(1), told=told, today=dt.date(2026, 10, 2)).to_send == {(HOLDER, ReminderStage.LATE): (1,)}


def test_what_reaches_nobody_is_listed():
    found = due(awaited(1, post_id=None, unit_id=CLINIC), awaited(2, post_id=None, unit_id=None), awaited(3))
    assert found.unreached == (1, 2)
    assert found.to_send == {(HOLDER, ReminderStage.SOON): (3,)}

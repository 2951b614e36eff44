import datetime as dt
from dataclasses import replace

import pytest

from portfolio.core.rights import Actor, Grant, Role
from portfolio.pages.rules import UNDONE_WITHIN, may_undo

NOW = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
REPORTER = Actor(7, "reporter", 1, (Grant(Role.REPORTER),), NOW)


def ago(**span):
    return NOW - dt.timedelta(**span)


def test_people_undo_what_they_just_saved_themselves():
    assert may_undo(REPORTER, 7, ago(minutes=5))
    assert may_undo(REPORTER, 7, NOW - UNDONE_WITHIN)


@pytest.mark.parametrize(
    ("user_id", "at"), [(8, ago(minutes=5)), (None, ago(minutes=5)), (7, ago(hours=2)), (7, ago(minutes=-1))]
)
def test_nobody_else_and_not_later(user_id, at):
    assert not may_undo(REPORTER, user_id, at)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
def test_whoever_manages_undoes_anything(role):
    assert may_undo(replace(REPORTER, grants=(Grant(role),)), None, ago(days=900))


def test_an_operator_without_a_user_is_nobodys_own():
    assert not may_undo(replace(REPORTER, user_id=None), None, ago(minutes=1))

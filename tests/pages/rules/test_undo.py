import datetime as dt
from dataclasses import replace

import pytest

from portfolio.core.rights import Actor, Grant, Role
from portfolio.pages.rules import UNDONE_WITHIN, may_undo, may_undo_import

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


@pytest.mark.parametrize(
    ("role", "user_id", "may"),
    [(Role.OFFICE, 7, True), (Role.ADMIN, 7, True), (Role.REPORTER, 7, False), (Role.REPORTER, 3, True)],
)
def test_an_import_is_undone_by_who_imports_for_all_or_by_who_sent_it(role, user_id, may):
    actor = Actor(3, "me", 1, (Grant(role),), dt.datetime(2026, 5, 4, tzinfo=dt.UTC))
    assert may_undo_import(actor, user_id) is may


def test_an_import_of_nobody_is_not_everybodys():
    nobody = Actor(None, "nobody", 1, (Grant(Role.REPORTER),), dt.datetime(2026, 5, 4, tzinfo=dt.UTC))
    assert not may_undo_import(nobody, None)

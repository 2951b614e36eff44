"""Which row an identity means, and which versions it may bear."""

import pytest

from portfolio.core.problem import Problem
from portfolio.core.text import with_check_letter
from portfolio.exchange.columns import Entity
from portfolio.exchange.columns.identity import token_of
from portfolio.exchange.rows.tokens import UNKNOWN_ID, WRONG_SHEET, WRONG_VERSION, Tokens

FIRST, LATER = (Entity.INITIATIVE, "a"), (Entity.INITIATIVE, "b")
TOKENS = Tokens(
    {Entity.INITIATIVE: {1: FIRST, 2: LATER}, Entity.MILESTONE: {1: (Entity.MILESTONE, "m")}},
    {LATER},
    {FIRST: (4, True), LATER: (4, False)}.get,
)


def test_an_identity_leads_to_its_row_however_it_is_typed():
    token = token_of(Entity.INITIATIVE, 1)
    assert TOKENS.key(token, Entity.INITIATIVE) == FIRST
    assert TOKENS.key(f" {token.lower()} ", Entity.BUDGET) == FIRST


@pytest.mark.parametrize("text", [with_check_letter("I-99"), token_of(Entity.INITIATIVE, 2)])
def test_unknown_and_foreign_and_later_rows_are_told_alike(text):
    found = TOKENS.key(text, Entity.INITIATIVE)
    assert isinstance(found, Problem)
    assert found.msgid == UNKNOWN_ID


def test_a_row_of_another_sheet_is_told():
    assert TOKENS.key(token_of(Entity.MILESTONE, 1), Entity.INITIATIVE).msgid == WRONG_SHEET
    assert TOKENS.key(token_of(Entity.INITIATIVE, 1), Entity.MILESTONE).msgid == WRONG_SHEET


@pytest.mark.parametrize(
    ("key", "version", "doubted"),
    [(FIRST, 4, False), (FIRST, 3, True), (FIRST, 5, True), (LATER, 3, False), (LATER, 5, True), (LATER, 0, True)],
)
def test_a_version_is_doubted_when_it_is_newer_than_the_workbook_or_another_rows(key, version, doubted):
    found = TOKENS.doubt(key, version)
    assert (found is not None and found.msgid == WRONG_VERSION) == doubted


def test_a_row_whose_version_is_not_known_may_bear_any():
    assert TOKENS.doubt((Entity.MILESTONE, "m"), 12) is None

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.problem import Problem
from portfolio.core.text import with_check_letter
from portfolio.exchange.columns import Entity
from portfolio.exchange.columns.identity import LETTERS, Meta, SheetMeta, read_meta, read_token, token_of


@given(st.sampled_from(sorted(LETTERS)), st.integers(1, 10**12))
def test_an_identity_is_read_back(entity, identity):
    assert read_token(token_of(entity, identity)) == (entity, identity)


@given(st.integers(1, 10**7), st.integers(0, 6), st.sampled_from("0123456789"))
def test_a_wrong_digit_is_noticed(identity, place, digit):
    token = token_of(Entity.INITIATIVE, identity)
    start = 2 + place % len(str(identity))
    changed = token[:start] + digit + token[start + 1 :]
    assert changed == token or isinstance(read_token(changed), Problem)


def test_case_spaces_and_dashes_of_other_programs_do_not_matter():
    token = token_of(Entity.MILESTONE, 45)
    assert read_token(f" {token.lower().replace('-', '‑')} ") == (Entity.MILESTONE, 45)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I",
        "123",
        "I-123",
        "X-1-B",
        "kirjasto",
        "I-1-2-3",
        "I--K",
        "-",
        "I-²-K",
        with_check_letter("K-" + "1" * 5000),
    ],
)
def test_what_is_no_identity_is_told(text):
    assert isinstance(read_token(text), Problem)


def test_every_letter_names_one_entity():
    assert len(set(LETTERS.values())) == len(LETTERS)


META = Meta(
    "abc123",
    "sv",
    "own",
    (
        SheetMeta("initiatives", "Kohteet", ("_id", "title_fi"), ("Tunniste", "Nimi")),
        SheetMeta("budget", "Budjetti", ("_id",), ("Tunniste",)),
    ),
)


def test_what_a_workbook_says_of_itself_is_read_back():
    assert read_meta(META.rows()) == META


def test_blanks_beyond_and_numbers_made_of_texts_do_not_matter():
    rows = [[*row, "", None] for row in reversed(META.rows())] + [[], [""]]
    rows = [[row[0], 1.0, *row[2:]] if row and row[0] == "schema" else row for row in rows]
    found = read_meta(rows)
    assert found.token == "abc123"
    assert found.schema == 1
    assert {one.key: one for one in found.sheets} == {one.key: one for one in META.sheets}


def test_a_sheet_that_names_no_export_says_nothing():
    assert read_meta([["language", "fi"]]) is None

"""Old workbooks; `old.xls` was saved by LibreOffice 7.4 from a workbook made for these tests."""

import datetime as dt
from pathlib import Path

import pytest

from portfolio.core.problem import Refusal
from portfolio.files.cells import Merged
from portfolio.files.workbook import limits, read_workbook, safety

OLD = (Path(__file__).parent / "old.xls").read_bytes()


def test_an_old_workbook_is_read_with_its_types_and_what_is_hidden_merged_or_in_error():
    first, hidden = read_workbook(OLD, "vanha.xls").sheets
    assert first.rows == [
        ["a", "b", "c", "d"],
        [1.0, 2.0, "", dt.date(2025, 3, 4)],
        [True, 0.5, "", dt.datetime(2025, 3, 4, 5, 6, 7)],
        [dt.time(3, 4, 5), dt.datetime(1900, 1, 1, 6), 0.25, 1234.5],
        ["", "", "", ""],
        ["yhdistetty", "", "", ""],
    ]
    assert first.errors == {(2, 3): "#N/A", (3, 3): "#REF!"}
    assert (first.hidden_rows, first.hidden_columns) == ({3}, {3})
    assert first.merged == (Merged((6, 1), (7, 2)),)
    assert (hidden.name, hidden.hidden, hidden.value(2, 2)) == ("Piilo", True, "piilossa")


def test_a_defined_name_of_an_old_workbook_is_read():
    assert read_workbook(OLD, "vanha.xls").properties == {"name:portfolio_export": "TOKEN123"}


@pytest.mark.parametrize("length", [600, 2_000, 4_096, 6_000])
def test_an_old_workbook_that_is_cut_is_a_damaged_file(length):
    with pytest.raises(Refusal) as refusal:
        read_workbook(OLD[:length], "vanha.xls")
    assert refusal.value.problems[0].msgid in {safety.BROKEN, safety.NOT_A_WORKBOOK}


def test_an_old_workbook_that_reaches_too_far_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 20)
    with pytest.raises(Refusal) as refusal:
        read_workbook(OLD, "vanha.xls")
    assert refusal.value.problems[0].params["cell"] == "D6"


def test_an_old_workbook_under_the_new_ending_is_refused_with_what_to_do():
    with pytest.raises(Refusal) as refusal:
        read_workbook(OLD, "uusi.xlsx")
    (problem,) = refusal.value.problems
    assert (problem.msgid, problem.params["ending"]) == (safety.WRONG_ENDING, ".xls")

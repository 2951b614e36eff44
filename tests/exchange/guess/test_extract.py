import datetime as dt
import json

from portfolio.exchange.guess import extract
from portfolio.exchange.guess.extract import from_extract, is_whole, to_extract
from portfolio.files.cells import Merged, Sheet, Workbook

MOMENT = dt.datetime(2025, 1, 2, 3, 4)
CELLS = [["a", 1.5, True, ""], [dt.date(2025, 1, 2), MOMENT, dt.time(5, 6), dt.timedelta(hours=7)]]
SHEET = Sheet(
    "Taul1",
    CELLS,
    hidden=True,
    hidden_rows=frozenset({2}),
    hidden_columns=frozenset({1}),
    merged=(Merged((1, 1), (2, 1)),),
    errors={(1, 4): "#REF!"},
    uncalculated=frozenset({(2, 4)}),
)


def test_a_workbook_comes_back_from_json_as_it_was():
    workbook = Workbook("oma.xlsx", (SHEET,))
    assert from_extract(json.loads(json.dumps(to_extract(workbook)))) == workbook


def test_of_a_long_sheet_the_first_rows_are_kept_and_it_is_said(monkeypatch):
    monkeypatch.setattr(extract, "MOST_ROWS", 1)
    found = to_extract(Workbook("oma.xlsx", (SHEET,)))
    assert not is_whole(found)
    sheet = from_extract(found).sheets[0]
    assert (len(sheet.rows), sheet.hidden_rows, sheet.uncalculated) == (1, frozenset(), frozenset())
    assert is_whole(to_extract(Workbook("oma.xlsx", ())))

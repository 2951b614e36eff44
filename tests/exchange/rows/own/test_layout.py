"""Our sheets and columns are found by their headings, wherever they stand and in whatever language."""

import pytest

from portfolio.core.language import LANGUAGES
from portfolio.exchange.columns.identity import Meta, SheetMeta
from portfolio.exchange.columns.sheets import INITIATIVES, OwnFacts, own_sheets
from portfolio.exchange.rows.own.layout import find_layout
from portfolio.files.cells import Sheet, Workbook

FACTS = OwnFacts(amounts=((2026, "planned"),))
OWN = own_sheets(FACTS)


def heading(sheet, language):
    return [column.heading(language) for column in sheet.columns]


def workbook(language="fi", *, above=(), order=1):
    sheets = (Sheet(one.title(language), [*above, heading(one, language)[::order]]) for one in OWN)
    return Workbook("vienti.xlsx", tuple(sheets))


def meta(language="fi"):
    sheets = (
        SheetMeta(one.key, one.title(language), tuple(c.key for c in one.columns), tuple(heading(one, language)))
        for one in OWN
    )
    return Meta("t", language, "own", tuple(sheets))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("knows", [True, False])
@pytest.mark.parametrize("order", [1, -1])
def test_every_column_is_found_with_and_without_the_hidden_sheet(language, knows, order):
    found = find_layout(workbook(language, order=order), meta(language) if knows else None, ())
    assert [one.own.key for one in found.sheets] == [one.key for one in OWN]
    assert (found.faults, found.notices) == ((), ())
    for one, own in zip(found.sheets, OWN, strict=True):
        assert set(one.columns) == {column.key for column in own.columns}


def test_rows_above_the_heading_are_passed_over():
    found = find_layout(workbook(above=(["Oma otsikko"], [])), meta(), ())
    assert [one.header for one in found.sheets] == [3, 3, 3]


def test_a_renamed_sheet_is_found_by_its_headings():
    whole = workbook()
    renamed = Workbook("x.xlsx", (Sheet("Taul1", whole.sheets[0].rows), *whole.sheets[1:]))
    assert find_layout(renamed, meta(), ()).sheets[0].own.key == INITIATIVES


def test_a_missing_sheet_and_a_strange_one_are_told():
    whole = workbook()
    changed = Workbook("x.xlsx", (*whole.sheets[:2], Sheet("Omat", [["jotain"]])))
    found = find_layout(changed, meta(), ())
    assert sorted(notice.params["sheet"] for notice in found.notices) == sorted([OWN[2].title("fi"), "Omat"])


def test_a_workbook_without_any_of_our_headings_is_a_fault():
    found = find_layout(Workbook("x.xlsx", (Sheet("a", [["b"]]),)), None, ())
    assert len(found.faults) == 1


def test_a_sheet_of_a_persons_own_with_some_of_our_headings_is_none_of_ours():
    extra = Sheet("Omat", [["Otsikko suomeksi", "Tila", "Laji", "Huomautus"]])
    whole = workbook()
    found = find_layout(Workbook("x.xlsx", (extra, *whole.sheets)), meta(), ())
    assert (len(found.sheets), found.faults) == (3, ())
    assert [notice.params["sheet"] for notice in found.notices] == ["Omat"]


def test_a_sheet_of_which_little_is_left_is_still_known_by_its_name():
    own = OWN[0]
    few = Sheet(own.title("fi"), [[own.columns[0].heading("fi"), own.columns[3].heading("fi")]])
    assert find_layout(Workbook("x.xlsx", (few,)), meta(), ()).sheets[0].own.key == INITIATIVES

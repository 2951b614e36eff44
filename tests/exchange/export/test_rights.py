import pytest

from portfolio.exchange.columns.sheets import OwnFacts, OwnScheme, own_sheets
from portfolio.exchange.export.rights import Closed
from tests.exchange.export.house import column
from tests.factories import acting

SCHEME = OwnScheme("luokka", {"fi": "Luokka", "sv": "Klass", "en": "Luokka"})
SHEETS = own_sheets(OwnFacts((SCHEME,), ((2026, "planned"),), several_portfolios=True))
INITIATIVES, MILESTONES, BUDGET = SHEETS


class Row:
    unit_id = 1
    owner_post_id = 5


def open_keys(actor, sheet, row=Row):
    closed = Closed(actor).of(sheet, row)
    return {one.key for one in sheet.columns} - closed


def test_the_office_may_change_all_that_is_a_field():
    keys = open_keys(acting(1, "office"), INITIATIVES)
    assert {one.key for one in INITIATIVES.columns if one.field} | {"comment", "action"} == keys
    assert open_keys(acting(1, "office"), BUDGET) >= {"planned:2026", "part", "source"}


def test_a_reporter_may_change_the_contents_of_the_own_unit():
    reporter = acting(1, "reporter", unit_ids=[1])
    keys = open_keys(reporter, INITIATIVES)
    assert {"title_fi", "status", "timespan", "unit", "progress"} <= keys
    assert keys.isdisjoint({"kind", "spearhead", "category:luokka", "publicity", "action"})
    assert "title_fi" in open_keys(reporter, MILESTONES)
    assert open_keys(reporter, BUDGET) == {"comment"}


def test_on_anothers_rows_only_the_comment_is_open():
    for sheet in SHEETS:
        assert open_keys(acting(1, "reporter", unit_ids=[2]), sheet) == {"comment"}


def test_the_holder_of_the_responsible_post_may_change_the_contents():
    assert "title_fi" in open_keys(acting(1, "viewer", post_ids=[5]), INITIATIVES)
    assert "title_fi" not in open_keys(acting(1, "viewer", post_ids=[6]), INITIATIVES)


def test_money_is_open_to_the_budget_role():
    assert "planned:2026" in open_keys(acting(1, "budget", unit_ids=[1]), BUDGET)


def test_a_new_row_is_open_as_a_proposal():
    closed = Closed(acting(1, "reporter", unit_ids=[1])).of_new(INITIATIVES)
    assert closed.isdisjoint({"title_fi", "kind", "unit", "timespan", "portfolio", "comment"})
    assert {"status", "category:luokka", "publicity"} <= closed
    assert {one.key for one in INITIATIVES.columns} - Closed(acting(1, "viewer")).of_new(INITIATIVES) == {"comment"}


@pytest.mark.parametrize(("heading", "shaded"), [("Nimi suomeksi", False), ("Laji", True), ("Luokka", True)])
def test_closed_cells_are_shaded_for_the_person_asked_for(house, heading, shaded):
    reporter = acting(house.municipality.id, "reporter", unit_ids=[house.units["sivistys"].id])
    sheet = house.opened(actor=reporter)["Kehittämiskohteet"]
    letter = column(sheet, heading)
    assert (sheet[f"{letter}2"].fill.fgColor.rgb == "00EEF1F3") is shaded
    assert sheet[f"{column(sheet, 'Nimi suomeksi')}3"].fill.fgColor.rgb == "00EEF1F3"


def test_blank_cells_of_anothers_row_are_shaded_too(house):
    reporter = acting(house.municipality.id, "reporter", unit_ids=[house.units["sivistys"].id])
    sheet = house.opened(actor=reporter)["Kehittämiskohteet"]
    assert sheet[f"{column(sheet, 'Ratkaisu')}3"].fill.fgColor.rgb == "00EEF1F3"
    assert sheet[f"{column(sheet, 'Kommentti')}3"].fill.fgColor.rgb != "00EEF1F3"

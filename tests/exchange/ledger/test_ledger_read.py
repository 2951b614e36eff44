from decimal import Decimal

import pytest

from portfolio.budgets.rules import BudgetPart
from portfolio.core.problem import Place, Refusal
from portfolio.exchange.ledger.folders import ledger_profiles
from portfolio.exchange.ledger.plan import Amounts, Key, KnownAmounts, plan_ledger
from portfolio.exchange.ledger.profile import parse_ledger_profile
from portfolio.exchange.ledger.read import read_ledger, read_period
from portfolio.files.cells import Merged, Sheet, Workbook

OPERATING, INVESTMENT = BudgetPart.OPERATING, BudgetPart.INVESTMENT
OWN, EU = 11, 12
HEAD = ["Projekti", "Tili", "Kausi", "Euroa", "Tosite"]
PROFILE = """
name = "koe"
municipality = "koekunta"
[columns]
project = "Projekti"
account = "Tili"
period = "Kausi"
amount = "Euroa"
document = "Tosite"
[[account]]
from = "3300"
to = "3399"
part = "operating"
source = "eu"
paid = true
[[account]]
from = "4000"
to = "4999"
part = "operating"
source = "own"
[[account]]
from = "9000"
to = "9999"
left_out = true
"""


@pytest.fixture
def profile():
    return parse_ledger_profile(PROFILE)


def sheet(*rows, **more):
    return Sheet("Tapahtumat", [["Kirjanpito"], HEAD, *map(list, rows)], **more)


def read(profile, *rows, **more):
    return read_ledger(Workbook("kirjanpito.xlsx", (sheet(*rows, **more),)), profile)


def known(lines=None, items=None):
    held = {Key(*key): Amounts(*amounts) for key, amounts in (lines or {}).items()}
    return KnownAmounts(items or {"80101": {1}, "80102": {2}}, {"own": OWN, "eu": EU}, held)


def planned(profile, *rows, lines=None, unit=None, items=None):
    return plan_ledger(read(profile, *rows), profile, known(lines, items), unit)


def told(problems):
    return [(one.place.column, one.place.row) if isinstance(one.place, Place) else None for one in problems]


def written(plan):
    return {one.key: one.new for one in plan.cells}


def test_rows_are_added_up_by_initiative_year_part_and_source(profile):
    plan = planned(
        profile,
        [80101.0, 4010.0, "1/2023", 100.25, "A1"],
        ["80101", "4380", "2023-02", "1 000,50", "A2"],
        ["80102", "4380", 202302.0, 7.0, "A3"],
        ["80101", "4010", "2022", 9.0, "A4"],
    )
    assert written(plan) == {
        (1, 2023, OPERATING, OWN): Decimal("1100.75"),
        (1, 2022, OPERATING, OWN): Decimal(9),
        (2, 2023, OPERATING, OWN): Decimal(7),
    }
    assert plan.periods == {2022: [None], 2023: [1, 2]}


def test_what_an_outside_payer_pays_is_taken_off_the_own_money(profile):
    plan = planned(profile, ["80101", "4010", "1/2023", 100.0, "A1"], ["80101", "3310", "2/2023", -30.0, "A2"])
    assert written(plan) == {(1, 2023, OPERATING, OWN): 70, (1, 2023, OPERATING, EU): 30}


def test_unknown_projects_and_accounts_are_left_out_and_told_by_their_cell(profile):
    plan = planned(
        profile,
        ["80199", "4010", "1/2023", 5.0, ""],
        ["80101", "5710", "1/2023", 6.0, ""],
        ["80101", "9001", "1/2023", 7.0, ""],
        ["", "", "", 18.0, ""],
        ["Yhteensä", "", "", 18.0, ""],
    )
    assert told(plan.unmatched) == [("A", 3), ("B", 4), ("B", 5)]
    assert told(plan.notices) == [("A", 6), ("A", 7)]
    assert written(plan) == {}


def test_a_number_that_two_initiatives_have_is_nobodys(profile):
    plan = planned(profile, ["80101", "4010", "1/2023", 5.0, ""], items={"80101": {1, 2}})
    assert (told(plan.unmatched), plan.cells) == ([("A", 3)], [])


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["80101", "4010", "1/2023", "noin sata", ""], "D"),
        (["80101", "4010", "1/2023", "40 t€", ""], "D"),
        (["80101", "4010", "1/2023", "", ""], "D"),
        (["80101", "4010", "kevät", 5.0, ""], "C"),
        (["80101", "4010", "14/2023", 5.0, ""], "C"),
        (["80101", "", "1/2023", 5.0, ""], "B"),
    ],
)
def test_a_cell_that_cannot_be_read_is_an_error_at_its_place(profile, row, column):
    file = read(profile, row, ["80101", "4010", "1/2023", 5.0, ""])
    assert told(file.errors) == [(column, 3)]
    assert len(file.entries) == 1


def test_a_row_without_a_period_is_told_without_quoting_nothing(profile):
    for blank in ("", "  "):
        errors = read(profile, ["80101", "4000", blank, 100, "A1"]).errors
        assert [one.msgid for one in errors] == ["The row has no period."]


def test_merged_cells_errors_and_empty_formulas_are_told_and_never_filled(profile):
    rows = (["80101", "4010", "1/2023", 5.0, ""], ["", "4010", "1/2023", 6.0, ""], ["80101", "4010", "1/2023", "", ""])
    file = read(profile, *rows, merged=(Merged((3, 1), (4, 1)),), errors={(5, 4): "#REF!"})
    assert told(file.errors) == [("A", 4), ("D", 5)]
    assert told(read(profile, rows[2], uncalculated=frozenset({(3, 4)})).errors) == [("D", 3)]


def test_a_file_without_rows_or_without_the_headings_is_an_error(profile):
    assert len(read(profile).errors) == 1
    empty = read_ledger(Workbook("x.xlsx", (Sheet("Muu", [["a", "b"]]),)), profile)
    assert (len(empty.errors), empty.columns) == (1, {})


def test_the_ledger_of_another_municipality_is_an_error(profile):
    plan = planned(profile, ["70001", "4010", "1/2023", 5.0, ""], ["70002", "4010", "1/2023", 5.0, ""])
    assert [one.params["count"] for one in plan.errors] == [2]


def test_amounts_a_thousand_times_off_the_plan_are_asked_about_until_the_unit_is_said(profile):
    lines = {(1, 2023, OPERATING, OWN): (Decimal(200_000), None)}
    row = ["80101", "4010", "2023", 180.0, ""]
    assert len(planned(profile, row, lines=lines).asks) == 1
    assert planned(profile, row, lines=lines, unit="eur").asks == []
    said = planned(profile, row, lines=lines, unit="teur")
    assert (said.asks, written(said)) == ([], {(1, 2023, OPERATING, OWN): 180_000})
    assert len(planned(profile, ["80101", "4010", "2023", 180_000_000.0, ""], lines=lines).asks) == 1
    assert planned(profile, ["80101", "4010", "2023", 20_000.0, ""], lines=lines).asks == []


def test_the_wrong_unit_of_one_months_ledger_is_asked_about_and_a_right_one_is_not(profile):
    lines = {(1, 2023, OPERATING, OWN): (Decimal(240_000), None)}
    assert planned(profile, ["80101", "4010", "1/2023", 20_000.0, ""], lines=lines).asks == []
    for wrong in (20.0, 20_000_000.0):
        assert len(planned(profile, ["80101", "4010", "1/2023", wrong, ""], lines=lines).asks) == 1


def test_a_later_file_replaces_and_tells_old_and_new_and_what_stays(profile):
    lines = {
        (1, 2023, OPERATING, OWN): (None, Decimal(90)),
        (2, 2023, OPERATING, OWN): (None, Decimal(40)),
        (2, 2022, OPERATING, OWN): (None, Decimal(10)),
    }
    plan = planned(profile, ["80101", "4010", "2023", 120.0, ""], lines=lines)
    assert [(one.old, one.new) for one in plan.changed] == [(90, 120)]
    assert [one.params for one in plan.notices] == [{"year": "2023"}]
    again = planned(profile, ["80101", "4010", "2023", 90.0, ""], lines=lines)
    assert again.changed == []
    assert again.stamp != plan.stamp


def test_a_file_of_later_months_that_would_replace_the_whole_year_is_told(profile):
    lines = {(1, 2023, OPERATING, OWN): (None, Decimal(90))}
    row = ["80101", "4010", "5/2023", 120.0, ""]
    assert [one.params for one in planned(profile, row, lines=lines).notices] == [{"year": "2023", "month": 5}]
    assert planned(profile, row).notices == []
    assert planned(profile, row, ["80101", "4010", "1/2023", 1.0, ""], lines=lines).notices == []


def test_rows_that_stand_twice_are_told_and_counted(profile):
    row = ["80101", "4010", "1/2023", 5.0, "A1"]
    plan = planned(profile, row, row, ["80101", "4010", "1/2023", 5.0, "A2"])
    assert told(plan.notices) == [("D", 4)]
    assert written(plan) == {(1, 2023, OPERATING, OWN): 15}


def test_the_sign_of_costs_is_the_profiles():
    profile = parse_ledger_profile(PROFILE.replace('"koekunta"', '"koekunta"\nsign = "costs_negative"\nunit = "teur"'))
    assert written(planned(profile, ["80101", "4010", "1/2023", -5.0, ""])) == {(1, 2023, OPERATING, OWN): 5_000}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        *(("5/2023", (2023, 5)), ("05.2023", (2023, 5)), ("2023-05", (2023, 5)), ("202305", (2023, 5))),
        *(("2023", (2023, None)), ("13/2023", (2023, 13)), ("2023/5", (2023, 5)), ("1.5.2023 x", None)),
        *(("5", None), ("", None), ("0/2023", None)),
    ],
)
def test_periods_are_read_as_people_write_them(text, period):
    assert read_period(text) == period


def test_a_profile_that_does_not_hold_together_tells_every_key():
    broken = PROFILE.replace('to = "3399"', 'to = "4100"').replace('part = "operating"\nsource = "own"', "")
    with pytest.raises(Refusal) as refusal:
        parse_ledger_profile(broken)
    assert {one.place for one in refusal.value.problems} >= {"account[1]", "account[2]"}


def test_the_profiles_that_come_with_the_program_are_sound():
    assert [one.name for one in ledger_profiles("turku")] == ["turku-ledger"]

import datetime as dt

import pytest

from portfolio.exchange.columns import Entity
from portfolio.exchange.export.layout.headings import Head, heading_rows, heads_of
from portfolio.exchange.profile import SheetProfile, Years
from portfolio.exchange.rows.headings import Headings
from portfolio.files.cells import Merged
from tests.exchange.export.layout.outings import TOWNS, profile_of

MAY, NOVEMBER = dt.date(2026, 5, 1), dt.date(2026, 11, 1)


def money(pattern, amount="planned", part="operating", source="own"):
    return Years(pattern, amount, None, part, source, "teur")


def sheet(*years, **more):
    columns = {"number": ("Nro",), "title_fi": ("Toimenpide", "Otsikko"), "goals": ("Tavoitteet",)}
    return SheetProfile(("Toimenpiteet",), Entity.INITIATIVE, **{"columns": columns, "years": years, **more})


def texts(profile, years, today=MAY):
    return [head.text for head in heads_of(profile, years, today, "fi", frozenset())]


@pytest.mark.parametrize(
    ("today", "found"),
    [(MAY, ["TA 2025", "TA 2026", "TS 2027"]), (NOVEMBER, ["TA 2025", "TA 2026", "TAE 2027"])],
)
def test_a_star_before_a_year_is_a_budget_a_proposal_or_a_plan(today, found):
    heads = texts(sheet(money("T* {year}")), {0: [2027, 2025, 2026]}, today)
    assert heads == ["Nro", "Toimenpide", *found, "Tavoitteet"]


def test_a_star_that_another_pattern_would_take_is_filled_otherwise():
    profile = sheet(money("TA {year}"), money("T* {year}", "forecast"))
    assert texts(profile, {0: [2026], 1: [2026]}) == ["Nro", "Toimenpide", "TA 2026", "TS 2026", "Tavoitteet"]


def test_columns_of_one_kind_of_money_stand_together_and_actuals_beside_their_year():
    profile = sheet(money("Raha T* {year}"), money("Raha Toteuma 1–8/{year}", "actual"), money("Inv. T* {year}"))
    assert texts(profile, {0: [2026, 2027], 1: [2026], 2: [2026]})[2:-1] == [
        *("Raha TA 2026", "Raha Toteuma 1–8/2026", "Raha TS 2027", "Inv. TA 2026"),
    ]


def test_columns_of_one_year_stand_together_where_the_year_comes_first():
    profile = sheet(money("T* {year} Käyttötalous"), money("T* {year} Ulkoa", source="external"))
    assert texts(profile, {0: [2026, 2027], 1: [2026, 2027]})[2:-1] == [
        *("TA 2026 Käyttötalous", "TA 2026 Ulkoa", "TS 2027 Käyttötalous", "TS 2027 Ulkoa"),
    ]


def test_what_neighbours_share_is_joined_above_them_and_the_rest_reaches_down():
    heads = [
        Head("number", "Nro"),
        Head("title_fi", "Nimi / Namn Suomeksi"),
        Head("title_sv", "Nimi / Namn På svenska"),
    ]
    found = heading_rows(heads, 2)
    assert found.texts == (("Nro", "Nimi / Namn", ""), ("", "Suomeksi", "På svenska"))
    assert found.merged == (Merged((1, 1), (2, 1)), Merged((1, 2), (1, 3)))


def test_three_rows_are_joined_row_by_row():
    heads = [Head("a", "Raha Käyttö TA 2026"), Head("b", "Raha Käyttö TS 2027"), Head("c", "Raha Muu")]
    assert heading_rows(heads, 3).texts == (
        ("Raha", "", ""),
        ("Käyttö", "", "Muu"),
        ("TA 2026", "TS 2027", ""),
    )


def test_one_row_says_everything():
    assert heading_rows([Head("a", "Nimi Suomeksi"), Head("b", "Nimi Ruotsiksi")], 1).texts == (
        ("Nimi Suomeksi", "Nimi Ruotsiksi"),
    )


@pytest.mark.parametrize("town", TOWNS)
def test_every_heading_that_is_written_is_read_as_its_own_field(town):
    for one in profile_of(town).sheets:
        known = Headings(one)
        heads = heads_of(one, dict.fromkeys(range(9), range(2015, 2027)), MAY, "fi", frozenset())
        assert {head.field for head in heads if not head.beside} >= set(one.columns)
        for head in heads:
            assert head.beside or known.field(head.text) == (head.field, head.unit)

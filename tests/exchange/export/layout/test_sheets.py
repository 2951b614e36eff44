import pytest

from portfolio.exchange.columns import Entity, matches
from portfolio.exchange.export.layout.sheets import choose_sheets, place, sheet_title
from portfolio.exchange.profile import SheetProfile
from tests.exchange.export.layout.outings import profile_of


def titled(*match, layout="table"):
    return SheetProfile(match, Entity.INITIATIVE, layout=layout)


def test_of_tables_for_the_same_items_the_newest_workbook_s_are_taken():
    chosen = [one.profile.match[0] for one in choose_sheets(profile_of("tuusula"), None)]
    assert chosen == ["Tilannekatsaus*", "Seuraavat askeleet", "Foorumit", "Kokoukset", "Riippuvuudet"]


def test_a_portfolio_has_its_own_tables_and_those_of_none():
    turku = profile_of("turku")
    assert {one.profile.portfolio for one in choose_sheets(turku, "turku-tarvesalkku")} == {None, "turku-tarvesalkku"}
    assert {one.profile.entity for one in choose_sheets(turku, "muu")} == {Entity.FORUM, Entity.POST, Entity.MEETING}


@pytest.mark.parametrize(
    ("sheet", "star", "title"),
    [
        (titled("Toimenpiteet*"), "2027", "Toimenpiteet 2027"),
        (titled("Teko *", layout="card"), "4", "Teko 4"),
        (titled("Salkku *", "Salkku"), "2027", "Salkku"),
        (titled("Toimeksianto", layout="card"), "H1", "Toimeksianto"),
        (titled("*"), "2027", "2027"),
        (titled("Teko *", layout="card"), "1/2026: [a]", "Teko 1 2026 a"),
        (titled("Kehittämistoimenpiteiden luettelo *"), "2027", "Kehittämistoimenpiteiden luettel"[:31]),
    ],
)
def test_a_sheet_is_called_so_that_its_profile_knows_it(sheet, star, title):
    assert sheet_title(sheet, star, []) == title
    assert len(title) > 30 or matches(title, sheet.match)


def test_a_second_sheet_of_one_name_gets_a_number():
    card = titled("Päätös", layout="card")
    assert sheet_title(card, "1", ["päätös"]) == "Päätös 2"
    assert sheet_title(card, "1", ["Päätös", "Päätös 2"]) == "Päätös 3"


def test_an_item_stands_where_the_table_says_what_it_is():
    tables = [(1, {"publicity": "internal"}), (2, {"spearhead": True, "kind": "project", "publicity": "public"})]
    assert place({"spearhead": True, "kind": "project", "publicity": "internal"}, tables) == 2
    assert place({"spearhead": False, "kind": "need", "publicity": "public"}, tables) == 1
    assert place({}, [(1, {}), (2, {})]) == 1

from portfolio.exchange.columns.sheets import OwnFacts, OwnScheme, own_sheets
from portfolio.exchange.export.hints import drop_downs, notes

THEME = OwnScheme("teema", {"fi": "Teema", "sv": "Tema", "en": "Teema"}, several=True)
INITIATIVES, MILESTONES, BUDGET = own_sheets(OwnFacts((THEME,), ((2026, "planned"),), several_portfolios=True))


def noted(sheet, key, language="fi"):
    number = [column.key for column in sheet.columns].index(key) + 1
    return notes(sheet, language).get((1, number))


def test_headings_tell_what_belongs_in_their_column():
    assert "omin sanoin" in noted(INITIATIVES, "timespan")
    assert "puolipisteellä" in noted(INITIATIVES, "category:teema")
    assert "”poista”" in noted(INITIATIVES, "action")
    assert "erillistä määrärahaa" in noted(BUDGET, "planned:2026")
    assert "Vain luettavaksi" in noted(INITIATIVES, "decision")
    assert noted(INITIATIVES, "solution") is None


def test_notes_are_in_the_language_of_the_workbook():
    assert "”ta bort”" in noted(INITIATIVES, "action", "sv")
    assert "“delete”" in noted(INITIATIVES, "action", "en")


def test_only_where_several_may_stand_may_anything_be_written():
    offered = {INITIATIVES.columns[one.column - 1].key: one for one in drop_downs(INITIATIVES, "fi")}
    assert {key for key, one in offered.items() if not one.strict} == {"category:teema", "benefits"}
    assert offered["status"].explanation == "Valitse listalta. Tyhjä solu poistaa arvon."
    assert {"unit", "owner_post", "portfolio", "action", "spearhead", "budget_effect"} <= set(offered)

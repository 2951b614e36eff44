"""New rows that look like items which are there already."""

from portfolio.exchange.apply import alike
from tests.exchange.returns import Edited, bring_in, messages, take_out

ITEMS, TITLE, UNIT = "Initiatives", "Title in Finnish", "Unit"


def test_it_is_told_when_not_every_new_row_was_held_against_what_is_there(small_town, monkeypatch):
    small_town.put(rows=[(1, "Satama", "sivistys", "Proposed", None, None)])
    monkeypatch.setattr(alike, "MOST", 1)
    book = Edited(take_out(small_town))
    for number, title in ((2, "Ihan uusi"), (3, "Satamaa")):
        book.put(ITEMS, number, TITLE, title).put(ITEMS, number, "Kind", "Toimenpide")
        book.put(ITEMS, number, UNIT, "Sivistystoimiala")
    told = messages(bring_in(small_town, book.save(), keep=False).notices)
    assert any(text.startswith("The file has 2 new rows. Only the first 1 of them") for text in told)

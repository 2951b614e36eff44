import datetime as dt

import pytest

from portfolio.core.timespan import Context, parse
from portfolio.exchange.columns.sheets import OwnFacts, own_sheets
from portfolio.exchange.export.guide import Cover, guide_sheet

COVER = Cover("Kunta", "Ohjelma", 12, dt.date(2026, 5, 4))


def texts(language="fi", cover=COVER):
    sheet = guide_sheet(cover, own_sheets(OwnFacts()), language)
    return [[value for value in row.values if value] for row in sheet.rows]


def test_the_first_lines_tell_whose_and_what_the_workbook_is():
    first = [row for row in texts() if row]
    assert first[0] == ["Ohjelma"]
    assert first[1] == ["Kunta · 12 kohdetta · Tilanne 4.5.2026"]


def test_an_empty_workbook_is_called_one():
    assert ["Kunta · Tyhjä pohja uusille riveille · Tilanne 4.5.2026"] in texts(cover=Cover("Kunta", "O", 0, COVER.day))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_times_given_as_examples_can_be_read(language):
    rows = [row for row in texts(language) if len(row) == 2]
    first = next(number for number, row in enumerate(rows) if "31.12.2026" in row[0] or "31 Dec" in row[0])
    for words, _ in rows[first : first + 7]:
        assert parse(words, Context.default(COVER.day, language)).certain, words


def test_the_words_of_the_columns_are_those_that_stand_on_them():
    told = " ".join(text for row in texts() for text in row)
    assert "Toiminto" in told
    assert "”poista”" in told
    assert "Kommentti" in told


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_nothing_is_left_in_english(language):
    english = {text for row in texts("en") for text in row if " " in text and not text[0].isdigit()}
    assert english.isdisjoint(text for row in texts(language) for text in row)

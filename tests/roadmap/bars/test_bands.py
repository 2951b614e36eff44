import datetime as dt

import pytest

from portfolio.core.timespan import COUNCIL_TERMS
from portfolio.roadmap.bars import Arrangement, Scale, choose_window, lay_out
from tests.roadmap.items import HEADS, TODAY, create_item, three_years


def bands(window, terms=COUNCIL_TERMS, language="fi"):
    return lay_out([create_item()], Arrangement(HEADS, terms=tuple(terms)), window, TODAY, language).bands


def test_council_terms_lie_side_by_side_and_are_shaded_by_turns():
    first, second = bands(three_years(2024))

    assert (first.x, first.words) == (0, "Valtuustokausi 2021–2025")
    assert (second.words, second.label) == ("Valtuustokausi 2025–2029", "Valtuustokausi 2025–2029")
    assert second.x == pytest.approx(first.width)
    assert first.shaded != second.shaded


def test_a_term_is_shaded_alike_in_every_window():
    [here] = [band for band in bands(three_years(2020)) if band.words.endswith("2021–2025")]
    [later] = [band for band in bands(three_years(2024)) if band.words.endswith("2021–2025")]

    assert here.x > later.x
    assert here.shaded == later.shaded


def test_a_label_that_does_not_fit_is_its_years_or_nothing_and_the_words_stay():
    whole = choose_window(Scale.ALL, TODAY, years=3, dated=[dt.date(1990, 1, 1), dt.date(2090, 1, 1)])

    assert {band.label for band in bands(whole)} == {""}
    assert all(band.words.startswith("Valtuustokausi 2") for band in bands(whole))
    decade = choose_window(Scale.ALL, TODAY, years=3, dated=[dt.date(2010, 1, 1), dt.date(2035, 1, 1)])
    assert "2013–2017" in {band.label for band in bands(decade)}


def test_without_terms_there_are_no_bands():
    assert bands(three_years(), terms=()) == ()

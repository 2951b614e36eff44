import datetime as dt

import pytest

from portfolio.core.problem import Problem
from portfolio.exchange.columns import Entity, Known
from portfolio.exchange.guess import assign
from tests.guesses import guessed


def test_values_tell_what_a_heading_does_not():
    found = guessed(
        [
            ["X", "Toimenpide", "Y", "Z", "Q"],
            [1, "a", "Tekninen toimiala", "Rehtori", "Kehittämishanke"],
            [2, "b", "Sivistystoimiala", "Kirjastonjohtaja", "Kehittämishanke"],
            [3, "c", "tekninen", "Tekninen johtaja", "hanke"],
        ]
    )
    assert found.fields() == {
        "X": None, "Toimenpide": "title_fi", "Y": "unit", "Z": "owner_post", "Q": "category:luokka",
    }  # fmt: skip
    assert found.why("Y") == [assign.BY_VALUES]


def test_a_heading_is_not_believed_when_its_values_say_otherwise():
    found = guessed([["Nro", "Toimenpide", "Tila"], [1, "a", "Kirjastosali"], [2, "b", "Uimahalli"], [3, "c", "Tori"]])
    assert found.fields()["Tila"] is None
    reason = found.column("Tila").reasons[0]
    assert reason.msgid == assign.UNLIKE
    assert reason.params["value"] == "Kirjastosali"


def test_the_responsible_may_be_a_unit_or_a_post_and_the_values_tell():
    units = guessed([["Toimenpide", "Vastuutaho"], ["a", "tekninen"], ["b", "sivistys"]])
    posts = guessed([["Toimenpide", "Vastuutaho"], ["a", "Rehtori"], ["b", "Tekninen johtaja"]])
    assert (units.fields()["Vastuutaho"], posts.fields()["Vastuutaho"]) == ("unit", "owner_post")


def test_names_of_people_are_not_read_as_posts():
    found = guessed([["Toimenpide", "Vastuuhenkilö"], ["a", "N.N."], ["b", "M.M."], ["c", "K.K."]])
    assert found.fields()["Vastuuhenkilö"] is None
    assert found.why("Vastuuhenkilö") == [assign.UNLIKE]


def test_names_of_posts_are_no_titles_of_projects():
    found = guessed([["Tehtävä", "Vastuualue"], ["Rehtori", "sivistys"], ["Tekninen johtaja", "tekninen"]])
    assert not found.sheet().read


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (2024, 2026, "2024–2026"),
        (dt.date(2024, 3, 1), dt.date(2025, 12, 31), "1.3.2024–31.12.2025"),
        ("1.3.2024", "jatkuva", "1.3.2024–jatkuva"),
        ("syksy 2024", None, "syksy 2024–"),
        (None, "31.12.2025", "–31.12.2025"),
        (2024, 2024, "2024"),
        (None, None, None),
    ],
)
def test_start_and_end_in_two_columns_are_one_time_of_words(start, end, words):
    rows = [["Nro", "Toimenpide", "Alkaa", "Päättyy"], [1, "a", start, end], [2, "b", "1.1.2024", "31.12.2024"]]
    assert guessed(rows).values("timespan")[0] == (words,)


def test_an_end_before_its_start_and_an_impossible_day_are_told():
    rows = [["Nro", "Toimenpide", "Alkaa", "Päättyy"], [1, "a", "1.3.2025", "1.3.2024"], [2, "b", "30.2.2025", None]]
    rows += [[3, "c", 2025, 2026]]
    assert [(row, column) for _, row, column in guessed(rows).faults] == [(2, "C"), (3, "C")]


@pytest.mark.parametrize(
    "values", [["2024–2026", "jatkuva", 2025], ["syksyllä 2025", "2009+2010", "31.12.2025"], [2024, 2025, 2026]]
)
def test_years_ranges_and_words_are_times(values):
    found = guessed([["Toimenpide", "Aikataulu"], *[[f"t{number}", one] for number, one in enumerate(values)]])
    assert found.fields()["Aikataulu"] == "timespan"
    assert [words for (words,) in found.values("timespan")] == [str(one) for one in values]


@pytest.mark.parametrize(
    ("values", "unit", "progress"),
    [
        ([0.3, 1, 0], "fraction", [30, 100, 0]),
        ([30, 100, 0], None, [30, 100, 0]),
        (["30 %", "100%", 0], None, [30, 100, 0]),
    ],
)
def test_progress_is_read_as_shares_or_as_per_cents(values, unit, progress):
    found = guessed([["Toimenpide", "Valmiusaste"], *[[f"t{number}", one] for number, one in enumerate(values)]])
    assert found.column("Valmiusaste").unit == unit
    assert [one for (one,) in found.values("progress")] == progress


def test_shares_and_per_cents_mixed_in_one_column_are_not_guessed():
    found = guessed([["Toimenpide", "Valmiusaste"], ["a", 0.3], ["b", 45], ["c", 100]])
    assert found.fields()["Valmiusaste"] is None
    assert found.why("Valmiusaste") == [assign.MIXED_SHARES]


def test_plain_dates_without_a_telling_heading_could_be_anything():
    found = guessed([["Toimenpide", "Pvm"], ["a", dt.date(2025, 1, 1)], ["b", dt.date(2025, 2, 1)]])
    assert not found.sheet().read or found.fields()["Pvm"] is None


def test_each_column_has_a_reason_and_a_confidence():
    found = guessed([["Nro", "Toimenpide", "Jokin", "Toimen pide"], [1, "a", "x", "y"], [2, "b", "z", "w"]])
    for column in found.sheet().columns:
        assert column.reasons
        assert all(isinstance(reason, Problem) for reason in column.reasons)
        assert (column.confidence > 0) == (column.field is not None)


def test_a_swedish_twin_of_a_finnish_column_is_the_swedish_text():
    found = guessed([["Toimenpide", "Åtgärd", "Kuvaus", "Beskrivning"], ["a", "b", "c", "d"], ["e", "f", "g", "h"]])
    assert list(found.fields().values()) == ["title_fi", "title_sv", "summary_fi", "summary_sv"]


def test_a_title_is_the_first_column_of_texts_when_no_heading_names_one():
    found = guessed([["Kokonaisuus", "Tila", "Aikataulu"], ["Tori", "Valmis", 2025], ["Silta", "Kesken", 2026]])
    assert found.fields()["Kokonaisuus"] == "title_fi"
    assert found.column("Kokonaisuus").confidence < 0.5


def test_a_decision_is_found_by_its_reference():
    known = Known((Entity.DECISION, "kh 1.2.2025 § 3"), "Päätös", "", (), ("KH 1.2.2025 § 3",), ())
    found = guessed([["Toimenpide", "Päätös"], ["a", "KH 1.2.2025 § 3"], ["b", None]], known=(known,))
    assert found.fields()["Päätös"] == "decision"

"""Words, dates and numbers in the reader's language, without Flask."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portfolio.core import money
from portfolio.core.language import (
    LANGUAGES,
    format_date,
    format_datetime,
    format_number,
    format_percent,
    format_time,
    in_language,
    month_name,
    quarter,
    say,
    say_plural,
    say_problem,
)
from portfolio.core.problem import Place, Problem, Refusal

NB = "\N{NO-BREAK SPACE}"


def test_a_msgid_is_said_in_each_language():
    assert [say(money.NOT_KNOWN, language) for language in LANGUAGES] == ["ei tietoa", "ingen uppgift", "not known"]


def test_what_has_no_translation_stays_in_english():
    assert say("Nobody has translated this %(thing)s.", "fi", thing="yet") == "Nobody has translated this yet."
    assert say("100 %", "fi") == "100 %"


def test_parameters_are_written_in_the_same_language():
    when = date(2024, 12, 31)
    assert say(
        "by %(day)s: %(sum)s, %(what)s", "en", day=when, sum=Decimal("1234.5"), what=Problem(money.NOT_KNOWN)
    ) == (f"by 31 Dec 2024: 1{NB}234.5, not known")
    assert say("%(year)s: %(what)s", "fi", year=2024, what=Problem(money.NOT_KNOWN)) == "2024: ei tietoa"
    assert say("%(language)s %(msgid)s", "sv", language="a", msgid="b") == "a b"


def test_a_plural_follows_the_number():
    words = ("%(num)s undone thing", "%(num)s undone things")
    assert [say_plural(*words, number, "en") for number in (0, 1, 2)] == [
        "0 undone things",
        "1 undone thing",
        "2 undone things",
    ]


def test_a_problem_is_a_sentence_without_its_place():
    problem = Problem(money.TOO_PRECISE, {"text": "0,001"}, Place(sheet="Toimet", row=12, column="C"))
    assert say_problem(problem, "fi") == "”0,001” on senttiä tarkempi."


def test_a_refusal_carries_every_problem_and_at_least_one():
    problems = Problem("Missing: %(name)s", {"name": "title"}), Problem("Too late")
    assert Refusal(*problems).problems == problems
    assert str(Refusal(*problems)) == "Missing: title; Too late"
    with pytest.raises(ValueError, match="at least one"):
        Refusal()


def test_problems_can_be_gathered_in_a_set():
    assert len({Problem("a", {"x": 1}), Problem("a", {"x": 1}), Problem("a", {"x": 2})}) == 2


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("fi", "31.12.2024", "31.12.2024 klo_14.05"),
        ("sv", "31.12.2024", "31.12.2024 kl._14.05"),
        ("en", "31 Dec 2024", "31 Dec 2024, 14:05"),
    ],
)
def test_dates_and_times_are_written_as_in_finland(language, day, moment):
    noon = datetime(2024, 12, 31, 12, 5, tzinfo=UTC)
    assert format_date(noon.date(), language) == day
    assert format_datetime(noon, language).replace(NB, "_") == moment


def test_a_moment_is_told_in_helsinki_and_is_utc_without_a_zone():
    assert format_datetime(datetime(2024, 6, 30, 21, 30, tzinfo=UTC), "fi") == f"1.7.2024 klo{NB}0.30"
    assert format_time(datetime(2024, 6, 30, 21, 30), "en") == "0:30"


@pytest.mark.parametrize(
    ("number", "finnish", "english"),
    [
        (1234567, "1_234_567", "1_234_567"),
        (-5, "−5", "−5"),
        (0.5, "0,5", "0.5"),
        (Decimal("1234.50"), "1_234,50", "1_234.50"),
        (Decimal("1E+3"), "1_000", "1_000"),
    ],
)
def test_numbers_have_no_break_spaces_and_the_languages_decimal_mark(number, finnish, english):
    assert format_number(number, "fi").replace(NB, "_") == finnish
    assert format_number(number, "en").replace(NB, "_") == english


def test_a_percentage_has_a_no_break_space_but_not_in_english():
    assert [format_percent(12, language) for language in LANGUAGES] == [f"12{NB}%", f"12{NB}%", "12%"]


def test_months_and_quarters_have_names():
    assert [month_name(1, language) for language in LANGUAGES] == ["tammikuu", "januari", "January"]
    assert [quarter(3, language) for language in LANGUAGES] == ["3. neljännes", "kvartal 3", "Q3"]


def test_what_is_written_in_two_languages_is_given_in_the_one_asked_for_or_for_want_of_it_in_the_other():
    assert in_language("Koulu", "Skola", "sv") == "Skola"
    assert in_language("Koulu", "Skola", "fi") == in_language("Koulu", "Skola", "en") == "Koulu"
    assert in_language("Koulu", None, "sv") == "Koulu"
    assert in_language(None, "Skola", "fi") == "Skola"
    assert in_language(None, None, "sv") == ""

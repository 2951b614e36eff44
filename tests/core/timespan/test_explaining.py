"""What is said back to the person, and what is late."""

from datetime import date

import pytest

from portfolio.core.timespan import EMPTY, Context, explain, interval_text, is_late, parse, sort_date, unread

CONTEXT = Context.default(date(2023, 1, 24))


def read(words):
    return parse(words, CONTEXT).value


@pytest.mark.parametrize(
    ("words", "finnish", "english"),
    [
        ("syksy 2026", "1.8.–31.12.2026, vuodenajan tarkkuus", "1 Aug – 31 Dec 2026, known to the season"),
        (
            "viimeistään 31.5.2025",
            "viimeistään 31.5.2025, päivän tarkkuus",
            "at the latest on 31 May 2025, known to the day",
        ),
        ("2023–", "1.1.2023 alkaen, vuoden tarkkuus", "from 1 Jan 2023 onwards, known to the year"),
        ("jatkuva", "toistaiseksi", "until further notice"),
        (
            "kevät 2023 – 2025",
            "1.1.2023–31.12.2025, alku vuodenajan tarkkuus, loppu vuoden tarkkuus",
            "1 Jan 2023 – 31 Dec 2025, start known to the season, end known to the year",
        ),
        (
            "vuosittain syyskuun loppuun mennessä",
            "vuosittain 30.9. mennessä, kuukauden tarkkuus",
            "yearly by 30 Sep, known to the month",
        ),
        ("esim. 1 krt/kk", "kuukausittain, alustava", "monthly, tentative"),
        ("määräaikainen", "loppu ei ole tiedossa", "the end is not known"),
        ("kun ehditään", "säilyy kirjoitettuna, ei luettavissa ajankohtana", "kept as written, not read as a time"),
        ("", "", ""),
    ],
)
def test_the_planner_is_told_what_was_understood(words, finnish, english):
    assert explain(read(words), "fi") == finnish
    assert explain(read(words), "en") == english


@pytest.mark.parametrize(
    ("words", "finnish", "english"),
    [
        ("31.12.2024", "31.12.2024", "31 Dec 2024"),
        ("2024–2026", "1.1.2024–31.12.2026", "1 Jan 2024 – 31 Dec 2026"),
        ("viimeistään 31.5.2025", "–31.5.2025", "–31 May 2025"),
        ("1.6.2025 alkaen", "1.6.2025–", "1 Jun 2025–"),
        ("toistaiseksi", "", ""),
    ],
)
def test_an_interval_is_written_by_its_days(words, finnish, english):
    assert interval_text(read(words), "fi") == finnish
    assert interval_text(read(words), "en") == english


@pytest.mark.parametrize(
    ("words", "late"),
    [
        ("viimeistään 31.12.2024", True),
        ("viimeistään 1.1.2025", False),
        ("syksy 2024", True),
        ("2024–2025", False),
        ("vuodesta 2020 alkaen", False),
        ("toistaiseksi", False),
        ("vuosittain 2020–2023", False),
        ("määräaikainen", False),
        ("kun ehditään", False),
    ],
)
def test_only_what_has_a_known_and_passed_end_is_late(words, late):
    assert is_late(read(words), date(2025, 1, 1)) is late


def test_times_are_listed_by_their_end_and_undated_ones_last():
    words = ["kun ehditään", "vuodesta 2020 alkaen", "2024–2026", "viimeistään 31.12.2024", "syksy 2023"]
    assert sorted(words, key=lambda text: sort_date(read(text))) == [
        "vuodesta 2020 alkaen",
        "syksy 2023",
        "viimeistään 31.12.2024",
        "2024–2026",
        "kun ehditään",
    ]
    assert sort_date(EMPTY) == sort_date(unread("x")) == date.max

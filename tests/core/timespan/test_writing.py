"""What the writer writes, the reader reads back: in every language, whatever the interface's language is."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.core.timespan import (
    COUNCIL_TERMS,
    Cadence,
    Context,
    Kind,
    MonthDay,
    Pace,
    Precision,
    Season,
    Timespan,
    Yearly,
    parse,
)
from portfolio.core.timespan import context as units
from portfolio.core.timespan.value import LEAP_YEAR
from portfolio.core.timespan.writing import format as write

LANGUAGES = ("fi", "sv", "en")
CONTEXT = Context.of_settings({"autumn": [9, 1, 12, 31], "summer": [6, 10, 8, 15]}, None)

YEARS = st.integers(1950, 2150)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
NAMED_IN_A_YEAR = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.HALF)
UNITS_OF_A_YEAR = st.one_of(
    DAYS.map(lambda day: units.Span(day, day, Precision.DAY)),
    st.builds(units.month, YEARS, st.integers(1, 12)),
    st.builds(units.quarter, YEARS, st.integers(1, 4)),
    st.builds(units.half, YEARS, st.integers(1, 2)),
    st.builds(CONTEXT.season, st.sampled_from(Season), YEARS),
)
UNITS = st.one_of(
    UNITS_OF_A_YEAR,
    st.builds(units.whole_year, YEARS),
    st.sampled_from([units.Span(*term, Precision.TERM) for term in COUNCIL_TERMS]),
)


@st.composite
def ranges(draw):
    first, last = sorted((draw(UNITS), draw(UNITS)), key=lambda span: (span.end, span.start))
    if draw(st.booleans()) or last.end < first.start:
        first = last
    return first.start, last.end, first.precision, last.precision


OPEN = (None, None, Precision.NONE, Precision.OPEN)
BY = UNITS.map(lambda span: (None, span.end, Precision.NONE, span.precision))
FROM = UNITS.map(lambda span: (span.start, None, span.precision, Precision.OPEN))
FIXED_TERM = (None, None, Precision.NONE, Precision.NONE)


@st.composite
def times_of_year(draw):
    """Give a time of any year: one unit, what lies before its end, or the days between two."""
    precision = draw(
        st.sampled_from([Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.HALF])
    )
    spans = UNITS_OF_A_YEAR.filter(lambda span: span.precision is precision)
    first, last = sorted((in_leap_year(draw(spans)), in_leap_year(draw(spans))), key=lambda pair: (pair[1], pair[0]))
    start = draw(st.sampled_from([None, first[0], last[0]]))
    return Yearly(start, last[1], precision)


def in_leap_year(span):
    start, end = (MonthDay(day.month, day.day) for day in (span.start, span.end))
    closes_february = end.month == 2 and span.precision is not Precision.DAY
    return start, MonthDay(2, 29) if closes_february else end


@st.composite
def rhythms(draw, *, tentative):
    unit = draw(st.sampled_from(Pace))
    return Cadence(
        draw(st.integers(1, 12)),
        unit,
        draw(st.integers(1, 4)),
        approximate=draw(st.booleans()),
        at_most=draw(st.booleans()),
        tentative=tentative,
        yearly=draw(st.none() | times_of_year()) if unit is Pace.YEAR else None,
    )


@st.composite
def timespans(draw):
    kind = draw(st.sampled_from([kind for kind in Kind if kind is not Kind.UNREAD]))
    ends = {
        Kind.BY: BY,
        Kind.DURING: ranges() | st.just(FIXED_TERM),
        Kind.FROM: FROM,
        Kind.RECURRING: st.just(OPEN) | BY | FROM | ranges(),
        Kind.ONGOING: st.just(OPEN) | FROM,
    }
    tentative = draw(st.booleans())
    cadence = draw(rhythms(tentative=tentative)) if kind is Kind.RECURRING else None
    return Timespan("", *draw(ends[kind]), kind, tentative=tentative, cadence=cadence)


@given(timespans(), st.sampled_from([None, *LANGUAGES]))
@settings(max_examples=300)
def test_what_is_written_is_read_back_in_every_language(timespan, language):
    for written_in in LANGUAGES:
        words = write(timespan, written_in, CONTEXT)
        value = parse(words, replace(CONTEXT, language=language)).value
        assert replace(value, words="") == timespan, words


@pytest.mark.parametrize(
    ("text", "finnish", "swedish", "english"),
    [
        ("31.12.2024", "31.12.2024", "31.12.2024", "31 Dec 2024"),
        ("1.8.2026–31.12.2026", "1.8.–31.12.2026", "1.8.–31.12.2026", "1 Aug – 31 Dec 2026"),
        ("6/2021", "kesäkuu 2021", "juni 2021", "June 2021"),
        ("8-9/2021", "elokuu–syyskuu 2021", "augusti–september 2021", "August–September 2021"),
        ("Q3 2025", "3. neljännes 2025", "kvartal 3 2025", "Q3 2025"),
        ("syksyllä 2026", "syksy 2026", "hösten 2026", "autumn 2026"),
        (
            "kesä 2021 – elokuu 2021",
            "kesä 2021 – elokuu 2021",
            "sommaren 2021 – augusti 2021",
            "summer 2021 – August 2021",
        ),
        ("H2 2023", "2. vuosipuolisko 2023", "andra halvåret 2023", "H2 2023"),
        ("vuosina 2024-2026", "2024–2026", "2024–2026", "2024–2026"),
        ("by 31 May 2025", "31.5.2025 mennessä", "senast 31.5.2025", "by 31 May 2025"),
        (
            "syyskuun 2016 loppuun mennessä",
            "syyskuun 2016 loppuun mennessä",
            "senast i slutet av september 2016",
            "by the end of September 2016",
        ),
        ("2024–", "vuodesta 2024 alkaen", "från 2024", "from 2024"),
        ("jatkuva", "toistaiseksi", "tills vidare", "until further notice"),
        ("n. kahden viikon välein", "noin 2 viikon välein", "cirka med 2 veckors mellanrum", "about every 2 weeks"),
        (
            "vuosittain syyskuun loppuun mennessä",
            "vuosittain syyskuun loppuun mennessä",
            "årligen senast i slutet av september",
            "yearly by the end of September",
        ),
        ("mahdollisesti 2026", "mahdollisesti 2026", "möjligen 2026", "possibly 2026"),
        ("määräaikainen", "määräaikainen", "tidsbunden", "fixed-term"),
    ],
)
def test_canonical_words_are_those_a_planner_would_write(text, finnish, swedish, english):
    value = replace(parse(text, Context.default()).value, words="")
    assert [write(value, language) for language in LANGUAGES] == [finnish, swedish, english]


def test_words_of_its_own_are_written_as_they_are():
    assert write(parse("Syksyllä  2026 ", Context.default()).value, "sv") == "Syksyllä  2026"
    assert write(parse("kun ehditään", Context.default()).value, "fi") == "kun ehditään"


def test_a_season_that_fits_no_limits_is_written_by_its_days():
    odd = Timespan("", date(2026, 9, 3), date(2026, 11, 7), Precision.SEASON, Precision.SEASON, Kind.DURING)
    assert write(odd, "fi") == "3.9.–7.11.2026"


def test_the_leap_year_holds_the_last_day_of_february():
    assert MonthDay(2, 29).on(LEAP_YEAR) == date(2000, 2, 29)
    assert MonthDay(2, 29).on(2023) == date(2023, 2, 28)

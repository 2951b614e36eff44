import datetime as dt

from portfolio.core.timespan import Cadence, Kind, MonthDay, Pace, Yearly
from portfolio.roadmap.bars.occurrences import marks_of, yearly_marks
from tests.roadmap.items import create_span, day

SEPTEMBER = MonthDay(9, 30)
YEARS = range(2023, 2026)


def test_a_yearly_deadline_gives_a_mark_in_each_year():
    marks = list(yearly_marks("d1", "Raportti", SEPTEMBER, YEARS))

    assert [mark.day for mark in marks] == [dt.date(year, 9, 30) for year in YEARS]
    assert len({mark.key for mark in marks}) == 3


def test_a_deadline_stops_when_it_is_ended_and_begins_when_it_was_set():
    marks = yearly_marks("d1", "Raportti", SEPTEMBER, YEARS, first=day("1.1.2024"), last=day("31.12.2024"))

    assert [mark.day.year for mark in marks] == [2024]


def test_a_leap_day_is_the_28th_in_other_years():
    marks = yearly_marks("d1", "Raportti", MonthDay(2, 29), range(2023, 2025))

    assert [mark.day.day for mark in marks] == [28, 29]


def test_a_time_that_recurs_at_a_known_day_has_its_own_marks():
    cadence = Cadence(1, Pace.YEAR, yearly=Yearly(None, SEPTEMBER))
    span = create_span("1.1.2024", kind=Kind.RECURRING, cadence=cadence, words="vuosittain syyskuun loppuun mennessä")

    assert [(mark.day.year, mark.words) for mark in marks_of(span, YEARS)] == [
        (2024, "vuosittain syyskuun loppuun mennessä"),
        (2025, "vuosittain syyskuun loppuun mennessä"),
    ]


def test_a_rhythm_without_a_time_of_the_year_has_none():
    span = create_span(kind=Kind.RECURRING, cadence=Cadence(1, Pace.WEEK), words="kerran viikossa")

    assert list(marks_of(span, YEARS)) == []
    assert list(marks_of(create_span("1.1.2024"), YEARS)) == []

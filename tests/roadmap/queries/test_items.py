from types import SimpleNamespace

import pytest

from portfolio.budgets.rules import add_up
from portfolio.core.timespan import Cadence, Kind, MonthDay, Pace, Yearly
from portfolio.register.rules import Status
from portfolio.roadmap.bars import MarkKind
from portfolio.roadmap.queries import FoundInitiative, Keys, make_items
from tests.roadmap.items import TODAY, create_span, day, three_years

SEPTEMBER = Cadence(1, Pace.YEAR, yearly=Yearly(None, MonthDay(9, 30)))


def row_of(**facts):
    usual = {
        "id": 1,
        "title_fi": "Kirjasto",
        "title_sv": None,
        "title_sort": "kirjasto",
        "status": Status.UNDER_WAY,
        "timespan": create_span("1.1.2023", "31.12.2023"),
        "progress": None,
        "completed_on": None,
        "ends_on": day("31.12.2023"),
        "unit_id": 1,
        "owner_post_id": None,
    }
    return SimpleNamespace(**usual | facts)


def milestone(number, span, **facts):
    ends = {"starts_on": span and span.start, "ends_on": span and span.end}
    usual = {"id": number, "title_fi": f"Etappi {number}", "title_sv": None, "timespan": span, "completed_on": None}
    return SimpleNamespace(**usual | ends | facts)


def deadline(**facts):
    usual = {
        "id": 1,
        "title_fi": "Raportti",
        "title_sv": None,
        "month": 9,
        "day": 30,
        "from_year": None,
        "to_year": None,
    }
    return SimpleNamespace(**usual | facts)


def item_of(row=None, language="fi", owner=None, money=None, milestones=(), deadlines=()):
    found = FoundInitiative(row or row_of(), owner, frozenset(), tuple(milestones), tuple(deadlines))
    [item] = make_items([found], money or {}, three_years(), TODAY, language, Keys(lambda _found: ("lane",)))
    return item


def test_texts_are_in_the_readers_language_and_others_say_theirs():
    row = row_of(title_sv="Bibliotek")
    owner = SimpleNamespace(title_fi="Johtaja", title_sv="Direktör")

    assert (item_of(row, "sv", owner).title, item_of(row, "sv", owner).owner) == ("Bibliotek", "Direktör")
    assert item_of(row, "sv").title_language is None
    assert item_of(language="sv").title_language == "fi"
    assert item_of(row, "en").title_language == "fi"
    assert item_of(row).title_language is None


def test_work_past_its_end_is_late_on_the_day_that_is_shown():
    assert item_of().late
    assert not item_of(row_of(status=Status.COMPLETED)).late


def test_money_that_is_not_there_is_not_known():
    assert item_of().amount is None
    assert item_of(money={1: add_up([None, None])}).amount == add_up([None, None])


def test_milestones_come_in_order_of_time_those_without_one_last():
    marks = item_of(
        milestones=[
            milestone(1, None),
            milestone(2, create_span("1.5.2024", "31.5.2024")),
            milestone(3, create_span("1.9.2024", "30.9.2024"), completed_on=day("1.2.2024")),
        ]
    ).marks

    assert [mark.title for mark in marks] == ["Etappi 3", "Etappi 2", "Etappi 1"]


def test_a_milestone_that_recurs_is_a_mark_a_year():
    span = create_span(kind=Kind.RECURRING, cadence=SEPTEMBER, words="vuosittain syyskuun loppuun mennessä")

    marks = item_of(milestones=[milestone(1, span)]).marks

    assert [(mark.kind, mark.day.year) for mark in marks] == [(MarkKind.RECURRING, year) for year in (2023, 2024, 2025)]


@pytest.mark.parametrize(
    ("facts", "years"),
    [
        ({}, [2023, 2024, 2025]),
        ({"from_year": 2024}, [2024, 2025]),
        ({"to_year": 2024}, [2023, 2024]),
        ({"to_year": 2019}, [2019]),
        ({"from_year": 2030}, [2030]),
    ],
)
def test_a_yearly_deadline_holds_in_its_years_or_tells_the_nearest(facts, years):
    assert [mark.day.year for mark in item_of(deadlines=[deadline(**facts)]).marks] == years


@pytest.mark.parametrize(("language", "words"), [("fi", "vuosittain 30.9."), ("en", "every year on 30 Sep")])
def test_a_yearly_deadline_is_said_in_words(language, words):
    assert {mark.words for mark in item_of(language=language, deadlines=[deadline()]).marks} == {words}

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.core import history
from portfolio.core.history import Change, StaleError
from portfolio.core.problem import Refusal
from portfolio.core.records import BatchRefusal
from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.register import operations, queries
from portfolio.register.models import (
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Milestone,
    RecurringDeadline,
)
from tests.factories import acting, create_initiative, create_municipality

DRAFTS = {
    Milestone: {"title_fi": "Pilotti päättyy"},
    RecurringDeadline: {"title_fi": "Vuosiraportti", "month": 9, "day": 30},
    Indicator: {"name_fi": "Työhyvinvointi"},
    DocumentLink: {"title": "Esityslista", "url": "https://www.example.org/asia"},
}


def places(refusal):
    return sorted(problem.place for problem in refusal.value.problems)


def add(place, model, actor=None, **values):
    return operations.add_parts(place.session, actor or place.office, model, [DRAFTS.get(model, {}) | values])[0]


@pytest.mark.parametrize("model", DRAFTS)
def test_parts_are_added_changed_removed_and_restored(place, model):
    initiative_id = place.create()
    part = add(place, model, initiative_id=initiative_id, source_key="rivi 3")
    name = next(iter(DRAFTS[model]))
    operations.update_parts(place.session, place.office, model, {part: {name: "Toinen nimi"}}, versions={part: 1})
    [row] = queries.parts_of(place.session, model, place.id, [initiative_id])
    assert getattr(row, name) == "Toinen nimi"
    operations.remove_parts(place.session, place.office, model, [part])
    assert queries.parts_of(place.session, model, place.id, [initiative_id]) == []
    operations.restore_parts(place.session, place.office, model, [part])
    assert len(queries.parts_of(place.session, model, place.id, [initiative_id])) == 1
    fields = select(Change.field).where(Change.entity == model.__tablename__).order_by(Change.id)
    assert place.session.scalars(fields).all() == ["*", name, "removed", "removed"]
    assert history.verify(place.session) == []


@pytest.mark.parametrize("model", DRAFTS)
def test_parts_are_content_of_their_initiative(place, model):
    mine, other = place.create(), place.create(unit_id=place.other_unit.id)
    part = add(place, model, place.reporter, initiative_id=mine)
    foreign = add(place, model, initiative_id=other)
    for refused in (
        lambda: add(place, model, place.reporter, initiative_id=other),
        lambda: add(place, model, place.viewer, initiative_id=mine),
        lambda: operations.remove_parts(place.session, place.reporter, model, [foreign]),
    ):
        with pytest.raises(Refusal):
            refused()
    operations.remove_parts(place.session, place.reporter, model, [part])


@pytest.mark.parametrize("model", DRAFTS)
def test_parts_of_another_municipality_do_not_exist(place, model):
    stranger = create_initiative(place.session, municipality_id=create_municipality(place.session).id)
    with pytest.raises(Refusal) as refusal:
        add(place, model, initiative_id=stranger.id)
    assert places(refusal) == ["initiative_id"]
    part = add(place, model, acting(stranger.municipality_id, "office"), initiative_id=stranger.id)
    with pytest.raises(BatchRefusal) as refusal:
        operations.remove_parts(place.session, place.office, model, [part])
    assert set(refusal.value.by_item) == {part}


def test_parts_of_a_removed_initiative_cannot_be_changed(place):
    initiative_id = place.create()
    part = add(place, Milestone, initiative_id=initiative_id)
    operations.remove_initiatives(place.session, place.office, [initiative_id])
    with pytest.raises(Refusal):
        operations.update_parts(place.session, place.office, Milestone, {part: {"title_fi": "x"}})


def test_a_milestone_keeps_its_time_in_words_and_days(place):
    span = Timespan("kevät", dt.date(2026, 1, 1), dt.date(2026, 5, 31), Precision.SEASON, Precision.SEASON, Kind.DURING)
    initiative_id = place.create()
    later = add(place, Milestone, initiative_id=initiative_id)
    sooner = add(place, Milestone, initiative_id=initiative_id, timespan=span)
    rows = queries.parts_of(place.session, Milestone, place.id, [initiative_id])
    assert [row.id for row in rows] == [sooner, later]
    assert (rows[0].starts_on, rows[0].ends_on, rows[0].timespan) == (span.start, span.end, span)


def test_someone_elses_save_of_a_part_is_a_conflict(place):
    part = add(place, Milestone, initiative_id=place.create())
    operations.update_parts(place.session, place.office, Milestone, {part: {"title_fi": "Toinen"}})
    with pytest.raises(StaleError):
        operations.update_parts(place.session, place.office, Milestone, {part: {"title_fi": "x"}}, versions={part: 1})


@pytest.mark.parametrize(
    ("model", "values", "field"),
    [
        (Milestone, {"title_fi": None}, "title_fi"),
        (Milestone, {"completed_on": dt.date(205, 1, 1)}, "completed_on"),
        (RecurringDeadline, {"month": 2, "day": 30}, "day"),
        (RecurringDeadline, {"from_year": 2017, "to_year": 2016}, "to_year"),
        (Indicator, {"name_fi": "x" * 201}, "name_fi"),
        (DocumentLink, {"url": "javascript:alert(1)"}, "url"),
        (DocumentLink, {"url": None}, "url"),
    ],
)
def test_each_part_has_its_rules(place, model, values, field):
    with pytest.raises(Refusal) as refusal:
        add(place, model, **{"initiative_id": place.create()} | values)
    assert places(refusal) == [field]


def test_a_deadline_of_a_whole_portfolio_is_the_offices_to_set(place):
    part = add(place, RecurringDeadline, portfolio_id=place.portfolio.id)
    assert [row.id for row in queries.deadlines_of_portfolio(place.session, place.id, place.portfolio.id)] == [part]
    with pytest.raises(Refusal):
        add(place, RecurringDeadline, place.reporter, portfolio_id=place.portfolio.id)
    with pytest.raises(Refusal):
        operations.remove_parts(place.session, place.reporter, RecurringDeadline, [part])
    with pytest.raises(Refusal) as refusal:
        add(place, RecurringDeadline)
    assert places(refusal) == ["initiative_id"]


# ------------------------------------------------------------------------------------------------ dependencies


def depend(place, *pairs, actor=None):
    drafts = [{"predecessor_id": before, "successor_id": after} for before, after in pairs]
    return operations.add_parts(place.session, actor or place.office, Dependency, drafts)


def test_a_dependency_stands_between_two_and_comes_back_as_the_same_row(place):
    first, second = place.create(), place.create()
    [identity] = depend(place, (first, second))
    [row] = history.rows(place.session, Dependency, place.id)
    assert (row.predecessor_id, row.successor_id) == (first, second)
    operations.remove_parts(place.session, place.office, Dependency, [identity])
    assert history.rows(place.session, Dependency, place.id) == []
    assert depend(place, (first, second)) == (identity,)


def test_no_circle_of_waiting_is_let_in(place):
    first, second, third = (place.create() for _ in range(3))
    depend(place, (first, second), (second, third))
    with pytest.raises(BatchRefusal) as refusal:
        depend(place, (third, first))
    [problem] = refusal.value.problems
    assert problem.place == "successor_id"
    assert all(place.get(one).code in problem.params["way"] for one in (first, second, third))
    with pytest.raises(Refusal):
        depend(place, (first, first))


def test_a_circle_within_one_batch_is_told_of_the_rows_that_close_it(place):
    first, second, third = (place.create() for _ in range(3))
    with pytest.raises(BatchRefusal) as refusal:
        depend(place, (first, second), (second, first), (first, third))
    assert set(refusal.value.by_item) == {0, 1}


def test_restoring_a_dependency_may_close_a_circle_too(place):
    first, second = place.create(), place.create()
    [gone] = depend(place, (first, second))
    operations.remove_parts(place.session, place.office, Dependency, [gone])
    depend(place, (second, first))
    with pytest.raises(Refusal):
        operations.restore_parts(place.session, place.office, Dependency, [gone])


def test_a_dependency_is_the_successors_content_and_stays_within_the_municipality(place):
    mine, other = place.create(), place.create(unit_id=place.other_unit.id)
    depend(place, (other, mine), actor=place.reporter)
    with pytest.raises(Refusal):
        depend(place, (mine, other), actor=place.reporter)
    stranger = create_initiative(place.session, municipality_id=create_municipality(place.session).id).id
    with pytest.raises(Refusal) as refusal:
        depend(place, (stranger, mine))
    assert places(refusal) == ["predecessor_id"]
    with pytest.raises(Refusal) as refusal:
        depend(place, (None, mine))
    assert places(refusal) == ["predecessor_id"]


def test_the_same_pair_twice_in_a_batch_is_told(place):
    first, second = place.create(), place.create()
    with pytest.raises(BatchRefusal) as refusal:
        depend(place, (first, second), (first, second))
    assert set(refusal.value.by_item) == {1}


# ------------------------------------------------------------------------------------------------ indicator values


def test_an_indicator_has_one_value_a_year_as_a_number_or_words(place):
    indicator = add(place, Indicator, initiative_id=place.create())
    drafts = [
        {"indicator_id": indicator, "year": 2025, "number": Decimal("3.75")},
        {"indicator_id": indicator, "year": 2024, "words": "parani"},
    ]
    operations.add_parts(place.session, place.reporter, IndicatorValue, drafts)
    values = history.rows(place.session, IndicatorValue, place.id, indicator_id=indicator)
    assert [(row.year, row.number, row.words) for row in values] == [
        (2025, Decimal("3.75"), None),
        (2024, None, "parani"),
    ]
    with pytest.raises(Refusal) as refusal:
        operations.update_parts(place.session, place.reporter, IndicatorValue, {values[1].id: {"words": ""}})
    assert places(refusal) == ["number"]
    assert history.verify(place.session) == []


def test_values_of_another_units_indicator_are_closed(place):
    indicator = add(place, Indicator, initiative_id=place.create(unit_id=place.other_unit.id))
    with pytest.raises(Refusal):
        operations.add_parts(
            place.session, place.reporter, IndicatorValue, [{"indicator_id": indicator, "year": 2025, "number": 1}]
        )
    with pytest.raises(Refusal) as refusal:
        operations.add_parts(
            place.session, place.office, IndicatorValue, [{"indicator_id": 9999, "year": 2025, "number": 1}]
        )
    assert "indicator_id" in places(refusal)

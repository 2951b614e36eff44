"""The data of the chart, kept until anybody writes anything."""

import json
from dataclasses import replace

import pytest

from portfolio.core import history
from portfolio.core.rights import operator
from portfolio.organisation.models import Unit
from portfolio.register.forms import load_options
from portfolio.register.models import Initiative
from portfolio.register.rules import InitiativeFilter
from portfolio.roadmap.bars import Order, Scale
from portfolio.roadmap.figure import gantt
from portfolio.roadmap.queries import WantedRoadmap, groupings, read, read_chart
from tests import factories
from tests.roadmap.items import create_span, day

LATER = day("1.1.2027")


@pytest.fixture
def place(any_db):
    """A municipality with a library that is being built, on each kind of database."""
    return Place(any_db)


class Place:
    def __init__(self, session):
        self.session = session
        self.id = factories.create_municipality(session).id
        self.unit = factories.create_unit(session, municipality_id=self.id, name_fi="Sivistys")
        self.library = factories.create_initiative(
            session,
            municipality_id=self.id,
            unit_id=self.unit.id,
            title_fi="Kirjasto",
            title_sv="Bibliotek",
            timespan=create_span("1.3.2026", "30.9.2026"),
        )
        session.commit()

    def write(self, model, identity, **cells):
        update = history.Update(model, identity, cells)
        history.write_many(self.session, operator(factories.MORNING).within(self.id), updates=[update])
        self.session.commit()

    def wanted(self, language="fi", **asked):
        ways = groupings(load_options(self.session, self.id), language)
        return WantedRoadmap(
            InitiativeFilter(), factories.TODAY, language, ways, 3, scale=Scale.ALL, bare=True, **asked
        )

    def chart(self, wanted=None):
        return read_chart(self.session, self.id, wanted or self.wanted())

    def titles(self, language="fi"):
        return json.loads(self.chart(self.wanted(language)))["layout"]["yaxis"]["ticktext"][1:]


def test_the_chart_is_read_once_while_nothing_is_written(place, monkeypatch):
    first = place.chart()
    monkeypatch.delattr("portfolio.roadmap.queries.reading.find")

    assert place.chart() is first


def test_a_bare_roadmap_makes_the_same_figure_as_a_whole_one(place):
    bare, whole = (read(place.session, place.id, replace(place.wanted(), bare=one))[0] for one in (True, False))

    assert [row.label for row in bare.rows] == [None]
    assert [row.label for row in whole.rows] != [None]
    assert gantt(bare, factories.TODAY, "fi") == gantt(whole, factories.TODAY, "fi")


def test_whatever_anybody_writes_is_seen_at_once(place):
    assert place.titles() == ["Kirjasto"]
    place.write(Initiative, place.library.id, title_fi="Pääkirjasto")
    assert place.titles() == ["Pääkirjasto"]
    place.write(Initiative, place.library.id, removed=True)
    assert place.titles() == []


def test_the_names_of_lanes_are_of_the_present_too(place):
    place.chart()
    place.write(Unit, place.unit.id, name_fi="Hyvinvointi")

    assert json.loads(place.chart())["layout"]["annotations"][0]["text"] == "Hyvinvointi"


def test_each_language_has_its_own(place):
    assert (place.titles(), place.titles("sv")) == (["Kirjasto"], ["Bibliotek"])


def test_another_municipality_has_its_own(place):
    other = factories.create_municipality(place.session, code="turku", number="853").id
    place.session.commit()
    place.chart()

    assert json.loads(read_chart(place.session, other, place.wanted()))["data"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"filter": InitiativeFilter(text="museo")},
        {"day": LATER},
        {"years": 5},
        {"terms": ((day("1.6.2025"), day("31.5.2029")),)},
        {"scale": Scale.YEAR},
        {"first": LATER},
        {"at": 1},
        {"order": Order.TITLE},
        {"with_money": True},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_all_that_is_asked_for_is_part_of_what_it_is_kept_by(place, asked):
    wanted = place.wanted()

    assert replace(wanted, **asked).key != wanted.key


def test_what_bars_are_grouped_and_coloured_by_is_too(place):
    wanted = place.wanted()
    [way, other, *_] = wanted.ways

    assert (
        len({replace(wanted, **asked).key for asked in ({"grouping": way}, {"grouping": other}, {"inner": way})}) == 3
    )


def test_who_asks_is_not_for_nobody_moves_anything_in_the_chart(place):
    wanted = place.wanted()

    assert replace(wanted, mover=operator(factories.MORNING)).key == wanted.key

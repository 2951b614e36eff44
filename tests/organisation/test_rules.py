import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.timespan import Season
from portfolio.organisation.rules import (
    check_email,
    check_municipality,
    check_validity,
    is_valid,
    level_name,
    nearest_of,
    subtree,
    timespan_context,
    today_in,
    tree_order,
)

DAY = dt.date(2026, 5, 4)
YESTERDAY = DAY - dt.timedelta(days=1)


@dataclass
class Node:
    id: int
    parent_id: int | None
    name: str = ""


@dataclass
class Span:
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass
class Settings:
    season_limits: object = None
    council_terms: object = None


def places(problems):
    return [problem.place for problem in problems]


TREE = [
    Node(1, None, "kaupunki"),
    Node(2, 1, "tekninen"),
    Node(3, 1, "hallinto"),
    Node(4, 2, "tilat"),
    Node(9, 77, "irto"),
]


def test_a_subtree_is_the_unit_and_everything_below_it():
    assert subtree(TREE, [1]) == {1, 2, 3, 4}
    assert subtree(TREE, [2, 3]) == {2, 3, 4}
    assert subtree(TREE, []) == frozenset()


def test_even_a_loop_has_an_end():
    assert subtree([Node(1, 2), Node(2, 1)], [1]) == {1, 2}


def test_a_tree_stands_depth_first_with_levels_and_orphans_at_the_top():
    ordered = [(node.name, level) for node, level in tree_order(TREE, lambda node: node.name)]
    assert ordered == [("irto", 0), ("kaupunki", 0), ("hallinto", 1), ("tekninen", 1), ("tilat", 2)]


@given(st.lists(st.integers(0, 20), max_size=20))
def test_every_node_of_a_tree_stands_once_and_after_its_parent(above):
    nodes = [Node(number + 1, parent if 0 < parent <= number else None) for number, parent in enumerate(above)]
    ordered = [node.id for node, _ in tree_order(nodes, lambda node: node.id)]
    assert sorted(ordered) == [node.id for node in nodes]
    assert all(ordered.index(node.parent_id) < ordered.index(node.id) for node in nodes if node.parent_id)


def test_both_ends_of_validity_are_included_and_may_be_open():
    assert is_valid(Span(), DAY)
    assert is_valid(Span(DAY, DAY), DAY)
    assert not is_valid(Span(valid_to=YESTERDAY), DAY)
    assert not is_valid(Span(valid_from=DAY), YESTERDAY)
    assert places(check_validity({"valid_to": YESTERDAY}, {"valid_from": DAY, "valid_to": YESTERDAY})) == ["valid_to"]
    assert check_validity({"name_fi": "x"}, {"valid_from": DAY, "valid_to": YESTERDAY}) == []


def test_levels_have_the_names_of_the_house():
    names = [{"fi": "Kaupunki", "sv": "Stad"}, {"fi": "Palvelualue"}]
    assert level_name(names, 0, "sv") == "Stad"
    assert level_name(names, 1, "sv") == "Palvelualue"
    assert level_name(names, 2, "fi") is None
    assert level_name(None, 0, "fi") is None


def test_a_municipalitys_seasons_and_terms_are_what_time_words_mean_there():
    context = timespan_context(Settings({"autumn": [8, 15, 11, 30]}, [["2021-08-01", "2025-05-31"]]), DAY)
    span = context.season(Season.AUTUMN, 2026)
    assert (span[0], span[1]) == (dt.date(2026, 8, 15), dt.date(2026, 11, 30))
    assert context.document_date == DAY
    assert timespan_context(Settings(), None).council_terms


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", "Åbo"),
        ("code", "1turku"),
        ("number", "53"),
        ("number", "٨٥٣"),
        ("plan_horizon", 0),
        ("case_number_pattern", "("),
        ("season_limits", {"monsoon": [1, 1, 2, 2]}),
        ("season_limits", {"autumn": [2, 30, 3, 1]}),
        ("season_limits", {"autumn": "x"}),
        ("season_limits", [1]),
        ("council_terms", [["2025-05-31", "2021-08-01"]]),
        ("council_terms", [["a", "b"]]),
        ("council_terms", [[1]]),
        ("unit_level_names", ["Kaupunki"]),
        ("unit_level_names", [{"sv": "Stad"}]),
    ],
)
def test_settings_that_cannot_be_meant_are_told(name, value):
    assert places(check_municipality({name: value})) == [name]


def test_sound_settings_are_no_problem():
    sound = {
        "code": "turku",
        "number": "853",
        "plan_horizon": 3,
        "case_number_pattern": r"^\d+-\d{4}$",
        "season_limits": {"autumn": [8, 1, 12, 31]},
        "council_terms": [["2021-08-01", "2025-05-31"]],
        "unit_level_names": [{"fi": "Kaupunki", "sv": "Stad"}],
    }
    assert check_municipality(sound) == []
    assert check_municipality(dict.fromkeys(sound)) == []


@pytest.mark.parametrize(("email", "wrong"), [(None, 0), ("a@b.fi", 0), ("a b@c.fi", 1), ("a@b", 1), ("@b.fi", 1)])
def test_an_address_has_a_name_and_a_domain(email, wrong):
    assert len(check_email(email)) == wrong


def test_today_is_the_day_in_helsinki_or_the_one_in_which_a_demo_lives():
    late = dt.datetime(2026, 5, 3, 21, 30, tzinfo=dt.UTC)
    assert today_in(None, late) == DAY
    assert today_in(YESTERDAY, late) == YESTERDAY


def test_a_circle_of_units_ends():
    assert nearest_of({1: 2, 2: 1}, 1, [3]) is None

import datetime as dt

import pytest

from portfolio.core.database import open_session
from portfolio.core.problem import Refusal
from portfolio.core.rights import operator
from portfolio.core.timespan import Kind
from portfolio.exchange.apply import set_up
from portfolio.exchange.profile import parse_profile
from portfolio.forums.models import Forum
from portfolio.organisation.models import Municipality, Post, Unit
from portfolio.register.models import Category, CategoryScheme, Portfolio
from tests.exchange.towns import SET_UP, START


def test_a_municipality_stands_as_its_profile_says(town):
    (place,) = town.all(Municipality)
    assert (place.code, place.number, place.demo_day) == ("kunta", "999", None)
    assert place.season_limits == {"autumn": [9, 1, 11, 30]}
    assert place.council_terms == [["2025-06-01", "2029-05-31"]]
    units = {unit.code: unit for unit in town.rows(Unit)}
    assert units["tekninen"].parent_id == units["kunta"].id
    (post,) = town.rows(Post)
    assert post.unit_id == units["tekninen"].id
    (portfolio,) = town.rows(Portfolio)
    assert (portfolio.code, portfolio.unit_id) == ("kunta-ohjelma", units["kunta"].id)
    assert [scheme.several for scheme in town.rows(CategoryScheme)] == [False, True]
    assert [(one.code, one.position) for one in town.rows(Category)] == [
        ("hanke", 0),
        ("muutos", 1),
        ("a", 0),
        ("b", 1),
    ]
    (forum,) = town.rows(Forum)
    assert forum.rhythm.kind is Kind.RECURRING


def test_set_up_is_one_revision_and_is_not_done_twice(town):
    assert town.revision() == 1
    with open_session(town.engine, write=True) as session, pytest.raises(Refusal):
        set_up(session, operator(START), parse_profile(SET_UP), demo=False)


def test_only_a_demo_gets_its_day(migrated_sqlite_url, small_town):
    profile = parse_profile(
        SET_UP.replace('code = "kunta"\nnumber = "999"', 'code = "demo"\nnumber = "998"')
        .replace('language = "fi"', 'language = "fi"\ndemo_day = 2026-03-01')
        .replace("kunta-ohjelma", "demo-ohjelma")
    )
    with open_session(small_town.engine, write=True) as session:
        identity = set_up(session, operator(START), profile, demo=True)
        assert session.get(Municipality, identity).demo_day == dt.date(2026, 3, 1)


def test_nothing_is_dated_before_what_precedes_it(small_town):
    profile = parse_profile(
        SET_UP.replace('"kunta"', '"toinen"', 1).replace('code = "kunta"\nnumber', 'code = "b"\nnumber')
    )
    with open_session(small_town.engine, write=True) as session, pytest.raises(Refusal):
        set_up(session, operator(START - dt.timedelta(days=1)), profile, demo=False)


@pytest.mark.parametrize(
    "bad", ['season_limits = {pikkujoulu = "1.12.-31.12."}', 'season_limits = {syksy = "syyskuusta"}']
)
def test_season_limits_that_mean_nothing_are_refused(migrated_sqlite_url, small_town, bad):
    text = SET_UP.replace('season_limits = {syksy = "1.9.-30.11."}', bad).replace(
        'code = "kunta"\nnumber = "999"', 'code = "b"\nnumber = "998"'
    )
    with open_session(small_town.engine, write=True) as session, pytest.raises(Refusal):
        set_up(session, operator(START), parse_profile(text), demo=False)


def test_a_profile_without_a_municipality_sets_nothing_up(small_town):
    text = SET_UP[: SET_UP.index("[municipality]")] + SET_UP[SET_UP.index("[[sheet]]") :]
    with open_session(small_town.engine, write=True) as session, pytest.raises(Refusal):
        set_up(session, operator(START), parse_profile(text), demo=False)

"""Setting up a municipality as a profile says: its settings, units, posts, portfolios, classes, sources and forums."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from portfolio.budgets.operations import put_funding_sources
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor
from portfolio.core.timespan import Context, Season
from portfolio.exchange.apply.dating import refuse_going_back
from portfolio.exchange.columns import COLUMNS, Entity, Kind, Reading, Registry, normalise
from portfolio.exchange.profile import ForumSetUp, MunicipalitySetUp, Profile
from portfolio.forums.operations import put_forums
from portfolio.organisation.operations import create_municipality, put_posts, put_units
from portfolio.organisation.queries import municipality_by_code
from portfolio.register.operations import put_categories, put_portfolios, put_schemes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NO_SET_UP = N_('The profile "%(profile)s" does not say how its municipality is set up.')
ALREADY_THERE = N_('The municipality "%(code)s" has been set up already.')
UNKNOWN_SEASON = N_('"%(season)s" is not a season. Known are: %(words)s.')
NOT_A_SEASON_LIMIT = N_('"%(text)s" does not say from which day to which, for example 1.8.-31.12.')

SEASONS: Mapping[str, Season] = MappingProxyType(
    {
        "kevät": Season.SPRING,
        "kesä": Season.SUMMER,
        "syksy": Season.AUTUMN,
        "alkuvuosi": Season.EARLY_YEAR,
        "loppuvuosi": Season.LATE_YEAR,
        "loppukevät": Season.LATE_SPRING,
        "kevätkausi": Season.SPRING_PERIOD,
        "syyskausi": Season.AUTUMN_PERIOD,
    }
)
_LIMITS = re.compile(r"(\d{1,2})\.(\d{1,2})\. ?[-–] ?(\d{1,2})\.(\d{1,2})\.")


def set_up(session: Session, actor: Actor, profile: Profile, *, demo: bool) -> int:
    """Write the set-up of a profile in one revision and return the municipality's id.

    The actor is the operator. Only a demo municipality gets the profile's demo day. Raises Refusal when the profile has
    no set-up or the municipality is there already.
    """
    about = profile.municipality
    if about is None:
        raise Refusal(Problem(NO_SET_UP, {"profile": profile.name}))
    if municipality_by_code(session, about.code) is not None:
        raise Refusal(Problem(ALREADY_THERE, {"code": about.code}))
    refuse_going_back(session, actor.at)
    identity = create_municipality(session, actor, _settings(about, profile, demo=demo))
    _write_structure(session, actor.within(identity), profile)
    return identity


def _write_structure(session: Session, actor: Actor, profile: Profile) -> None:
    units = put_units(session, actor, {one.code: _renamed(one, parent="parent_code") for one in profile.units}).ids
    posts = put_posts(session, actor, {one.code: _renamed(one, unit="unit_code") for one in profile.posts}).ids
    portfolios = {one.code: _renamed(one, unit="unit_code") for one in profile.portfolios}
    for values in portfolios.values():
        values["unit_id"] = units.get(values.pop("unit_code", ""))
    put_portfolios(session, actor, portfolios)
    schemes = {one.code: _renamed(one, portfolio="portfolio_code") for one in profile.schemes}
    for values in schemes.values():
        del values["categories"]
    scheme_ids = put_schemes(session, actor, schemes).ids
    for scheme in profile.schemes:
        classes = {
            one.code: {**_renamed(one, parent="parent_code"), "position": position}
            for position, one in enumerate(scheme.categories)
        }
        put_categories(session, actor, scheme_ids[scheme.code], classes)
    put_funding_sources(session, actor, {one.code: _renamed(one) for one in profile.funding_sources})
    reading = Reading(profile.language, Context.default(language=profile.language), Registry())
    put_forums(session, actor, {one.code: _forum(one, posts, reading) for one in profile.forums})


def _settings(about: MunicipalitySetUp, profile: Profile, *, demo: bool) -> dict[str, Any]:
    limits = {_season(word): _limits(text) for word, text in about.season_limits.items()}
    terms = [[one.start.isoformat(), one.end.isoformat()] for one in about.council_terms]
    return {
        **asdict(about),
        "unit_level_names": [{"fi": one.fi, "sv": one.sv or one.fi} for one in about.unit_level_names] or None,
        "season_limits": limits or None,
        "council_terms": terms or None,
        "demo_day": profile.demo_day if demo else None,
    }


def _season(word: str) -> str:
    if word not in SEASONS:
        raise Refusal(Problem(UNKNOWN_SEASON, {"season": word, "words": ", ".join(SEASONS)}))
    return SEASONS[word].value


def _limits(text: str) -> list[int]:
    match = _LIMITS.fullmatch(text.strip())
    if match is None:
        raise Refusal(Problem(NOT_A_SEASON_LIMIT, {"text": text}))
    first_day, first_month, last_day, last_month = map(int, match.groups())
    return [first_month, first_day, last_month, last_day]


def _forum(one: ForumSetUp, posts: Mapping[str, int], reading: Reading) -> dict[str, Any]:
    """Give a forum's values; its time words are read as those of a workbook are."""
    values = _renamed(
        one, chair_post="chair_post_id", agenda_owner_post="agenda_owner_post_id", owning_forum="owning_forum_code"
    )
    for name in ("chair_post_id", "agenda_owner_post_id"):
        if name in values:
            values[name] = posts.get(values[name])
    for column in COLUMNS[Entity.FORUM].values():
        if column.kind is Kind.WORDS and column.name in values:
            values[column.name] = normalise(column, values[column.name], reading)
    return values


def _renamed(one: Any, **names: str) -> dict[str, Any]:
    """Give the values that a table of the profile says, without its code and under the names that operations want."""
    return {
        names.get(name, name): value
        for name, value in ((name, getattr(one, name)) for name in one.__dataclass_fields__)
        if name != "code" and value is not None
    }

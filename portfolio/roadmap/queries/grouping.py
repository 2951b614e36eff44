"""The ways to put what was found into lanes: unit, classification, portfolio, forum, responsible post, none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from portfolio.core.language import N_, in_language, say
from portfolio.core.text import sort_key
from portfolio.forums.models import Forum
from portfolio.organisation.models import Post
from portfolio.organisation.queries import TreeUnit
from portfolio.register.models import Portfolio
from portfolio.register.queries import SchemeCategories
from portfolio.roadmap.bars import LaneHead
from portfolio.roadmap.queries.find import FoundInitiative

UNIT, PORTFOLIO, FORUM, POST, NOTHING = "unit", "portfolio", "forum", "post", "none"
SCHEME = "scheme-"
"""How the key of a grouping by a classification begins; the scheme's code follows."""

LANES = 4096
"""Keys of lanes that are remembered."""
ASKED_ONLY = frozenset({FORUM, POST})
"""Ways that are not the usual one wherever they would tell rows apart: many lanes with little in each."""


class Offered(Protocol):
    """What may be grouped by: the options of the register's filter hold it."""

    @property
    def portfolios(self) -> tuple[Portfolio, ...]:
        """The municipality's portfolios, in order."""

    @property
    def units(self) -> tuple[TreeUnit, ...]:
        """Its units, in tree order."""

    @property
    def posts(self) -> tuple[Post, ...]:
        """Its posts, in order."""

    @property
    def schemes(self) -> tuple[SchemeCategories, ...]:
        """Its classifications with their classes."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group: its word in the address, its name, the lanes in order, and in which a found one stands.

    ``head_of`` names the lane of a found one that is none of the ``heads``: a post that has been removed still owns.
    """

    key: str
    label: str
    heads: tuple[LaneHead, ...]
    lanes_of: Callable[[FoundInitiative], tuple[str, ...]]
    head_of: Callable[[FoundInitiative], LaneHead | None] = lambda _found: None

    @property
    def needs_classes(self) -> bool:
        """Tell whether its lanes ask for the classes of a found one."""
        return self.key.startswith(SCHEME)

    @property
    def needs_forum(self) -> bool:
        """Tell whether its lanes ask for the forum that handles a found one."""
        return self.key == FORUM

    def tells_apart(self, found: Iterable[FoundInitiative]) -> bool:
        """Tell whether the found ones stand in more than one of the lanes, apart from that of those without any."""
        known = {head.key for head in self.heads}
        keys = (key for one in found for key in self.lanes_of(one)[:1] if key in known)
        first = next(keys, None)
        return any(key != first for key in keys)

    def heads_for(self, found: Iterable[FoundInitiative]) -> tuple[LaneHead, ...]:
        """Give the lanes in order, with those that only the found ones know before the last."""
        known = {head.key for head in self.heads}
        others = {head.key: head for one in found if (head := self.head_of(one)) and head.key not in known}
        if not others:
            return self.heads
        return (*self.heads[:-1], *sorted(others.values(), key=lambda head: sort_key(head.title)), self.heads[-1])


def usual_grouping(ways: Sequence[Grouping], found: Iterable[FoundInitiative]) -> Grouping:
    """Give the first way to group that tells the found ones apart: a municipality may not use its units at all."""
    rows = list(found)
    return next((way for way in ways if way.key not in ASKED_ONLY and way.tells_apart(rows)), ways[0])


def groupings(options: Offered, language: str, forums: Sequence[Forum] = ()) -> list[Grouping]:
    """Give the ways to group, as offered: unit, each classification, portfolio, forum, post, not at all."""
    ways = [
        Grouping(UNIT, say(N_("Unit"), language), tuple(_unit_heads(options.units, language)), _unit_of),
        *(_by_scheme(one, language) for one in options.schemes if one.categories),
        _by_portfolio(options, language),
        _by_post(options, language),
        Grouping(
            NOTHING,
            say(N_("no grouping"), language),
            (LaneHead("", say(N_("All initiatives"), language)),),
            lambda _found: (),
        ),
    ]
    return [*ways[:-2], _by_forum(forums, language), *ways[-2:]] if forums else ways


def _by_portfolio(options: Offered, language: str) -> Grouping:
    heads = (LaneHead(str(one.id), in_language(one.name_fi, one.name_sv, language)) for one in options.portfolios)
    return Grouping(
        PORTFOLIO,
        say(N_("Portfolio"), language),
        (*heads, LaneHead("", say(N_("No portfolio"), language))),
        lambda found: _lane(found.row.portfolio_id),
    )


def _by_forum(forums: Iterable[Forum], language: str) -> Grouping:
    heads = (LaneHead(str(one.id), in_language(one.name_fi, one.name_sv, language)) for one in forums)
    return Grouping(
        FORUM,
        say(N_("Forum"), language),
        (*heads, LaneHead("", say(N_("No forum"), language))),
        lambda found: _lane(found.forum_id),
    )


def _by_post(options: Offered, language: str) -> Grouping:
    """Group by responsible post; of equal titles each says in which unit it is."""
    titles = {post.id: in_language(post.title_fi, post.title_sv, language) for post in options.posts}
    times = Counter(titles.values())
    units = {one.unit.id: in_language(one.unit.name_fi, one.unit.name_sv, language) for one in options.units}

    def head(post: Post) -> LaneHead:
        title, unit = titles[post.id], units.get(post.unit_id or 0)
        return LaneHead(str(post.id), f"{unit}: {title}" if unit and times[title] > 1 else title)

    def head_of(found: FoundInitiative) -> LaneHead | None:
        owner = found.owner
        return LaneHead(str(owner.id), in_language(owner.title_fi, owner.title_sv, language)) if owner else None

    return Grouping(
        POST,
        say(N_("Responsible post"), language),
        (*map(head, options.posts), LaneHead("", say(N_("No responsible post"), language))),
        lambda found: _lane(found.row.owner_post_id),
        head_of,
    )


def _unit_heads(units: Iterable[TreeUnit], language: str) -> Iterator[LaneHead]:
    """Name the units' lanes in tree order; of equal names each says under which unit it stands."""
    tree = [(one.unit, in_language(one.unit.name_fi, one.unit.name_sv, language)) for one in units]
    names = {unit.id: name for unit, name in tree}
    times = Counter(names.values())
    for unit, name in tree:
        above = names.get(unit.parent_id) if unit.parent_id and times[name] > 1 else None
        yield LaneHead(str(unit.id), f"{above}: {name}" if above else name)
    yield LaneHead("", say(N_("No unit"), language))


def _unit_of(found: FoundInitiative) -> tuple[str, ...]:
    return _lane(found.row.unit_id)


@lru_cache(maxsize=LANES)
def _lane(identity: int | None) -> tuple[str, ...]:
    """Give the lane of a unit, portfolio, forum or post; thousands of initiatives share some dozens of them."""
    return (str(identity),) if identity else ()


def category_heads(one: SchemeCategories, language: str) -> tuple[LaneHead, ...]:
    """Name the classes of a scheme in order, those below another with its name, and what has none of them."""
    names = {category.id: in_language(category.name_fi, category.name_sv, language) for category in one.categories}
    heads = (
        LaneHead(str(row.id), f"{names[row.parent_id]}: {names[row.id]}" if row.parent_id in names else names[row.id])
        for row in one.categories
    )
    return (*heads, LaneHead("", say(N_("Not classified"), language)))


def scheme_label(one: SchemeCategories, language: str) -> str:
    """Name a classification."""
    return in_language(one.scheme.name_fi, one.scheme.name_sv, language)


def _by_scheme(one: SchemeCategories, language: str) -> Grouping:
    order = {category.id: place for place, category in enumerate(one.categories)}

    def lanes_of(found: FoundInitiative) -> tuple[str, ...]:
        own = sorted(found.category_ids & order.keys(), key=order.__getitem__)
        return tuple(map(str, own))

    return Grouping(f"{SCHEME}{one.scheme.code}", scheme_label(one, language), category_heads(one, language), lanes_of)

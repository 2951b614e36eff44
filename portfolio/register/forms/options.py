"""What may be chosen in the filter of initiatives, in the order in which it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.text import sort_key
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Post
from portfolio.organisation.queries import TreeUnit
from portfolio.organisation.rules import subtree
from portfolio.register import queries
from portfolio.register.models import Portfolio
from portfolio.register.queries import SchemeCategories
from portfolio.web.language import name_of

NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Options:
    """A municipality's portfolios, units in tree order, posts and classes, as they are or were."""

    portfolios: tuple[Portfolio, ...]
    units: tuple[TreeUnit, ...]
    posts: tuple[Post, ...]
    schemes: tuple[SchemeCategories, ...]

    def units_below(self, unit_ids: Iterable[int]) -> frozenset[int]:
        """Give the ids of units with those of all below them."""
        return subtree((one.unit for one in self.units), frozenset(unit_ids))

    def category_groups(self, category_ids: frozenset[int]) -> frozenset[frozenset[int]]:
        """Give one set of classes a scheme, the classes below them included: any of each set will do."""
        return frozenset(group for scheme in self.schemes if (group := _group(scheme, category_ids)))

    def schemes_of(self, portfolio_ids: frozenset[int]) -> Iterator[SchemeCategories]:
        """Give the schemes that these portfolios use; no portfolio chosen means all of them."""
        for one in self.schemes:
            own = one.scheme.portfolio_id
            if one.categories and (own is None or not portfolio_ids or own in portfolio_ids):
                yield one


def load_options(session: Session, municipality_id: int, *, at: int | None = None) -> Options:
    """Read what may be chosen, now or after revision ``at``: a number of statements that no list makes grow."""
    portfolios = history.rows(session, Portfolio, municipality_id, at)
    return Options(
        tuple(sorted(portfolios, key=lambda one: (sort_key(one.name_fi), one.id))),
        tuple(organisation.units(session, municipality_id, at=at)),
        tuple(organisation.posts(session, municipality_id, at=at)),
        tuple(queries.schemes(session, municipality_id, at=at)),
    )


def indented(one: TreeUnit) -> str:
    """Give a unit's name, moved in by its level, for lists of choices."""
    return NO_BREAK * 3 * one.level + name_of(one.unit)


def _group(scheme: SchemeCategories, category_ids: frozenset[int]) -> frozenset[int]:
    own = frozenset(one.id for one in scheme.categories) & category_ids
    return subtree(scheme.categories, own)

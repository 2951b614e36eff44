"""Portfolios with their counts, and the schemes by which initiatives are classified."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.text import sort_key
from portfolio.organisation.rules import tree_order
from portfolio.register.models import Category, CategoryScheme, Initiative, Portfolio
from portfolio.register.rules import Status


@dataclass(frozen=True, slots=True)
class PortfolioCount:
    """A portfolio, how many initiatives it holds, and how many of each status."""

    portfolio: Portfolio
    initiatives: int
    by_status: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class SchemeCategories:
    """A way of classifying with its classes: those below after those above, siblings in their own order."""

    scheme: CategoryScheme
    categories: tuple[Category, ...]


def portfolios(session: Session, municipality_id: int, *, at: int | None = None) -> list[PortfolioCount]:
    """Return a municipality's portfolios in Finnish order with the counts of their initiatives."""
    counts = _present_counts(session, municipality_id) if at is None else _past_counts(session, municipality_id, at)
    found = sorted(
        history.rows(session, Portfolio, municipality_id, at), key=lambda one: (sort_key(one.name_fi), one.id)
    )
    return [PortfolioCount(one, counts[one.id].total(), dict(counts[one.id])) for one in found]


def get_portfolio(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> Portfolio | None:
    """Return one portfolio, removed or not."""
    return history.row(session, Portfolio, municipality_id, identity, at)


def portfolio_by_code(session: Session, code: str) -> Portfolio | None:
    """Return the portfolio with this code, which is unique in the whole system."""
    return session.scalar(select(Portfolio).where(Portfolio.code == code, Portfolio.removed.is_(False)))


def schemes(
    session: Session, municipality_id: int, *, portfolio_id: int | None = None, at: int | None = None
) -> list[SchemeCategories]:
    """Return the ways of classifying with their classes; with ``portfolio_id`` those of one portfolio and of all."""
    below: dict[int, list[Category]] = defaultdict(list)
    for category in history.rows(session, Category, municipality_id, at):
        below[category.scheme_id].append(category)
    found = [
        scheme
        for scheme in history.rows(session, CategoryScheme, municipality_id, at)
        if portfolio_id is None or scheme.portfolio_id in (None, portfolio_id)
    ]
    return [SchemeCategories(scheme, _in_order(below[scheme.id])) for scheme in found]


def get_scheme(
    session: Session, municipality_id: int, identity: int, *, at: int | None = None
) -> CategoryScheme | None:
    """Return one scheme, removed or not."""
    return history.row(session, CategoryScheme, municipality_id, identity, at)


def get_category(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> Category | None:
    """Return one class, removed or not."""
    return history.row(session, Category, municipality_id, identity, at)


def _in_order(categories: list[Category]) -> tuple[Category, ...]:
    ordered = tree_order(categories, lambda one: (one.position, sort_key(one.name_fi), one.id))
    return tuple(category for category, _ in ordered)


def _present_counts(session: Session, municipality_id: int) -> dict[int, Counter[Status]]:
    counts: dict[int, Counter[Status]] = defaultdict(Counter)
    statement = (
        select(Initiative.portfolio_id, Initiative.status, func.count())
        .where(Initiative.municipality_id == municipality_id, Initiative.removed.is_(False))
        .group_by(Initiative.portfolio_id, Initiative.status)
    )
    for portfolio_id, status, count in session.execute(statement):
        counts[portfolio_id][status] = count
    return counts


def _past_counts(session: Session, municipality_id: int, at: int) -> dict[int, Counter[Status]]:
    counts: dict[int, Counter[Status]] = defaultdict(Counter)
    for row in history.rows(session, Initiative, municipality_id, at):
        counts[row.portfolio_id][row.status] += 1
    return counts

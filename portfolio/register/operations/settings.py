"""Portfolios, category schemes and their classes: what the development office sets up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.core.history import Written
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import (
    Problems,
    Put,
    Records,
    Wanted,
    fresh_rows,
    judge_loops,
    put_tree,
    with_free_code,
    with_ids,
)
from portfolio.core.rights import Actor, working_in
from portfolio.register.models import Category, CategoryScheme, Initiative, Portfolio
from portfolio.register.rules import check_code, check_portfolio

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOLDS_ITEMS = N_("The portfolio still holds items. Move or remove them first.")
OTHER_SCHEME = N_("The class above must be of the same classification.")


def _judge_portfolios(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    found = {item: check_portfolio(row.given, row.after) for item, row in wanted.items()}
    going = {item: row.after["id"] for item, row in wanted.items() if row.given.get("removed")}
    holding = select(Initiative.portfolio_id).where(
        Initiative.municipality_id == working_in(actor),
        Initiative.portfolio_id.in_(going.values()),
        Initiative.removed.is_(False),
    )
    held = set(session.scalars(holding.distinct())) if going else set()
    for item, identity in going.items():
        found[item] += [Problem(HOLDS_ITEMS)] if identity in held else []
    return found


def _judge_codes(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    return {item: check_code(row.given) for item, row in wanted.items()}


def _judge_schemes_of_parents(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    above = {item: row.given["parent_id"] for item, row in wanted.items() if row.given.get("parent_id") is not None}
    rows = fresh_rows(session, Category, working_in(actor), set(above.values()), ("scheme_id",))
    return {
        item: [Problem(OTHER_SCHEME, place="parent_id")]
        for item, parent in above.items()
        if parent in rows and rows[parent]["scheme_id"] != wanted[item].after["scheme_id"]
    }


_PORTFOLIOS = Records(Portfolio, (_judge_portfolios,), needs=frozenset({"code", "quota_min", "quota_max"}))
_SCHEMES = Records(CategoryScheme, (_judge_codes,), needs=frozenset({"code"}))
_CATEGORIES = Records(
    Category,
    (judge_loops(Category), _judge_schemes_of_parents),
    needs=frozenset({"code", "scheme_id"}),
)


def create_portfolio(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Set up a portfolio and return its id; ``prefix`` begins the codes of its initiatives."""
    return _PORTFOLIOS.create(session, actor, [values])[0]


def update_portfolio(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change a portfolio; a new prefix holds for codes to come."""
    return _PORTFOLIOS.update_one(session, actor, identity, values, version)


def remove_portfolio(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a portfolio that holds no initiatives."""
    return _PORTFOLIOS.set_removed(session, actor, [identity], removed=True)


def restore_portfolio(session: Session, actor: Actor, identity: int) -> Written:
    """Bring a removed portfolio back."""
    return _PORTFOLIOS.set_removed(session, actor, [identity], removed=False)


def put_portfolios(session: Session, actor: Actor, rows: Mapping[str, Mapping[str, Any]]) -> Put[str]:
    """Make the portfolios with these codes hold these values."""
    return _PORTFOLIOS.put(session, actor, rows)


def create_scheme(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Set up a way of classifying and return its id; without a code it gets one made from its name."""
    return _SCHEMES.create(session, actor, [with_free_code(session, actor, CategoryScheme, values, "name_fi")])[0]


def update_scheme(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change a way of classifying."""
    return _SCHEMES.update_one(session, actor, identity, values, version)


def remove_scheme(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a way of classifying; what it said of initiatives is hidden with it and comes back with it."""
    return _SCHEMES.set_removed(session, actor, [identity], removed=True)


def restore_scheme(session: Session, actor: Actor, identity: int) -> Written:
    """Bring a removed way of classifying back."""
    return _SCHEMES.set_removed(session, actor, [identity], removed=False)


def put_schemes(session: Session, actor: Actor, rows: Mapping[str, Mapping[str, Any]]) -> Put[str]:
    """Make the schemes with these codes hold these values; ``portfolio_code`` may stand for ``portfolio_id``."""
    resolved = with_ids(session, actor, rows, Portfolio, "portfolio_code", "portfolio_id")
    return _SCHEMES.put(session, actor, resolved)


def create_category(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Add a class to a scheme (``scheme_id``) and return its id; without a code it gets one made from its name."""
    return _CATEGORIES.create(session, actor, [with_free_code(session, actor, Category, values, "name_fi")])[0]


def update_category(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change a class."""
    return _CATEGORIES.update_one(session, actor, identity, values, version)


def remove_category(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a class; initiatives in it are hidden from it and come back with it."""
    return _CATEGORIES.set_removed(session, actor, [identity], removed=True)


def restore_category(session: Session, actor: Actor, identity: int) -> Written:
    """Bring a removed class back."""
    return _CATEGORIES.set_removed(session, actor, [identity], removed=False)


def put_categories(session: Session, actor: Actor, scheme_id: int, rows: Mapping[str, Mapping[str, Any]]) -> Put[str]:
    """Make the classes of a scheme with these codes hold these values; ``parent_code`` names the class above."""
    return put_tree(_CATEGORIES, session, actor, rows, {"scheme_id": scheme_id})


def check_categories(session: Session, actor: Actor, scheme_id: int, rows: Mapping[str, Mapping[str, Any]]) -> Problems:
    """Tell what :func:`put_categories` would refuse of rows that name the class above by id, by index."""
    keyed = {(scheme_id, code): row for code, row in rows.items()}
    return _CATEGORIES.check_put(session, actor, keyed, key=("scheme_id", "code"))

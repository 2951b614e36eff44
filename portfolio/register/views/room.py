"""The blueprint of the register's own screens, and what several of their forms choose from."""

from __future__ import annotations

from flask import Blueprint

from portfolio.organisation import queries as organisation
from portfolio.register import queries
from portfolio.register.forms.options import indented
from portfolio.web.current import current
from portfolio.web.language import name_of, title_of

blueprint = Blueprint("register", __name__)


def unit_choices(empty: str) -> list[tuple[int | str, str]]:
    """Offer the units in the order of their tree, after the words for none."""
    units = organisation.units(current.session, current.municipality.id)
    return [("", empty), *((one.unit.id, indented(one)) for one in units)]


def post_choices(empty: str) -> list[tuple[int | str, str]]:
    """Offer the posts in Finnish order, after the words for none."""
    posts = organisation.posts(current.session, current.municipality.id)
    return [("", empty), *((post.id, title_of(post)) for post in posts)]


def portfolio_choices(empty: str) -> list[tuple[int | str, str]]:
    """Offer the portfolios in Finnish order, after the words for none."""
    found = queries.portfolios(current.session, current.municipality.id)
    return [("", empty), *((one.portfolio.id, name_of(one.portfolio)) for one in found)]

"""The blueprint of the organisation's screens, and what several of them choose from."""

from flask import Blueprint

from portfolio.organisation import queries
from portfolio.web.current import current
from portfolio.web.language import name_of

INDENT = "\N{NO-BREAK SPACE}" * 3

blueprint = Blueprint("organisation", __name__)


def unit_choices(empty: str, *, but: int | None = None) -> list[tuple[int | str, str]]:
    """Offer the units in the order of their tree, one left out, after the words for none."""
    tree = queries.units(current.session, current.municipality.id)
    units = [(one.unit.id, INDENT * one.level + name_of(one.unit)) for one in tree]
    return [("", empty), *(pair for pair in units if pair[0] != but)]

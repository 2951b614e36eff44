"""The filter of initiatives with what reviews tell of them: the pages of the rooms above all read it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portfolio.core.language import N_
from portfolio.core.rights import Actor
from portfolio.register import forms as register
from portfolio.register.forms import NOTHING, Facet, FilterChoice
from portfolio.register.forms.facets import FacetIds
from portfolio.register.rules import InitiativeFilter
from portfolio.reviews.queries import latest_health
from portfolio.reviews.rules import HEALTH_WORDS


def _health_of(session: Session, municipality_id: int, at: int | None) -> Mapping[int, str]:
    return latest_health(session, municipality_id, at=at)


HEALTH = Facet(
    "health",
    N_("Health"),
    {**{one.value: words for one, words in HEALTH_WORDS.items()}, NOTHING: N_("not assessed")},
    _health_of,
)
"""The colour of the review last approved."""

PARAMETERS = register.PARAMETERS | {HEALTH.name}
"""The parameters of the address that this module reads."""


def filter_at(choice: FilterChoice, session: Session, municipality_id: int, at: int) -> InitiativeFilter:
    """Give the filter that was read as it reads after another revision: others may have the health asked for then."""
    asked, nobodys = choice.asked.get(HEALTH.name, ()), "mine" in choice.asked.get("only", ())
    if not asked or (nobodys and not choice.filter.owner_post_ids):
        return choice.filter
    told = FacetIds().narrowed(_health_of(session, municipality_id, at), asked)
    return replace(choice.filter, ids=told.ids, without=told.without)


def read_filter(
    args: MultiDict[str, str], session: Session, municipality_id: int, actor: Actor, *, at: int | None = None
) -> FilterChoice:
    """Read the register's filter and the health asked for (``register.forms.read_filter``)."""
    return register.read_filter(args, session, municipality_id, actor, at=at, facets=(HEALTH,))

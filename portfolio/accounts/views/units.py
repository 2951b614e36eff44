"""The municipality's units, as forms offer and lists name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.organisation import queries
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from portfolio.accounts.forms import AccessForm

INDENT = "\N{NO-BREAK SPACE}" * 3


def unit_names() -> dict[int, str]:
    """Give the units' names by id, in the order of the tree, as they were at the time shown."""
    tree = queries.units(current.session, current.municipality.id, at=current.at)
    return {one.unit.id: name_of(one.unit) for one in tree}


def offer_units(form: AccessForm) -> None:
    """Let the form choose among the municipality's units, those below others set in."""
    tree = queries.units(current.session, current.municipality.id)
    names = [(one.unit.id, INDENT * one.level + name_of(one.unit)) for one in tree]
    form.unit_id.choices = [("", gettext("the whole municipality")), *names]

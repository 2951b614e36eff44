"""A new initiative's form at work."""

from __future__ import annotations

from typing import Any

from flask import request

from portfolio.organisation import queries as organisation
from portfolio.pages.forms.initiative import CLASS, InitiativeForm, classes_in, form_with_classes
from portfolio.pages.views.choices import post_choices, unit_choices
from portfolio.pages.views.editing import form_groups, hidden_languages, offer_statuses, typed_cells
from portfolio.register import operations
from portfolio.register import queries as register
from portfolio.register.models import Portfolio
from portfolio.register.rules import (
    Facts,
    InitiativeKind,
    PortfolioKind,
    Status,
    editable_fields,
    may_propose,
    reachable_statuses,
)
from portfolio.reviews import queries as reviews
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.operations import propose_initiative
from portfolio.reviews.rules import RoundState
from portfolio.web.current import current

KINDS = {
    PortfolioKind.ACTION_PROGRAMME: InitiativeKind.MEASURE,
    PortfolioKind.NEED_PORTFOLIO: InitiativeKind.NEED,
    PortfolioKind.DEVELOPMENT_PORTFOLIO: InitiativeKind.PROJECT,
}
"""What a portfolio of each kind mostly holds."""


def portfolio_to_choose() -> Portfolio | None:
    """Give the portfolio that the address names, or the only one there is; None where it must be chosen first."""
    found = {one.portfolio.id: one.portfolio for one in register.portfolios(current.session, current.municipality.id)}
    if (asked := round_of_proposal()) is not None:
        return found.get(asked.portfolio_id)
    if len(found) == 1:
        return next(iter(found.values()))
    return found.get(request.args.get("portfolio", 0, type=int))


def round_of_proposal() -> ReviewRound | None:
    """Give the open round that the address names, in which the initiative is proposed."""
    identity = request.args.get("round", 0, type=int)
    asked = reviews.get_round(current.session, current.municipality.id, identity) if identity else None
    return asked if asked is not None and asked.state is RoundState.OPEN and not asked.removed else None


class Creating:
    """The proposal of an initiative in one portfolio, with what this person may fill in."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Open the form: status proposed, the kind that the portfolio mostly holds, the person's own unit."""
        self.portfolio = portfolio
        self.round = round_of_proposal()
        self.schemes = register.schemes(current.session, current.municipality.id, portfolio_id=portfolio.id)
        unit_id = self._own_unit()
        facts = Facts(unit_id, None, new=True)
        began = {"kind": KINDS[portfolio.kind], "status": Status.PROPOSED, "unit_id": unit_id}
        self.form: InitiativeForm = form_with_classes(self.schemes)(data=began)
        fields = editable_fields(current.actor, facts) - {"portfolio_id", "source_key", "merged_into_id"}
        self.form.narrow(fields - hidden_languages(None))
        self.form.unit_id.choices = unit_choices((), may=lambda one: may_propose(current.actor, one))
        self.form.owner_post_id.choices = self.form.contact_post_id.choices = post_choices(())
        if "status" in self.form:
            offer_statuses(self.form, set(reachable_statuses(current.actor, facts, Status.PROPOSED)) - {Status.MERGED})

    def groups(self) -> list[dict[str, Any]]:
        """Give the form's groups as its template draws them."""
        return form_groups(self.form)

    def save(self) -> int:
        """Write the initiative and return its id."""
        typed = typed_cells(self.form)
        cells = {name: value for name, value in typed.items() if not name.startswith(CLASS) and value is not None}
        classes = {scheme: chosen for scheme, chosen in classes_in(typed, self.schemes).items() if chosen}
        draft = {**cells, "portfolio_id": self.portfolio.id, **({"categories": classes} if classes else {})}
        if self.round is not None:
            return propose_initiative(current.session, current.actor, self.round.id, draft)
        return operations.create_initiatives(current.session, current.actor, [draft])[0]

    @staticmethod
    def _own_unit() -> int | None:
        """Give the first unit in tree order for which the person may propose; None where any will do."""
        if may_propose(current.actor, None):
            return None
        units = organisation.units(current.session, current.municipality.id, day=current.today)
        return next((one.unit.id for one in units if may_propose(current.actor, one.unit.id)), None)

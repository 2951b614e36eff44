"""Taking a round of reviews out to Excel, whole or one unit's part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, make_response, redirect, render_template, url_for

from portfolio.core.rights import Right
from portfolio.exchange.export.rounds import export_round as record_round
from portfolio.exchange.export.rounds import items_asked
from portfolio.exchange.forms.rounds import RoundForm
from portfolio.exchange.views.room import ANSWERS, blueprint
from portfolio.organisation import queries as organisation
from portfolio.register.forms.options import indented
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.queries import get_round, own_reviews
from portfolio.reviews.rules import RoundState
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/<municipality>/exchange/rounds/<int:asked>/export", methods=["GET", "POST"])
@access(Right.EDIT, also=ANSWERS, load={"asked": get_round})
def export_round(asked: ReviewRound) -> Response:
    """Ask whose reviews are to be taken out, and record the export; its page gives the workbook."""
    own = _own(asked)
    form = _form(asked, own)
    if form.validate_on_submit():
        with form.refusals():
            language, unit = form.tongue.data, form.unit.data if "unit" in form else None
            only = own if form.is_narrowed else None
            export = record_round(current.session, current.actor, asked, language, unit_id=unit, only=only)
            flash(gettext("The workbook is ready to be fetched."))
            return redirect(url_for("exchange.export", export=export.id))
    is_closed = asked.state is RoundState.CLOSED
    page = render_template("exchange/export_round.html", form=form, asked=asked, is_closed=is_closed)
    return make_response(page, form.status)


def _own(asked: ReviewRound) -> frozenset[int]:
    """Give the initiatives whose reviews are this person's to answer."""
    found = own_reviews(current.session, current.actor, asked.municipality_id, today=current.today)
    return frozenset(one.initiative_id for one in found if one.round_id == asked.id)


def _form(asked: ReviewRound, own: frozenset[int]) -> RoundForm:
    """Give the form with what this person may choose: who edits nothing else takes out one's own alone."""
    units = _units(asked)
    home = next((min(one.unit_ids) for one in current.actor.grants if one.unit_ids), None)
    offered = {identity for identity, _ in units}
    form = RoundForm(tongue=current.language, unit=home if home in offered else None)
    form.unit.choices = [("", gettext("The whole round")), *units]
    if not current.actor.may(Right.EDIT):
        form.keep_only({"tongue"})
    elif not own:
        del form.mine
    return form


def _units(asked: ReviewRound) -> list[tuple[int, str]]:
    """Offer the units that have reviews in the round, and those above them, in the order of the tree."""
    tree = organisation.units(current.session, asked.municipality_id)
    parents = {one.unit.id: one.unit.parent_id for one in tree}
    wanted: set[int] = set()
    for unit in items_asked(current.session, asked).values():
        here = unit
        while here is not None and here not in wanted:
            wanted.add(here)
            here = parents.get(here)
    return [(one.unit.id, indented(one)) for one in tree if one.unit.id in wanted]

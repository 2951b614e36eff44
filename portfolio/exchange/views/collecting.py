"""Collecting by Excel: a workbook for each unit, what has come back, and who was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from portfolio.accounts.queries import active_users, names_of_users, reporters_by_unit
from portfolio.accounts.rules import reporters_of
from portfolio.core.rights import Right
from portfolio.core.text import sort_key
from portfolio.exchange.forms.collecting import CollectionForm
from portfolio.exchange.models import Collection, Export, LetterKind
from portfolio.exchange.operations import collecting as operations
from portfolio.exchange.queries import collecting as queries
from portfolio.exchange.queries.files import get_export
from portfolio.exchange.queries.receivers import receivers_of
from portfolio.exchange.rules import AnswerState
from portfolio.exchange.views.room import ANSWERS, blueprint
from portfolio.organisation import queries as organisation
from portfolio.register import queries as register
from portfolio.reviews.queries import rounds
from portfolio.reviews.rules import RoundState
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, ngettext
from portfolio.web.mailing import may_mail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from portfolio.organisation.queries import TreeUnit


def open_export(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> Export | None:
    """Find an export for someone who may see it: nobody else learns that there is one (a loader)."""
    found = get_export(session, municipality_id, key, at=at)
    return found if found is not None and queries.may_open_export(session, current.actor, found) else None


@blueprint.route("/<municipality>/exchange/collections/new", methods=["GET", "POST"])
@access(Right.IMPORT)
def new_collection() -> tuple[str, int] | Response:
    """Start a collection: a workbook for each unit that is chosen."""
    form = CollectionForm(tongue=current.language, round=request.args.get("round", type=int))
    _offer(form)
    if form.validate_on_submit():
        with form.refusals():
            new = operations.start_collection(current.session, current.actor, form.new_collection(), current.today)
            flash(gettext("The workbooks are made. Nobody has been told yet."))
            return redirect(url_for("exchange.collection", collection=new.id))
    return render_template("exchange/collection_new.html", form=form), form.status


@blueprint.get("/<municipality>/exchange/collections/<int:collection>")
@access(Right.IMPORT, load={"collection": queries.get_collection})
def collection(collection: Collection) -> str:
    """Show for each unit whether it has answered, how late it is, and who was told when."""
    state = queries.collection_state(current.session, collection, current.today)
    exports = [one.export for one in state.exports]
    receivers = receivers_of(current.session, current.municipality.id, exports, current.today)
    people = queries.people_in(state.exports)
    return render_template(
        "exchange/collection.html",
        collection=collection,
        state=state,
        receivers=receivers,
        names=names_of_users(current.session, [*people, collection.user_id]),
        may_mail=may_mail(),
        standing=AnswerState,
        kinds=LetterKind,
    )


@blueprint.post("/<municipality>/exchange/collections/<int:collection>/close")
@access(Right.IMPORT, load={"collection": queries.get_collection})
def close_collection(collection: Collection) -> Response:
    """Close a collection, or open it again."""
    closes = collection.closed_at is None
    operations.close_collection(current.session, current.actor, collection, closed=closes)
    flash(gettext("The collection is closed.") if closes else gettext("The collection is open again."))
    return redirect(url_for("exchange.collection", collection=collection.id))


@blueprint.get("/<municipality>/exchange/exports/<int:export>")
@access(Right.EDIT, also=ANSWERS, load={"export": open_export})
def export(export: Export) -> str:
    """Show one export: what it holds, where to fetch it, and what has come back of it."""
    state = queries.export_state(current.session, export, current.today)
    collection = current.session.get(Collection, export.collection_id) if export.collection_id else None
    return render_template(
        "exchange/export.html",
        state=state,
        export=export,
        collection=collection,
        names=names_of_users(current.session, [*queries.people_in([state]), export.user_id]),
        standing=AnswerState,
        most=current.installation.settings.upload_megabytes,
        may_import=current.actor.may(Right.IMPORT),
        me=current.actor.user_id,
    )


@blueprint.post("/<municipality>/exchange/exports/<int:export>/close")
@access(Right.IMPORT, load={"export": get_export})
def close_export(export: Export) -> Response:
    """Close one export, or open it again."""
    closes = export.closed_at is None
    operations.close_export(current.session, current.actor, export, closed=closes)
    flash(gettext("The export is closed: nobody is asked for it any more.") if closes else gettext("It is open again."))
    if export.collection_id is not None:
        return redirect(url_for("exchange.collection", collection=export.collection_id))
    return redirect(url_for("exchange.export", export=export.id))


def _offer(form: CollectionForm) -> None:
    """Set what may be chosen; at first everything that is likely meant is chosen."""
    place, today = current.municipality.id, current.today
    portfolios = [one.portfolio for one in register.portfolios(current.session, place)]
    form.portfolios.choices = [(one.id, name_of(one)) for one in portfolios]
    open_rounds = [one for one in rounds(current.session, place) if one.state is RoundState.OPEN]
    none = ("", gettext("– none: the items themselves –"))
    form.round.choices = [none, *((one.id, name_of(one)) for one in open_rounds)]
    people = active_users(current.session, place, today)
    own = reporters_by_unit(current.session, place, today, people)
    tree = organisation.units(current.session, place, day=today)
    asked = reporters_of(organisation.parents_of(current.session, place), [one.unit.id for one in tree], own)
    counts = queries.items_by_unit(current.session, place)
    form.units.choices = [
        (one.unit.id, _unit_words(one, counts.get(one.unit.id, 0), [people[user].name for user in asked[one.unit.id]]))
        for one in tree
    ]
    if not form.is_submitted():
        form.portfolios.data = frozenset(one.id for one in portfolios)
        form.units.data = frozenset(own) or frozenset(one.unit.id for one in tree if one.level == 0)


def _unit_words(one: TreeUnit, count: int, reporters: Iterable[str]) -> str:
    """Say a unit with how many items are its own, and who reports for it: the level shows as dashes before the name."""
    name = "– " * one.level + name_of(one.unit)
    items = ngettext("%(num)s item", "%(num)s items", count)
    names = ", ".join(sorted(reporters, key=sort_key)) or gettext("no reporter")
    return f"{name} ({items}; {names})"

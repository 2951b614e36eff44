"""A person's name and address: outside the history, so that they can be erased for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from portfolio.core.rights import Right
from portfolio.organisation import operations, queries
from portfolio.organisation.forms import PersonForm
from portfolio.organisation.models import Person
from portfolio.organisation.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response


def _person(session: Session, municipality_id: int, key: int, /, *, at: int | None = None) -> Person | None:
    return queries.get_person(session, municipality_id, key) if at is None else None


@blueprint.route("/<municipality>/people/<int:person>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"person": _person})
def edit_person(person: Person) -> tuple[str, int] | Response:
    """Change a person's name and e-mail."""
    form, back = PersonForm(obj=person), url_for("organisation.units")
    if form.validate_on_submit():
        with form.refusals():
            name, email = form.name.data or "", form.email.data
            operations.update_person(current.session, current.actor, person.id, name=name, email=email)
            flash(gettext("The person was saved."))
            return redirect(back)
    erase = url_for("organisation.erase_person", person=person.id) if current.actor.may(Right.USERS) else None
    page = render_template(
        "organisation/person.html",
        title=person.name or gettext("name erased"),
        form=form,
        back=back,
        crumbs=[{"label": gettext("Organisation"), "url": back}],
        purpose=gettext("Names and addresses stand outside the history: what they were before is kept nowhere."),
        erase=erase if person.name else None,
    )
    return page, form.status


@blueprint.post("/<municipality>/people/<int:person>/erase")
@access(Right.USERS, load={"person": _person})
def erase_person(person: Person) -> Response:
    """Erase a person's name and address for good; that somebody held the post stays."""
    operations.erase_person(current.session, current.actor, person.id)
    flash(gettext("The person's name and e-mail were erased."))
    return redirect(url_for("organisation.units"))

"""Baselines: the named points in time, and naming one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import flash, redirect, render_template, request, url_for

from portfolio.core import history
from portfolio.core.history import Baseline
from portfolio.core.language import HELSINKI, N_
from portfolio.core.rights import Right
from portfolio.register import operations, queries
from portfolio.register.forms.baseline import KIND_WORDS, BaselineForm, NewBaselineForm
from portfolio.register.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext
from portfolio.web.listing import cut_page, paging, pill
from portfolio.web.past import BASELINE_KINDS, TIME
from portfolio.web.rail import Group, rail
from portfolio.web.safe import safe_next

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

PER_PAGE = 50


@blueprint.get("/<municipality>/baselines")
@access(Right.READ)
@rail(N_("Baselines"), Group.WORK, 40)
def baselines() -> str:
    """List the named points in time; each opens the page that ``?next=`` names as it was then."""
    every = queries.baselines(current.session, current.municipality.id)
    kind = request.args.get("kind", "")
    found = [one for one in every if kind not in set(BASELINE_KINDS) or one.baseline.kind == kind]
    manages = current.actor.may(Right.MANAGE)
    return render_template(
        "register/baselines.html",
        points=cut_page(found, PER_PAGE),
        every=len(every),
        paging=paging(len(found), PER_PAGE),
        pills=[pill("kind", gettext("Kind"), [(one, gettext(words)) for one, words in KIND_WORDS.items()])],
        kind_words=lambda one: gettext(KIND_WORDS[one.kind]),
        address_as_of=_address_as_of,
        removed=queries.baselines(current.session, current.municipality.id, removed=True) if manages else (),
        may_manage=manages,
    )


@blueprint.route("/<municipality>/baselines/new", methods=["GET", "POST"])
@access(Right.MANAGE)
def new_baseline() -> tuple[str, int] | Response:
    """Name a point in time: this moment, a day, or a change."""
    form = NewBaselineForm(number=request.args.get("number"))
    if form.validate_on_submit():
        with form.refusals():
            operations.create_baseline(current.session, current.actor, _asked_point(form))
            flash(gettext("The point in time was named."))
            return redirect(url_for("register.baselines"))
    return _page(gettext("Name a point in time"), form), form.status


@blueprint.route("/<municipality>/baselines/<int:baseline>/edit", methods=["GET", "POST"])
@access(Right.MANAGE, load={"baseline": queries.get_baseline})
def edit_baseline(baseline: Baseline) -> tuple[str, int] | Response:
    """Change what a baseline is called."""
    form = BaselineForm(obj=baseline)
    if form.validate_on_submit():
        with form.refusals():
            values, version = form.values(), form.version.data
            operations.update_baseline(current.session, current.actor, baseline.id, values, version=version)
            flash(gettext("The baseline was saved."))
            return redirect(url_for("register.baselines"))
    return _page(baseline.name, form, baseline), form.status


@blueprint.post("/<municipality>/baselines/<int:baseline>/remove")
@access(Right.MANAGE, load={"baseline": queries.get_baseline})
def remove_baseline(baseline: Baseline) -> Response:
    """Remove a baseline."""
    operations.remove_baseline(current.session, current.actor, baseline.id)
    flash(gettext("%(name)s was removed.", name=baseline.name))
    return redirect(url_for("register.baselines"))


@blueprint.post("/<municipality>/baselines/<int:baseline>/restore")
@access(Right.MANAGE, load={"baseline": queries.get_baseline})
def restore_baseline(baseline: Baseline) -> Response:
    """Bring a removed baseline back."""
    operations.restore_baseline(current.session, current.actor, baseline.id)
    flash(gettext("%(name)s is back.", name=baseline.name))
    return redirect(url_for("register.baselines"))


def _asked_point(form: NewBaselineForm) -> dict[str, Any]:
    """Give what is to be saved, with the revision of the change or the day that is asked for."""
    values = form.values(("name", "kind", "note"))
    place = current.municipality.id
    if form.number.data:
        found = history.point_of_number(current.session, place, form.number.data, place="number")
        return {**values, "revision_id": found.id}
    if form.day.data:
        latest = max(current.today, current.now.astimezone(HELSINKI).date())
        day = form.day.data.isoformat()
        return {**values, "revision_id": history.point_of_day(current.session, place, day, latest, place="day")[0]}
    return values


def _address_as_of(baseline: Baseline) -> str:
    """Give the address of the page that one came from, or of the list, as of a baseline."""
    address = urlsplit(safe_next(request.args.get("next"), url_for("pages.initiatives")))
    kept = [(name, value) for name, value in parse_qsl(address.query) if name not in TIME]
    return f"{address.path}?{urlencode([*kept, ('baseline', baseline.id)])}"


def _page(title: str, form: BaselineForm, baseline: Baseline | None = None) -> str:
    back = url_for("register.baselines")
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        back=back,
        crumbs=[{"label": gettext("Baselines"), "url": back}],
        purpose=gettext("Everything can be seen as it was then, and what has changed since."),
        removed=baseline is not None and baseline.removed,
        remove=url_for("register.remove_baseline", baseline=baseline.id) if baseline else None,
        restore=url_for("register.restore_baseline", baseline=baseline.id) if baseline else None,
        remove_words=gettext("The point in time loses its name. What it showed can still be seen by its day."),
    )

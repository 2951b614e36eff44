"""A room that exists only in tests: views that do what the frame of every view must cope with."""

from flask import Blueprint, flash, jsonify, redirect, render_template_string, request, url_for
from wtforms import StringField
from wtforms.validators import Length

from portfolio.core import history
from portfolio.core.jobs import Job, ask_to_cancel, create_job, try_again
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Right
from portfolio.organisation import operations, queries
from portfolio.organisation.models import Municipality, Unit
from portfolio.web.access import access, public, signed_in
from portfolio.web.current import current
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.jobs import progress_answer, start_after_commit
from portfolio.web.rail import Group, rail

blueprint = Blueprint("probe", __name__)

PAGE = """
{% extends "base.html" %}
{% set title = "Probe" %}
{% block content %}<p id="said">{{ said }}</p>{% endblock %}
"""
FORM = """
{% extends "base.html" %}
{% from "components/form.html" import form as form_for, field, save_bar %}
{% set title = "Probe" %}
{% block content %}{% call form_for(form) %}{{ field(form.name_fi) }}{{ save_bar("Save") }}{% endcall %}{% endblock %}
"""


def said(words, **more):
    return render_template_string(PAGE, said=words, **more)


@blueprint.get("/<municipality>/probe")
@access(Right.READ, past=True)
@rail("Probe", Group.WORK, 10, count=lambda here: here.municipality.id and 3)
def units():
    """The names of units, now or then."""
    found = queries.units(current.session, current.municipality.id, at=current.at)
    return said(", ".join(one.unit.name_fi for one in found))


@blueprint.get("/<municipality>/probe/<int:unit>")
@access(Right.READ, load={"unit": queries.get_unit}, past=True)
def unit(unit):
    """One unit's name, now or then."""
    return said(unit.name_fi)


@blueprint.get("/<municipality>/probe/present")
@access(Right.SETTINGS, charts=True)
@rail("Settings of the probe", Group.ADMINISTRATION, 10)
def present():
    """What only the office may see, and only now."""
    return said(url_for("probe.units"))


@blueprint.get("/<municipality>/probe/facts")
@access(Right.READ, past=True)
def facts():
    """What the request stands on."""
    return jsonify(
        actor=current.actor.user_id,
        today=current.today.isoformat(),
        day=current.past.day.isoformat() if current.past else None,
        at=current.at,
        name=current.loaded(Municipality).name_fi,
        link=url_for("probe.units", q="x"),
        written=current.context.document_date.isoformat(),
    )


@blueprint.post("/<municipality>/probe/add")
@access(Right.MANAGE)
def add():
    """Write a unit, and answer with the status asked for."""
    operations.create_unit(current.session, current.actor, {"name_fi": request.form["name"]})
    return said("added"), int(request.form.get("status", 200))


@blueprint.post("/<municipality>/probe/fail")
@access(Right.MANAGE)
def fail():
    """Write a unit, and then fail in the way asked for."""
    operations.create_unit(current.session, current.actor, {"name_fi": "Half"})
    how = request.form["how"]
    current.record("tried", how)
    if how == "refusal":
        raise Refusal(Problem("The unit %(name)s cannot be had.", {"name": "<b>"}))
    if how == "stale":
        raise history.StaleError([(Unit, 1)])
    raise RuntimeError("the secret of the house")


@blueprint.get("/<municipality>/probe/writes")
@access(Right.READ)
def writes():
    """A GET that wrongly tries to write."""
    operations.create_unit(current.session, current.actor, {"name_fi": "By a GET"})
    return said("written")


@blueprint.post("/<municipality>/probe/preview")
@access(Right.READ, writes=False)
def preview():
    """A POST that only reads."""
    return said(str(len(queries.units(current.session, current.municipality.id))))


class UnitForm(BaseForm):
    """A form with one field and a version."""

    name_fi = StringField("Name", [Length(max=160)])
    version = VersionField()


@blueprint.route("/<municipality>/probe/<int:unit>/edit", methods=["GET", "POST"])
@access(Right.MANAGE, load={"unit": queries.get_unit})
def edit(unit):
    """Change a unit's name."""
    form = UnitForm(obj=unit)
    if form.validate_on_submit():
        with form.refusals():
            version = form.version.data
            operations.update_unit(current.session, current.actor, unit.id, form.values(), version=version)
            flash("Saved.")
            return redirect(url_for("probe.units"))
    return render_template_string(FORM, form=form), form.status


@blueprint.get("/probe/me")
@signed_in()
def me():
    """Who is signed in."""
    return said(current.user.name)


@blueprint.post("/probe/upload")
@public(writes=False)
def upload():
    """How many bytes came."""
    return said(str(len(request.files["file"].read())))


@blueprint.get("/<municipality>/probe/open")
@public()
def opened():
    """What everyone may see of a municipality."""
    return said(f"{current.municipality.name_fi} {current.acting}")


@blueprint.get("/probe/boom")
@public()
def boom():
    """Fail for everyone."""
    raise RuntimeError("the secret of the house")


def get_job(session, municipality_id, key, *, at=None):
    """A job of the municipality."""
    job = session.get(Job, key)
    return job if job is not None and job.municipality_id == municipality_id else None


@blueprint.post("/<municipality>/probe/jobs")
@access(Right.MANAGE)
def begin():
    """Begin long work, and answer with the status asked for."""
    facts = {"municipality_id": current.municipality.id, "user_id": current.actor.user_id, "at": current.now}
    job = create_job(current.session, "of the probe", 1, **facts)
    start_after_commit(job.id)
    return said(str(job.id)), int(request.form.get("status", 200))


@blueprint.get("/<municipality>/probe/jobs/<int:job>")
@access(Right.MANAGE, load={"job": get_job})
def progress(job):
    """How far the work is."""
    ways = {f"{way}_url": url_for(f"probe.{way}", job=job.id) for way in ("cancel", "again")}
    return progress_answer(job, title="Work", done_url="/koekunta/probe", back_url="/koekunta/probe", **ways)


@blueprint.post("/<municipality>/probe/jobs/<int:job>/cancel")
@access(Right.MANAGE, load={"job": get_job})
def cancel(job):
    """Stop the work."""
    ask_to_cancel(current.session, job)
    return redirect(url_for("probe.progress", job=job.id))


@blueprint.post("/<municipality>/probe/jobs/<int:job>/again")
@access(Right.MANAGE, load={"job": get_job})
def again(job):
    """Begin the work anew."""
    if try_again(current.session, job, current.now):
        start_after_commit(job.id)
    return redirect(url_for("probe.progress", job=job.id))

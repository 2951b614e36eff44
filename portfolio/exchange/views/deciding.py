"""Deciding on a plan: ticks, choices of sides, and the import itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import flash, make_response, redirect, render_template, request, url_for

from portfolio.core.history import BIRTH
from portfolio.core.language import N_
from portfolio.core.problem import Refusal
from portfolio.core.rights import Right
from portfolio.exchange.apply.apply import ANOTHER_PLAN, AnotherPlanError, StaleCell, StalePlanError, apply_upload
from portfolio.exchange.columns import COLUMNS, Entity
from portfolio.exchange.models import Upload, UploadState
from portfolio.exchange.operations.plans import choose, plan_again, tick
from portfolio.exchange.operations.uploads import plan_soon
from portfolio.exchange.queries import plan
from portfolio.exchange.queries.words import Words
from portfolio.exchange.views.checking import asked_part, check_page, part_url, summary_page
from portfolio.exchange.views.choices import OPEN, SIDES, TICKED, UNTICKED, marks_seen, save_page, states
from portfolio.exchange.views.notices import tell_owners_soon
from portfolio.exchange.views.room import ANSWERS, blueprint, own_upload
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.guard import is_fragment
from portfolio.web.jobs import start_after_commit
from portfolio.web.language import gettext, say_here
from portfolio.web.session import brief_write

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict
    from werkzeug.wrappers import Response

TICKS = {"tick": True, "untick": False}
WHOLE = {BIRTH: N_("%(title)s: added"), "removed": N_("%(title)s: removed or restored")}
SAVED_FIRST = N_("Your choices were saved first. Look at them once more, then import.")


@blueprint.post("/<municipality>/exchange/uploads/<int:upload>/decide")
@access(Right.EDIT, also=ANSWERS, load={"upload": own_upload})
def decide(upload: Upload) -> Response:
    """Keep the ticks and choices of a page, and those for many at once."""
    asked = asked_part(request.form)
    save_page(upload, request.form)
    _decide_many(upload, request.form.get("what", ""))
    if not is_fragment():
        return redirect(part_url(upload, asked))
    counts = plan.counts(current.session, upload.id)
    answer = make_response(render_template("exchange/check_saved.html", **summary_page(upload, counts)))
    answer.headers["HX-Trigger"] = json.dumps({"decided": _along(upload, request.form)})
    return answer


@blueprint.post("/<municipality>/exchange/uploads/<int:upload>/apply")
@access(Right.EDIT, also=ANSWERS, load={"upload": own_upload})
def apply(upload: Upload) -> Response:
    """Import what is ticked; what a page without scripts had not saved yet is kept first and shown."""
    if upload.state is not UploadState.CHECKED:
        return redirect(url_for("exchange.progress", upload=upload.id))
    seen = request.form.get("plan", "")
    if seen != (upload.plan_hash or ""):
        return _shown_again(upload, (gettext(ANOTHER_PLAN),), 409)
    if save_page(upload, request.form):
        flash(gettext(SAVED_FIRST), "info")
        return redirect(part_url(upload, asked_part(request.form)))
    try:
        batch = apply_upload(current.session, current.actor, upload, seen)
    except StalePlanError as stale:
        return _plan_anew(upload, stale)
    except Refusal as refusal:
        current.session.rollback()
        return _refused(upload, refusal)
    if batch is not None:
        tell_owners_soon(batch.id)
    return redirect(url_for("exchange.result", upload=upload.id))


def _refused(upload: Upload, refusal: Refusal) -> Response:
    """Show the plan again with what stands against importing it."""
    status = 409 if isinstance(refusal, AnotherPlanError) else 422
    return _shown_again(upload, tuple(say_here(problem) for problem in refusal.problems), status)


def _shown_again(upload: Upload, problems: tuple[str, ...], status: int) -> Response:
    page = check_page(upload, asked_part(request.form), problems)
    return make_response(render_template("exchange/check.html", **page), status)


def _decide_many(upload: Upload, what: str) -> None:
    """Do what a button says of everything that the page's filter shows, or of one column's conflicts."""
    asked = asked_part(request.form)
    if what in TICKS and asked.shown is not None:
        tick(current.session, upload, value=TICKS[what], shown=asked.shown, column=asked.column)
    side, _, column = what.partition(":")
    entity, _, field = column.partition(".")
    if side in SIDES and field:
        choose(current.session, upload, SIDES[side], column=(entity, field))


def _along(upload: Upload, form: MultiDict[str, str]) -> dict[str, bool]:
    """Tell which controls of the page stand otherwise than they were sent, since a group was decided together."""
    sent = frozenset(form.getlist("tick"))
    found: dict[str, bool] = {}
    for mark, state in states(upload, marks_seen(form)).items():
        if state in {TICKED, UNTICKED}:
            if (state == TICKED) != (mark.name in sent):
                found[mark.name] = state == TICKED
        elif state != OPEN and form.get(f"side-{mark.name}") != state:
            found[f"{mark.name}-{state}"] = True
    return found


def _plan_anew(upload: Upload, stale: StalePlanError) -> Response:
    """Answer that others saved meanwhile: nothing is imported, and the file is planned again against what is there."""
    identity = upload.id
    current.session.rollback()  # and not touched before the other transaction has ended: it would wait for this one
    with brief_write() as session:
        mine = session.get_one(Upload, identity)
        plan_again(session, mine)
        job_id = plan_soon(session, mine, current.now).id
    start_after_commit(job_id)
    words = Words(current.session, current.municipality.id, (), current.language)
    changed = dict.fromkeys(_touched(one, words) for one in stale.touched)
    return make_response(render_template("exchange/stale.html", upload=upload, changed=list(changed)), 409)


def _touched(one: StaleCell, words: Words) -> str:
    """Say which cell changed: "Asiakaspalvelu: Vastuutaho"; a new row and a removal by what they are."""
    entity = Entity(one.entity)
    if one.field in WHOLE:
        return gettext(WHOLE[one.field], title=one.title or words.entity(entity))
    stored = {column.stored: name for name, column in COLUMNS[entity].items()}
    name = stored.get(one.field)
    return f"{one.title}: {words.field(entity, name)}" if name else one.title

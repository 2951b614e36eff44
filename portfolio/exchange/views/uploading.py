"""Sending files in: taking them, showing how far each is, stopping one and trying again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, make_response, redirect, render_template, url_for

from portfolio.core.jobs import Job, JobState, ask_to_cancel, problems_of, state_of, try_again
from portfolio.core.rights import Right
from portfolio.exchange.forms.uploading import UploadForm
from portfolio.exchange.models import Upload, UploadState
from portfolio.exchange.operations.plans import discard
from portfolio.exchange.operations.uploads import Received, plan_soon, receive_uploads
from portfolio.exchange.queries import files
from portfolio.exchange.views.room import ANSWERS, FILES, blueprint, own_upload
from portfolio.exchange.views.told import problems_told
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.guard import is_fragment
from portfolio.web.jobs import progress_answer, start_after_commit
from portfolio.web.language import gettext, say_here
from portfolio.web.limits import limiter
from portfolio.web.session import brief_write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

PAGES = {
    UploadState.MAPPING: "exchange.mapping",
    UploadState.CHECKED: "exchange.check",
    UploadState.APPLIED: "exchange.result",
}
"""Where a file is looked at once it has been read."""
OPEN = frozenset({JobState.WAITING, JobState.RUNNING})


@blueprint.post("/<municipality>/exchange/uploads")
@access(Right.EDIT, also=ANSWERS, writes=False)
@limiter.limit(FILES)
def upload() -> Response:
    """Take one file or many, and read each in a process of its own."""
    form = UploadForm()
    if form.validate_on_submit():
        with form.refusals():
            found = _receive(form.received())
            single = len(found) == 1
            return redirect(url_for("exchange.progress", upload=found[0]) if single else url_for("exchange.sent"))
    most = current.installation.settings.upload_megabytes
    return make_response(render_template("exchange/upload.html", form=form, most=most), form.status)


@blueprint.get("/<municipality>/exchange/uploads")
@access(Right.EDIT, also=ANSWERS)
def sent() -> Response:
    """Show how far each of one's files is."""
    name = "exchange/sent_list.html" if is_fragment() else "exchange/sent.html"
    return make_response(render_template(name, **under_way()))


@blueprint.get("/<municipality>/exchange/uploads/<int:upload>")
@access(Right.EDIT, also=ANSWERS, load={"upload": own_upload})
def progress(upload: Upload) -> Response:
    """Show how far a file is; what has been read is shown on the page where it is decided."""
    if upload.state in PAGES:
        return _go(url_for(PAGES[upload.state], upload=upload.id))
    if upload.state is UploadState.DISCARDED:
        return _go(url_for("exchange.room"))
    job = _job(upload)
    if upload.state is UploadState.REFUSED or job is None:
        return _go(url_for("exchange.progress", upload=upload.id)) if is_fragment() else _refused(upload)
    return progress_answer(
        job,
        title=upload.file_name,
        done_url=url_for("exchange.progress", upload=upload.id),
        back_url=url_for("exchange.room"),
        cancel_url=url_for("exchange.cancel", upload=upload.id),
        again_url=url_for("exchange.again", upload=upload.id),
        crumbs=[{"label": gettext("Import and export"), "url": url_for("exchange.room")}],
    )


@blueprint.post("/<municipality>/exchange/uploads/<int:upload>/cancel")
@access(Right.EDIT, also=ANSWERS, load={"upload": own_upload})
def cancel(upload: Upload) -> Response:
    """Stop reading a file."""
    ask_to_cancel(current.session, _job(upload) or abort(404))
    return redirect(url_for("exchange.progress", upload=upload.id))


@blueprint.post("/<municipality>/exchange/uploads/<int:upload>/again")
@access(Right.EDIT, also=ANSWERS, load={"upload": own_upload})
def again(upload: Upload) -> Response:
    """Read a file again whose reading failed or was stopped."""
    job = _job(upload) or abort(404)
    if upload.state is UploadState.WAITING and try_again(current.session, job, current.now):
        start_after_commit(job.id)
    return redirect(url_for("exchange.progress", upload=upload.id))


@blueprint.post("/<municipality>/exchange/uploads/<int:upload>/discard")
@access(Right.EDIT, also=ANSWERS, load={"upload": own_upload})
def discard_upload(upload: Upload) -> Response:
    """Give a file up: nothing of it is imported."""
    job = _job(upload)
    if job is not None:
        ask_to_cancel(current.session, job)
    discard(current.session, upload)
    flash(gettext("%(file)s was put aside. Nothing was imported.", file=upload.file_name))
    return redirect(url_for("exchange.room"))


def _receive(received: Sequence[Received]) -> list[int]:
    """Keep files in a transaction of its own, since hits are counted in another one, and have each read."""
    with brief_write() as session:
        found = receive_uploads(session, current.actor, received, current.language, current.today)
        jobs = {one.id: one.job_id or 0 for one in found}
    for job_id in jobs.values():
        start_after_commit(job_id)
    return list(jobs)


def under_way() -> dict[str, Any]:
    """Give one's files that are not finished, and whether any of them is being read now."""
    uploads = files.unfinished_uploads(current.session, current.municipality.id, current.actor.user_id)
    found = [_shown(one) for one in uploads]
    return {"uploads": found, "runs": any(one["runs"] for one in found)}


def read_again(upload: Upload) -> None:
    """Let a file be read and planned anew, once the request has ended well."""
    start_after_commit(plan_soon(current.session, upload, current.now).id)


def _job(upload: Upload) -> Job | None:
    return current.session.get(Job, upload.job_id) if upload.job_id is not None else None


def _shown(upload: Upload) -> dict[str, Any]:
    """Give a file as the list of what is under way draws it."""
    job = _job(upload) if upload.state is UploadState.WAITING else None
    state = state_of(job, current.now) if job else None
    return {
        "upload": upload,
        "job": job,
        "runs": state in OPEN,
        "failed": state in {JobState.FAILED, JobState.CANCELLED},
        "problems": [say_here(one) for one in problems_of(job, current.now)] if job else [],
    }


def _refused(upload: Upload) -> Response:
    shown = render_template("exchange/refused.html", upload=upload, problems=problems_told(upload.problems))
    return make_response(shown)


def _go(url: str) -> Response:
    """Lead on, also where htmx asked for a piece of the page that was left."""
    if not is_fragment():
        return redirect(url)
    answer = make_response("")
    answer.headers["HX-Redirect"] = url
    return answer

"""What came of a file: what was written, what was left and why, and the rows in error to be corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response, redirect, render_template, url_for

from portfolio.core.rights import Right
from portfolio.exchange.models import ImportBatch, Upload, UploadState
from portfolio.exchange.queries import files, plan
from portfolio.exchange.queries.plan import Shown
from portfolio.exchange.views.plan_words import PlanWords
from portfolio.exchange.views.room import blueprint, own_upload
from portfolio.web.access import access
from portfolio.web.current import current

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

ERRORS_SHOWN = 50


@blueprint.get("/<municipality>/exchange/uploads/<int:upload>/result")
@access(Right.EDIT, load={"upload": own_upload})
def result(upload: Upload) -> Response:
    """Tell what an applied file changed, and what of it was left for the next time."""
    if upload.state is not UploadState.APPLIED:
        return redirect(url_for("exchange.progress", upload=upload.id))
    session = current.session
    batch = session.get(ImportBatch, upload.batch_id) if upload.batch_id is not None else None
    errors = plan.page(session, upload.id, Shown.ERROR, per=ERRORS_SHOWN)
    shown = render_template(
        "exchange/result.html",
        upload=upload,
        batch=batch,
        is_new=batch is not None and batch.applied_at >= upload.at,
        is_undone=batch is not None and bool(files.undone_batches(session, [batch.id])),
        left=plan.leftovers(session, upload.id),
        kept=plan.counts(session, upload.id).shown[Shown.KEPT],
        now=current.now,
        errors=PlanWords(upload, errors.rows).rows(),
        more=max(0, errors.total - ERRORS_SHOWN),
    )
    return make_response(shown)

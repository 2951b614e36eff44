"""What came of a file: what was written, what was left and why, and the rows in error to be corrected."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from flask import abort, make_response, redirect, render_template, url_for

from portfolio.core.language import N_, say, say_problem
from portfolio.core.rights import Right
from portfolio.exchange.export.errors import RowsInError, Where, error_book
from portfolio.exchange.guess.extract import from_extract
from portfolio.exchange.ledger.store import is_ledger
from portfolio.exchange.models import Export, ImportBatch, Upload, UploadState
from portfolio.exchange.queries import files, plan
from portfolio.exchange.queries.plan import PlanPart
from portfolio.exchange.views.plan_words import PlanWords
from portfolio.exchange.views.room import ANSWERS, FILES, blueprint, own_upload
from portfolio.exchange.views.told import problems_told, told
from portfolio.files.workbook import write_book
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.limits import limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

ERRORS_SHOWN = 50
UNTICKED_SHOWN = 20
ENDING = N_("rows-in-error")


@blueprint.get("/<municipality>/exchange/uploads/<int:upload>/result")
@access(Right.EDIT, also=ANSWERS, load={"upload": own_upload})
def result(upload: Upload) -> Response:
    """Tell what an applied file changed, and what of it was left for the next time."""
    if upload.state is not UploadState.APPLIED:
        return redirect(url_for("exchange.progress", upload=upload.id))
    if is_ledger(upload):
        return redirect(url_for("pages.batch", batch=upload.batch_id))
    return make_response(render_template("exchange/result.html", upload=upload, **_page(upload)))


@blueprint.get("/<municipality>/exchange/uploads/<int:upload>/errors.xlsx")
@access(Right.EDIT, also=ANSWERS, load={"upload": own_upload})
@limiter.limit(FILES)
def error_rows(upload: Upload) -> Response:
    """Give the rows in error as a workbook with the reason beside each, which can be corrected and sent again.

    It is made of the rows that the job kept: a page never opens the file itself. All its words are in one language.
    """
    if not _has_rows(upload):
        abort(404)
    book = error_book(from_extract(upload.extract), _wanted(upload), upload.language, current.now)
    stem = upload.file_name.rpartition(".")[0] or upload.file_name
    ending = say(ENDING, upload.language)
    name = f"{stem}-{ending}.xlsx"
    return attachment(write_book(book), name)


def _page(upload: Upload) -> dict[str, Any]:
    """Give what the template draws beside the upload itself."""
    session = current.session
    batch = session.get(ImportBatch, upload.batch_id) if upload.batch_id is not None else None
    left = plan.leftovers(session, upload.id)
    errors = plan.page(session, upload.id, PlanPart.ERROR, per=ERRORS_SHOWN)
    return {
        "batch": batch,
        "is_new": batch is not None and batch.applied_at >= upload.at,
        "is_undone": batch is not None and bool(files.undone_batches(session, [batch.id])),
        "left": left,
        "unticked": PlanWords(upload, plan.unticked(session, upload.id, UNTICKED_SHOWN)).rows(),
        "unticked_more": max(0, left.unticked - UNTICKED_SHOWN),
        "kept": plan.counts(session, upload.id).shown[PlanPart.KEPT],
        "unread": problems_told(upload.problems),
        "has_rows": upload.kept_until > current.now and _has_rows(upload),
        "errors": PlanWords(upload, errors.rows).rows(),
        "more": max(0, errors.total - ERRORS_SHOWN),
    }


def _has_rows(upload: Upload) -> bool:
    """Tell whether rows in error were kept; before a plan there are other rows in their place."""
    return upload.state in {UploadState.CHECKED, UploadState.APPLIED} and upload.extract is not None


def _wanted(upload: Upload) -> RowsInError:
    """Gather the rows in error with their reasons; in our own layout each row tells by itself what it is."""
    export = current.session.get(Export, upload.export_id) if upload.export_id is not None else None
    reasons: dict[Where, list[str]] = defaultdict(list)
    for one in plan.error_rows(current.session, upload.id):
        for sheet, row in one.row.rows or ():
            reasons[sheet, row] += [say_problem(problem, upload.language) for problem in one.problems]
        for cell in one.cells:
            if cell.problem is not None and cell.cell.sheet is not None and cell.cell.row is not None:
                reasons[cell.cell.sheet, cell.cell.row].append(told(cell.problem, upload.language))
    heads = {one["name"]: one["header_rows"] for one in upload.sheets or ()}
    return RowsInError(reasons, heads, whole=export is None or export.layout is not None)

"""Actual amounts from accounting: sending a ledger in, looking at what it would write, writing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from flask import abort, flash, make_response, redirect, render_template, request, url_for

from portfolio.core.language import month_name
from portfolio.core.problem import Problem
from portfolio.core.rights import Right
from portfolio.exchange.forms.ledger import LedgerForm, WriteLedgerForm, unit_choices
from portfolio.exchange.ledger.apply import preview_ledger
from portfolio.exchange.ledger.folders import ledger_profiles
from portfolio.exchange.ledger.store import file_of, is_ledger, profile_of, read_soon, write_upload
from portfolio.exchange.ledger.words import CellWords, cells_in_words
from portfolio.exchange.models import Upload, UploadState
from portfolio.exchange.operations.uploads import receive_uploads
from portfolio.exchange.views.room import FILES, blueprint, own_upload
from portfolio.exchange.views.told import told
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.jobs import start_after_commit
from portfolio.web.language import gettext, ngettext
from portfolio.web.limits import limiter
from portfolio.web.listing import address_with
from portfolio.web.session import brief_write

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from portfolio.exchange.ledger.plan import LedgerPlan
    from portfolio.exchange.ledger.profile import Unit

SHOWN = 200
"""How many rows of each kind a page lists; the counts tell of all."""
CLOSING = 13


@blueprint.route("/<municipality>/exchange/ledger", methods=["GET", "POST"])
@access(Right.IMPORT, writes=False)
@limiter.limit(FILES)
def ledger() -> Response:
    """Take a ledger in, to be read in a process of its own."""
    form = LedgerForm()
    profiles = ledger_profiles(current.municipality.code)
    form.profile.choices = [(one.name, one.name) for one in profiles]
    if profiles and form.validate_on_submit():
        with form.refusals():
            return redirect(url_for("exchange.progress", upload=_receive(form)))
    most = current.installation.settings.upload_megabytes
    page = render_template("exchange/ledger.html", form=form, profiles=profiles, most=most)
    return make_response(page, form.status)


@blueprint.get("/<municipality>/exchange/uploads/<int:upload>/ledger")
@access(Right.IMPORT, load={"upload": own_upload})
def ledger_check(upload: Upload) -> Response:
    """Show which actual amounts a ledger would write, and what of it is left out."""
    if not is_ledger(upload) or upload.state is not UploadState.CHECKED:
        return redirect(url_for("exchange.progress", upload=upload.id))
    unit = _unit(request.args.get("unit", ""))
    return make_response(render_template("exchange/ledger_check.html", **_page(upload, unit)))


@blueprint.post("/<municipality>/exchange/uploads/<int:upload>/ledger")
@access(Right.IMPORT, load={"upload": own_upload})
def write_ledger(upload: Upload) -> Response:
    """Write the actual amounts that were seen."""
    if not is_ledger(upload):
        abort(404)
    form = WriteLedgerForm()
    unit = _unit(form.unit.data or "")
    if form.validate_on_submit():
        with form.refusals():
            _, batch = write_upload(current.session, current.actor, upload, unit, form.seen.data or "")
            if batch is not None:
                flash(gettext("The actual amounts were written."), "ok")
                return redirect(url_for("pages.batch", batch=batch.id))
    if upload.state is not UploadState.CHECKED:
        return redirect(url_for("exchange.progress", upload=upload.id))
    page = _page(upload, unit, [str(words) for words in form.form_errors])
    return make_response(render_template("exchange/ledger_check.html", **page), 422)


def _receive(form: LedgerForm) -> int:
    with brief_write() as session:
        (found,) = receive_uploads(session, current.actor, form.received(), current.language, current.today)
        job_id = read_soon(session, found, form.profile.data).id
        identity = found.id
    start_after_commit(job_id)
    return identity


def _unit(text: str) -> Unit | None:
    return cast("Unit", text) if text in ("eur", "teur") else None


def _page(upload: Upload, unit: Unit | None, problems: Sequence[str] = ()) -> dict[str, Any]:
    """Give what the page draws; asked anew each time, since others may have written meanwhile."""
    session, place = current.session, current.municipality.id
    profile = profile_of(session, upload)
    plan = preview_ledger(session, place, file_of(upload), profile, unit)
    cells = cells_in_words(session, place, plan, current.language)
    return {
        "upload": upload,
        "plan": plan,
        "changed": [one for one in cells if one.plan.changes][:SHOWN],
        "more": max(0, len(plan.changed) - SHOWN),
        "told": {name: _told(getattr(plan, name)) for name in ("errors", "asks", "unmatched", "notices")},
        "sentence": _sentence(plan, cells),
        "periods": _periods(plan),
        "problems": problems,
        "may_write": not plan.errors and not plan.asks and bool(plan.changed),
        "form": WriteLedgerForm(formdata=None, seen=plan.stamp, unit=unit or ""),
        "units": [
            {"label": words, "url": address_with(unit=value or None), "current": (unit or "") == value}
            for value, words in unit_choices()
        ],
    }


def _told(problems: Sequence[Problem]) -> dict[str, Any]:
    return {"count": len(problems), "words": [told(one) for one in problems[:SHOWN]]}


def _sentence(plan: LedgerPlan, cells: Sequence[CellWords]) -> str:
    same = len(cells) - len(plan.changed)
    said = [
        ngettext("%(num)s row read", "%(num)s rows read", plan.entries),
        ngettext("%(num)s actual amount changes", "%(num)s actual amounts change", len(plan.changed)),
    ]
    if same:
        said.append(ngettext("%(num)s is as it was", "%(num)s are as they were", same))
    if plan.unmatched:
        said.append(ngettext("%(num)s row is left out", "%(num)s rows are left out", len(plan.unmatched)))
    return ", ".join(said)


def _periods(plan: LedgerPlan) -> list[str]:
    """Say which months of each year the file covers."""
    found = []
    for year, months in plan.periods.items():
        named = [month for month in months if month is not None]
        if not named:
            found.append(str(year))
            continue
        first, last = (_month(month) for month in (named[0], named[-1]))
        found.append(f"{first} {year}" if first == last else f"{first}–{last} {year}")
    return found


def _month(month: int) -> str:
    return gettext("closing of the year") if month == CLOSING else month_name(month, current.language)

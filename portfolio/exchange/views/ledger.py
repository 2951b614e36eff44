"""Actual amounts from accounting: sending a ledger in, looking at what it would write, writing it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import abort, flash, make_response, redirect, render_template, request, url_for

from portfolio.core.language import month_name
from portfolio.core.rights import Right
from portfolio.exchange.forms.ledger import LedgerForm, WriteLedgerForm, unit_choices
from portfolio.exchange.ledger.apply import preview_ledger
from portfolio.exchange.ledger.folders import ledger_profiles
from portfolio.exchange.ledger.store import file_of, is_ledger, profile_of, read_soon, write_upload
from portfolio.exchange.ledger.words import AmountWords, cells_in_words
from portfolio.exchange.models import Upload, UploadState
from portfolio.exchange.operations.uploads import receive_uploads
from portfolio.exchange.views.ledger_lists import TITLES, asked_list, listed, write_list
from portfolio.exchange.views.room import FILES, blueprint, own_upload
from portfolio.exchange.views.told import told
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.jobs import start_after_commit
from portfolio.web.language import gettext, ngettext
from portfolio.web.limits import limiter
from portfolio.web.listing import address_with
from portfolio.web.session import brief_write

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from portfolio.exchange.ledger.plan import LedgerPlan
    from portfolio.exchange.ledger.profile import Unit
    from portfolio.exchange.ledger.read import LedgerFile

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


@blueprint.get("/<municipality>/exchange/uploads/<int:upload>/ledger/<name>.xlsx")
@access(Right.IMPORT, load={"upload": own_upload}, plain=("name",))
@limiter.limit(FILES)
def ledger_list(upload: Upload, name: str) -> Response:
    """Give one list of the check as a workbook, all of it."""
    if name not in TITLES:
        abort(404)
    if not is_ledger(upload) or upload.state is not UploadState.CHECKED:
        return redirect(url_for("exchange.progress", upload=upload.id))
    plan, cells, file = _look(upload, _unit(request.args.get("unit", "")))
    data = write_list(name, plan, cells, file, upload.file_name)
    stem = "-".join((Path(upload.file_name).stem, gettext("check")))
    return attachment(data, f"{stem}.xlsx")


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
    plan, cells, _ = _look(upload, unit)
    return {
        "upload": upload,
        "plan": plan,
        "lists": listed(upload, plan, cells, unit),
        "asks": [told(one) for one in plan.asks],
        "told": told,
        "whole_url": address_with(show=None) if asked_list() else None,
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


def _look(upload: Upload, unit: Unit | None) -> tuple[LedgerPlan, list[AmountWords], LedgerFile]:
    """Hold what was read of a ledger against what is there now."""
    session, place = current.session, current.municipality.id
    file = file_of(upload)
    plan = preview_ledger(session, place, file, profile_of(session, upload), unit)
    return plan, cells_in_words(session, place, plan, current.language), file


def _sentence(plan: LedgerPlan, cells: Sequence[AmountWords]) -> str:
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

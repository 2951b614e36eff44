"""The check page: what a file would change, cell by cell, before anything is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import make_response, redirect, render_template, request, url_for

from portfolio.core.rights import Right
from portfolio.exchange.ledger.store import is_ledger
from portfolio.exchange.models import Export, Upload, UploadState
from portfolio.exchange.queries import plan
from portfolio.exchange.queries.plan import Field, PlanCounts, PlanPage, PlanPart
from portfolio.exchange.views.plan_words import PlanWords
from portfolio.exchange.views.room import ANSWERS, blueprint, own_upload
from portfolio.exchange.views.told import problems_told
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, ngettext
from portfolio.web.listing import paging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

PAGE_SIZES = (25, 50, 100)
USUAL_SIZE = 50
TILES = (
    PlanPart.CHANGED,
    PlanPart.NEW,
    PlanPart.CONFLICT,
    PlanPart.ERROR,
    PlanPart.KEPT,
    PlanPart.REMOVED,
    PlanPart.MISSING,
    PlanPart.COMMENTED,
)
"""The parts in the order of their tiles."""
WHEN_ANY = frozenset({PlanPart.REMOVED, PlanPart.COMMENTED})
"""Those whose tiles stand there only when there are any."""


@dataclass(frozen=True, slots=True)
class AskedPart:
    """Which part of the plan is looked at; None is all of it."""

    shown: PlanPart | None
    column: Field | None
    page: int
    per: int

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Give the same as parameters of an address or hidden fields of a form."""
        column = ".".join(self.column) if self.column else None
        told = {"shown": self.shown.value if self.shown else None, "column": column}
        told |= {
            "page": str(self.page) if self.page > 1 else None,
            "per": str(self.per) if self.per != USUAL_SIZE else None,
        }
        return [(name, value) for name, value in told.items() if value]


@blueprint.get("/<municipality>/exchange/uploads/<int:upload>/check")
@access(Right.EDIT, also=ANSWERS, load={"upload": own_upload})
def check(upload: Upload) -> Response:
    """Show what a file would change, and let each change be decided."""
    if upload.state is not UploadState.CHECKED:
        return redirect(url_for("exchange.progress", upload=upload.id))
    if is_ledger(upload):
        return redirect(url_for("exchange.ledger_check", upload=upload.id))
    return make_response(render_template("exchange/check.html", **check_page(upload, asked_part(request.args))))


def asked_part(values: Mapping[str, str]) -> AskedPart:
    """Read which part of the plan an address or a form means; what is not understood means all."""
    shown = next((one for one in PlanPart if one.value == values.get("shown")), None)
    entity, _, field = values.get("column", "").partition(".")
    size = _whole(values.get("per"), USUAL_SIZE)
    return AskedPart(
        shown,
        (entity, field) if entity and field and shown in plan.OUTCOMES else None,
        max(1, _whole(values.get("page"), 1)),
        size if size in PAGE_SIZES else USUAL_SIZE,
    )


def part_url(upload: Upload, asked: AskedPart) -> str:
    """Give the address of a part of the plan."""
    query = urlencode(asked.parameters)
    address = url_for("exchange.check", upload=upload.id)
    return f"{address}?{query}" if query else address


def check_page(upload: Upload, asked: AskedPart, problems: tuple[str, ...] = ()) -> dict[str, Any]:
    """Give what the check page draws."""
    counts = plan.counts(current.session, upload.id)
    found = plan.page(current.session, upload.id, asked.shown, asked.column, asked.page, asked.per)
    words = PlanWords(upload, found.rows)
    columns = plan.columns(current.session, upload.id, asked.shown) if asked.shown else []
    named = [(one, words.field(one.entity, one.field)) for one in columns]
    return {
        **summary_page(upload, counts),
        "rows": words.rows(),
        "asked": asked,
        "found": found,
        "tiles": [_tile(upload, one, counts, asked) for one in TILES if counts.shown[one] or one not in WHEN_ANY],
        "columns": named,
        "pills": [_column_pill(upload, asked, named)] if named else [],
        "notices": [*problems_told(upload.problems), *problems_told(upload.notices)],
        "problems": problems,
        "pages": paging(found.total, found.per, found.page) if found.pages > 1 else None,
        "sizes": _sizes(upload, asked, found),
        "everything_url": part_url(upload, AskedPart(None, None, 1, asked.per)),
    }


def summary_page(upload: Upload, counts: PlanCounts) -> dict[str, Any]:
    """Give what changes with each decision: the sentence and the number of what would be imported."""
    return {
        "upload": upload,
        "counts": counts,
        "sentence": _sentence(upload, counts),
        "conflicts_url": conflicts_url(upload),
    }


def conflicts_url(upload: Upload) -> str:
    """Give the address of what waits for a choice."""
    return part_url(upload, AskedPart(PlanPart.CONFLICT, None, 1, USUAL_SIZE))


def _tile(upload: Upload, one: PlanPart, counts: PlanCounts, asked: AskedPart) -> dict[str, Any]:
    number = counts.shown[one]
    is_here = asked.shown is one
    tone = {PlanPart.CONFLICT: "warn", PlanPart.ERROR: "bad", PlanPart.REMOVED: "warn"}.get(one, "")
    return {
        "number": number,
        "label": _tile_words(one, number),
        "url": part_url(upload, AskedPart(None if is_here else one, None, 1, asked.per)) if number or is_here else None,
        "current": is_here,
        "tone": tone if number else "",
    }


def _tile_words(one: PlanPart, n: int) -> str:
    match one:
        case PlanPart.CHANGED:
            return ngettext("changed cell", "changed cells", n)
        case PlanPart.NEW:
            return ngettext("new row", "new rows", n)
        case PlanPart.CONFLICT:
            return ngettext("cell in conflict", "cells in conflict", n)
        case PlanPart.ERROR:
            return ngettext("cell in error", "cells in error", n)
        case PlanPart.KEPT:
            return ngettext("cell kept, changed here meanwhile", "cells kept, changed here meanwhile", n)
        case PlanPart.REMOVED:
            return ngettext("row to be removed", "rows to be removed", n)
        case PlanPart.MISSING:
            return ngettext("row not in the file", "rows not in the file", n)
        case PlanPart.COMMENTED:
            return ngettext("comment", "comments", n)


def _sentence(upload: Upload, counts: PlanCounts) -> list[str]:
    """Say in words what was read and what waits for the person."""
    read = upload.summary or {}
    rows, same, cleared = (read.get(name, 0) for name in ("rows", "unchanged_rows", "cleared"))
    said = [_came(upload), ngettext("%(num)s row read", "%(num)s rows read", rows)]
    said[-1] += ", " + ngettext("%(num)s as it was.", "%(num)s as they were.", same) if same else "."
    if not any(counts.shown[one] for one in PlanPart if one not in {PlanPart.MISSING, PlanPart.COMMENTED}):
        said.append(gettext("Everything in the file is already as it is here."))
    if cleared:
        said.append(ngettext("%(num)s cell is cleared.", "%(num)s cells are cleared.", cleared))
    if n := counts.blocked:
        said.append(
            ngettext(
                "%(num)s row is left out until its errors are mended.",
                "%(num)s rows are left out until their errors are mended.",
                n,
            )
        )
    if counts.cells and counts.rows:
        said.append(gettext("To be imported: %(cells)s and %(rows)s.", **_to_import(counts)))
    return [words for words in said if words]


def _to_import(counts: PlanCounts) -> dict[str, str]:
    return {
        "cells": ngettext("%(num)s changed cell", "%(num)s changed cells", counts.cells),
        "rows": ngettext("%(num)s whole row", "%(num)s whole rows", counts.rows),
    }


def _came(upload: Upload) -> str:
    """Say when the file went out, where it did."""
    export = current.session.get(Export, upload.export_id) if upload.export_id is not None else None
    if export is not None:
        demo_day = current.loaded(Municipality).demo_day
        out, back = (today_in(demo_day, at) for at in (export.made_at, upload.at))
        return gettext("Exported %(out)s, returned %(back)s.", out=out, back=back)
    return gettext("Sent %(when)s.", when=upload.at)


def _column_pill(upload: Upload, asked: AskedPart, named: list[tuple[Any, str]]) -> dict[str, Any]:
    chosen = ".".join(asked.column) if asked.column else None
    choices = [
        {"value": f"{one.entity}.{one.field}", "label": label, "count": one.count,
         "checked": f"{one.entity}.{one.field}" == chosen}
        for one, label in named
    ]  # fmt: skip
    return {
        "name": "column",
        "label": gettext("Column"),
        "choices": choices,
        "words": next((str(one["label"]) for one in choices if one["checked"]), None),
        "remove_url": part_url(upload, AskedPart(asked.shown, None, 1, asked.per)),
    }


def _sizes(upload: Upload, asked: AskedPart, found: PlanPage) -> list[dict[str, Any]]:
    if found.total <= PAGE_SIZES[0]:
        return []
    return [
        {
            "label": size,
            "url": part_url(upload, AskedPart(asked.shown, asked.column, 1, size)),
            "current": size == asked.per,
        }
        for size in PAGE_SIZES
    ]


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise  # noqa: PLR2004 -- digits that any integer column keeps

"""The lists of imports and of collections: filtered, sorted, in pages, and the same as workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for

from portfolio.accounts.queries import names_of_users
from portfolio.core.columns import can_be_kept
from portfolio.core.rights import Right
from portfolio.exchange.queries import files
from portfolio.exchange.queries.collecting import CollectionState, collections_by
from portfolio.exchange.rules import AnswerState
from portfolio.exchange.views.room import blueprint
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext
from portfolio.web.listing import asked_page, column, cut_page, kept_parameters, paging, pill, same_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from werkzeug.wrappers import Response

PER_PAGE = 50
AWAITED = (AnswerState.OPEN, AnswerState.CHECKED)


@blueprint.get("/<municipality>/exchange/imports")
@access(Right.EDIT)
def imports() -> str:
    """List imports: everybody's for those who may import for all, else one's own."""
    session, place = current.session, current.municipality.id
    asked = _asked_imports()
    found = files.list_batches(session, place, asked, asked_page(), PER_PAGE)
    sees_all = current.actor.may(Right.IMPORT)
    people = [(one.id, one.name) for one in files.importers(session, place)] if sees_all else []
    return render_template(
        "exchange/imports.html",
        batches=found,
        names=names_of_users(session, (one.user_id for one in found.rows)),
        columns=_import_columns(),
        pills=_pills(people),
        kept=kept_parameters("q", "user", "state"),
        text=asked.text,
        clear_url=url_for("exchange.imports") if {"q", "user", "state"} & set(request.args) else None,
        pages=paging(found.total, PER_PAGE),
        workbook=same_list("exchange.imports_workbook"),
    )


@blueprint.get("/<municipality>/exchange/imports.xlsx")
@access(Right.EDIT)
def imports_workbook() -> Response:
    """Give the same list of imports as a workbook, all its pages."""
    found = files.list_batches(current.session, current.municipality.id, _asked_imports())
    names = names_of_users(current.session, (one.user_id for one in found.rows))
    rows = (
        (
            one.file_name,
            one.applied_at,
            gettext("System") if one.user_id is None else names.get(one.user_id) or gettext("Erased user"),
            one.counts.get("changed", 0),
            one.counts.get("added", 0),
            gettext("Undone") if one.id in found.undone else gettext("In force"),
        )
        for one in found.rows
    )
    return _sent(_import_sheet_columns(), rows, gettext("Imports"))


@blueprint.get("/<municipality>/exchange/collections")
@access(Right.IMPORT)
def collections() -> str:
    """List the collections and how far each is."""
    found = _asked_collections()
    return render_template(
        "exchange/collections.html",
        collections=cut_page(found, PER_PAGE),
        columns=_collection_columns(),
        pages=paging(len(found), PER_PAGE),
        workbook=same_list("exchange.collections_workbook"),
        standing=AnswerState,
    )


@blueprint.get("/<municipality>/exchange/collections.xlsx")
@access(Right.IMPORT)
def collections_workbook() -> Response:
    """Give the same list of collections as a workbook, all its pages."""
    rows = (
        (
            one.collection.name,
            one.collection.due_on,
            len(one.exports),
            one.count(AnswerState.ANSWERED),
            one.count(*AWAITED),
            one.late,
            _state(one),
        )
        for one in _asked_collections()
    )
    return _sent(_collection_sheet_columns(), rows, gettext("Collections"))


def _asked_imports() -> files.BatchFilter:
    actor = current.actor
    return files.BatchFilter(
        user_id=_asked_user() if actor.may(Right.IMPORT) else actor.user_id,
        text=request.args.get("q", "").strip() or None,
        is_undone={"in_force": False, "undone": True}.get(request.args.get("state", "")),
        sort=request.args.get("sort", ""),
    )


def _asked_user() -> int | None:
    user_id = request.args.get("user", type=int)
    return user_id if can_be_kept(user_id) else None


def _asked_collections() -> list[CollectionState]:
    sort = request.args.get("sort", "")
    return collections_by(current.session, current.municipality.id, current.today, sort)


def _pills(people: list[tuple[int, str]]) -> list[dict[str, Any]]:
    states = (("in_force", gettext("in force")), ("undone", gettext("undone")))
    found = [pill("state", gettext("State"), states)]
    return [pill("user", gettext("Imported by"), people), *found] if people else found


def _import_columns() -> list[dict[str, Any]]:
    return [
        column("file", gettext("File"), sort="file"),
        column("when", gettext("Imported"), sort="when"),
        column("who", gettext("Imported by"), sort="who"),
        column("counts", gettext("What changed"), sort="counts"),
        column("state", gettext("State"), sort="state"),
    ]


def _collection_columns() -> list[dict[str, Any]]:
    return [
        column("name", gettext("Collection"), sort="name"),
        column("due", gettext("Due day"), sort="due"),
        column("answered", gettext("Answered"), sort="answered", num=True),
        column("awaited", gettext("Awaited"), sort="awaited", num=True),
        column("state", gettext("State"), sort="state"),
    ]


def _import_sheet_columns() -> list[TableColumn]:
    return [
        TableColumn(gettext("File"), Format.TEXT, 40),
        TableColumn(gettext("Imported"), Format.DATE),
        TableColumn(gettext("Imported by"), Format.TEXT, 26),
        TableColumn(gettext("Changes"), Format.NUMBER),
        TableColumn(gettext("New rows"), Format.NUMBER),
        TableColumn(gettext("State")),
    ]


def _collection_sheet_columns() -> list[TableColumn]:
    return [
        TableColumn(gettext("Collection"), Format.TEXT, 40),
        TableColumn(gettext("Due day"), Format.DATE),
        TableColumn(gettext("Workbooks"), Format.NUMBER),
        TableColumn(gettext("Answered"), Format.NUMBER),
        TableColumn(gettext("Awaited"), Format.NUMBER),
        TableColumn(gettext("Late"), Format.NUMBER),
        TableColumn(gettext("State"), width=24),
    ]


def _state(one: CollectionState) -> str:
    if one.collection.closed_at is not None:
        return gettext("Closed")
    return gettext("Open") if one.count(*AWAITED) else gettext("All answered")


def _sent(columns: list[TableColumn], rows: Iterable[Sequence[Any]], title: str) -> Response:
    data = write_table(columns, rows, title=title)
    name = f"{title.casefold()}-{current.municipality.code}-{current.today}.xlsx"
    return attachment(data, name)

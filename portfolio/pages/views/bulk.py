"""Changing many initiatives at once: choose what they become, see old and new, save."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from portfolio.core.history import StaleError
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Right
from portfolio.pages.forms.bulk import PARAMETERS, chosen_ids, read_seen, read_wish, wish_fields, write_seen
from portfolio.pages.operations.bulk import change_many
from portfolio.pages.queries.bulk import CLASSES, BulkPlan, BulkRow, plan_bulk
from portfolio.pages.queries.words import Speaker
from portfolio.pages.rules import MOST_AT_ONCE, Wish
from portfolio.pages.views.list_page import AskedList, asked_list, flat
from portfolio.pages.views.room import blueprint
from portfolio.register import queries as register
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, say_here, title_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

TOO_MANY = N_("At most %(most)s can be changed at once, and %(count)s match. Narrow the list with its filters.")
CONFLICT = 409
WRONG = 422


@blueprint.get("/<municipality>/initiatives/bulk")
@access(Right.EDIT)
def bulk() -> str | Response:
    """Ask what the chosen become, and show what that would change."""
    asked = asked_list()
    ids = _chosen(asked)
    if not ids:
        flash(gettext("Choose at least one initiative first."), "warn")
        return redirect(asked.address())
    return _page(asked, ids, read_wish(request.args, asked.filter.options))


@blueprint.post("/<municipality>/initiatives/bulk")
@access(Right.EDIT)
def save_bulk() -> tuple[str, int] | Response:
    """Save what the preview showed; what somebody else changed meanwhile is shown anew, and nothing is saved."""
    asked = asked_list()
    wish = read_wish(request.form, asked.filter.options)
    seen = read_seen(request.form.get("seen", ""))
    try:
        written = change_many(current.session, current.actor, seen, wish)
    except StaleError as error:
        current.session.rollback()
        return _page(asked, list(seen), wish, stale=[identity for _, identity in error.rows]), CONFLICT
    except Refusal:
        current.session.rollback()
        return _page(asked, list(seen), wish), WRONG
    return redirect(asked.address(saved=written.revision_id))


def _chosen(asked: AskedList) -> list[int]:
    """Give the ids of the ticked rows, or of all that match; raises Refusal for more than a person can look through."""
    ids = chosen_ids(request.args)
    if "all" in request.args:
        statement = register.matching_ids(current.municipality.id, asked.filter.filter, today=current.today)
        ids = list(current.session.scalars(statement))
    if len(ids) > MOST_AT_ONCE:
        raise Refusal(Problem(TOO_MANY, {"most": MOST_AT_ONCE, "count": len(ids)}))
    return ids


def _page(asked: AskedList, ids: Collection[int], wish: Wish, *, stale: Collection[int] = ()) -> str:
    plan = plan_bulk(current.session, current.actor, ids, wish)
    fields = request.values
    return render_template(
        "pages/bulk.html",
        plan=plan,
        rows=_rows(plan, asked, wish),
        stale=[f"{row.initiative.code} {_title(row)}" for row in plan.rows if row.initiative.id in stale],
        asked=asked,
        back_url=asked.address(),
        keep=flat(asked.parameters()) + _kept_choice(plan),
        fields=wish_fields(fields, asked.filter.options),
        wishes=[(name, fields[name]) for name in ("all", *sorted(PARAMETERS)) if fields.get(name)],
        seen=write_seen({row.initiative.id: row.seen for row in plan.changing}),
        is_previewed=not wish.is_empty,
    )


def _kept_choice(plan: BulkPlan) -> list[tuple[str, str]]:
    """Give what says again which rows were chosen: all that match, or each one."""
    if "all" in request.values:
        return [("all", "1")]
    return [("chosen", str(row.initiative.id)) for row in plan.rows]


def _rows(plan: BulkPlan, asked: AskedList, wish: Wish) -> list[dict[str, Any]]:
    """Put the rows that would change, and those that may not, into words."""
    speaker = Speaker(current.session, current.municipality.id, plan.cells(), current.language)
    schemes = {one.scheme.id: name_of(one.scheme) for one in asked.filter.options.schemes}
    label = schemes.get(wish.classes.scheme_id, "") if wish.classes else ""
    return [
        {
            "title": _title(row),
            "code": row.initiative.code,
            "url": url_for("pages.card", initiative=row.initiative.id),
            "changes": list(_changes(row, speaker, label)),
            "problems": [say_here(problem) for problem in row.problems],
        }
        for row in (*plan.changing, *plan.refused)
    ]


def _title(row: BulkRow) -> str:
    return title_of(row.initiative)


def _changes(row: BulkRow, speaker: Speaker, classes_label: str) -> Any:
    table = "initiative"
    for name, (old, new) in row.changes.items():
        if name == CLASSES:
            words = [", ".join(speaker.name("category", one) for one in sorted(side)) or None for side in (old, new)]
            yield {"label": classes_label, "old": words[0], "new": words[1]}
        else:
            said: Mapping[str, Any] = {"old": speaker.value(table, name, old), "new": speaker.value(table, name, new)}
            yield {"label": speaker.field(table, name), **said}

"""The page that shows what somebody else saved beside what was typed: nothing of either is lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import render_template, request

from portfolio.core.history import CellChange
from portfolio.forums.models import InitiativeForum
from portfolio.pages.forms.initiative import CLASS
from portfolio.pages.queries.words import Speaker, described
from portfolio.pages.rules.merging import Differing, Merged
from portfolio.pages.views.editing import CHOOSE, FORUM, Editing
from portfolio.register.models import Initiative, InitiativeCategory
from portfolio.web.current import current

NOT_SENT_AGAIN = frozenset({"csrf_token", "shown"})


def show_conflict(editing: Editing, merged: Merged) -> str:
    """Show both versions field by field; the form holds all that was typed, and saves it again."""
    since = editing.since
    return render_template(
        "pages/conflict.html",
        initiative=editing.initiative,
        choose=CHOOSE,
        conflicts=_in_words(editing, merged.conflicts),
        only_yours=_as_changes(_in_words(editing, merged.only_yours), "theirs", "yours"),
        only_theirs=_as_changes(_in_words(editing, merged.only_theirs), "base", "theirs"),
        others=described(
            current.session, current.municipality.id, since, current.language, main=Initiative.__tablename__
        ),
        typed=[
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in NOT_SENT_AGAIN and not name.startswith(CHOOSE)
        ],
        shown=max((one.revision.id for one in since), default=0),
    )


def _in_words(editing: Editing, fields: Iterable[Differing]) -> list[dict[str, Any]]:
    """Say the three values of each field: what it was, what they made of it, what was typed; None is not known."""
    found = list(fields)
    speaker = Speaker(current.session, current.municipality.id, _cells(found), current.language)
    labels = {name: field.label.text for name, field in editing.form._fields.items()}
    return [
        {
            "name": one.name,
            "label": labels[one.name],
            **{side: _say(speaker, one.name, getattr(one, side)) for side in ("base", "theirs", "yours")},
        }
        for one in found
    ]


def _as_changes(fields: Iterable[dict[str, Any]], old: str, new: str) -> list[dict[str, Any]]:
    """Give fields that need no choice as changes from one of their values to another."""
    return [{"label": one["label"], "old": one[old], "new": one[new]} for one in fields]


def _cells(fields: Iterable[Differing]) -> list[CellChange]:
    """Give every value as a change, so that what they refer to is read at once."""
    return [
        CellChange(*_cell_of(one.name), None, value)
        for one in fields
        for side in (one.base, one.theirs, one.yours)
        for value in (sorted(side or ()) if one.name.startswith(CLASS) else [side])
    ]


def _cell_of(name: str) -> tuple[str, int, str]:
    """Give table, id and column in which a field of the form is kept."""
    if name.startswith(CLASS):
        return InitiativeCategory.__tablename__, 0, "category_id"
    if name == FORUM:
        return InitiativeForum.__tablename__, 0, name
    return Initiative.__tablename__, 0, name


def _say(speaker: Speaker, name: str, value: Any) -> str | None:
    """Say a value; a text is given whole, since it is compared."""
    table, _, column = _cell_of(name)
    if name.startswith(CLASS):
        words = [speaker.value(table, column, one) for one in sorted(value or ())]
        return ", ".join(one for one in words if one) or None
    return value if type(value) is str else speaker.value(table, column, value)

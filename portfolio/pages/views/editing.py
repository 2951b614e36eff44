"""One initiative's form at work: what may be filled in, what was there when it was opened, what is to be written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask import request

from portfolio.core import history
from portfolio.core.history import RevisionChanges
from portfolio.core.rights import Right
from portfolio.forums.models import InitiativeForum
from portfolio.forums.operations import set_handling_forums
from portfolio.organisation.models import Municipality
from portfolio.pages.forms.initiative import CLASS, GROUPS, InitiativeForm, classes_in, form_with_classes
from portfolio.pages.queries.card import initiative_at
from portfolio.pages.rules.merging import Merged, merge
from portfolio.pages.views.choices import forum_choices, post_choices, unit_choices
from portfolio.pages.views.rights import open_fields
from portfolio.register import operations
from portfolio.register import queries as register
from portfolio.register.models import Initiative, InitiativeCategory
from portfolio.register.queries import SchemeCategories
from portfolio.register.rules import FIELD_GROUPS, PARTS, Facts, Status, reachable_statuses
from portfolio.register.rules.words import STATUS_WORDS
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

CHOOSE = "choose:"
"""What the radio buttons of a conflict begin with; the field's name follows."""

FORUM = "forum_id"
"""The one field of the form that the room of forums keeps: which forum handles the initiative."""

SWEDISH = frozenset({"title_sv", "summary_sv"})


class Editing:
    """The change of one initiative, begun when the form was opened and held against what others saved since."""

    def __init__(self, initiative: Initiative) -> None:
        """Open the form for this person; a form that is sent back begins from what was there when it was opened."""
        self.initiative = initiative
        if request.method == "POST":
            history.take_turn(current.session)
            current.session.refresh(initiative)
        self.fields = open_fields(initiative) - PARTS - {"removed", "source_key"}
        if current.actor.may(Right.MANAGE):
            self.fields |= {FORUM}
        self.schemes = register.schemes(current.session, current.municipality.id, portfolio_id=initiative.portfolio_id)
        self._seen = self._asked_revision()
        self.base = self._cells(self._seen)
        self.present = self._cells(None)
        self.form = self._open()

    @property
    def since(self) -> list[RevisionChanges]:
        """Give the revisions that others made of the form's fields since it was opened, newest first."""
        items = [(Initiative.__tablename__, self.initiative.id)]
        for model in (InitiativeCategory, InitiativeForum):
            links = history.few(
                current.session,
                model,
                current.municipality.id,
                with_removed=True,
                initiative_id=self.initiative.id,
            )
            items += [(model.__tablename__, link.id) for link in links]
        return history.changes_of(current.session, items, since=self._seen, limit=None)

    @property
    def merged(self) -> Merged:
        """Hold what was typed against what is there now."""
        chosen = {name.removeprefix(CHOOSE): side for name, side in request.form.items() if name.startswith(CHOOSE)}
        return merge(self.base, self.present, typed_cells(self.form), chosen if self._knows_latest() else None)

    def is_settled(self, merged: Merged) -> bool:
        """Tell whether it may be written: nobody else saved, or what they saved was shown and every conflict chosen."""
        if merged.conflicts:
            return False
        return not merged.only_theirs or self._knows_latest()

    def save(self, merged: Merged) -> int | None:
        """Write what was typed and return the revision; None when that changes nothing."""
        session, actor, identity = current.session, current.actor, self.initiative.id
        classes = classes_in(merged.values, self.schemes)
        cells = {name: value for name, value in merged.values.items() if not name.startswith(CLASS) and name != FORUM}
        written = []
        if classes:
            written.append(operations.set_categories(session, actor, {identity: classes}))
        if FORUM in merged.values:
            written.append(set_handling_forums(session, actor, {identity: merged.values[FORUM]}))
        if cells:
            written.append(operations.update_initiatives(session, actor, {identity: cells}))
        return next((one.revision_id for one in written if one.changed or one.ids), None)

    def groups(self) -> list[dict[str, Any]]:
        """Give the form's groups as its template draws them; a group of which nothing is open is not there."""
        return form_groups(self.form)

    def _open(self) -> InitiativeForm:
        began = {name: _from_set(self.schemes, name, value) for name, value in self.base.items()} or {
            name: _from_set(self.schemes, name, value) for name, value in self.present.items()
        }
        form = form_with_classes(self.schemes)(data=began)
        if form.seen.data is None:
            form.seen.data = self._seen
        form.narrow(self.fields - hidden_languages(self.initiative))
        self._offer(form)
        return form

    def _offer(self, form: InitiativeForm) -> None:
        """Set what may be chosen: also what was there when the form was opened, since it may be sent back unchanged."""
        known = [cells for cells in (self.present, self.base) if cells]
        if "unit_id" in form:
            form.unit_id.choices = unit_choices({cells["unit_id"] for cells in known})
            form.owner_post_id.choices = post_choices({cells["owner_post_id"] for cells in known})
            form.contact_post_id.choices = post_choices({cells["contact_post_id"] for cells in known})
        if FORUM in form:
            form.forum_id.choices = forum_choices()
        if "portfolio_id" in form:
            form.portfolio_id.choices = portfolio_choices()
        if "status" in form:
            facts = Facts(self.initiative.unit_id, self.initiative.owner_post_id)
            offer_statuses(
                form,
                {one for cells in known for one in reachable_statuses(current.actor, facts, cells["status"])},
            )

    def _cells(self, at: int | None) -> dict[str, Any]:
        """Give the initiative's cells and classes under the names of the form, now or after a revision."""
        place = current.municipality.id
        row = self.initiative if at is None else initiative_at(current.session, place, self.initiative.id, at=at)
        if row is None:
            return {}
        links = history.few(current.session, InitiativeCategory, place, at, initiative_id=row.id)
        held = {link.category_id for link in links}
        handling = history.few(current.session, InitiativeForum, place, at, initiative_id=row.id)
        cells = {name: getattr(row, name) for name in FIELD_GROUPS if hasattr(row, name)}
        cells[FORUM] = next((link.forum_id for link in handling), None)
        classes = {
            f"{CLASS}{one.scheme.code}": frozenset(held & {category.id for category in one.categories})
            for one in self.schemes
        }
        return {**cells, **classes}

    @staticmethod
    def _asked_revision() -> int:
        """Read which revision was the last when the form was opened; now it is opened: the last one there is."""
        latest = history.latest_revision(current.session)
        return min(request.form.get("seen", 0, type=int), latest) if request.method == "POST" else latest

    def _knows_latest(self) -> bool:
        shown = request.form.get("shown", 0, type=int)
        return all(one.revision.id <= shown for one in self.since)


def offer_statuses(form: InitiativeForm, statuses: Collection[Status]) -> None:
    """Let these statuses be chosen; without "merged" among them nothing can be named as what it was merged into."""
    form.lifecycle.choices = [(one.value, gettext(STATUS_WORDS[one])) for one in Status if one in statuses]
    if Status.MERGED not in statuses:
        form.leave_out("merged_into_id")


def portfolio_choices() -> list[tuple[Any, str]]:
    """Give the municipality's portfolios."""
    found = register.portfolios(current.session, current.municipality.id)
    return [(one.portfolio.id, name_of(one.portfolio)) for one in found]


def hidden_languages(initiative: Initiative | None) -> frozenset[str]:
    """Name the Swedish fields that a municipality of one language does not need, unless something stands in them."""
    if current.loaded(Municipality).bilingual:
        return frozenset()
    return frozenset(name for name in SWEDISH if initiative is None or not getattr(initiative, name))


def form_groups(form: InitiativeForm) -> list[dict[str, Any]]:
    """Give a form's groups: title, purpose and lines of those of their fields that the form has."""
    found = []
    for group in GROUPS:
        names = [one for name in group.names for one in (form.class_names if name == CLASS else [name])]
        lines = [_present(form, (name,) if isinstance(name, str) else name) for name in names]
        if any(lines):
            shown = [line for line in lines if line]
            found.append({"title": gettext(group.title), "purpose": gettext(group.purpose), "lines": shown})
    return found


def _present(form: InitiativeForm, names: Iterable[str]) -> list[Any]:
    return [form[name] for name in names if name in form]


def _as_set(value: Any) -> Any:
    """Give the choice of one class or of several as a set of ids."""
    if isinstance(value, frozenset):
        return value
    return frozenset() if value is None else frozenset({value})


def _from_set(schemes: list[SchemeCategories], name: str, value: Any) -> Any:
    """Give a set of classes as its field holds it: one id or None where a scheme takes one class only."""
    if not name.startswith(CLASS):
        return value
    several = {f"{CLASS}{one.scheme.code}": one.scheme.several for one in schemes}
    return value if several[name] else next(iter(value), None)


def typed_cells(form: InitiativeForm) -> Mapping[str, Any]:
    """Give what was typed, classes as sets."""
    return {name: _as_set(value) if name.startswith(CLASS) else value for name, value in form.values().items()}

"""The kinds of parts that an initiative has: one table, from which every page of parts is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import request

from portfolio.core import history
from portfolio.core.language import N_
from portfolio.organisation.models import Municipality
from portfolio.pages.forms.parts import (
    DeadlineForm,
    DependencyForm,
    IndicatorForm,
    LinkForm,
    MilestoneForm,
    PartForm,
    indicator_form,
)
from portfolio.pages.views.choices import post_choices
from portfolio.register import operations
from portfolio.register import queries as register
from portfolio.register.models import (
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Initiative,
    Milestone,
    RecurringDeadline,
)
from portfolio.register.operations import Part
from portfolio.register.rules import InitiativeFilter
from portfolio.web.current import current
from portfolio.web.language import title_of

FOUND = 50
"""How many initiatives are offered at once; more words find fewer."""

YEARS_BACK, YEARS_ON = 2, 1


@dataclass(frozen=True, slots=True)
class PartKind:
    """One kind of part: its table, the column that says whose it is, its form, and its words (msgids)."""

    model: Part
    owner: str
    open: Callable[[Initiative, Any], PartForm]
    save: Callable[[Initiative, Any, Any], bool]
    add: str
    edit: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The id of a part that was saved, and whether that changed anything."""

    id: int
    changed: bool


def _save(model: Part, owner: str, initiative: Initiative, part: Any, values: Mapping[str, Any], version: int) -> Saved:
    """Write a new part, or the cells of one that is there."""
    session, actor = current.session, current.actor
    if part is None:
        return Saved(operations.add_parts(session, actor, model, [{**values, owner: initiative.id}])[0], changed=True)
    written = operations.update_parts(session, actor, model, {part.id: values}, versions={part.id: version})
    return Saved(part.id, changed=bool(written.changed))


def _saver(model: Part, owner: str = "initiative_id") -> Callable[[Initiative, Any, Any], bool]:
    def save(initiative: Initiative, part: Any, form: PartForm) -> bool:
        return _save(model, owner, initiative, part, form.values(), form.version.data).changed

    return save


def _with_receiver(form: type[MilestoneForm | DeadlineForm]) -> Callable[[Initiative, Any], PartForm]:
    def open_form(_initiative: Initiative, part: Any) -> PartForm:
        opened = form(obj=part)
        opened.receiver_post_id.choices = post_choices({part.receiver_post_id} if part else ())
        return opened

    return open_form


def _open_dependency(initiative: Initiative, part: Dependency | None) -> PartForm:
    form = DependencyForm(obj=part)
    if part is not None:
        del form["predecessor_id"]
        return form
    found = _found(request.args.get("find", ""))
    form.predecessor_id.choices = [(one.id, f"{one.code} {title_of(one)}") for one in found if one.id != initiative.id]
    return form


def _found(text: str) -> list[Initiative]:
    """Give the initiatives that the words find, the first in Finnish order; without words none."""
    if not text.strip():
        return []
    page = register.find_initiatives(
        current.session, current.municipality.id, InitiativeFilter(text=text), today=current.today, per_page=FOUND
    )
    return list(page.rows)


def _open_indicator(_initiative: Initiative, part: Indicator | None) -> PartForm:
    values = _values_of(part)
    years = range(current.today.year - YEARS_BACK, current.today.year + YEARS_ON + 1)
    return indicator_form({value.year: value for value in values if not value.removed}, years)(obj=part)


def _values_of(part: Indicator | None) -> list[IndicatorValue]:
    if part is None:
        return []
    return history.few(current.session, IndicatorValue, current.municipality.id, indicator_id=part.id)


def _save_indicator(initiative: Initiative, part: Indicator | None, form: IndicatorForm) -> bool:
    """Write the indicator, and its values by year: new ones, changed ones; those emptied are removed."""
    session, actor = current.session, current.actor
    held = {value.year: value for value in _values_of(part)}
    saved = _save(Indicator, "initiative_id", initiative, part, form.own_values(), form.version.data)
    told = {year: value for year, value in form.told().items() if _says_something(value)}
    new = [{"indicator_id": saved.id, "year": year, **value} for year, value in told.items() if year not in held]
    if new:
        operations.add_parts(session, actor, IndicatorValue, new)
    kept = {held[year].id: value for year, value in told.items() if year in held}
    changed = operations.update_parts(session, actor, IndicatorValue, kept).changed
    emptied = [value.id for year, value in held.items() if year not in told]
    removed = operations.remove_parts(session, actor, IndicatorValue, emptied).changed
    return saved.changed or bool(new or changed or removed)


def _says_something(value: Mapping[str, Any]) -> bool:
    return any(one is not None for one in value.values())


KINDS: Mapping[str, PartKind] = MappingProxyType(
    {
        "milestones": PartKind(
            Milestone, "initiative_id", _with_receiver(MilestoneForm), _saver(Milestone),
            N_("Add a milestone"), N_("Edit the milestone"),
            N_("A step of the work, a report to somebody, or taking the result into use."),
        ),
        "recurring_deadlines": PartKind(
            RecurringDeadline, "initiative_id", _with_receiver(DeadlineForm), _saver(RecurringDeadline),
            N_("Add a deadline"), N_("Edit the deadline"),
            N_("A duty that comes back every year on the same day."),
        ),
        "dependencies": PartKind(
            Dependency, "successor_id", _open_dependency, _saver(Dependency, "successor_id"),
            N_("Add a dependency"), N_("Edit the dependency"),
            N_("Another initiative whose result this one needs first."),
        ),
        "indicators": PartKind(
            Indicator, "initiative_id", _open_indicator, _save_indicator,
            N_("Add an indicator"), N_("Edit the indicator"),
            N_("What shows whether the effect came, where the value is told, and how often."),
        ),
        "document_links": PartKind(
            DocumentLink, "initiative_id", lambda _initiative, part: LinkForm(obj=part), _saver(DocumentLink),
            N_("Add a link"), N_("Edit the link"),
            N_("A document that is kept elsewhere."),
        ),
    }
)  # fmt: skip
"""The kinds by the name that stands in addresses, which is also the field of ``editable_fields``."""


def open_form(kind: PartKind, initiative: Initiative, part: Any) -> PartForm:
    """Open the form of a new part (``part`` None) or of one that is there."""
    form = kind.open(initiative, part)
    form.keep_languages(bilingual=current.loaded(Municipality).bilingual)
    return form


def owned_part(kind: PartKind, initiative: Initiative, identity: int) -> Any:
    """Give a part of this initiative that has not been removed; None for any other."""
    found = history.row(current.session, kind.model, current.municipality.id, identity, None)
    if found is None or found.removed:
        return None
    ends = {getattr(found, name) for name in (kind.owner, "predecessor_id") if hasattr(found, name)}
    return found if initiative.id in ends else None

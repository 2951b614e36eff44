"""The form of an initiative: every field that a person may be allowed to fill in, and how they are grouped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import LONGEST_TEXT
from portfolio.exchange.columns import COLUMNS, Entity
from portfolio.exchange.columns import words as closed
from portfolio.register.forms.initiative import InitiativeField
from portfolio.register.queries import SchemeCategories
from portfolio.register.rules import Answer, Benefit, Publicity, Reach
from portfolio.register.rules.words import ANSWER_WORDS, KIND_WORDS, PUBLICITY_WORDS, STATUS_WORDS
from portfolio.web.fields import DayField, EnumField, ManyField, RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import gettext, lazy_gettext, name_of
from portfolio.web.timespan import TimespanField

CLASS = "category:"
"""What the fields of classes begin with; the code of their scheme follows, as in the problems of operations."""

CLOSED = N_("Your access does not cover this field of this item.")
NOT_CHOSEN = N_("Not chosen")
PERCENT = N_("Progress is a whole number from 0 to 100, or empty when it is not known.")
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together under a title, with a sentence of what they are for (msgids).

    Names in a tuple of their own stand side by side.
    """

    title: str
    purpose: str
    names: tuple[str | tuple[str, ...], ...]


GROUPS = (
    Group(
        N_("What it is"),
        N_("So that a reader outside your unit understands it at once."),
        (("portfolio_id", "kind"), "title_fi", "title_sv", "summary_fi", "summary_sv", "number", "spearhead"),
    ),
    Group(
        N_("Stage and time"),
        N_("Where it stands, and when. Write times in your own words; vague ones are welcome."),
        (("status", "merged_into_id"), "timespan", ("progress", "completed_on", "in_use_on")),
    ),
    Group(
        N_("Responsibilities"),
        N_("Responsibility belongs to a post, whoever holds it."),
        ("unit_id", ("owner_post_id", "contact_post_id"), "forum_id", "carried_by"),
    ),
    Group(N_("Classification"), N_("By these classes lists, sums and the roadmap are grouped."), (CLASS,)),
    Group(
        N_("Why and what"),
        N_("What is wrong now, what will be better, and how it is done. Leave empty what is not known yet."),
        (
            *("present_state", "target_state", "goals", "solution", "results", "done_so_far", "continues"),
            *("out_of_scope", "reach", "benefits", "core_process", "source"),
        ),
    ),
    Group(
        N_("After the project"),
        N_("Outputs need a place in permanent operation before the work begins."),
        ("permanent_need", "output_home", "training_plan"),
    ),
    Group(
        N_("Money and publicity"),
        N_("Amounts by year have a page of their own."),
        (("budget_effect", "ledger_number", "publicity"), "notes"),
    ),
)


def _label(name: str) -> str:
    """Call a field as workbooks and the history call it."""
    columns = COLUMNS[Entity.INITIATIVE].values()
    return lazy_gettext(next(one.heading.msgid for one in columns if name in {one.stored, one.name}))


def _line(name: str, most: int, **options: Any) -> StringField:
    return StringField(_label(name), [Length(max=most)], **options)


def _text(name: str, hint: str | None = None) -> TextAreaField:
    words = lazy_gettext(hint) if hint else ""
    return TextAreaField(_label(name), [Length(max=LONGEST_TEXT)], description=words)


def _benefits() -> list[tuple[str, str]]:
    return [(one.value, gettext(closed.BENEFIT[one])) for one in Benefit]


class InitiativeForm(BaseForm):
    """One initiative; ``seen`` is the last revision there was when the form was opened.

    Fields that are not this person's are taken away (``keep_only``); those of classes are added by
    :func:`form_with_classes`.
    """

    portfolio_id = RowField(lazy_gettext("Portfolio"))
    kind = EnumField(_label("kind"), labels=KIND_WORDS)
    title_fi = StringField(_label("title_fi"), [InputRequired(), Length(max=300)])
    title_sv = _line("title_sv", 300)
    summary_fi = _text("summary_fi", N_("Two or three sentences."))
    summary_sv = _text("summary_sv")
    number = _line("number", 30, description=lazy_gettext("The number in the programme's own document, if it has one."))
    spearhead = BooleanField(_label("spearhead"))
    status = EnumField(_label("status"), labels=STATUS_WORDS)  # type: ignore[assignment] # the lifecycle's; the answer's own is ``answer``
    merged_into_id = InitiativeField(
        _label("merged_into_id"), description=lazy_gettext("The code of the other one, when the status is merged.")
    )
    timespan = TimespanField(_label("timespan"))
    progress = IntegerField(
        _label("progress"),
        [Optional(), NumberRange(0, 100, lazy_gettext(PERCENT))],
        description=lazy_gettext("Per cent, 0–100. Leave it empty when it is not known."),
    )
    completed_on = DayField(_label("completed_on"))
    in_use_on = DayField(_label("in_use_on"))
    unit_id = RowField(_label("unit_id"))
    owner_post_id = RowField(_label("owner_post_id"))
    contact_post_id = RowField(_label("contact_post_id"))
    forum_id = RowField(_label("forum"), description=lazy_gettext("The one forum in which the matter is handled."))
    carried_by = _line(
        "carried_by", 200, description=lazy_gettext("An external project or a national programme that carries it.")
    )
    present_state = _text("present_state")
    target_state = _text("target_state")
    goals = _text("goals")
    solution = _text("solution")
    results = _text("results")
    done_so_far = _text("done_so_far")
    continues = _text("continues", N_("What goes on after this council term or after the project."))
    out_of_scope = _text("out_of_scope", N_("What this does not try to solve."))
    reach = EnumField(_label("reach"), labels={one: closed.REACH[one] for one in Reach}, empty=NOT_CHOSEN)
    benefits = ManyField(_label("benefits"), choices=_benefits)
    core_process = BooleanField(lazy_gettext("Part of a core process"))
    source = _line("source", 200, description=lazy_gettext("Where the idea or the duty comes from."))
    permanent_need = EnumField(_label("permanent_need"), labels=ANSWER_WORDS, default=Answer.UNKNOWN)
    output_home = _line("output_home", 300)
    training_plan = _text("training_plan")
    budget_effect = EnumField(_label("budget_effect"), labels=ANSWER_WORDS, default=Answer.UNKNOWN)
    ledger_number = _line("ledger_number", 40)
    publicity = EnumField(_label("publicity"), labels=PUBLICITY_WORDS, default=Publicity.INTERNAL)
    notes = _text("notes")
    seen = VersionField()
    closed: frozenset[str] = frozenset()

    @property
    def answer(self) -> int:
        """The status of the answer that shows this form, as other forms call ``status``."""
        status: int = BaseForm.status.fget(self)  # type: ignore[attr-defined] # a property of the base
        return status

    @property
    def lifecycle(self) -> EnumField:
        """The field of the status in the lifecycle."""
        field: EnumField = self._fields["status"]
        return field

    @property
    def class_names(self) -> list[str]:
        """Name the fields of classes."""
        return [name for name in self._fields if name.startswith(CLASS)]

    def narrow(self, open_fields: Collection[str]) -> None:
        """Leave the fields that this person may fill in; with "categories" those of classes too."""
        everything = frozenset(self._fields)
        self.keep_only({*open_fields, *(self.class_names if "categories" in open_fields else ())})
        self.closed |= everything - self._fields.keys()

    def leave_out(self, name: str) -> None:
        """Take away one field."""
        self.narrow(frozenset(self._fields) - {name} | {"categories"})

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Judge what was sent; anything sent for a field that is not this person's is refused, never passed over."""
        valid: bool = super().validate(extra_validators)
        forged = sorted(self.closed & request.form.keys())
        self.take(Problem(CLOSED, place=name) for name in forged)
        return valid and not forged


class CopyForm(BaseForm):
    """What a copy is called, and whose it is."""

    title_fi = StringField(_label("title_fi"), [InputRequired(), Length(max=300)])
    unit_id = RowField(_label("unit_id"))


def form_with_classes(schemes: Iterable[SchemeCategories]) -> type[InitiativeForm]:
    """Give the form with a field for each way of classifying."""
    fields = {f"{CLASS}{one.scheme.code}": _class_field(one) for one in schemes if one.categories}
    return type("InitiativeForm", (InitiativeForm,), fields)


def _class_field(one: SchemeCategories) -> ManyField | RowField:
    label = name_of(one.scheme)
    level: dict[int | None, int] = {None: -1}
    choices: list[tuple[Any, str]] = []
    for category in one.categories:
        level[category.id] = level.get(category.parent_id, -1) + 1
        indent = "" if one.scheme.several else NO_BREAK * 3 * level[category.id]
        choices.append((category.id, indent + name_of(category)))
    if one.scheme.several:
        return ManyField(label, choices=choices, coerce=int)
    return RowField(label, choices=[("", gettext(NOT_CHOSEN)), *choices])


def classes_in(values: Mapping[str, Any], schemes: Iterable[SchemeCategories]) -> dict[int, frozenset[int]]:
    """Give the classes that a form's values choose, by the id of their scheme."""
    found = {}
    for one in schemes:
        name = f"{CLASS}{one.scheme.code}"
        if name in values:
            found[one.scheme.id] = values[name]
    return found

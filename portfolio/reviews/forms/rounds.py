"""Forms of rounds: what is asked about, when and by whom, a later due day, what is asked about besides."""

from __future__ import annotations

import re
from typing import Any

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextArea

from portfolio.core.records import LONGEST_TEXT
from portfolio.register.forms.initiative import find_by_code
from portfolio.register.rules.words import STATUS_WORDS
from portfolio.reviews.rules.rounds import MONTHS, MOST_MONTHS
from portfolio.web.fields import DayField, ManyField, RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import gettext, lazy_gettext

_BETWEEN = re.compile(r"[\s,;]+")


def _statuses() -> list[tuple[str, str]]:
    return [(one.value, gettext(words)) for one, words in STATUS_WORDS.items()]


class RoundForm(BaseForm):
    """A review round."""

    portfolio_id = RowField(lazy_gettext("Portfolio"), [InputRequired()])
    name_fi = StringField(
        lazy_gettext("Name in Finnish"),
        [InputRequired(), Length(max=160)],
        description=lazy_gettext("For example: Yearly report 2026."),
    )
    name_sv = StringField(lazy_gettext("Name in Swedish"), [Length(max=160)])
    period_first = DayField(lazy_gettext("The period reported on begins"), [InputRequired()])
    period_last = DayField(lazy_gettext("The period reported on ends"), [InputRequired()])
    opens_on = DayField(lazy_gettext("Answering opens"), [InputRequired()])
    due_on = DayField(
        lazy_gettext("Answers by"),
        [InputRequired()],
        description=lazy_gettext("A later answer is taken and told to be late."),
    )
    receiving_forum_id = RowField(lazy_gettext("Receiving forum"))
    coordinating_forum_id = RowField(lazy_gettext("Coordinating forum"))
    unit_id = RowField(
        lazy_gettext("Unit"), description=lazy_gettext("Asks only this unit and those below it. Empty asks all.")
    )
    statuses = ManyField(lazy_gettext("Statuses asked about"), choices=_statuses)
    interval_months = IntegerField(
        lazy_gettext("Months since the last review, at least"),
        [Optional(), NumberRange(1, MOST_MONTHS, lazy_gettext(MONTHS))],
        description=lazy_gettext("What was reviewed more lately is not asked about. Empty asks every time."),
    )
    template_id = RowField(
        lazy_gettext("Questions of our own"),
        description=lazy_gettext("Asked after the questions that are always asked."),
    )
    instruction_fi = TextAreaField(lazy_gettext("Instruction in Finnish"), [Length(max=LONGEST_TEXT)])
    instruction_sv = TextAreaField(lazy_gettext("Instruction in Swedish"), [Length(max=LONGEST_TEXT)])
    version = VersionField()


class ReopenForm(BaseForm):
    """Why a closed round is opened again."""

    reason = TextAreaField(
        lazy_gettext("Why is it opened again?"),
        [InputRequired(), Length(max=500)],
        description=lazy_gettext("Stays in the history."),
    )


class ExtensionForm(BaseForm):
    """A later due day of one unit."""

    unit_id = RowField(lazy_gettext("Unit"), [InputRequired()])
    due_on = DayField(lazy_gettext("Answers by"), [InputRequired()])
    reason = StringField(lazy_gettext("Reason"), [Length(max=300)])


class CodesField(StringField):
    """Initiatives by their codes, with blanks, commas or line breaks between; ``data`` is a set of ids."""

    widget = TextArea()
    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Find each; those that do not exist are told together."""
        codes = [one for one in _BETWEEN.split(str(valuelist[0]).upper()) if one] if valuelist else []
        found, wrong = set(), []
        for code in dict.fromkeys(codes):
            try:
                found.add(find_by_code(code))
            except ValueError as error:
                wrong.append(str(error))
        self.data = found
        if wrong:
            raise ValueError(" ".join(wrong))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""


class AlsoForm(BaseForm):
    """What an open round asks about besides."""

    codes = CodesField(
        lazy_gettext("Codes"),
        [InputRequired()],
        description=lazy_gettext("One or several, such as T-014-K T-015-M. The code stands at the top of the card."),
    )


class TemplateForm(BaseForm):
    """A set of questions."""

    name_fi = StringField(lazy_gettext("Name in Finnish"), [InputRequired(), Length(max=160)])
    name_sv = StringField(lazy_gettext("Name in Swedish"), [Length(max=160)])
    version = VersionField()

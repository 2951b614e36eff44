"""The form of one review: the fixed fields, one field an indicator, one a question of the round's template."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from wtforms import Field, IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import TextInput

from portfolio.core.language import N_, format_number
from portfolio.core.records import LONGEST_TEXT
from portfolio.register.forms.initiative import InitiativeField
from portfolio.register.models import Indicator
from portfolio.reviews.models import Review, ReviewIndicator, ReviewQuestion
from portfolio.reviews.rules import HEALTH_WORDS, TOLD, VERDICT_WORDS, copied_from
from portfolio.reviews.rules.answers import PROGRESS
from portfolio.web.fields import DayField, EnumField, MoneyField, RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import current_language, either, gettext, lazy_gettext, name_of
from portfolio.web.timespan import TimespanField

QUESTION, INDICATOR = "question:", "indicator:"
"""What the names of fields begin with that a round or an initiative adds; the id follows."""
LONG = N_("At most 200 characters.")
MOST_WORDS = 200
_NUMBER = re.compile(r"[+\-\N{MINUS SIGN}]?\d[\d \N{NO-BREAK SPACE}]{0,17}([.,]\d{1,4})?")


class IndicatorField(Field):
    """An indicator's value: a number, or words; ``data`` is {"number", "words"}, both None where it is not known."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a number as it is written in Finland; anything else is kept as words."""
        text = " ".join(str(valuelist[0]).split()) if valuelist else ""
        self.data = {"number": None, "words": text or None}
        if len(text) > MOST_WORDS:
            raise ValueError(gettext(LONG))
        if _NUMBER.fullmatch(text):
            plain = text.replace(" ", "").replace("\N{MINUS SIGN}", "-").replace(",", ".")
            self.data = {"number": Decimal(plain), "words": None}

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        told = self.data or {}
        number = told.get("number")
        return told.get("words") or ("" if number is None else format_number(number, current_language()))


def _text(label: str, hint: str | None = None) -> TextAreaField:
    words = lazy_gettext(hint) if hint else ""
    return TextAreaField(lazy_gettext(label), [Length(max=LONGEST_TEXT)], description=words)


class ReviewForm(BaseForm):
    """What the one who answers tells; questions and indicators are added by :func:`review_form`."""

    progress = IntegerField(
        lazy_gettext("Progress"),
        [Optional(), NumberRange(0, 100, lazy_gettext(PROGRESS))],
        description=lazy_gettext("Per cent, 0–100. Leave it empty when it is not known."),
    )
    health = EnumField(lazy_gettext("How does it go?"), [Optional()], labels=HEALTH_WORDS)
    health_reason = _text(N_("Reason"), N_("Always for yellow and red: what is wrong, and what would help."))
    done = _text(N_("What was done"))
    results = _text(N_("Results and effects"))
    benefits = _text(N_("Benefits"), N_("Who gets what out of it, and how it shows."))
    money_used = MoneyField(lazy_gettext("Money used in the period"))
    next_goals = _text(N_("Goals for the next year"))
    verdict = EnumField(lazy_gettext("What is to become of it?"), [Optional()], labels=VERDICT_WORDS)
    verdict_what = _text(N_("What is redirected"))
    verdict_why = _text(N_("Why"))
    new_goal = _text(N_("New goal"))
    new_timespan = TimespanField(lazy_gettext("New time"))
    new_owner_post_id = RowField(lazy_gettext("New responsible post"))
    merged_into_id = InitiativeField(
        lazy_gettext("Merged into"), description=lazy_gettext("The code of the other one, such as T-014-K.")
    )
    done_on = DayField(
        lazy_gettext("Completed or taken into use on"), description=lazy_gettext("Empty means the day of approval.")
    )
    version = VersionField()

    @property
    def question_fields(self) -> list[Field]:
        """Give the fields of the template's questions, in order."""
        return [field for name, field in self._fields.items() if name.startswith(QUESTION)]

    @property
    def indicator_fields(self) -> list[Field]:
        """Give the fields of indicators, in order."""
        return [field for name, field in self._fields.items() if name.startswith(INDICATOR)]

    def answer(self) -> dict[str, Any]:
        """Give what was typed as operations take it."""
        return {
            **self.values(TOLD),
            "questions": {_id(one): one.data or "" for one in self.question_fields},
            "indicators": {_id(one): one.data for one in self.indicator_fields},
        }

    def fill(self, last: Review, answers: Mapping[int, str]) -> None:
        """Fill what is empty with what was told last time; nothing typed is touched."""
        told = copied_from({name: getattr(last, name) for name in TOLD})
        told |= {f"{QUESTION}{question}": text for question, text in answers.items() if text}
        for name, value in told.items():
            field = self._fields.get(name)
            if field is not None and not field.errors and field.data in (None, ""):
                field.data, field.raw_data = value, None


def review_form(questions: Iterable[ReviewQuestion], indicators: Iterable[Indicator]) -> type[ReviewForm]:
    """Give the form with a field for each indicator and question."""
    fields: dict[str, Any] = {
        f"{INDICATOR}{one.id}": IndicatorField(
            name_of(one), description=one.measured_in or lazy_gettext("A number, or words.")
        )
        for one in indicators
    }
    fields |= {
        f"{QUESTION}{one.id}": TextAreaField(
            either(one.text_fi, one.text_sv),
            [Length(max=LONGEST_TEXT)],
            description=either(one.hint_fi or "", one.hint_sv),
        )
        for one in questions
    }
    return type("ReviewForm", (ReviewForm,), fields)


def told_in(review: Review, answers: Mapping[int, str], measured: Mapping[int, ReviewIndicator]) -> dict[str, Any]:
    """Give what a review holds under the names of its form."""
    return {
        **{name: getattr(review, name) for name in TOLD},
        **{f"{QUESTION}{question}": text for question, text in answers.items()},
        **{f"{INDICATOR}{one}": {"number": row.number, "words": row.words} for one, row in measured.items()},
        "version": review.version,
    }


def typed(names: Collection[str], sent: Mapping[str, str]) -> dict[str, str]:
    """Give a form's texts as they were typed, without what only carries the form."""
    return {name: text for name, text in sent.items() if name in names}


def _id(field: Field) -> int:
    return int(field.short_name.partition(":")[2])

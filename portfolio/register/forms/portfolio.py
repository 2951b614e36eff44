"""The forms of a portfolio and of the deadlines that come back in it every year."""

from __future__ import annotations

import re
from typing import Any

from wtforms import Field, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from portfolio.register.rules import is_day
from portfolio.register.rules.settings import DEADLINE, LONGEST_INTERVAL
from portfolio.register.rules.words import PORTFOLIO_KIND_WORDS
from portfolio.web.fields import EnumField, RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import gettext, lazy_gettext

DIGITS = {"inputmode": "numeric"}
_DAY_OF_YEAR = re.compile(r"\s*(\d{1,2})\.\s*(\d{1,2})\.?\s*")


class DayOfYearField(Field):
    """A day of every year, written as 30.9.; ``data`` is (month, day), or None when it is empty."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day, or say in words that there is none such."""
        text = str(valuelist[0]) if valuelist else ""
        self.data = None
        if not text.strip():
            return
        match = _DAY_OF_YEAR.fullmatch(text)
        if match is None or not is_day(int(match[2]), int(match[1])):
            raise ValueError(gettext(DEADLINE, value=text.strip()))
        self.data = int(match[2]), int(match[1])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data[1]}.{self.data[0]}." if self.data else ""


class PortfolioForm(BaseForm):
    """A portfolio and its rules."""

    name_fi = StringField(lazy_gettext("Name in Finnish"), [InputRequired(), Length(max=160)])
    name_sv = StringField(lazy_gettext("Name in Swedish"), [Length(max=160)])
    kind = EnumField(lazy_gettext("Kind"), labels=PORTFOLIO_KIND_WORDS)
    unit_id = RowField(lazy_gettext("Unit"))
    description_fi = TextAreaField(lazy_gettext("Description in Finnish"), [Length(max=20_000)])
    description_sv = TextAreaField(lazy_gettext("Description in Swedish"), [Length(max=20_000)])
    prefix = StringField(
        lazy_gettext("Beginning of the codes"),
        [InputRequired(), Length(max=6)],
        description=lazy_gettext("T gives T-001, T-002 … A new beginning holds for codes to come."),
    )
    quota_min = IntegerField(
        lazy_gettext("Measures a year, at least"),
        [Optional(), NumberRange(min=0)],
        description=lazy_gettext("How many measures each unit is to carry out. Empty: no limit."),
        render_kw=DIGITS,
    )
    quota_max = IntegerField(
        lazy_gettext("Measures a year, at most"), [Optional(), NumberRange(min=0)], render_kw=DIGITS
    )
    review_interval_months = IntegerField(
        lazy_gettext("Months between reviews"), [Optional(), NumberRange(1, LONGEST_INTERVAL)], render_kw=DIGITS
    )
    report_deadline = StringField(
        lazy_gettext("Report due"), [Length(max=6)], description=lazy_gettext("A day of every year, such as 30.9.")
    )
    proposal_deadline = StringField(
        lazy_gettext("Proposals due"), [Length(max=6)], description=lazy_gettext("A day of every year, such as 30.9.")
    )
    version = VersionField()


class NewPortfolioForm(PortfolioForm):
    """A portfolio that is being set up: its code is chosen once."""

    code = StringField(
        lazy_gettext("Code"),
        [InputRequired(), Length(max=60)],
        description=lazy_gettext("For addresses, commands and files, such as turku-tarvesalkku. It cannot be changed."),
    )


class DeadlineForm(BaseForm):
    """A duty of the whole portfolio that comes back every year."""

    title_fi = StringField(lazy_gettext("Title in Finnish"), [InputRequired(), Length(max=300)])
    title_sv = StringField(lazy_gettext("Title in Swedish"), [Length(max=300)])
    due = DayOfYearField(
        lazy_gettext("Day"), [InputRequired()], description=lazy_gettext("A day of every year, such as 30.9.")
    )
    from_year = IntegerField(lazy_gettext("First year"), [Optional()], render_kw=DIGITS)
    to_year = IntegerField(
        lazy_gettext("Last year"),
        [Optional()],
        description=lazy_gettext("Leave empty while the duty goes on."),
        render_kw=DIGITS,
    )
    receiver_post_id = RowField(lazy_gettext("Receiver"))
    version = VersionField()

    def cells(self) -> dict[str, Any]:
        """Give what is to be saved, the day as its two columns."""
        cells = self.values()
        month, day = cells.pop("due")
        return {**cells, "month": month, "day": day}

"""The forms of what belongs to an initiative: milestones, deadlines, dependencies, indicators, links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portfolio.core.language import N_, format_number, month_name
from portfolio.exchange.columns import words as closed
from portfolio.register.models import IndicatorValue
from portfolio.register.rules import MilestoneKind
from portfolio.web.fields import ChoiceField, DayField, EnumField, RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import current_language, lazy_gettext
from portfolio.web.timespan import TimespanField

VALUE = "value:"
"""What the fields of an indicator's values begin with; the year follows."""

A_YEAR = N_("Give the year in four digits, such as 2027.")
FIRST_YEAR, LAST_YEAR = 1900, 2200
DIGITS = 13


class PartForm(BaseForm):
    """The base of the forms of parts; ``version`` is the one that was read, empty for a new part."""

    version = VersionField()

    def keep_languages(self, *, bilingual: bool) -> None:
        """Take away an empty Swedish field where the municipality has one language."""
        for name in ("title_sv", "name_sv"):
            if name in self and not bilingual and not self[name].data:
                del self[name]


class MilestoneForm(PartForm):
    """A step of the work, a report, or taking the result into use."""

    title_fi = StringField(lazy_gettext("Title in Finnish"), [InputRequired(), Length(max=300)])
    title_sv = StringField(lazy_gettext("Title in Swedish"), [Length(max=300)])
    kind = EnumField(
        lazy_gettext("Kind"),
        labels={one: closed.MILESTONE_KIND[one] for one in MilestoneKind},
        default=MilestoneKind.STEP,
    )
    timespan = TimespanField(lazy_gettext("Time"))
    completed_on = DayField(lazy_gettext("Completed on"))
    receiver_post_id = RowField(lazy_gettext("Receiver"))


def _months() -> list[tuple[int, str]]:
    return [(number, month_name(number, current_language())) for number in range(1, 13)]


def _year(label: str) -> IntegerField:
    in_range = NumberRange(FIRST_YEAR, LAST_YEAR, lazy_gettext(A_YEAR))
    return IntegerField(lazy_gettext(label), [Optional(), in_range])


class DeadlineForm(PartForm):
    """A duty that comes back every year on the same day."""

    title_fi = StringField(lazy_gettext("Title in Finnish"), [InputRequired(), Length(max=300)])
    title_sv = StringField(lazy_gettext("Title in Swedish"), [Length(max=300)])
    day = IntegerField(
        lazy_gettext("Day"), [InputRequired(), NumberRange(1, 31, lazy_gettext("A day is a number from 1 to 31."))]
    )
    month = ChoiceField(lazy_gettext("Month"), choices=_months, coerce=int)
    from_year = _year(N_("From the year"))
    to_year = _year(N_("Until the year"))
    receiver_post_id = RowField(lazy_gettext("Receiver"))


class DependencyForm(PartForm):
    """Another initiative whose result is needed first; which one is chosen only when it is new."""

    predecessor_id = RowField(lazy_gettext("Needs first"), [InputRequired()])
    note = StringField(lazy_gettext("Note"), [Length(max=300)], description=lazy_gettext("What is needed of it."))


class IndicatorForm(PartForm):
    """What shows whether the effect came; its values by year are fields of their own (:func:`indicator_form`)."""

    name_fi = StringField(lazy_gettext("Name in Finnish"), [InputRequired(), Length(max=200)])
    name_sv = StringField(lazy_gettext("Name in Swedish"), [Length(max=200)])
    measured_in = StringField(
        lazy_gettext("Measured in"), [Length(max=40)], description=lazy_gettext("Such as per cent, pieces, days.")
    )
    source = StringField(
        lazy_gettext("Source"),
        [Length(max=200)],
        description=lazy_gettext("The report or survey that tells the value."),
    )
    rhythm = TimespanField(lazy_gettext("Rhythm"), description=lazy_gettext("For example: yearly, twice a year"))

    @property
    def years(self) -> list[Any]:
        """Give the fields of the values, by year."""
        return [field for name, field in self._fields.items() if name.startswith(VALUE)]

    def told(self) -> dict[int, dict[str, Any]]:
        """Give what each year's field says: a number, or words; both None where it says nothing."""
        return {int(field.short_name.removeprefix(VALUE)): read_value(field.data) for field in self.years}

    def own_values(self) -> dict[str, Any]:
        """Give the values of the indicator itself."""
        return {name: value for name, value in self.values().items() if not name.startswith(VALUE)}


class LinkForm(PartForm):
    """A document elsewhere."""

    title = StringField(lazy_gettext("Title"), [InputRequired(), Length(max=200)])
    url = StringField(
        lazy_gettext("Address"),
        [InputRequired(), Length(max=1000)],
        description=lazy_gettext("It begins with https://"),
    )


def indicator_form(values: Mapping[int, IndicatorValue], years: Iterable[int]) -> type[IndicatorForm]:
    """Give the form with a field for each of these years, filled with what is known."""
    fields = {
        f"{VALUE}{year}": StringField(str(year), [Length(max=200)], default=_written(values.get(year)))
        for year in sorted({*years, *values})
    }
    return type("IndicatorForm", (IndicatorForm,), fields)


def read_value(text: str | None) -> dict[str, Any]:
    """Read a year's value: "45" and "1 234,5" are numbers, anything else is kept as words; None is not known."""
    if text is None:
        return {"number": None, "words": None}
    plain = "".join(text.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return {"number": None, "words": text}
    if not number.is_finite() or number.adjusted() > DIGITS or number != round(number, 4):
        return {"number": None, "words": text}
    return {"number": number, "words": None}


def _written(value: IndicatorValue | None) -> str | None:
    if value is None:
        return None
    return value.words if value.number is None else format_number(value.number.normalize() + 0, current_language())

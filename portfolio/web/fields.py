"""Fields that read what planners write: days, money, closed lists, rows of other tables."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wtforms import DateField, Field, SelectField, SelectMultipleField
from wtforms.fields.choices import Choice  # type: ignore[attr-defined] # newer than the type stubs
from wtforms.widgets import TextInput

from portfolio.core.language import N_, format_number
from portfolio.core.money import parse_money
from portfolio.core.problem import Problem
from portfolio.web.language import current_language, gettext, say_here

NOT_A_DAY = N_('"%(text)s" is not a day. Write the day as 31.12.2026.')
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")


class DayField(DateField):
    """A day, as browsers send it or as people write it (31.12.2026); empty is None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day, or say in words that it is none."""
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        for day_format in DAY_FORMATS:
            try:
                self.data = dt.datetime.strptime(text, day_format).date()  # noqa: DTZ007 -- a day has no zone
            except ValueError:
                continue
            return
        raise ValueError(gettext(NOT_A_DAY, text=text))


class MoneyField(Field):
    """An amount of euros, None where it is not known; ``unit`` holds for a number without a unit ("eur", "teur")."""

    widget = TextInput()

    def __init__(self, label: Any = None, validators: Any = None, *, unit: str = "eur", **options: Any) -> None:
        """Make the field; ``unit`` is core.money's."""
        super().__init__(label, validators, **options)
        self.unit = unit

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the amount; what may mean two things is refused in words."""
        self.data = None
        amount = parse_money(str(valuelist[0]), self.unit) if valuelist else None
        if isinstance(amount, Problem):
            raise ValueError(say_here(amount))
        self.data = amount

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_number(self.data, current_language()) if isinstance(self.data, Decimal) else ""


class ChoiceField(SelectField):
    """A choice among (value, words) pairs, which the view may set: ``form.x.choices = [(1, "one")]``."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        """Make the field; templates draw it as any select."""
        choices = options.pop("choices", ())
        super().__init__(label, validators, **options)
        self.type = "SelectField"
        self.choices = choices

    def iter_choices(self) -> Any:
        """Give the options to draw and to check what was sent against."""
        pairs: Any = self.choices
        return [Choice(value, words, self.coerce(value) == self.data, {}) for value, words in pairs or ()]

    def has_groups(self) -> bool:
        """Tell that the options stand in one row."""
        return False


class EnumField(ChoiceField):
    """A choice from a closed list; ``labels`` maps its members to msgids, ``empty`` is the msgid of choosing none."""

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        *,
        labels: Mapping[Any, str],
        empty: str | None = None,
        **options: Any,
    ) -> None:
        """Make the field; its words are in the language of the page."""
        kind: type[enum.StrEnum] = type(next(iter(labels)))

        def choices() -> list[tuple[str, str]]:
            first = [("", gettext(empty))] if empty is not None else []
            return first + [(str(member), gettext(words)) for member, words in labels.items()]

        def coerce(value: Any) -> enum.StrEnum | None:
            return None if value in {None, ""} else kind(value)

        super().__init__(label, validators, choices=choices, coerce=coerce, **options)


class RowField(ChoiceField):
    """A choice of one row by its id, None for none; the view sets ``choices`` to [("", words), (id, words), …]."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        """Make the field; an id that is not among the choices is refused."""
        super().__init__(label, validators, coerce=_row_id, **options)


class ManyField(SelectMultipleField):
    """Several choices among (value, words) pairs, drawn as checkboxes; ``data`` is a frozenset of coerced values."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        """Make the field; ``choices`` may be set by the view, or be a function that is asked at each page."""
        choices = options.pop("choices", ())
        super().__init__(label, validators, **options)
        self.type = "MultiCheckboxField"
        self.choices = choices

    def process_data(self, value: Any) -> None:
        """Take up what is stored."""
        self.data: Any = frozenset(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was ticked; nothing ticked is nothing chosen."""
        super().process_formdata(valuelist)
        self.data = frozenset(self.data or ())

    def iter_choices(self) -> Any:
        """Give the boxes to draw and to check what was sent against."""
        pairs: Any = self.choices
        return [Choice(value, words, self.coerce(value) in (self.data or ()), {}) for value, words in pairs or ()]

    def has_groups(self) -> bool:
        """Tell that the boxes stand in one column."""
        return False


def _row_id(value: Any) -> int | None:
    return None if value in {None, ""} else int(value)

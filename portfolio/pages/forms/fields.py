"""Fields that only the pages of initiatives have: several choices at once, and another initiative by its code."""

from __future__ import annotations

from typing import Any

from wtforms import Field, SelectMultipleField
from wtforms.fields.choices import Choice  # type: ignore[attr-defined] # newer than the type stubs
from wtforms.widgets import TextInput

from portfolio.core.language import N_
from portfolio.register import queries as register
from portfolio.web.current import current
from portfolio.web.language import gettext

NO_SUCH_CODE = N_('There is no item with the code "%(code)s". The code stands at the top of its card, such as T-014-K.')


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


class InitiativeField(Field):
    """Another initiative by its code; ``data`` is its id, None where nothing is written."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Find the initiative in this municipality; one that was removed is not found."""
        code = str(valuelist[0]).strip().upper() if valuelist else ""
        self.data = None
        if not code:
            return
        found = register.initiative_by_code(current.session, current.municipality.id, code)
        if found is None or found.removed:
            raise ValueError(gettext(NO_SUCH_CODE, code=code))
        self.data = found.id

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        found = register.get_initiative(current.session, current.municipality.id, self.data) if self.data else None
        return found.code if found is not None else ""

"""A field that names an initiative by its code."""

from __future__ import annotations

from typing import Any

from wtforms import Field
from wtforms.widgets import TextInput

from portfolio.core.language import N_
from portfolio.register import queries as register
from portfolio.web.current import current
from portfolio.web.language import gettext

NO_SUCH_CODE = N_('There is no item with the code "%(code)s". The code stands at the top of its card, such as T-014-K.')


class InitiativeField(Field):
    """Another initiative by its code; ``data`` is its id, None where nothing is written."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Find the initiative in this municipality; one that was removed is not found."""
        code = str(valuelist[0]).strip().upper() if valuelist else ""
        self.data = None
        if code:
            self.data = find_by_code(code)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        found = register.get_initiative(current.session, current.municipality.id, self.data) if self.data else None
        return found.code if found is not None else ""


def find_by_code(code: str) -> int:
    """Return the id of the initiative with a code; a ValueError says in words that there is none."""
    found = register.initiative_by_code(current.session, current.municipality.id, code)
    if found is None or found.removed:
        raise ValueError(gettext(NO_SUCH_CODE, code=code))
    return found.id

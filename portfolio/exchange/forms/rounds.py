"""The form in which a round of reviews is taken out as a workbook."""

from __future__ import annotations

from wtforms import BooleanField

from portfolio.web.fields import ChoiceField, RowField
from portfolio.web.forms import BaseForm
from portfolio.web.language import OWN_NAMES, lazy_gettext


class RoundForm(BaseForm):
    """Whose reviews, and in which language; the view sets the units that may be chosen.

    ``mine`` narrows to what the person is to answer, whatever the unit; who edits nothing else has no choice.
    """

    mine = BooleanField(lazy_gettext("Only what is mine to answer"))
    unit = RowField(lazy_gettext("Whose reviews"))
    tongue = ChoiceField(lazy_gettext("Language of the headings and words"), choices=list(OWN_NAMES.items()))

    @property
    def is_narrowed(self) -> bool:
        """Tell whether one's own reviews alone are asked for."""
        return "unit" not in self or ("mine" in self and bool(self.mine.data))

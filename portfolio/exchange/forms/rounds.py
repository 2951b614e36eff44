"""The form in which a round of reviews is taken out as a workbook."""

from __future__ import annotations

from portfolio.web.fields import ChoiceField, RowField
from portfolio.web.forms import BaseForm
from portfolio.web.language import OWN_NAMES, lazy_gettext


class RoundForm(BaseForm):
    """Whose reviews, and in which language; the view sets the units that may be chosen."""

    unit = RowField(lazy_gettext("Whose reviews"))
    tongue = ChoiceField(lazy_gettext("Language of the headings and words"), choices=list(OWN_NAMES.items()))

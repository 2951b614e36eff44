"""The form in which a workbook is asked for."""

from __future__ import annotations

import enum

from wtforms import RadioField

from portfolio.core.language import N_
from portfolio.web.fields import ChoiceField, RowField
from portfolio.web.forms import BaseForm
from portfolio.web.language import OWN_NAMES, gettext, lazy_gettext


class ExportContent(enum.StrEnum):
    """What a workbook holds: the list as filtered, a portfolio, a unit's part of it, or no rows yet."""

    LIST = "list"
    PORTFOLIO = "portfolio"
    UNIT = "unit"
    TEMPLATE = "template"


WORDS = {
    ExportContent.LIST: N_("The list as you filtered it"),
    ExportContent.PORTFOLIO: N_("A whole portfolio"),
    ExportContent.UNIT: N_("The items of one unit and the units below it"),
    ExportContent.TEMPLATE: N_("An empty workbook for new items"),
}
NO_PORTFOLIO = N_("Choose the portfolio.")
NO_UNIT = N_("Choose the unit.")
LAYOUT_OF_PORTFOLIO = N_("This layout is made for whole portfolios. Choose a whole portfolio, or our own layout.")
ANOTHER_LAYOUT = N_("This layout has no sheets for the portfolio that was chosen.")


class ExportForm(BaseForm):
    """What to take out, in which language and layout; the view sets what may be chosen."""

    what = RadioField(lazy_gettext("Items"), validate_choice=True)
    portfolio = RowField(lazy_gettext("Portfolio"))
    unit = RowField(lazy_gettext("Unit"))
    tongue = ChoiceField(lazy_gettext("Language of the headings and words"), choices=list(OWN_NAMES.items()))
    layout = ChoiceField(
        lazy_gettext("Layout"),
        description=lazy_gettext(
            "Our own layout brings back the most. The municipality's own looks like its workbook."
        ),
    )

    def asks_right(self, codes: dict[str, frozenset[str]], code: str | None) -> bool:
        """Say what is missing for what was chosen.

        ``codes`` are the codes of the portfolios for which each layout has sheets, ``code`` is that of the one chosen.
        """
        if self.what.data in {ExportContent.PORTFOLIO, ExportContent.TEMPLATE} and self.portfolio.data is None:
            self.portfolio.errors = [gettext(NO_PORTFOLIO)]
        if self.what.data == ExportContent.UNIT and self.unit.data is None:
            self.unit.errors = [gettext(NO_UNIT)]
        if self.layout.data and self.what.data != ExportContent.PORTFOLIO:
            self.layout.errors = [gettext(LAYOUT_OF_PORTFOLIO)]
        elif self.layout.data and code is not None and code not in codes[self.layout.data]:
            self.layout.errors = [gettext(ANOTHER_LAYOUT)]
        return not self.errors

"""The form in which a ledger is sent in, and the one that writes what was seen of it."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import HiddenField

from portfolio.core.language import N_
from portfolio.exchange.operations.uploads import Received
from portfolio.web.fields import ChoiceField
from portfolio.web.forms import BaseForm
from portfolio.web.language import gettext, lazy_gettext

UNITS = {"": N_("As the profile says"), "eur": N_("Euros"), "teur": N_("Thousands of euros")}


class LedgerForm(BaseForm):
    """One workbook or CSV of the ledger, and the profile by which it is read."""

    file = FileField(lazy_gettext("Ledger"))
    profile = ChoiceField(lazy_gettext("Profile"))

    def received(self) -> list[Received]:
        """Give the file that was chosen."""
        one = self.file.data
        return [Received(one.filename, one.read())] if one and one.filename else []


class WriteLedgerForm(BaseForm):
    """Which plan was seen, in which unit."""

    seen = HiddenField()
    unit = HiddenField()


def unit_choices() -> list[tuple[str, str]]:
    """Offer the units of a ledger."""
    return [(value, gettext(words)) for value, words in UNITS.items()]

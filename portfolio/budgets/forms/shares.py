"""The form in which it is told who pays what share of an initiative: a few fields for each source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import DecimalField, StringField
from wtforms.validators import Length, NumberRange, Optional

from portfolio.budgets.models import FundingShare, FundingSource
from portfolio.core.language import N_
from portfolio.core.timespan import Timespan
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import gettext, lazy_gettext
from portfolio.web.timespan import TimespanField

WHOLE = Decimal(100)
FIELDS = ("percent", "timespan", "note")
NOT_WHOLE = N_("The shares together are %(sum)s per cent, not 100.")


class PercentField(DecimalField):
    """A share in per cent, with a decimal comma or point; empty is not known."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the number as people write it: "12,5", "50 %"."""
        self.data = None
        text = str(valuelist[0]).replace("%", "").replace(",", ".").strip() if valuelist else ""
        super().process_formdata([text] if text else [])


class SharesForm(BaseForm):
    """Who pays what share; ``sources`` are the ids whose fields the form holds."""

    seen = VersionField()
    sources: Sequence[int] = ()

    def shares(self) -> dict[int, dict[str, Any]]:
        """Give what was written by source; a source of which nothing is said is not there."""
        found = {one: {name: self._fields[f"{name}-{one}"].data for name in FIELDS} for one in self.sources}
        return {one: values for one, values in found.items() if any(value is not None for value in values.values())}


def shares_form(sources: Sequence[FundingSource], shares: Mapping[int, FundingShare]) -> type[SharesForm]:
    """Give the form over the sources, filled with what is told of them."""
    fields: dict[str, Any] = {"sources": [one.id for one in sources]}
    for one in sources:
        share = shares.get(one.id)
        between = NumberRange(0, 100, message=lazy_gettext("A share is from 0 to 100 per cent."))
        span: Timespan | None = share.timespan if share else None
        fields |= {
            f"percent-{one.id}": PercentField(
                lazy_gettext("Share, per cent"), [Optional(), between], default=share.percent if share else None
            ),
            f"timespan-{one.id}": TimespanField(lazy_gettext("Period"), default=span),
            f"note-{one.id}": StringField(
                lazy_gettext("Note"), [Length(max=300)], default=share.note if share else None
            ),
        }
    return type("SharesForm", (SharesForm,), fields)


def not_whole(percents: Sequence[Decimal | None]) -> str | None:
    """Say that the shares do not make the whole, where all of them are known; None where nothing is to be said."""
    if not percents or any(one is None for one in percents):
        return None
    whole = sum((one for one in percents if one is not None), Decimal(0))
    return None if whole == WHOLE else gettext(NOT_WHOLE, sum=f"{whole.normalize():f}".replace(".", ","))

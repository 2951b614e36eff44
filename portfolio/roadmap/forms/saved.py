"""Saved views of the roadmap: what of an address they keep, and the form that names one."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from portfolio.reviews.forms.filtering import HEALTH
from portfolio.reviews.forms.filtering import PARAMETERS as FILTER_PARAMETERS
from portfolio.roadmap.bars import Order, Scale
from portfolio.roadmap.forms.asked import PARAMETERS, STATUS
from portfolio.roadmap.forms.comparing import COMPARE
from portfolio.roadmap.queries.grouping import NOTHING
from portfolio.web.fields import RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext
from portfolio.web.past import TIME

PAGE = "roadmap"
TIMES = (*TIME, COMPARE)
"""The parameters of the time that is shown and of the one compared with: a view keeps them when asked to."""

USUAL = {"inner": NOTHING, "colour": STATUS, "order": Order.START.value, "scale": Scale.YEARS.value}
"""What an address need not say."""

SEVERAL = frozenset({"portfolio", "unit", "status", "kind", "owner", "category", "only", HEALTH.name})


def canonical(query: str, *, keep_time: bool) -> str:
    """Write what a query asks of the roadmap in one way: known parameters in one order, without what is usual.

    Two addresses that show the same are the same text. Without ``keep_time`` the view shows the present.
    """
    asked = parse_qs(query)
    names = (
        *sorted(FILTER_PARAMETERS),
        *(name for name in PARAMETERS if name != COMPARE),
        *(TIMES if keep_time else ()),
    )
    kept: list[tuple[str, str]] = []
    for name in names:
        given = [text for text in map(str.strip, asked.get(name, ())) if text]
        values = sorted(set(given)) if name in SEVERAL else given[:1]
        kept += [(name, value) for value in values if value != USUAL.get(name)]
    return urlencode(kept)


def has_time(query: str) -> bool:
    """Tell whether a query names a time that is shown or compared with."""
    return not parse_qs(query).keys().isdisjoint(TIMES)


class ViewForm(BaseForm):
    """What a saved view is called, who sees it, and which forum's roadmap opens with it."""

    name = StringField(
        lazy_gettext("Name"),
        [InputRequired(), Length(max=120)],
        description=lazy_gettext("Such as: Management group, by forum."),
    )
    shared = BooleanField(
        lazy_gettext("Shared with everyone in the municipality"),
        description=lazy_gettext("Others see it in their list of views. Only you and those who manage change it."),
    )
    forum_id = RowField(
        lazy_gettext("Opens the roadmap of the forum"),
        description=lazy_gettext("A forum has one such view; it must be shared."),
    )
    version = VersionField()

    def allow(self, *, may_share: bool, forums: list[tuple[int, str]]) -> None:
        """Take away what this person may not choose; without ``forums`` no forum can be chosen."""
        if not may_share:
            del self.shared
        if forums:
            self.forum_id.choices = [("", lazy_gettext("none")), *forums]
        else:
            del self.forum_id

    def chosen(self, name: str) -> Any:
        """Give what was chosen in a field, None where this person has no such field."""
        return self[name].data if name in self else None


class NewViewForm(ViewForm):
    """A view that is being saved: of its own, or in place of one that is there.

    ``seen`` is the revision at which the form was opened: a view that somebody changed later is not replaced unasked.
    """

    name = StringField(
        lazy_gettext("Name"),
        [Length(max=120)],
        description=lazy_gettext("Such as: Management group, by forum. Not needed when it replaces another view."),
    )
    replaces = RowField(
        lazy_gettext("In place of"),
        description=lazy_gettext("The view keeps its name and who sees it, and shows from now on what you saw."),
    )
    keep_time = BooleanField(
        lazy_gettext("Keep the time shown"),
        description=lazy_gettext("The view always shows that time. Otherwise it shows the present."),
    )
    seen = VersionField()

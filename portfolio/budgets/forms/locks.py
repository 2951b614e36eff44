"""The form that locks a year once its budget has been approved."""

from wtforms import StringField
from wtforms.validators import Length

from portfolio.web.fields import DayField
from portfolio.web.forms import BaseForm
from portfolio.web.language import lazy_gettext


class LockForm(BaseForm):
    """When the budget was approved, and by whom or with which case number."""

    approved_on = DayField(lazy_gettext("Approved on"))
    note = StringField(
        lazy_gettext("Note"),
        [Length(max=300)],
        description=lazy_gettext("For example the council's decision and its §."),
    )

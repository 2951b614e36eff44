"""The form that names a point in time."""

from __future__ import annotations

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from portfolio.core.history import BaselineKind
from portfolio.core.language import N_
from portfolio.web.fields import DayField, EnumField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext

KIND_WORDS = {
    BaselineKind.MEETING: N_("Meeting"),
    BaselineKind.VERSION: N_("Version"),
    BaselineKind.ROUND: N_("Review round"),
    BaselineKind.FREE: N_("Other"),
}
"""What one baseline of each kind is."""


class BaselineForm(BaseForm):
    """What a baseline is called; its point in time stays."""

    name = StringField(
        lazy_gettext("Name"),
        [InputRequired(), Length(max=120)],
        description=lazy_gettext("Such as: Management group, spring 2026."),
    )
    kind = EnumField(lazy_gettext("Kind"), labels=KIND_WORDS)
    note = TextAreaField(lazy_gettext("Note"), [Length(max=20_000)])
    version = VersionField()


class NewBaselineForm(BaselineForm):
    """A baseline that is being named: a day, a change, or this moment when neither is given."""

    day = DayField(
        lazy_gettext("Day"), description=lazy_gettext("As everything was when the day ended. Empty: this moment.")
    )
    number = StringField(
        lazy_gettext("Number of a change"),
        [Length(max=20)],
        description=lazy_gettext("Only where a day is not exact enough. It stands in the address of a past page."),
    )

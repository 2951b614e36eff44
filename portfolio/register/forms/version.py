"""The form of one version of a programme."""

from __future__ import annotations

from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from portfolio.web.fields import DayField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext


class ProgrammeVersionForm(BaseForm):
    """One row of a version history: any of its cells may be missing."""

    label = StringField(lazy_gettext("Version"), [Length(max=40)], description=lazy_gettext("Such as 1.0 or 0.65."))
    date_words = StringField(
        lazy_gettext("Date"),
        [Length(max=80)],
        description=lazy_gettext("Such as 24.1.2023. What is no day is kept as it is written. Empty: today."),
    )
    change_note = TextAreaField(lazy_gettext("What changed"), [Length(max=20_000)])
    authors = StringField(
        lazy_gettext("Authors"), [Length(max=500)], description=lazy_gettext("Roles or posts, not names of people.")
    )
    approver = StringField(
        lazy_gettext("Approver"), [Length(max=200)], description=lazy_gettext("The role or body that approves it.")
    )
    valid_until = DayField(lazy_gettext("Valid until"))
    version = VersionField()

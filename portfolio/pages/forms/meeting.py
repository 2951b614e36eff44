"""The form in which a meeting's outcome is written, without leaving the screen."""

from __future__ import annotations

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from portfolio.exchange.columns import words
from portfolio.forums.rules import Outcome
from portfolio.web.fields import EnumField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext


class OutcomeForm(BaseForm):
    """How one matter ended: its outcome, the text of the decision, and where it is recorded.

    ``seen`` is the newest decision of the matter that stood beside the form.
    """

    title_fi = StringField(lazy_gettext("Matter"), [DataRequired(), Length(max=300)])
    outcome = EnumField(lazy_gettext("Outcome"), [InputRequired()], labels={one: words.OUTCOME[one] for one in Outcome})
    decision = TextAreaField(lazy_gettext("Decision"), [DataRequired(), Length(max=20_000)])
    section = StringField(lazy_gettext("Section (§)"), [Length(max=20)])
    case_number = StringField(lazy_gettext("Case number"), [Length(max=60)])
    seen = VersionField()

"""The form of one question of a template."""

from __future__ import annotations

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext


class QuestionForm(BaseForm):
    """One question."""

    text_fi = StringField(lazy_gettext("Question in Finnish"), [InputRequired(), Length(max=300)])
    text_sv = StringField(lazy_gettext("Question in Swedish"), [Length(max=300)])
    hint_fi = StringField(lazy_gettext("Advice in Finnish"), [Length(max=500)])
    hint_sv = StringField(lazy_gettext("Advice in Swedish"), [Length(max=500)])
    required = BooleanField(lazy_gettext("Must be answered"))
    version = VersionField()

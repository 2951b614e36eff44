"""The form of a funding source."""

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext


class FundingSourceForm(BaseForm):
    """Where money comes from."""

    name_fi = StringField(lazy_gettext("Name in Finnish"), [InputRequired(), Length(max=120)])
    name_sv = StringField(lazy_gettext("Name in Swedish"), [Length(max=120)])
    external = BooleanField(
        lazy_gettext("External"),
        description=lazy_gettext("Money from outside the municipality, such as a state grant."),
    )
    version = VersionField()

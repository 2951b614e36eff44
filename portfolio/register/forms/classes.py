"""The forms of classifications and their classes."""

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from portfolio.web.fields import RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext

LAST_PLACE = 10_000


class SchemeForm(BaseForm):
    """A way of classifying."""

    name_fi = StringField(lazy_gettext("Name in Finnish"), [InputRequired(), Length(max=120)])
    name_sv = StringField(lazy_gettext("Name in Swedish"), [Length(max=120)])
    portfolio_id = RowField(lazy_gettext("Portfolio"))
    several = BooleanField(
        lazy_gettext("Several classes at once"),
        description=lazy_gettext("Without this an item is in one class at most."),
    )
    version = VersionField()


class CategoryForm(BaseForm):
    """One class."""

    name_fi = StringField(lazy_gettext("Name in Finnish"), [InputRequired(), Length(max=200)])
    name_sv = StringField(lazy_gettext("Name in Swedish"), [Length(max=200)])
    parent_id = RowField(lazy_gettext("Class above"))
    position = IntegerField(
        lazy_gettext("Place in the list"),
        [InputRequired(), NumberRange(0, LAST_PLACE)],
        description=lazy_gettext("The smallest number comes first."),
        render_kw={"inputmode": "numeric"},
    )
    version = VersionField()

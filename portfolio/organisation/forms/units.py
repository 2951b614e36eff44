"""Forms of units, posts, and those who hold them."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portfolio.web.fields import DayField, RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext


class UnitForm(BaseForm):
    """One unit of the tree."""

    name_fi = StringField(lazy_gettext("Name in Finnish"), [InputRequired(), Length(max=160)])
    name_sv = StringField(lazy_gettext("Name in Swedish"), [Length(max=160)])
    parent_id = RowField(lazy_gettext("Unit above"))
    valid_from = DayField(lazy_gettext("Valid from"))
    valid_to = DayField(lazy_gettext("Valid until"))
    version = VersionField()


class PostForm(BaseForm):
    """One post: a role in a unit."""

    title_fi = StringField(lazy_gettext("Title in Finnish"), [InputRequired(), Length(max=160)])
    title_sv = StringField(lazy_gettext("Title in Swedish"), [Length(max=160)])
    unit_id = RowField(lazy_gettext("Unit"))
    valid_from = DayField(lazy_gettext("Valid from"))
    valid_to = DayField(lazy_gettext("Valid until"))
    version = VersionField()


class HoldingForm(BaseForm):
    """When a person holds a post."""

    valid_from = DayField(lazy_gettext("First day"))
    valid_to = DayField(
        lazy_gettext("Last day"), description=lazy_gettext("Leave empty while the person holds the post.")
    )
    version = VersionField()


class PersonForm(BaseForm):
    """A person's name and e-mail address, which stand outside the history."""

    name = StringField(lazy_gettext("Name"), [Length(max=120)])
    email = StringField(
        lazy_gettext("E-mail"),
        [Length(max=254)],
        description=lazy_gettext("A user with this address may edit what the post owns."),
        render_kw={"inputmode": "email"},
    )


class HolderForm(PersonForm, HoldingForm):
    """A person who comes into a post: one who is known already, or somebody new."""

    person_id = RowField(
        lazy_gettext("Person"), description=lazy_gettext("If the person is not in the list, write the name below.")
    )

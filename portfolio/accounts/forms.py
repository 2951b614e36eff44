"""Forms of signing in, passwords, one's own account, and users."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from portfolio.core.language import N_
from portfolio.core.rights import Role
from portfolio.web.fields import ChoiceField, DayField, EnumField, RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import OWN_NAMES, lazy_gettext

ROLE_NAMES = {
    Role.ADMIN: N_("Administrator"),
    Role.OFFICE: N_("Development office"),
    Role.MEMBER: N_("Member of the management group"),
    Role.REPORTER: N_("Reporter of a unit"),
    Role.VIEWER: N_("Reader"),
    Role.BUDGET: N_("Budget"),
    Role.PUBLICITY: N_("Publicity"),
}
EMAIL = {"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
NEW_PASSWORD_HINT = N_("At least 12 characters. Several words that do not belong together are easy to remember.")


class SignInForm(BaseForm):
    """Who signs in; ``next`` is where to go then."""

    email = StringField(lazy_gettext("E-mail"), [InputRequired(), Length(max=254)], render_kw=EMAIL)
    password = PasswordField(
        lazy_gettext("Password"), [InputRequired(), Length(max=1000)], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


class ForgottenForm(BaseForm):
    """Asks for a link by e-mail, with which a forgotten password is replaced."""

    email = StringField(lazy_gettext("E-mail"), [InputRequired(), Length(max=254)], render_kw=EMAIL)


class NewPasswordForm(BaseForm):
    """A new password by a one-time link."""

    password = PasswordField(
        lazy_gettext("New password"),
        [InputRequired(), Length(max=1000)],
        description=lazy_gettext(NEW_PASSWORD_HINT),
        render_kw={"autocomplete": "new-password"},
    )
    token = HiddenField()


class ChangePasswordForm(BaseForm):
    """A new password of one's own: the present one is asked for."""

    present = PasswordField(
        lazy_gettext("Present password"),
        [InputRequired(), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        lazy_gettext("New password"),
        [InputRequired(), Length(max=1000)],
        description=lazy_gettext(NEW_PASSWORD_HINT),
        render_kw={"autocomplete": "new-password"},
    )
    elsewhere = BooleanField(lazy_gettext("Sign out in other browsers"), default=True)


class AccountForm(BaseForm):
    """One's own name, language and shortcuts."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=120)], render_kw={"autocomplete": "name"})
    language = ChoiceField(lazy_gettext("Language"), choices=list(OWN_NAMES.items()))
    shortcuts = BooleanField(lazy_gettext("Single-key shortcuts, such as / for search"))


class AccessForm(BaseForm):
    """Gives a user one role, in a unit and those below it or in the whole municipality."""

    role = EnumField(lazy_gettext("Role"), [InputRequired()], labels=ROLE_NAMES, empty=N_("Choose a role"))
    unit_id = RowField(lazy_gettext("Unit"), description=lazy_gettext("The role reaches this unit and those below it."))
    valid_to = DayField(lazy_gettext("Last day"), description=lazy_gettext("Leave empty if the access has no end."))
    version = VersionField()


class NewUserForm(AccessForm):
    """A person who is given access."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=120)])
    email = StringField(lazy_gettext("E-mail"), [InputRequired(), Length(max=254)], render_kw={"inputmode": "email"})
    language = ChoiceField(lazy_gettext("Language"), choices=list(OWN_NAMES.items()))

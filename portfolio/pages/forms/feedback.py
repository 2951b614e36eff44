"""The form of feedback."""

from wtforms import EmailField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from portfolio.web.forms import BaseForm
from portfolio.web.language import lazy_gettext

ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s]+$"


class FeedbackForm(BaseForm):
    """Feedback, on accessibility or anything else; an address only where an answer is wanted."""

    message = TextAreaField(lazy_gettext("What would you like to tell us?"), [DataRequired(), Length(max=5000)])
    email = EmailField(
        lazy_gettext("Your e-mail address"),
        [Optional(), Length(max=254), Regexp(ADDRESS, message=lazy_gettext("This is not an e-mail address."))],
        description=lazy_gettext("Only if you want an answer."),
    )
    page = HiddenField()

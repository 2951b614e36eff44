"""Small forms on the page of a review: return, the office's own rating, a colleague who answers."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portfolio.core.language import N_
from portfolio.core.records import LONGEST_TEXT
from portfolio.reviews.rules import HEALTH_WORDS
from portfolio.web.fields import EnumField, RowField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext


class ApprovalForm(BaseForm):
    """Which version of a review is approved: the one that was read."""

    version = VersionField()


class ReturnForm(BaseForm):
    """Why a review is given back."""

    comment = TextAreaField(
        lazy_gettext("What should be mended?"),
        [InputRequired(), Length(max=LONGEST_TEXT)],
        description=lazy_gettext("Shown to the one who answers."),
    )
    version = VersionField()


class RatingForm(BaseForm):
    """The office's own rating."""

    office_health = EnumField(
        lazy_gettext("How does it go, as the office sees it?"),
        [Optional()],
        labels=HEALTH_WORDS,
        empty=N_("No rating of our own"),
    )
    office_reason = TextAreaField(lazy_gettext("Reason"), [Length(max=LONGEST_TEXT)])
    version = VersionField()


class DelegationForm(BaseForm):
    """Who answers instead."""

    delegate_id = RowField(
        lazy_gettext("Who answers"),
        description=lazy_gettext("The colleague may answer this review, whatever the person's own unit."),
    )
    version = VersionField()

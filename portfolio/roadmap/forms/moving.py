"""The form that moves an initiative: its time in words, and whether its milestones come along."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField

from portfolio.core.timespan import Ends, Step
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext
from portfolio.web.timespan import TimespanField

ENDS_WORDS = {
    Ends.BOTH: lazy_gettext("The whole time"),
    Ends.START: lazy_gettext("Only the start"),
    Ends.END: lazy_gettext("Only the end"),
}

STEP_WORDS = {
    Step.DAY: (lazy_gettext("A day earlier"), lazy_gettext("A day later")),
    Step.WEEK: (lazy_gettext("A week earlier"), lazy_gettext("A week later")),
    Step.MONTH: (lazy_gettext("A month earlier"), lazy_gettext("A month later")),
    Step.QUARTER: (lazy_gettext("A quarter earlier"), lazy_gettext("A quarter later")),
    Step.HALF: (lazy_gettext("Half a year earlier"), lazy_gettext("Half a year later")),
    Step.YEAR: (lazy_gettext("A year earlier"), lazy_gettext("A year later")),
    Step.TERM: (lazy_gettext("A council term earlier"), lazy_gettext("A council term later")),
}


class MoveForm(BaseForm):
    """A new time for an initiative; ``checked`` holds the words whose consequences have been shown."""

    timespan = TimespanField(lazy_gettext("Time"))
    milestones = BooleanField(lazy_gettext("Move these milestones along"))
    version = VersionField()
    checked = HiddenField()
    next = HiddenField()

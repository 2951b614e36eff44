"""What moves an initiative: the time that an address proposes, and the form with its words and its milestones."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField

from portfolio.core.problem import Problem, Refusal
from portfolio.core.timespan import EMPTY, Context, Ends, Step, Timespan, shift
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


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The words of a time that an address proposes, None where it proposes none or one that cannot be."""

    words: str | None
    problems: tuple[Problem, ...] = ()


def read_asked_time(args: MultiDict[str, str], present: Timespan | None, context: Context) -> AskedTime:
    """Read ``words``, or ``count``, ``step`` and ``ends``, which move the present time. Raises ValueError as below."""
    if "count" not in args:
        return AskedTime(args.get("words"))
    try:
        return AskedTime(read_shifted(args, present, context).words)
    except Refusal as refusal:
        return AskedTime(None, refusal.problems)


def read_shifted(args: MultiDict[str, str], present: Timespan | None, context: Context) -> Timespan:
    """Move a time by ``count`` steps, the whole of it or one of its ``ends``.

    Raises ValueError for what no page of ours asks, and Refusal for a time that cannot be moved so.
    """
    count, span = int(args.get("count", "0")), present or EMPTY
    if count == 0:
        return span
    return shift(span, count, Step(args.get("step", "")), context, Ends(args.get("ends", Ends.BOTH)))


class MoveForm(BaseForm):
    """A new time for an initiative; ``checked`` holds the words whose consequences have been shown."""

    timespan = TimespanField(lazy_gettext("Time"))
    milestones = BooleanField(lazy_gettext("Move these milestones along"))
    version = VersionField()
    checked = HiddenField()
    next = HiddenField()

    @property
    def proposed(self) -> Timespan | None:
        """The time that is written, None where none is or it was not understood."""
        value = self.timespan.data
        return value if isinstance(value, Timespan) and value else None

    @property
    def words(self) -> str:
        """The words of that time."""
        return self.proposed.words if self.proposed else ""

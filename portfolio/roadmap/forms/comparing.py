"""What an address asks a roadmap to be compared with: ``compare``, a day, ``baseline:12`` or ``revision:34``."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.register.forms import Calendar, TimePoint, read_time
from portfolio.roadmap.queries import Against

COMPARE = "compare"
NOT_EARLIER = N_("%(time)s is not earlier than the time shown, so nothing is compared.")


@dataclass(frozen=True, slots=True)
class AskedComparison:
    """The time that an address asks to compare with, None where it asks for none or for one that cannot be shown."""

    point: TimePoint | None
    problems: tuple[Problem, ...] = ()

    @property
    def against(self) -> Against | None:
        """The time as the roadmap's queries want it."""
        point = self.point
        return Against(point.revision, point.words) if point is not None and point.revision is not None else None


def read_comparison(args: MultiDict[str, str], calendar: Calendar, at: int | None) -> AskedComparison:
    """Read ``compare``; ``at`` is the revision shown, None for now.

    A time that is gone, to come, malformed or not earlier than the one shown is told, and nothing is compared.
    """
    text = args.get(COMPARE, "").strip()
    if not text:
        return AskedComparison(None)
    try:
        point = read_time(text, calendar)
    except Refusal as refusal:
        return AskedComparison(None, refusal.problems)
    if point.revision is None or (at is not None and point.revision >= at):
        return AskedComparison(None, (Problem(NOT_EARLIER, {"time": point.words}),))
    return AskedComparison(point)

"""Reading from the address between which two times changes are asked for, and what kinds of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from portfolio.core import history
from portfolio.core.language import N_, say
from portfolio.core.problem import Problem
from portfolio.register.forms import Calendar, TimePoint, now_of, read_time
from portfolio.register.forms.times import BASELINE, NOW, NOW_WORDS
from portfolio.register.queries import NamedPoint
from portfolio.register.rules import Aspect

USUAL_DAYS = 30

SWAPPED = N_("The first time was the later one, so the two were taken in their order.")
NO_ASPECT = N_('"%(value)s" is not a kind of change, so it was left out of the filter.')
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class AskedChanges:
    """What an address asks for; ``aspects`` empty is every kind."""

    first: TimePoint
    second: TimePoint
    aspects: frozenset[Aspect]
    problems: tuple[Problem, ...]

    def parameters(self) -> dict[str, tuple[str, ...]]:
        """Give the parameters that ask for the same."""
        return {"from": (self.first.asked,), "to": (self.second.asked,), "aspect": tuple(sorted(self.aspects))}


def read_changes(args: MultiDict[str, str], calendar: Calendar, points: Sequence[NamedPoint]) -> AskedChanges:
    """Read ``from``, ``to`` (a day, "baseline:12", "revision:34") and ``aspect``; ``points`` begin with the latest.

    A ``from_day`` or ``to_day`` that is filled in goes before. Raises Refusal for a time that cannot be shown.
    """
    texts = {name: (args.get(f"{name}_day", "").strip() or args.get(name, "").strip()) for name in ("from", "to")}
    problems = []
    second = read_time(texts["to"], calendar) if texts["to"] else now_of(calendar)
    first = read_time(texts["from"], calendar) if texts["from"] else _usual_first(calendar, points)
    if first.revision is None and second.revision is None:  # both ends are now: nothing can differ
        first = replace(first, revision=history.latest_revision(calendar.session))
    elif first.revision is None or (second.revision is not None and first.revision > second.revision):
        first, second = second, first
        problems.append(Problem(SWAPPED))
    known = {str(one) for one in Aspect}
    given = dict.fromkeys(filter(None, map(str.strip, args.getlist("aspect"))))
    problems += [Problem(NO_ASPECT, {"value": one[:LONGEST_SHOWN]}) for one in given if one not in known]
    return AskedChanges(first, second, frozenset(Aspect(one) for one in given if one in known), tuple(problems))


def ends_offered(asked: TimePoint, points: Sequence[NamedPoint], language: str) -> list[Mapping[str, object]]:
    """Give the choices of one end: now and every baseline; another time stands there when it is the one asked for."""
    named = [(f"{BASELINE}:{one.baseline.id}", one.baseline.name) for one in points]
    choices = [(NOW, say(NOW_WORDS, language).capitalize()), *named]
    chosen = asked.asked.replace("-", ":", 1) if asked.asked.startswith(BASELINE) else asked.asked
    if chosen not in {value for value, _ in choices}:
        choices.insert(0, (chosen, asked.words))
    return [{"value": value, "label": label, "selected": value == chosen} for value, label in choices]


def _usual_first(calendar: Calendar, points: Sequence[NamedPoint]) -> TimePoint:
    """Give the latest baseline; without any, a month ago, or the first day of which something is known."""
    if points:
        return read_time(f"{BASELINE}:{points[0].baseline.id}", calendar)
    first = history.first_day(calendar.session, calendar.municipality_id)
    day = max(calendar.today - dt.timedelta(days=USUAL_DAYS), first) if first else calendar.today
    return read_time(day.isoformat(), calendar)

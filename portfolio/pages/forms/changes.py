"""Reading from the address between which two times changes are asked for, and what kinds of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portfolio.core import history
from portfolio.core.language import HELSINKI, N_, format_date, format_datetime
from portfolio.core.problem import Problem
from portfolio.register.queries import NamedPoint
from portfolio.register.rules import Aspect
from portfolio.web.language import current_language, gettext

BASELINE, REVISION = "baseline-", "revision-"
USUAL_DAYS = 30

SWAPPED = N_("The first time was the later one, so the two were taken in their order.")
NO_ASPECT = N_('"%(value)s" is not a kind of change, so it was left out of the filter.')
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class End:
    """One end of a comparison: its revision (None: now), what asks for it in the address, its words, its day."""

    revision: int | None
    asked: str
    words: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class AskedChanges:
    """What an address asks for; ``aspects`` empty is every kind."""

    first: End
    second: End
    aspects: frozenset[Aspect]
    problems: tuple[Problem, ...]

    def parameters(self) -> dict[str, tuple[str, ...]]:
        """Give the parameters that ask for the same."""
        return {"from": (self.first.asked,), "to": (self.second.asked,), "aspect": tuple(sorted(self.aspects))}


@dataclass(frozen=True, slots=True)
class Times:
    """What the ends are read against: where, today, the baselines (the latest first), the last day there is."""

    session: Session
    municipality_id: int
    today: dt.date
    latest: dt.date
    points: Sequence[NamedPoint]


def read_changes(args: MultiDict[str, str], times: Times) -> AskedChanges:
    """Read ``from``, ``to`` (a day, "baseline-12", "revision-34") and ``aspect``.

    A ``from_day`` or ``to_day`` that is filled in goes before. Raises Refusal for a time that cannot be shown.
    """
    texts = {name: (args.get(f"{name}_day", "").strip() or args.get(name, "").strip()) for name in ("from", "to")}
    problems = []
    second = _read(texts["to"], times) if texts["to"] else _now(times)
    first = _read(texts["from"], times) if texts["from"] else _usual_first(times)
    if first.revision is None or (second.revision is not None and first.revision > second.revision):
        first, second = second, first
        problems.append(Problem(SWAPPED))
    if first.revision is None:  # both ends are now: nothing can differ
        first = End(history.latest_revision(times.session), first.asked, first.words, first.day)
    known = {str(one) for one in Aspect}
    given = dict.fromkeys(filter(None, map(str.strip, args.getlist("aspect"))))
    problems += [Problem(NO_ASPECT, {"value": one[:LONGEST_SHOWN]}) for one in given if one not in known]
    return AskedChanges(first, second, frozenset(Aspect(one) for one in given if one in known), tuple(problems))


def ends_offered(asked: End, points: Sequence[NamedPoint]) -> list[Mapping[str, object]]:
    """Give the choices of one end: now and every baseline; another time stands there when it is the one asked for."""
    named = [(f"{BASELINE}{one.baseline.id}", one.baseline.name) for one in points]
    choices = [("now", gettext("Now")), *named]
    if asked.asked not in {value for value, _ in choices}:
        choices.insert(0, (asked.asked, asked.words))
    return [{"value": value, "label": label, "selected": value == asked.asked} for value, label in choices]


def _read(text: str, times: Times) -> End:
    session, place, language = times.session, times.municipality_id, current_language()
    if text == "now":
        return _now(times)
    if text.startswith(BASELINE):
        baseline, revision = history.point_of_baseline(session, place, text.removeprefix(BASELINE))
        return End(revision.id, text, baseline.name, min(revision.at.astimezone(HELSINKI).date(), times.today))
    if text.startswith(REVISION):
        revision = history.point_of_number(session, place, text.removeprefix(REVISION))
        return End(
            revision.id,
            text,
            format_datetime(revision.at, language),
            min(revision.at.astimezone(HELSINKI).date(), times.today),
        )
    number, day = history.point_of_day(session, place, text, times.latest)
    return End(number, text, format_date(day, language), min(day, times.today))


def _now(times: Times) -> End:
    return End(None, "now", gettext("now"), times.today)


def _usual_first(times: Times) -> End:
    """Give the latest baseline; without any, a month ago, or the first day of which something is known."""
    if times.points:
        return _read(f"{BASELINE}{times.points[0].baseline.id}", times)
    first = history.first_day(times.session, times.municipality_id)
    day = max(times.latest - dt.timedelta(days=USUAL_DAYS), first) if first else times.latest
    return _read(day.isoformat(), times)

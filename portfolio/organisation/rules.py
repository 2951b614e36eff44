"""The unit tree, validity on a day, and what a municipality's settings mean. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from portfolio.core.language import HELSINKI, N_
from portfolio.core.problem import Problem
from portfolio.core.timespan import Context

CODE = N_("A municipality's code has small letters a–z, digits and hyphens, and begins with a letter.")
NUMBER = N_("A municipality's number is the three digits of Statistics Finland, such as 853.")
HORIZON = N_("The plan covers 1–20 years.")
PATTERN = N_("The pattern of case numbers is not a regular expression that can be read.")
SEASONS = N_(
    "These limits of seasons cannot be read: a season is unknown, a day impossible or an end before its start."
)
TERMS = N_("These council terms cannot be read: each has a first and a last day, the last one not before the first.")
LEVELS = N_("Each level of units has a name in Finnish, and in Swedish where there is one.")
ENDS_BEFORE = N_("The last day is before the first one.")
EMAIL = N_("This is not an e-mail address.")

CODE_SHAPE = re.compile(r"[a-z][a-z0-9-]*")
NUMBER_SHAPE = re.compile(r"\d{3}", re.ASCII)
EMAIL_SHAPE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
LONGEST_PLAN = 20


class Node(Protocol):
    """A unit of a tree."""

    id: int
    parent_id: int | None


class Valid(Protocol):
    """What is valid from a day to a day."""

    valid_from: dt.date | None
    valid_to: dt.date | None


class Settings(Protocol):
    """The settings of a municipality that time words depend on."""

    season_limits: Any
    council_terms: Any


N = TypeVar("N", bound=Node)


def subtree(nodes: Iterable[Node], roots: Collection[int]) -> frozenset[int]:
    """Return the ids of the roots and of everything below them."""
    below = defaultdict(list)
    for node in nodes:
        below[node.parent_id].append(node.id)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(below[here])
    return frozenset(found)


def nearest_of(parents: Mapping[int, int | None], unit: int | None, among: Collection[int]) -> int | None:
    """Find the unit itself or the first one above it that is among the given ones; None when there is none."""
    seen: set[int] = set()
    while unit is not None and unit not in seen:
        if unit in among:
            return unit
        seen.add(unit)
        unit = parents.get(unit)
    return None


def tree_order(nodes: Iterable[N], key: Callable[[N], Any]) -> list[tuple[N, int]]:
    """Return the nodes depth first with their levels (0 at the top), siblings in the order of the key.

    A node whose parent is not among them stands at the top.
    """
    known = {node.id: node for node in sorted(nodes, key=key)}
    below: dict[int | None, list[N]] = defaultdict(list)
    for node in known.values():
        below[node.parent_id if node.parent_id in known else None].append(node)
    ordered: list[tuple[N, int]] = []
    waiting = [(node, 0) for node in reversed(below[None])]
    while waiting:
        node, level = waiting.pop()
        ordered.append((node, level))
        waiting.extend((child, level + 1) for child in reversed(below[node.id]))
    return ordered


def is_valid(item: Valid, day: dt.date) -> bool:
    """Tell whether the day lies between the item's first and last day, both included; a missing one is open."""
    starts = item.valid_from is None or item.valid_from <= day
    return starts and (item.valid_to is None or day <= item.valid_to)


def level_name(level_names: Sequence[Mapping[str, str]] | None, level: int, language: str) -> str | None:
    """Return what a level of units is called in this municipality, in Finnish where another language has no word."""
    if not level_names or level >= len(level_names):
        return None
    return level_names[level].get(language) or level_names[level]["fi"]


def timespan_context(settings: Settings, document_date: dt.date | None, language: str | None = None) -> Context:
    """Return what time words mean in this municipality, in a text of this day."""
    return Context.of_settings(settings.season_limits, settings.council_terms, document_date, language)


def today_in(demo_day: dt.date | None, at: dt.datetime) -> dt.date:
    """Return the day in Helsinki at a moment, or the one in which a demo municipality lives."""
    return demo_day or at.astimezone(HELSINKI).date()


def check_municipality(given: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a municipality's settings."""
    checks: dict[str, tuple[Callable[[Any], bool], str]] = {
        "code": (lambda code: bool(CODE_SHAPE.fullmatch(code)), CODE),
        "number": (lambda number: bool(NUMBER_SHAPE.fullmatch(number)), NUMBER),
        "plan_horizon": (lambda years: 1 <= years <= LONGEST_PLAN, HORIZON),
        "case_number_pattern": (_is_pattern, PATTERN),
        "season_limits": (lambda limits: _is_read(limits, None), SEASONS),
        "council_terms": (lambda terms: _is_read(None, terms), TERMS),
        "unit_level_names": (_are_names, LEVELS),
    }
    return [
        Problem(message, place=name)
        for name, (holds, message) in checks.items()
        if given.get(name) is not None and not holds(given[name])
    ]


def check_validity(given: Mapping[str, Any], after: Mapping[str, Any]) -> list[Problem]:
    """Return the problem of a last day before the first one."""
    first, last = after["valid_from"], after["valid_to"]
    if given.keys() & {"valid_from", "valid_to"} and first is not None and last is not None and last < first:
        return [Problem(ENDS_BEFORE, {}, "valid_to")]
    return []


def check_email(email: str | None) -> list[Problem]:
    """Return the problem of what cannot be an address."""
    return [] if email is None or EMAIL_SHAPE.fullmatch(email) else [Problem(EMAIL, place="email")]


def _is_pattern(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _is_read(season_limits: Any, council_terms: Any) -> bool:
    try:
        Context.of_settings(season_limits, council_terms)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return True


def _are_names(names: Any) -> bool:
    return isinstance(names, list) and all(isinstance(one, Mapping) and one.get("fi") for one in names)

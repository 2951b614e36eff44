"""What a person asks for many initiatives at once: which they are, what they become, and as what they were seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from portfolio.core.columns import can_be_kept
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.pages.rules import ClassWish, Seen, Wish
from portfolio.register.forms import Options
from portfolio.register.forms.options import indented
from portfolio.register.queries import SchemeCategories
from portfolio.register.rules import Status
from portfolio.register.rules.words import STATUS_WORDS
from portfolio.web.language import gettext, name_of, title_of

NOBODY = "none"
UNREADABLE = N_("The list of what was chosen cannot be read. Go back and choose again.")
UNKNOWN = N_('"%(value)s" cannot be chosen here. Choose again.')
OFFERED = tuple(status for status in Status if status is not Status.MERGED)
"""Merging names what each was merged into, so it is done one by one."""

PARAMETERS = frozenset({"to_status", "to_unit", "to_owner", "to_class"})

_ID = re.compile(r"\d{1,18}", re.ASCII)
_SEEN = re.compile(r"(\d{1,18})\.(\d{1,9})(?:\.(\d{1,18}(?:-\d{1,18})*)?)?", re.ASCII)
_CLASS = re.compile(rf"(\d{{1,18}})-(\d{{1,18}}|{NOBODY})", re.ASCII)


def chosen_ids(args: MultiDict[str, str]) -> list[int]:
    """Read the ids of the ticked rows; what is no number was never a row."""
    return [int(one) for one in args.getlist("chosen") if _ID.fullmatch(one) and can_be_kept(int(one))]


def read_wish(args: MultiDict[str, str], options: Options) -> Wish:
    """Read what the chosen are to become; an empty field leaves things as they are.

    Raises Refusal for what cannot be chosen here, such as a unit of another municipality.
    """
    values: dict[str, Any] = {}
    if status := args.get("to_status"):
        values["status"] = _known(status, {str(one): one for one in OFFERED})
    if unit := args.get("to_unit"):
        values["unit_id"] = _known(unit, {str(one.unit.id): one.unit.id for one in options.units})
    if owner := args.get("to_owner"):
        posts: dict[str, int | None] = {str(one.id): one.id for one in options.posts}
        values["owner_post_id"] = _known(owner, {NOBODY: None, **posts})
    return Wish(values, _read_class(args.get("to_class", ""), options))


def wish_fields(args: MultiDict[str, str], options: Options) -> list[dict[str, Any]]:
    """Give the selects in which the wish is made, with what was chosen in them."""
    units = [(str(one.unit.id), indented(one)) for one in options.units]
    posts = [(str(one.id), title_of(one)) for one in options.posts]
    statuses = [(str(one), gettext(STATUS_WORDS[one])) for one in OFFERED]
    return [
        _field(args, "to_status", gettext("Status"), [("", statuses)]),
        _field(args, "to_unit", gettext("Unit"), [("", units)]),
        _field(args, "to_owner", gettext("Responsible post"), [("", [(NOBODY, gettext("not named")), *posts])]),
        _field(
            args, "to_class", gettext("Class"), [(name_of(one.scheme), list(_classes(one))) for one in options.schemes]
        ),
    ]


def write_seen(seen: Mapping[int, Seen]) -> str:
    """Write what a preview showed as one text, which the form carries along."""
    return " ".join(
        f"{identity}.{one.version}.{'-'.join(map(str, sorted(one.classes)))}" for identity, one in seen.items()
    )


def read_seen(text: str) -> dict[int, Seen]:
    """Read back what a preview showed; raises Refusal for what no preview wrote."""
    found = [_SEEN.fullmatch(part) for part in text.split()]
    if not found or None in found:
        raise Refusal(Problem(UNREADABLE))
    seen = {
        int(match[1]): Seen(int(match[2]), frozenset(map(int, filter(None, (match[3] or "").split("-")))))
        for match in found
        if match is not None
    }
    if not all(map(can_be_kept, seen)):
        raise Refusal(Problem(UNREADABLE))
    return seen


def _read_class(value: str, options: Options) -> ClassWish | None:
    if not value:
        return None
    match = _CLASS.fullmatch(value)
    scheme = next((one for one in options.schemes if match and str(one.scheme.id) == match[1]), None)
    if match is None or scheme is None:
        raise Refusal(Problem(UNKNOWN, {"value": value[:40]}, "to_class"))
    known: dict[str, int | None] = {str(one.id): one.id for one in scheme.categories}
    return ClassWish(scheme.scheme.id, _known(match[2], {NOBODY: None, **known}), scheme.scheme.several)


def _classes(one: SchemeCategories) -> Iterator[tuple[str, str]]:
    scheme = one.scheme.id
    yield f"{scheme}-{NOBODY}", gettext("no class: %(scheme)s", scheme=name_of(one.scheme))
    for category in one.categories:
        yield f"{scheme}-{category.id}", name_of(category)


def _field(
    args: MultiDict[str, str], name: str, label: str, groups: Iterable[tuple[str, list[tuple[str, str]]]]
) -> dict[str, Any]:
    return {"name": name, "label": label, "groups": [one for one in groups if one[1]], "value": args.get(name, "")}


def _known(value: str, known: Mapping[str, Any]) -> Any:
    if value not in known:
        raise Refusal(Problem(UNKNOWN, {"value": value[:40]}))
    return known[value]

"""The classes of initiatives: mapped rows, so that history sees them come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from portfolio.core.history import Insert, Update, Written, take_turn, write_many
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import GONE, Problems, chosen_rows, fresh_rows, is_to_come, refuse
from portfolio.core.rights import Actor, working_in
from portfolio.register.models import Category, CategoryScheme, Initiative, InitiativeCategory
from portfolio.register.operations.judges import CLOSED, Rights, facts_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Choice: TypeAlias = "Mapping[int, Collection[int]]"
"""The classes of one initiative that are to hold in each scheme: {scheme id: category ids}."""

ONE_ONLY = N_("This classification takes one class only.")
OTHER_PORTFOLIO = N_("This classification belongs to another portfolio.")


def set_categories(session: Session, actor: Actor, choices: Mapping[int, Choice]) -> Written:
    """Make the classes of initiatives those given; schemes that are not named stay as they are.

    ``choices`` is {initiative id: {scheme id: category ids}}. A class that comes back is the same row as before.
    """
    take_turn(session)
    problems, rows, links, changed = _judge_choices(session, actor, choices)
    refuse(problems, {item: rows[item]["code"] if item in rows else str(item) for item in choices})
    return _write(session, actor, links, changed)


def check_classes(
    session: Session, actor: Actor, choices: Mapping[int, Choice], returning: Collection[int] = ()
) -> Problems:
    """Tell what :func:`set_categories` would refuse, by id; nothing is written.

    ``returning`` are removed initiatives that would be restored before.
    """
    return _judge_choices(session, actor, choices, returning)[0]


def judge_classes(
    session: Session,
    actor: Actor,
    rows: Mapping[int, Mapping[str, Any]],
    choices: Mapping[int, Choice],
    *,
    new: bool = False,
) -> Problems:
    """Tell which choices of classes are not the actor's to make, or do not exist, or are too many."""
    municipality_id = working_in(actor)
    schemes = fresh_rows(
        session, CategoryScheme, municipality_id, {one for choice in choices.values() for one in choice}
    )
    classes = fresh_rows(
        session,
        Category,
        municipality_id,
        {one for choice in choices.values() for few in choice.values() for one in few},
    )
    rights = Rights(actor)
    found: Problems = defaultdict(list)
    for item, choice in choices.items():
        if "categories" not in rights.fields(facts_of(rows[item], new=new)):
            found[item].append(Problem(CLOSED, place="categories"))
        for scheme_id, chosen in choice.items():
            found[item] += _misfits(schemes.get(scheme_id), chosen, classes, rows[item]["portfolio_id"])
    return {item: problems for item, problems in found.items() if problems}


def _judge_choices(
    session: Session, actor: Actor, choices: Mapping[int, Choice], returning: Collection[int] = ()
) -> tuple[Problems, Mapping[int, Mapping[str, Any]], Links, dict[int, dict[int, frozenset[int]]]]:
    municipality_id = working_in(actor)
    rows = fresh_rows(
        session, Initiative, municipality_id, list(choices), ("code", "portfolio_id", "unit_id", "owner_post_id")
    )
    present = {item: row for item, row in rows.items() if not row["removed"] or item in returning}
    links = _links(session, municipality_id, list(present))
    changed = {item: _differing(links[item], choices[item]) for item in present}
    problems = judge_classes(session, actor, present, {item: choice for item, choice in changed.items() if choice})
    problems |= {item: [Problem(GONE)] for item in choices if item not in present}
    return problems, rows, links, changed


def new_links(municipality_id: int, choices: Mapping[int, Choice]) -> list[Insert]:
    """Make the rows that link initiatives to classes in which they have never been."""
    return [
        Insert(
            InitiativeCategory,
            {"municipality_id": municipality_id, "initiative_id": initiative_id, "category_id": category_id},
        )
        for initiative_id, choice in choices.items()
        for category_id in sorted({one for chosen in choice.values() for one in chosen})
    ]


def _misfits(
    scheme: Mapping[str, Any] | None,
    chosen: Collection[int],
    classes: Mapping[int, Mapping[str, Any]],
    portfolio_id: int,
) -> list[Problem]:
    if scheme is None or scheme["removed"]:
        return [Problem(GONE, place="categories")]
    place = f"category:{scheme['code']}"
    problems = []
    if chosen and scheme["portfolio_id"] not in (None, portfolio_id):
        problems.append(Problem(OTHER_PORTFOLIO, place=place))
    if len(set(chosen)) > 1 and not scheme["several"]:
        problems.append(Problem(ONE_ONLY, place=place))
    if any(not (is_to_come(one) or _is_class_of(classes.get(one), scheme["id"])) for one in chosen):
        problems.append(Problem(GONE, place=place))
    return problems


def _is_class_of(category: Mapping[str, Any] | None, scheme_id: int) -> bool:
    return category is not None and not category["removed"] and category["scheme_id"] == scheme_id


@dataclass(frozen=True, slots=True)
class _Link:
    """One initiative's row in one class, removed or not."""

    id: int
    scheme_id: int
    removed: bool


Links: TypeAlias = "dict[int, dict[int, _Link]]"
"""{initiative id: {category id: the row that links them}}"""


def _links(session: Session, municipality_id: int, initiative_ids: Collection[int]) -> Links:
    rows = chosen_rows(session, InitiativeCategory, municipality_id, "initiative_id", initiative_ids, ("category_id",))
    classes = fresh_rows(session, Category, municipality_id, {row["category_id"] for row in rows}, ("scheme_id",))
    links: Links = {identity: {} for identity in initiative_ids}
    for row in rows:
        scheme_id = classes[row["category_id"]]["scheme_id"]
        links[row["initiative_id"]][row["category_id"]] = _Link(row["id"], scheme_id, row["removed"])
    return links


def _held(links: Mapping[int, _Link], scheme_id: int) -> frozenset[int]:
    return frozenset(one for one, link in links.items() if not link.removed and link.scheme_id == scheme_id)


def _differing(links: Mapping[int, _Link], choice: Choice) -> dict[int, frozenset[int]]:
    return {scheme: frozenset(chosen) for scheme, chosen in choice.items() if _held(links, scheme) != set(chosen)}


def _write(
    session: Session, actor: Actor, links: Links, changed: Mapping[int, Mapping[int, frozenset[int]]]
) -> Written:
    updates: list[Update] = []
    new: dict[int, dict[int, frozenset[int]]] = {}
    for initiative_id, choice in changed.items():
        rows = links[initiative_id]
        for scheme_id, chosen in choice.items():
            touched = _held(rows, scheme_id) ^ (chosen & rows.keys())
            updates += [
                Update(InitiativeCategory, rows[one].id, {"removed": one not in chosen}) for one in sorted(touched)
            ]
            new.setdefault(initiative_id, {})[scheme_id] = chosen - rows.keys()
    return write_many(session, actor, updates=updates, inserts=new_links(working_in(actor), new))

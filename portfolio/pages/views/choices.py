"""What may be chosen in the forms of initiatives and their parts: units in tree order, posts with their units."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from portfolio.core.language import N_
from portfolio.forums import queries as forums
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Post, Unit
from portfolio.organisation.rules import is_valid
from portfolio.register.forms.options import indented
from portfolio.web.current import current
from portfolio.web.language import either, gettext, name_of, title_of

NOT_NAMED = N_("Not named")
NO_LONGER = N_("%(name)s (no longer valid)")

Choice = tuple[Any, str]


def unit_choices(
    present: Collection[int | None], *, may: Callable[[int | None], bool] = lambda _: True
) -> list[Choice]:
    """Give the units of today in tree order, and the present ones if they are others; ``may`` tells which are open."""
    found = organisation.units(current.session, current.municipality.id)
    shown = [one for one in found if may(one.unit.id) and _is_offered(one.unit, present)]
    choices: list[Choice] = [("", gettext(NOT_NAMED))] if may(None) else []
    choices += [(one.unit.id, _name(indented(one), one.unit)) for one in shown]
    return [*choices, *_removed(Unit, present, choices)]


def post_choices(present: Collection[int | None]) -> list[Choice]:
    """Give the posts of today in Finnish order, each with its unit, and the present ones if they are others."""
    units = {one.unit.id: one.unit for one in organisation.units(current.session, current.municipality.id)}
    found = organisation.posts(current.session, current.municipality.id)
    choices: list[Choice] = [("", gettext(NOT_NAMED))]
    choices += [(post.id, _post(post, units.get(post.unit_id or 0))) for post in found if _is_offered(post, present)]
    return [*choices, *_removed(Post, present, choices)]


def forum_choices() -> list[Choice]:
    """Give the forums in Finnish order."""
    found = forums.forums(current.session, current.municipality.id)
    return [("", gettext(NOT_NAMED)), *((one.id, name_of(one)) for one in found)]


def _is_offered(row: Unit | Post, present: Collection[int | None]) -> bool:
    return row.id in present or is_valid(row, current.today)


def _post(post: Post, unit: Unit | None) -> str:
    title = _name(title_of(post), post)
    return f"{title} ({name_of(unit)})" if unit else title


def _name(words: str, row: Unit | Post) -> str:
    return words if is_valid(row, current.today) else gettext(NO_LONGER, name=words)


def _removed(
    model: type[Unit | Post], present: Collection[int | None], choices: Collection[Choice]
) -> Iterator[Choice]:
    """Give what is chosen now though it has been removed: leaving it alone must stay possible."""
    offered = {value for value, _ in choices}
    for identity in present:
        if identity is not None and identity not in offered:
            row: Any = current.session.get_one(model, identity)
            names = (row.name_fi, row.name_sv) if isinstance(row, Unit) else (row.title_fi, row.title_sv)
            yield identity, gettext(NO_LONGER, name=either(*names))

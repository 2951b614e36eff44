"""What was kept as problems, in the words of the page's language, with its place in the file in front."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portfolio.core.problem import Place, Problem, problem_from_json
from portfolio.web.language import gettext, say_here


def problems_told(kept: Iterable[Any] | None) -> list[str]:
    """Say kept problems one by one."""
    return [told(problem_from_json(one)) for one in kept or ()]


def told(problem: Problem) -> str:
    """Say one problem: "Toimenpiteet, E28: …"."""
    words = say_here(problem)
    where = place_told(problem.place)
    return f"{where}: {words}" if where else words


def place_told(place: Place | str | None) -> str | None:
    """Say where in the file something stands, as the person's own program shows it; None for nowhere."""
    if not isinstance(place, Place) or place.sheet is None:
        return None
    if place.row is None:
        return place.sheet
    if place.column:
        return f"{place.sheet}, {place.column}{place.row}"
    return gettext("%(sheet)s, row %(row)s", sheet=place.sheet, row=str(place.row))

"""Problems that were kept as JSON, in the page's language, each with its place in the file in front."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portfolio.core.language import N_, say, say_problem
from portfolio.core.problem import Place, Problem, problem_from_json
from portfolio.web.language import current_language

ROW_OF = N_("%(sheet)s, row %(row)s")


def problems_told(kept: Iterable[Any] | None) -> list[str]:
    """Say kept problems one by one."""
    return [told(problem_from_json(one)) for one in kept or ()]


def told(problem: Problem, language: str | None = None) -> str:
    """Say one problem, in the page's language unless another is given: "Toimenpiteet, E28: …"."""
    language = language or current_language()
    words = say_problem(problem, language)
    where = place_told(problem.place, language)
    return f"{where}: {words}" if where else words


def place_told(place: Place | str | None, language: str | None = None) -> str | None:
    """Say where in the file something stands, as the person's own program shows it; None for nowhere."""
    if not isinstance(place, Place) or place.sheet is None:
        return None
    if place.row is None:
        return place.sheet
    if place.column:
        return f"{place.sheet}, {place.column}{place.row}"
    return say(ROW_OF, language or current_language(), sheet=place.sheet, row=str(place.row))

"""What is wrong, as a value: pure code returns it, whoever faces a person translates it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a workbook or form a problem stands; rows and columns as the user's Excel shows them (12, "C")."""

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or must be confirmed: an English msgid, its parameters, and its place.

    The place is a field's name or a Place. Parameters may be dates, decimals or problems; `language.say` writes them in
    the reader's language.
    """

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    place: Place | str | None = None


class Refusal(Exception):  # noqa: N818 - it is an answer to the person, not a fault of the program
    """Raised by an operation for what a person may mend; carries every problem found, never only the first."""

    def __init__(self, *problems: Problem) -> None:
        """Refuse for these problems; at least one."""
        if not problems:
            message = "a refusal names at least one problem"
            raise ValueError(message)
        super().__init__(*problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        """Give the problems in English, for logs."""
        return "; ".join(
            problem.msgid % problem.params if problem.params else problem.msgid for problem in self.problems
        )


def listed(words: Sequence[Problem]) -> Problem:
    """Put words that wait for their language one after another: "Continue, Pause, Stop"; of none there is no list."""
    first, *rest = words
    return Problem("%(first)s, %(rest)s", {"first": first, "rest": listed(rest)}) if rest else first


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Write a problem as JSON in no language, to be kept until somebody reads it in theirs."""
    place = problem.place
    where = [place.sheet, place.row, place.column, place.field] if isinstance(place, Place) else place
    params = {name: _param_to_json(value) for name, value in problem.params.items()}
    told = {"params": params, "place": where}
    return {"msgid": problem.msgid, **{name: value for name, value in told.items() if value}}


def problem_from_json(told: Mapping[str, Any]) -> Problem:
    """Read a problem that :func:`problem_to_json` wrote."""
    where = told.get("place")
    place = Place(*where) if isinstance(where, list) else where
    return Problem(told["msgid"], {name: _param_from_json(one) for name, one in told.get("params", {}).items()}, place)


def _param_to_json(value: object) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case Problem():
            return {"problem": problem_to_json(value)}
        case Decimal():
            return {"decimal": str(value)}
        case dt.datetime():
            return {"moment": value.isoformat()}
        case dt.date():
            return {"day": value.isoformat()}
    return str(value)


def _param_from_json(value: Any) -> Any:
    match value:
        case {"problem": told}:
            return problem_from_json(told)
        case {"decimal": text}:
            return Decimal(text)
        case {"moment": text}:
            return dt.datetime.fromisoformat(text)
        case {"day": text}:
            return dt.date.fromisoformat(text)
    return value

"""What is wrong, as a value: pure code returns it, whoever faces a person translates it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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

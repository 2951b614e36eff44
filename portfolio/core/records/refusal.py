"""A refusal that tells which rows of a batch have which problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal

ONE_OF_MANY = N_("%(item)s: %(problem)s")


class BatchRefusal(Refusal):
    """Raised before anything of a batch is written.

    ``by_item`` holds every problem by the index of a draft or the id of a row. ``problems`` are the same in one line
    of order; in a batch of more than one row each begins with the row's name.
    """

    def __init__(self, by_item: Mapping[int, Sequence[Problem]], names: Mapping[int, str]) -> None:
        """Refuse for these problems; ``names`` is of all rows of the batch."""
        self.by_item = {item: tuple(problems) for item, problems in by_item.items()}
        many = len(names) > 1
        super().__init__(
            *(
                Problem(ONE_OF_MANY, {"item": names[item], "problem": problem}, problem.place) if many else problem
                for item, problems in self.by_item.items()
                for problem in problems
            )
        )


def refuse(by_item: Mapping[int, Sequence[Problem]], names: Mapping[int, str]) -> None:
    """Raise :class:`BatchRefusal` unless there are no problems."""
    found = {item: problems for item, problems in by_item.items() if problems}
    if found:
        raise BatchRefusal(found, names)

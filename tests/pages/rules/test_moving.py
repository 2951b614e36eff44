from dataclasses import dataclass
from typing import Any

import pytest

from portfolio.core.timespan import Context, parse
from portfolio.pages.rules import Move, move_in


@dataclass(frozen=True)
class Cell:
    entity: str = "initiative"
    entity_id: int = 1
    field: str = "timespan"
    old: Any = None
    new: Any = None


OLD, NEW = (parse(words, Context.default()).value for words in ("syksy 2026", "syksy 2027"))
MOVED, ALONG = Cell(old=OLD, new=NEW), Cell("milestone", 5, old=OLD, new=NEW)


def test_a_move_is_an_initiatives_time_with_those_of_its_milestones():
    assert move_in([MOVED]) == Move(1, OLD, NEW, 0)
    assert move_in([MOVED, ALONG, Cell("milestone", 6)]) == Move(1, OLD, NEW, 2)


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [ALONG],
        [MOVED, Cell(field="status")],
        [MOVED, Cell("milestone", 5, "title_fi")],
        [MOVED, Cell(entity_id=2, old=OLD, new=NEW)],
        [MOVED, Cell("budget_line", 3, "planned")],
    ],
)
def test_anything_else_is_no_move(changes):
    assert move_in(changes) is None

"""Rows of one table judged and written in a batch: every room's operations stand on this.

A room says for each of its tables which judges look at a row that would be written. All problems of a batch are
gathered before anything is written, and what passes goes through ``history.write_many``.
"""

from portfolio.core.records.cells import changed_cells, chosen_rows, chunks, fresh_rows, tidied
from portfolio.core.records.judges import (
    GONE,
    Judge,
    Problems,
    Wanted,
    is_to_come,
    judge_columns,
    judge_references,
    judge_uniqueness,
    name_of,
    rows_to_come,
)
from portfolio.core.records.loops import judge_loops
from portfolio.core.records.refusal import BatchRefusal, refuse
from portfolio.core.records.shape import LONGEST_TEXT, Shape, shape_of
from portfolio.core.records.together import put_tree, together, with_free_code, with_ids
from portfolio.core.records.write import Put, Records

__all__ = [
    "GONE",
    "LONGEST_TEXT",
    "BatchRefusal",
    "Judge",
    "Problems",
    "Put",
    "Records",
    "Shape",
    "Wanted",
    "changed_cells",
    "chosen_rows",
    "chunks",
    "fresh_rows",
    "is_to_come",
    "judge_columns",
    "judge_loops",
    "judge_references",
    "judge_uniqueness",
    "name_of",
    "put_tree",
    "refuse",
    "rows_to_come",
    "shape_of",
    "tidied",
    "together",
    "with_free_code",
    "with_ids",
]

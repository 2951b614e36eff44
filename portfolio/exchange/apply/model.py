"""An import as it stands: what was read, what is planned, what is wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.core.problem import Problem
from portfolio.exchange.columns import Key
from portfolio.exchange.merge import Choice, Plan
from portfolio.exchange.models import ImportBatch
from portfolio.exchange.queries import Present
from portfolio.exchange.rows import Fault, Parsed


@dataclass(slots=True)
class Import:
    """A workbook read, planned and, as far as its transaction is kept, written.

    ``faults`` are all that was found wrong, by reading or by the rooms. ``earlier`` is the import that brought the
    same rows before and is their base. ``batch`` is None where there was nothing new to record.
    """

    parsed: Parsed
    present: Present
    plan: Plan[Key]
    faults: list[Fault]
    notices: list[Problem]
    left_out: set[Key]
    earlier: ImportBatch | None
    batch: ImportBatch | None = None

    @property
    def has_errors(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self.faults) or any(row.has_errors for row in self.plan.rows)

    @property
    def has_conflicts(self) -> bool:
        """Tell whether a choice is to be made."""
        return any(row.has_conflicts for row in self.plan.rows)


@dataclass(frozen=True, slots=True)
class Options:
    """How an import is to be done; ``document_date`` is the day by which the workbook's time words are meant.

    A rehearsal is for a preview: its transaction will be given up, so what no room could refuse is not written at all.
    """

    document_date: dt.date
    choice: Choice | None = None
    rehearsal: bool = False

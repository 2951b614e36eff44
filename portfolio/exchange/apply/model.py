"""What the steps of an import hand on: the way its workbook is read, its options, and the import itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TypeAlias

from portfolio.core.problem import Place, Problem
from portfolio.exchange.columns import Key
from portfolio.exchange.merge import Choice, Plan
from portfolio.exchange.models import Export, ImportBatch
from portfolio.exchange.profile import Profile
from portfolio.exchange.queries import Present
from portfolio.exchange.queries.rights import Rights
from portfolio.exchange.rows import Fault, Parsed


@dataclass(frozen=True, slots=True)
class Return:
    """An export that comes back: its rows are found by their ids, its base is the history at its revision.

    ``profile`` is the one in whose layout it went out, None for our own.
    """

    export: Export
    profile: Profile | None = None

    @property
    def name(self) -> str:
        """Give the name under which ``ImportBatch.profile`` keeps this way of reading."""
        return self.profile.name if self.profile else OWN

    @property
    def export_id(self) -> int | None:
        """Give the id of the export that comes back."""
        return self.export.id


@dataclass(frozen=True, slots=True)
class ByProfile:
    """A workbook read by a profile; nobody agreed on a ``guessed`` one, so that each difference needs a choice."""

    profile: Profile
    guessed: bool = False

    @property
    def name(self) -> str:
        """Give the name under which ``ImportBatch.profile`` keeps this way of reading."""
        return self.profile.name

    @property
    def export_id(self) -> int | None:
        """Give None: no export comes back."""
        return None


Way: TypeAlias = Return | ByProfile
"""How a workbook is read."""

OWN = "export"
"""What imports keep as the profile of our own layout."""


@dataclass(slots=True)
class Import:
    """A workbook read, planned and, as far as its transaction is kept, written.

    ``faults`` are all that was found wrong, by reading or by the rooms. ``earlier`` is the import that brought the
    same rows before and is their base. ``batch`` is None where there was nothing new to record. ``warnings`` tell by
    the place of a conflict what the rooms would refuse if the file won.
    """

    way: Way
    parsed: Parsed
    present: Present
    rights: Rights
    plan: Plan[Key]
    faults: list[Fault]
    notices: list[Problem]
    left_out: set[Key]
    earlier: ImportBatch | None
    batch: ImportBatch | None = None
    warnings: dict[Place, Problem] = field(default_factory=dict)

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
    """How an import is to be done; ``document_date`` is the day by which the workbook's time words are meant."""

    document_date: dt.date
    choice: Choice | None = None

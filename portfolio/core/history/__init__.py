"""History: every change of a versioned row is a revision's cell, and any past state can be read again.

The contract is DESIGN §4: one revision a transaction, in commit order; no hard delete; a new row is one change;
as-of hides what was born later and restores what was removed; undo lists what it leaves.
"""

from portfolio.core.history.guard import HistoryBypassedError, guard, versioned_models
from portfolio.core.history.keeping import answered, forget, kept, kept_now
from portfolio.core.history.models import BIRTH, Baseline, BaselineKind, Change, Revision
from portfolio.core.history.points import first_day, latest_baselines, point_of_baseline, point_of_day, point_of_number
from portfolio.core.history.read import (
    HELSINKI,
    CellChange,
    RevisionChanges,
    TouchedRevision,
    cells_between,
    changes_in,
    changes_of,
    count_revisions,
    difference,
    latest_revision,
    latest_touched,
    revision_on,
)
from portfolio.core.history.state import few, past, row, rows
from portfolio.core.history.undo import Check, Left, Undone, plan_undo, undo
from portfolio.core.history.verify import Fault, replay, verify
from portfolio.core.history.write import (
    Insert,
    StaleError,
    Update,
    Written,
    read_with,
    take_revision,
    take_turn,
    tentative,
    write_many,
)

__all__ = [
    "BIRTH",
    "HELSINKI",
    "Baseline",
    "BaselineKind",
    "CellChange",
    "Change",
    "Check",
    "Fault",
    "HistoryBypassedError",
    "Insert",
    "Left",
    "Revision",
    "RevisionChanges",
    "StaleError",
    "TouchedRevision",
    "Undone",
    "Update",
    "Written",
    "answered",
    "cells_between",
    "changes_in",
    "changes_of",
    "count_revisions",
    "difference",
    "few",
    "first_day",
    "forget",
    "guard",
    "kept",
    "kept_now",
    "latest_baselines",
    "latest_revision",
    "latest_touched",
    "past",
    "plan_undo",
    "point_of_baseline",
    "point_of_day",
    "point_of_number",
    "read_with",
    "replay",
    "revision_on",
    "row",
    "rows",
    "take_revision",
    "take_turn",
    "tentative",
    "undo",
    "verify",
    "versioned_models",
    "write_many",
]

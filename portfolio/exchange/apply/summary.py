"""The counts of an import, in which every cell that was read stands once."""

from __future__ import annotations

from portfolio.exchange.apply.model import Import
from portfolio.exchange.merge import Outcome, RowFate, is_blank

COUNTS = ("rows", "cells", "added", "changed", "unchanged", "kept", "conflicts", "errors", "not_in_file")
OUTCOMES = {
    Outcome.SAME: "unchanged",
    Outcome.CONVERGED: "unchanged",
    Outcome.APPLY: "changed",
    Outcome.KEEP: "kept",
    Outcome.CONFLICT: "conflicts",
    Outcome.ERROR: "errors",
}
"""The count of the summary to which a cell of each outcome belongs."""


def summary(done: Import) -> dict[str, int]:
    """Count rows and cells; of a row that is left out, whatever would have changed is unchanged."""
    counts = dict.fromkeys(COUNTS, 0)
    counts["rows"] = done.parsed.rows
    counts["not_in_file"] = len(done.plan.not_in_file)
    refused = {fault.place for fault in done.faults}
    for row in done.plan.rows:
        record = done.parsed.records[row.key]
        counts["cells"] += len(row.cells) + row.same
        stopped = row.key in done.left_out
        if row.fate is RowFate.ADD and not stopped:
            counts["added"] += len(record.rows)
            continue
        counts["unchanged"] += row.same
        for cell in row.cells:
            outcome = OUTCOMES[cell.outcome]
            if stopped and outcome == "changed":
                read = record.said_in(cell.field)
                outcome = "errors" if read and read.place in refused else "unchanged"
            counts[outcome] += 1
    counts["cells"] += done.parsed.passed
    counts["unchanged"] += done.parsed.passed
    for lost in done.parsed.lost:
        counts["cells"] += 1
        counts["unchanged" if lost.is_sound else "errors"] += 1
    return counts


def told_counts(done: Import) -> dict[str, int]:
    """Count what the check page tells: the summary, rows that are as they were, and cells that the file clears."""
    told = {Outcome.APPLY, Outcome.CONFLICT, Outcome.ERROR, Outcome.KEEP}
    changing = {
        row.key
        for row in done.plan.rows
        if row.fate is not RowFate.MERGE or any(one.outcome in told for one in row.cells)
    }
    cleared = sum(
        cell.outcome in {Outcome.APPLY, Outcome.CONFLICT} and is_blank(cell.incoming) and not is_blank(cell.current)
        for row in done.plan.rows
        if row.fate is RowFate.MERGE
        for cell in row.cells
    )
    telling = changing | (done.left_out & done.parsed.records.keys())
    rows = {where for key in telling for where in done.parsed.records[key].rows}
    rows |= {fault.row for fault in done.faults if fault.row is not None}
    return {**summary(done), "unchanged_rows": max(0, done.parsed.rows - len(rows)), "cleared": cleared}

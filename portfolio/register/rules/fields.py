"""What the fields of an initiative are called, and what their values read as. Names of what they refer to are given."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from portfolio.core.language import N_, format_date, format_percent, say
from portfolio.core.timespan import Timespan
from portfolio.register.rules.lists import Answer
from portfolio.register.rules.words import (
    BENEFIT_WORDS,
    KIND_WORDS,
    PUBLICITY_WORDS,
    REACH_WORDS,
    STATUS_WORDS,
    YES_OR_NO,
)

Names: TypeAlias = Mapping[tuple[str, int], str]
"""What rows of other tables are called in the reader's language: (table, id) → name."""

REFERS: Mapping[str, str] = MappingProxyType(
    {
        "unit_id": "unit",
        "owner_post_id": "post",
        "contact_post_id": "post",
        "portfolio_id": "portfolio",
        "merged_into_id": "initiative",
    }
)
"""Which table a column refers to."""

FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "number": N_("Number"),
        "title_fi": N_("Title in Finnish"),
        "title_sv": N_("Title in Swedish"),
        "summary_fi": N_("Summary in Finnish"),
        "summary_sv": N_("Summary in Swedish"),
        "kind": N_("Kind"),
        "status": N_("Status"),
        "spearhead": N_("Spearhead project"),
        "merged_into_id": N_("Merged into"),
        "portfolio_id": N_("Portfolio"),
        "unit_id": N_("Unit"),
        "owner_post_id": N_("Responsible post"),
        "contact_post_id": N_("Contact for more information"),
        "timespan": N_("Time"),
        "present_state": N_("Present state"),
        "target_state": N_("Target state"),
        "goals": N_("Need and goals"),
        "solution": N_("Solution"),
        "results": N_("Results"),
        "done_so_far": N_("Done so far"),
        "continues": N_("Continues"),
        "out_of_scope": N_("Out of scope"),
        "reach": N_("Scope"),
        "benefits": N_("Benefits"),
        "source": N_("Source"),
        "carried_by": N_("Carried by"),
        "core_process": N_("Core process"),
        "budget_effect": N_("Budget effect"),
        "permanent_need": N_("Permanent need"),
        "output_home": N_("Home of the outputs after the project"),
        "training_plan": N_("Training plan"),
        "completed_on": N_("Completed on"),
        "in_use_on": N_("Taken into use on"),
        "progress": N_("Progress"),
        "ledger_number": N_("Ledger project number"),
        "publicity": N_("Publicity"),
        "notes": N_("Notes"),
    }
)
"""Column → its name, the same as in workbooks; people never see ``source_key`` and what is derived."""

LONGEST = 300
"""Characters of a long text that are shown beside another; the card holds it whole."""

_MEMBERS: Mapping[str, str] = MappingProxyType(
    {
        **{
            member.value: msgid
            for words in (STATUS_WORDS, KIND_WORDS, PUBLICITY_WORDS, REACH_WORDS, BENEFIT_WORDS)
            for member, msgid in words.items()
        },
        Answer.YES.value: N_("Yes"),
        Answer.NO.value: N_("No"),
        Answer.UNKNOWN.value: N_("Not known"),
    }
)


def say_field(name: str, language: str) -> str:
    """Say what a column is called."""
    return say(FIELD_WORDS[name], language) if name in FIELD_WORDS else name


def say_value(name: str, value: Any, names: Names, language: str) -> str | None:
    """Say one value of a column; None for what is not known. A row that ``names`` does not know is told by its id."""
    if value is None or value in ("", frozenset()):
        return None
    if name in REFERS:
        return names.get((REFERS[name], value), f"#{value}")
    match value:
        case bool():
            return say(YES_OR_NO[value], language)
        case enum.StrEnum():
            return say(_MEMBERS.get(value.value, value.value), language)
        case frozenset():
            return ", ".join(say(_MEMBERS.get(code, code), language) for code in sorted(value))
        case dt.date():
            return format_date(value, language)
        case Timespan():
            return value.words
    words = format_percent(value, language) if name == "progress" else str(value)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"

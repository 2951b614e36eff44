"""What the filters of initiatives are called: msgids, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portfolio.core.language import N_

ONLY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "mine": N_("Mine"),
        "late": N_("Late"),
        "spearhead": N_("Spearhead projects"),
        "undated": N_("Without a time"),
    }
)
FILTER_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "q": N_("Text"),
        "portfolio": N_("Portfolio"),
        "unit": N_("Unit"),
        "status": N_("Status"),
        "kind": N_("Kind"),
        "owner": N_("Responsible post"),
        "category": N_("Classification"),
        "years": N_("Time"),
        "only": N_("Selection"),
        "publicity": N_("Publicity"),
    }
)

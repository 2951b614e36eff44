"""How wide the columns of our own sheets are, by their keys, else by what they hold; pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portfolio.exchange.columns.column import Kind

WIDTHS: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys(("_id", "_ver"), 11),
        "code": 12,
        "title": 42,
        "portfolio": 26,
        "title_fi": 46,
        "title_sv": 42,
        "number": 11,
        "kind": 13,
        "status": 16,
        "initiative": 18,
        "timespan": 26,
        "unit": 30,
        "owner_post": 30,
        "contact_post": 30,
        "receiver": 30,
        "progress": 15,
        "spearhead": 13,
        "merged_into": 16,
        "part": 18,
        "source": 26,
        "comment": 42,
        "action": 12,
        "decision": 34,
        "forum": 28,
        "benefits": 30,
        "output_home": 30,
        "ledger_number": 16,
        "of_unit": 28,
        "stands": 18,
        "returned": 30,
        "health": 26,
        "verdict": 24,
        "new_owner_post": 30,
        "submitted": 12,
    }
)
OF_KIND: Mapping[Kind, float] = MappingProxyType(
    {Kind.DATE: 14, Kind.BOOL: 13, Kind.ANSWER: 15, Kind.MONEY: 20, Kind.CHOICE: 17, Kind.NUMBER: 12}
)
TEXT_WIDTH, OTHER_WIDTH = 44.0, 30.0
NAME_WIDTH, VALUE_WIDTH = 34.0, 20.0


def width_of(key: str, kind: Kind) -> float:
    """Give a column's width in letters."""
    return WIDTHS.get(key) or OF_KIND.get(kind) or (TEXT_WIDTH if kind is Kind.TEXT else OTHER_WIDTH)

"""Reading a workbook by a profile: pure, and telling everything that is wrong in one pass."""

from portfolio.exchange.rows.identity import as_known, entity_identity, identity_fields, key_of, source_key
from portfolio.exchange.rows.model import Fault, Parsed, ReadCell, Record, SheetRead, Surroundings
from portfolio.exchange.rows.read import fits, parse, with_portfolio

__all__ = [
    "Fault",
    "Parsed",
    "ReadCell",
    "Record",
    "SheetRead",
    "Surroundings",
    "as_known",
    "entity_identity",
    "fits",
    "identity_fields",
    "key_of",
    "parse",
    "source_key",
    "with_portfolio",
]

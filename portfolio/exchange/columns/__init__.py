"""The table of columns and the reading of one cell; pure, and shared by import and export so that they cannot drift."""

from portfolio.exchange.columns.column import (
    AMOUNTS,
    CATEGORY,
    MONEY,
    QUESTION,
    ROW_ENTITIES,
    SUBMITTED,
    VALUE,
    Column,
    Entity,
    Key,
    Kind,
    group_of,
    money_field,
    money_parts,
    question_field,
    question_id,
)
from portfolio.exchange.columns.compare import glob_pattern, matches, norm
from portfolio.exchange.columns.normalise import UNKNOWN, Reading, Unknown, as_text, canonical, normalise
from portfolio.exchange.columns.registry import Known, Registry, with_nearest
from portfolio.exchange.columns.table import COLUMNS, column
from portfolio.exchange.columns.times import doubts

__all__ = [
    "AMOUNTS",
    "CATEGORY",
    "COLUMNS",
    "MONEY",
    "QUESTION",
    "ROW_ENTITIES",
    "SUBMITTED",
    "UNKNOWN",
    "VALUE",
    "Column",
    "Entity",
    "Key",
    "Kind",
    "Known",
    "Reading",
    "Registry",
    "Unknown",
    "as_text",
    "canonical",
    "column",
    "doubts",
    "glob_pattern",
    "group_of",
    "matches",
    "money_field",
    "money_parts",
    "norm",
    "normalise",
    "question_field",
    "question_id",
    "with_nearest",
]

"""What must be known beside the cells to read a workbook of our own layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from portfolio.core.timespan import Context
from portfolio.exchange.columns import Key, Registry
from portfolio.exchange.columns.identity import Meta
from portfolio.exchange.columns.sheets import OwnRound, OwnScheme
from portfolio.exchange.rows.tokens import Tokens


@dataclass(frozen=True, slots=True)
class OwnSurroundings:
    """How time words are meant, what references may mean, and what the workbook was made from.

    ``base`` gives a row's cells as they were when the workbook was made, ``codes`` what initiatives are called.
    ``portfolio`` is where new rows go unless they say otherwise, by a text that ``portfolios`` leads from (normalised).
    ``shown`` gives for columns that are there for reading what a row shows in them, an initiative's or, where the
    workbook is of a round of reviews (``asked``), a review's. ``added`` finds the row that an
    earlier import made of the same new row.
    """

    language: str
    times: Context
    registry: Registry
    tokens: Tokens
    base: Callable[[Key], Mapping[str, Any]]
    meta: Meta | None = None
    schemes: tuple[OwnScheme, ...] = ()
    asked: OwnRound | None = None
    codes: Mapping[Key, str] = field(default_factory=lambda: MappingProxyType({}))
    portfolio: str | None = None
    portfolios: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    portfolio_of: Mapping[Key, str] = field(default_factory=lambda: MappingProxyType({}))
    shown: Mapping[str, Callable[[Key], Any]] = field(default_factory=lambda: MappingProxyType({}))
    added: Callable[[Key], Key | None] = lambda _key: None

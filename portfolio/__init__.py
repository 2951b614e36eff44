"""Portfolio: a municipality's development work as a portfolio and a roadmap."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def create_app(config: Mapping[str, str] | None = None, **parts: Any) -> Any:
    """Make the web application as ``portfolio.app.create_app`` does; imported by name: a rule loads no Flask."""
    return import_module("portfolio.app").create_app(config, **parts)

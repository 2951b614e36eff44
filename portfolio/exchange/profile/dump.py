"""A profile as the tables it would be written in: what ``load_profile`` reads gives the same profile again."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from portfolio.exchange.profile.load import key_of
from portfolio.exchange.profile.tables import Profile


def dump(profile: Profile) -> dict[str, Any]:
    """Give the tables of a profile.toml as plain values; what is as it would be without a word is left out."""
    return _table(profile)


def _table(value: Any) -> dict[str, Any]:
    return {
        key_of(one): _plain(found) for one in fields(value) if not _is_default(one, found := getattr(value, one.name))
    }


def _is_default(one: Field[Any], value: Any) -> bool:
    if one.default is not MISSING:
        return bool(value == one.default)
    return one.default_factory is not MISSING and bool(value == one.default_factory())


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return _table(value) if is_dataclass(value) else value

"""TOML tables into dataclasses by their annotations: each key that is unknown, missing or of a wrong type is told.

A list of one may be written without its brackets.
"""

from __future__ import annotations

import datetime as dt
import enum
import types
import typing
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from portfolio.core.language import N_
from portfolio.core.problem import Problem

UNKNOWN_KEY = N_('The profile has an unknown key "%(key)s".')
MISSING_KEY = N_('The profile lacks the key "%(key)s".')
WRONG_TYPE = N_('"%(value)s" does not fit here: %(expected)s is expected.')
NOT_ONE_OF = N_('"%(value)s" is none of these: %(words)s.')

_NAMES = {
    str: N_("a text"),
    bool: N_("true or false"),
    int: N_("a whole number"),
    dt.date: N_("a date"),
    tuple: N_("a list"),
    dict: N_("a table"),
}

T = TypeVar("T")


class Loader:
    """Fills dataclasses and collects every problem on the way; what could not be read is left out."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def load(self, cls: type[T], table: Mapping[str, Any], place: str = "") -> T | None:
        """Fill one dataclass from one table; None when a required key is missing or of a wrong type."""
        keys = {key_of(one): one for one in fields(cls)}  # type: ignore[arg-type] # called with dataclasses only
        hints = _hints(typing.cast("Hashable", cls))
        for key in table.keys() - keys.keys():
            self._problem(UNKNOWN_KEY, _join(place, key), key=key)
        values: dict[str, Any] = {}
        complete = True
        for key, one in keys.items():
            if key in table:
                found = self._value(hints[one.name], table[key], _join(place, key))
                if found is not _BAD:
                    values[one.name] = found
                    continue
            elif not _is_required(one):
                continue
            else:
                self._problem(MISSING_KEY, place, key=key)
            complete = complete and not _is_required(one)
        return cls(**values) if complete else None

    def _value(self, hint: Any, value: Any, place: str) -> Any:
        origin = get_origin(hint)
        if origin in {Union, types.UnionType}:
            return self._value(next(one for one in get_args(hint) if one is not type(None)), value, place)
        if origin is tuple:
            return self._list(get_args(hint)[0], value, place)
        if origin is dict:
            return self._dict(get_args(hint)[1], value, place)
        if origin is Literal:
            return self._one_of(get_args(hint), value, place)
        return value if hint is Any else self._single(hint, value, place)

    def _single(self, hint: type[Any], value: Any, place: str) -> Any:
        if issubclass(hint, enum.StrEnum):
            found = self._one_of(tuple(member.value for member in hint), value, place)
            return found if found is _BAD else hint(found)
        if is_dataclass(hint):
            if not isinstance(value, dict):
                return self._wrong(dict, value, place)
            loaded = self.load(hint, value, place)
            return _BAD if loaded is None else loaded
        return value if type(value) is hint else self._wrong(hint, value, place)

    def _one_of(self, allowed: tuple[Any, ...], value: Any, place: str) -> Any:
        if value in allowed:
            return value
        self._problem(NOT_ONE_OF, place, value=value, words=", ".join(allowed))
        return _BAD

    def _list(self, hint: Any, value: Any, place: str) -> Any:
        if isinstance(value, str) and hint is str:
            return (value,)
        if not isinstance(value, list):
            return self._wrong(tuple, value, place)
        found = [self._value(hint, one, f"{place}[{number}]") for number, one in enumerate(value, start=1)]
        return tuple(one for one in found if one is not _BAD)

    def _dict(self, hint: Any, value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            return self._wrong(dict, value, place)
        found = {key: self._value(hint, one, _join(place, key)) for key, one in value.items()}
        return {key: one for key, one in found.items() if one is not _BAD}

    def _wrong(self, expected: type, value: Any, place: str) -> Any:
        self._problem(WRONG_TYPE, place, value=value, expected=Problem(_NAMES[expected]))
        return _BAD

    def _problem(self, msgid: str, place: str, **params: object) -> None:
        self.problems.append(Problem(msgid, params, place))


class _Bad(enum.Enum):
    BAD = enum.auto()


_BAD = _Bad.BAD


def key_of(one: Field[Any]) -> str:
    """Name the key of a field in a table."""
    return str(one.metadata.get("key", one.name))


def _is_required(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return typing.get_type_hints(cls)

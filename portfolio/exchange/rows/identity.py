"""Which item a row is: the values of its identity's fields, joined; and by which names others refer to it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from portfolio.exchange.columns import Entity, Key, Known, norm
from portfolio.exchange.profile import PSEUDO_FIELD, Profile, SheetProfile

LONGEST = 300
JOINT = " | "

DEFAULTS: Mapping[Entity, tuple[str, ...]] = MappingProxyType(
    {
        Entity.UNIT: ("code",),
        Entity.POST: ("code",),
        Entity.FORUM: ("code",),
        Entity.CATEGORY: ("scheme", "code"),
        Entity.MEETING: ("forum", "date"),
        Entity.DECISION: ("reference",),
        Entity.MILESTONE: ("initiative", "title_fi"),
        Entity.RECURRING_DEADLINE: ("title_fi",),
        Entity.DEPENDENCY: ("predecessor", "successor"),
        Entity.INDICATOR: ("initiative", "name_fi"),
        Entity.BUDGET: ("initiative",),
        Entity.DOCUMENT_LINK: ("initiative", "url"),
    }
)
"""The fields that tell rows apart where a profile does not say so; initiatives have no default."""

SLUGGED: Mapping[Entity, str] = MappingProxyType({Entity.POST: "title_fi", Entity.FORUM: "name_fi"})
"""What a code is made of where a workbook has none."""

_SCOPED = frozenset({Entity.INITIATIVE, Entity.RECURRING_DEADLINE})


def identity_fields(profile: Profile, sheet: SheetProfile) -> tuple[str, ...]:
    """Name the fields that tell one row of the sheet from another; sheets of one portfolio's items share theirs."""
    if sheet.identity:
        return sheet.identity.fields
    if sheet.entity is Entity.INITIATIVE:
        shared = (other.identity for other in profile.sheets if _shares(sheet, other) and other.identity)
        found = next(shared, None)
        return found.fields if found else ()
    return DEFAULTS[sheet.entity]


def entity_identity(profile: Profile, entity: Entity) -> tuple[str, ...]:
    """Name the fields that tell rows of a kind apart when a row of the register has no source key of its own."""
    said = (sheet.identity.fields for sheet in profile.sheets if sheet.entity is entity and sheet.identity)
    return next(said, DEFAULTS.get(entity, ()))


def _shares(sheet: SheetProfile, other: SheetProfile) -> bool:
    return other.entity is sheet.entity and other.portfolio == sheet.portfolio


def source_key(values: Mapping[str, Any], fields: tuple[str, ...], sheet: str) -> str:
    """Join the normalised values of an identity; "" when all of them are blank. A long one ends in a digest."""
    parts = [norm(sheet) if field == PSEUDO_FIELD else part_of_key(values.get(field)) for field in fields]
    key = JOINT.join(parts) if any(parts) else ""
    if len(key) <= LONGEST:
        return key
    return f"{key[: LONGEST - 20]}…{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def part_of_key(value: Any) -> str:
    """Write one value of an identity: a reference by the identity of what it means, a day as 2025-12-31."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return str(value[1])
    if isinstance(value, dt.date):
        return value.isoformat()
    return norm(str(value))


def key_of(entity: Entity, portfolio: str, source: str) -> Key:
    """Give the key of an item; numbers and titles are only unique inside a portfolio."""
    return (entity, f"{portfolio}/{source}" if entity in _SCOPED else source)


def as_known(entity: Entity, key: Key, portfolio: str, values: Mapping[str, Any]) -> Known | None:
    """Give the names under which other rows may refer to a row; None where nothing refers to its kind."""
    codes: tuple[Any, ...] = (values.get("code"),)
    numbers: tuple[Any, ...] = ()
    scope = ""
    match entity:
        case Entity.UNIT | Entity.FORUM:
            names = (values.get("name_fi"), values.get("name_sv"))
        case Entity.POST:
            names = (values.get("title_fi"), values.get("title_sv"))
        case Entity.CATEGORY:
            names = (values.get("name_fi"), values.get("name_sv"))
            scope = part_of_key(values.get("scheme"))
        case Entity.INITIATIVE:
            names, numbers, scope = (values.get("title_fi"), values.get("title_sv")), (values.get("number"),), portfolio
        case Entity.DECISION:
            names, numbers = (values.get("title_fi"), values.get("title_sv")), (values.get("reference"),)
        case _:
            return None
    label = next((str(one) for one in (*names, *numbers, *codes) if one), key[1])
    return Known(key, label, scope, _texts(codes), _texts(numbers), _texts(names))


def _texts(values: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str) and value)

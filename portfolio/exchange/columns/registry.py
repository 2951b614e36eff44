"""What references can mean: units, posts, classes, forums, initiatives … by their codes, numbers and names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns.column import Entity, Key
from portfolio.exchange.columns.compare import norm

NEAR = 72
"""Per cent of likeness from which a name is suggested in place of one that is not known."""

UNKNOWN = MappingProxyType(
    {
        Entity.UNIT: N_('There is no unit "%(text)s".'),
        Entity.POST: N_('There is no post "%(text)s".'),
        Entity.SCHEME: N_('There is no classification "%(text)s".'),
        Entity.CATEGORY: N_('There is no class "%(text)s".'),
        Entity.SOURCE: N_('There is no funding source "%(text)s".'),
        Entity.FORUM: N_('There is no forum "%(text)s".'),
        Entity.DECISION: N_('There is no decision "%(text)s".'),
        Entity.INITIATIVE: N_('There is no item "%(text)s".'),
    }
)
DID_YOU_MEAN = N_('%(unknown)s Did you mean "%(near)s"?')
SEVERAL = N_('"%(text)s" fits several: %(found)s. Write the code of the one that is meant.')

_NAME_AND_CODE = re.compile(r"(?P<name>.+) \((?P<code>[^()]+)\)")

Found = Key | Problem


def with_nearest(unknown: Problem, text: str, names: Iterable[str]) -> Problem:
    """Add to the problem of an unknown text which of the names was perhaps meant, at the same place."""
    by_norm = {norm(name): name for name in names}
    near = process.extractOne(norm(text), by_norm.keys(), scorer=fuzz.WRatio, score_cutoff=NEAR)
    return Problem(DID_YOU_MEAN, {"unknown": unknown, "near": by_norm[near[0]]}, unknown.place) if near else unknown


@dataclass(frozen=True, slots=True)
class Known:
    """One item that may be referred to; ``scope`` is the portfolio of an initiative and the scheme of a class.

    ``former`` are names it had before: a workbook made then still means it, unless something else has the name now.
    """

    key: Key
    label: str
    scope: str = ""
    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


class Registry:
    """All that may be referred to in one municipality: by code, else by number, else by name, else by a former name."""

    def __init__(self, known: Iterable[Known] = (), several: frozenset[str] = frozenset()) -> None:
        """Begin with what is known; ``several`` names the schemes of which an initiative may have several classes."""
        self.several = several
        self._labels: dict[Key, str] = {}
        self._known: dict[Key, Known] = {}
        self._tiers: dict[tuple[str, str], tuple[dict[str, list[Key]], ...]] = defaultdict(lambda: ({}, {}, {}, {}))
        for one in known:
            self.add(one)

    def add(self, known: Known) -> None:
        """Make one more item known, or one more name of an item that is."""
        self._labels.setdefault(known.key, known.label)
        if known.codes or known.names:
            self._known.setdefault(known.key, known)
        tiers = self._tiers[known.key[0], known.scope]
        for tier, texts in zip(tiers, (known.codes, known.numbers, known.names, known.former), strict=True):
            for text in filter(None, map(norm, texts)):
                keys = tier.setdefault(text, [])
                if known.key not in keys:
                    keys.append(known.key)

    def label(self, key: Key) -> str:
        """Give the name by which people know an item."""
        return self._labels.get(key, key[1])

    def known(self, key: Key) -> Known | None:
        """Give the codes and present names of an item, None when only former names of it are known."""
        return self._known.get(key)

    def labels(self, entity: Entity, scope: str = "") -> Iterator[str]:
        """Give the names of all that a reference within a scope may mean."""
        return (self.label(key) for key in self._keys(entity, scope))

    def all_known(self, entity: Entity, scope: str = "") -> Iterator[Known]:
        """Give all that a reference within a scope may mean, each once."""
        keys = dict.fromkeys(self._keys(entity, scope))
        return (self._known[key] for key in keys if key in self._known)

    def find(self, entity: Entity, text: str, scope: str = "") -> Found:
        """Find what a text refers to, within a scope; "portfolio:reference" reaches into another portfolio."""
        wanted = norm(text)
        for tier in self._tiers.get((entity, scope), ()):
            if keys := tier.get(wanted):
                return keys[0] if len(keys) == 1 else self._ambiguous(text, keys)
        if (named := self._named_with_code(entity, text, scope)) is not None:
            return named
        other, _, rest = text.partition(":")
        if rest and (entity, other.strip()) in self._tiers and other.strip() != scope:
            return self.find(entity, rest, other.strip())
        return self._unknown(entity, text, scope)

    def _named_with_code(self, entity: Entity, text: str, scope: str) -> Key | None:
        """Find what is written as its name with its code behind it, as where several have the name."""
        match = _NAME_AND_CODE.fullmatch(text.strip())
        tiers = self._tiers.get((entity, scope))
        if match is None or tiers is None:
            return None
        keys = tiers[0].get(norm(match["code"]), [])
        known = self._known.get(keys[0]) if len(keys) == 1 else None
        return keys[0] if known is not None and norm(match["name"]) in map(norm, known.names) else None

    def knows(self, entity: Entity, text: str, scope: str = "") -> bool:
        """Tell whether a text means exactly one item, without looking for what it may have meant otherwise."""
        wanted = norm(text)
        keys = next((found for tier in self._tiers.get((entity, scope), ()) if (found := tier.get(wanted))), ())
        return len(keys) == 1

    def _ambiguous(self, text: str, keys: list[Key]) -> Problem:
        return Problem(SEVERAL, {"text": text, "found": "; ".join(self.label(key) for key in keys)})

    def _unknown(self, entity: Entity, text: str, scope: str) -> Problem:
        return with_nearest(Problem(UNKNOWN[entity], {"text": text}), text, self.labels(entity, scope))

    def _keys(self, entity: Entity, scope: str) -> Iterable[Key]:
        return (key for tier in self._tiers.get((entity, scope), ()) for keys in tier.values() for key in keys)

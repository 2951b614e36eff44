"""What a heading means by its words: exactly, nearly, or because it holds the word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from portfolio.core.problem import Problem
from portfolio.exchange.columns import CATEGORY, Entity, Registry, column, norm
from portfolio.exchange.guess.fields import FIELDS
from portfolio.exchange.profile import END, START

EXACT, LEAF, NEAR, ENDS, HOLDS = 1.0, 0.97, 0.9, 0.85, 0.7
TWIN = 0.9
"""A Swedish word for a Finnish text may head its Swedish twin, where both stand on the sheet."""
LIKE = 86
"""Per cent of likeness from which a heading is taken for a misspelt or inflected word."""
SHORTEST_NEAR = 5
LONGEST = 120
TONGUES = ("fi", "sv", "en")

_PARTS = re.compile(r"[/|\n;,()\[\]]|\s[-–—]\s")
_NOISE = re.compile(r"\(.*?\)|\[.*?\]|[\d%€]+")


@dataclass(frozen=True, slots=True)
class Name:
    """How well a heading names a field (0 to 1), by which of our words."""

    score: float
    word: str


def names(texts: tuple[str, ...], entity: Entity, registry: Registry) -> dict[str, Name]:
    """Give the fields that a heading may name, from its rows' texts: the joined text first, then the lowest row's."""
    found: dict[str, Name] = {}
    for number, text in enumerate(texts):
        weight = EXACT if number == 0 else LEAF
        for field, name in {**_by_words(entity, text), **_by_scheme(text, registry)}.items():
            score = name.score * weight
            if field not in found or found[field].score < score:
                found[field] = Name(score, name.word)
    return found


def language_of(headings: Iterable[tuple[str, ...]], preferred: str) -> str:
    """Give the language of which most headings are words; of several alike the preferred one, without any Finnish.

    A heading is given as the texts it may be known by, as :func:`names` takes them.
    """
    counts = dict.fromkeys(TONGUES, 0)
    for texts in headings:
        forms = {form for text in texts if len(text) <= LONGEST for form in _forms(text)}
        for language, words in zip(counts, _all_words(), strict=True):
            counts[language] += not words.isdisjoint(forms)
    if not any(counts.values()):
        return TONGUES[0]
    return max(counts, key=lambda one: (counts[one], one == preferred))


@cache
def _all_words() -> tuple[frozenset[str], ...]:
    tables = [words for table in FIELDS.values() for words in table.values()]
    return tuple(frozenset(norm(one) for words in tables for one in words.get(tongue, ())) for tongue in TONGUES)


@cache
def _words(entity: Entity) -> Mapping[str, tuple[str, ...]]:
    """Give the fields that each word may mean; a word such as "status" stands in several languages."""
    found: dict[str, dict[str, None]] = {}
    for field, languages in FIELDS[entity].items():
        for words in languages.values():
            for one in words:
                found.setdefault(norm(one), {})[field] = None
    return {word: tuple(fields) for word, fields in found.items()}


@lru_cache(maxsize=4096)
def _by_words(entity: Entity, text: str) -> dict[str, Name]:
    if len(text) > LONGEST:
        return {}
    known = _words(entity)
    forms = _forms(text)
    scored = [
        (word, score * (EXACT if number == 0 else LEAF))
        for number, form in enumerate(forms)
        for word, score in _meant(form, entity)
    ]
    if not scored and forms:
        scored = [(word, HOLDS) for word in _long(entity) if f" {word} " in f" {forms[0]} "]
    found: dict[str, Name] = {}
    for word, score in scored:
        for field in known[word]:
            twin = field.removesuffix("_fi") + "_sv"
            is_swedish = field.endswith("_fi") and word in map(norm, FIELDS[entity][field].get("sv", ()))
            for one, weight in ((field, EXACT), *([(twin, TWIN)] if is_swedish and twin in FIELDS[entity] else [])):
                if one not in found or found[one].score < score * weight:
                    found[one] = Name(score * weight, word)
    return found


def _meant(form: str, entity: Entity) -> Iterator[tuple[str, float]]:
    """Give the word that a form is, or is nearly."""
    if form in _words(entity):
        yield form, EXACT
    elif form.rpartition(" ")[2] in FIELDS[entity].get("number", {}).get("fi", ()):
        yield form.rpartition(" ")[2], ENDS
    elif len(form) >= SHORTEST_NEAR:
        near = process.extractOne(form, _long(entity), scorer=fuzz.ratio, score_cutoff=LIKE)
        if near:
            yield near[0], NEAR * near[1] / 100


@cache
def _long(entity: Entity) -> tuple[str, ...]:
    return tuple(word for word in _words(entity) if len(word) >= SHORTEST_NEAR - 1)


def _forms(text: str) -> list[str]:
    """Give a heading whole, without what stands in brackets and numbers, and the parts of one in two languages."""
    forms = [norm(text), norm(_NOISE.sub(" ", text)), *(norm(_NOISE.sub(" ", part)) for part in _PARTS.split(text))]
    return [form for form in dict.fromkeys(forms) if form]


def _by_scheme(text: str, registry: Registry) -> dict[str, Name]:
    """Find a classification by its name."""
    found: dict[str, Name] = {}
    for form in _forms(text):
        if registry.knows(Entity.SCHEME, form):
            key = registry.find(Entity.SCHEME, form)
            if isinstance(key, tuple):
                found.setdefault(f"{CATEGORY}{key[1]}", Name(EXACT, form))
    return found


def heading_of(field: str, entity: Entity, registry: Registry) -> Problem:
    """Say what a field is called: a class by the name of its classification, the ends of a time as the time."""
    if field.startswith(CATEGORY):
        return Problem("%(name)s", {"name": registry.label((Entity.SCHEME, field.removeprefix(CATEGORY)))})
    found = column(entity, "timespan" if field in (START, END) else field)
    return found.heading if found else Problem("%(name)s", {"name": field})


def schemes(registry: Registry) -> list[str]:
    """List the codes of the classifications."""
    return _codes(Entity.SCHEME, registry)


def sources(registry: Registry) -> list[str]:
    """List the codes of the funding sources."""
    return _codes(Entity.SOURCE, registry)


def _codes(entity: Entity, registry: Registry) -> list[str]:
    found = (registry.find(entity, label) for label in registry.labels(entity))
    return list(dict.fromkeys(key[1] for key in found if isinstance(key, tuple)))

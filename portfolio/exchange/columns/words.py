"""The words of closed lists, as people write them in any of the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from portfolio.core.language import LANGUAGES, N_, say
from portfolio.exchange.columns.compare import norm
from portfolio.register.rules.words import BENEFIT_WORDS, KIND_WORDS, PUBLICITY_WORDS, REACH_WORDS, STATUS_WORDS
from portfolio.reviews.rules import HEALTH_WORDS, VERDICT_WORDS


def _by_code(words: Mapping[Any, str]) -> Mapping[str, str]:
    return MappingProxyType({member.value: msgid for member, msgid in words.items()})


STATUS = _by_code(STATUS_WORDS)
INITIATIVE_KIND = _by_code(KIND_WORDS)
PUBLICITY = _by_code(PUBLICITY_WORDS)
REACH = _by_code(REACH_WORDS)
BENEFIT = _by_code(BENEFIT_WORDS)
HEALTH = _by_code(HEALTH_WORDS)
VERDICT = _by_code(VERDICT_WORDS)
MILESTONE_KIND = MappingProxyType({"step": N_("Step"), "report": N_("Report"), "adoption": N_("Taking into use")})
FORUM_KIND = MappingProxyType(
    {
        "body": N_("Decision-making body"),
        "leadership": N_("Leadership forum"),
        "steering": N_("Steering group"),
        "working_group": N_("Working group"),
        "theme": N_("Theme forum"),
        "phenomenon": N_("Phenomenon forum"),
        "network": N_("Network"),
    }
)
OUTCOME = MappingProxyType(
    {
        "approved": N_("Approved"),
        "noted": N_("Noted for information"),
        "rejected": N_("Rejected"),
        "returned": N_("Returned for preparation"),
        "tabled": N_("Tabled"),
    }
)
BUDGET_PART = MappingProxyType({"operating": N_("Operating budget"), "investment": N_("Investments")})

_TRUE = frozenset({"kyllä", "k", "x", "on", "ja", "yes", "true", "tosi", "sant", "1"})
_FALSE = frozenset({"ei", "e", "nej", "no", "false", "epätosi", "falskt", "0"})
_UNKNOWN = frozenset(
    {
        "unknown",
        "not known",
        "?",
        "ei tiedossa",
        "ei tietoa",
        "ei tiedetä",
        "selvitettävä",
        "okänt",
        "ingen uppgift",
        "n/a",
    }
)


@lru_cache(maxsize=64)
def _spoken(labels: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Map every word for every code, the code itself included, to the code."""
    words = {norm(say(msgid, language)): code for code, msgid in labels for language in LANGUAGES}
    return {**words, **{norm(code): code for code, _ in labels}}


def find_choice(text: str, labels: Mapping[str, str]) -> str | None:
    """Find the code of a closed list by its word in Finnish, Swedish or English, or by the code itself."""
    return _spoken(tuple(labels.items())).get(norm(text))


def known_words(labels: Mapping[str, str], language: str) -> list[str]:
    """List the words of a closed list in one language."""
    return [say(msgid, language) for msgid in labels.values()]


def find_yes_or_no(text: str) -> bool | None:
    """Read yes or no; None for anything else."""
    plain = norm(text)
    return True if plain in _TRUE else False if plain in _FALSE else None


def means_unknown(text: str) -> bool:
    """Tell whether words say that something is not known."""
    return norm(text) in _UNKNOWN

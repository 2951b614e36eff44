"""What the colours of bars may tell beside the status: the kind, and each classification."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portfolio.core.language import N_, say
from portfolio.register.queries import SchemeCategories
from portfolio.register.rules.words import KIND_WORDS
from portfolio.reviews.queries import latest_health
from portfolio.reviews.rules import HEALTH_WORDS, Health
from portfolio.roadmap.bars import LaneHead, Swatch, Tone
from portfolio.roadmap.bars.palette import make_palette
from portfolio.roadmap.queries.find import FoundInitiative
from portfolio.roadmap.queries.grouping import Offered, category_heads, scheme_label

KIND, HEALTH = "kind", "health"
HEALTH_TONES: Mapping[str, Tone] = {Health.GREEN: Tone.DONE, Health.YELLOW: Tone.C2, Health.RED: Tone.C6}
"""The same colour means the same thing everywhere; what nobody has assessed stays plain."""


@dataclass(frozen=True, slots=True)
class Colouring:
    """One thing that colours may tell: its word in the address, its name, what there is of it, each found one's key.

    ``tones`` are given where colours have a meaning of their own. ``None`` in place of a colouring is the status.
    """

    key: str
    label: str
    heads: tuple[LaneHead, ...]
    key_of: Callable[[FoundInitiative], str]
    tones: Mapping[str, Tone] = field(default_factory=dict)


def colourings(options: Offered, language: str) -> list[Colouring]:
    """Give what colours may tell, as offered, beside the status."""
    kinds = tuple(LaneHead(kind.value, say(words, language)) for kind, words in KIND_WORDS.items())
    return [
        Colouring(KIND, say(N_("Kind"), language), kinds, lambda found: found.row.kind.value),
        _by_health(language),
        *(_by_scheme(one, language) for one in options.schemes if one.categories),
    ]


def palette_of(colouring: Colouring, found: Iterable[FoundInitiative]) -> tuple[Swatch, ...]:
    """Give each class its colour; where there are more classes than colours, some share the plain one."""
    if colouring.tones:
        return tuple(Swatch(one.key, one.title, colouring.tones.get(one.key, Tone.PLAIN)) for one in colouring.heads)
    return make_palette(colouring.heads, {colouring.key_of(one) for one in found})


def with_health(
    session: Session, municipality_id: int, found: Iterable[FoundInitiative], at: int | None
) -> list[FoundInitiative]:
    """Give what was found with the health last approved of each; one statement, however much was found."""
    rated = latest_health(session, municipality_id, at=at)
    return [one._replace(health=rated.get(one.row.id)) for one in found]


def _by_health(language: str) -> Colouring:
    """Colour by the health of the last approved review, in its fixed wording."""
    heads = [LaneHead(one.value, say(words, language)) for one, words in HEALTH_WORDS.items()]
    unknown = LaneHead("", say(N_("not assessed"), language))
    return Colouring(
        HEALTH,
        say(N_("Health"), language),
        (*heads, unknown),
        lambda found: found.health.value if found.health else "",
        HEALTH_TONES,
    )


def _by_scheme(one: SchemeCategories, language: str) -> Colouring:
    """Colour by a classification; a class below another has a colour of its own."""
    place = {category.id: number for number, category in enumerate(one.categories)}

    def key_of(found: FoundInitiative) -> str:
        own = found.category_ids & place.keys()
        return str(min(own, key=place.__getitem__)) if own else ""

    return Colouring(f"scheme-{one.scheme.code}", scheme_label(one, language), category_heads(one, language), key_of)

"""What the colours of bars may tell beside the status: the kind, and each classification."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portfolio.core.language import N_, say
from portfolio.register.queries import SchemeCategories
from portfolio.register.rules.words import KIND_WORDS
from portfolio.roadmap.bars import LaneHead, Swatch
from portfolio.roadmap.bars.palette import make_palette
from portfolio.roadmap.queries.find import Found
from portfolio.roadmap.queries.grouping import Offered, category_heads, scheme_label

KIND = "kind"


@dataclass(frozen=True, slots=True)
class Colouring:
    """One thing that colours may tell: its word in the address, its name, what there is of it, each found one's key.

    ``None`` in place of a colouring is the status, which has colours of its own.
    """

    key: str
    label: str
    heads: tuple[LaneHead, ...]
    key_of: Callable[[Found], str]


def colourings(options: Offered, language: str) -> list[Colouring]:
    """Give what colours may tell, as offered, beside the status."""
    kinds = tuple(LaneHead(kind.value, say(words, language)) for kind, words in KIND_WORDS.items())
    return [
        Colouring(KIND, say(N_("Kind"), language), kinds, lambda found: found.row.kind.value),
        *(_by_scheme(one, language) for one in options.schemes if one.categories),
    ]


def palette_of(colouring: Colouring, found: Iterable[Found]) -> tuple[Swatch, ...]:
    """Give each class its colour; where there are more classes than colours, those that are in use come first."""
    return make_palette(colouring.heads, {colouring.key_of(one) for one in found})


def _by_scheme(one: SchemeCategories, language: str) -> Colouring:
    """Colour by a classification; a class below another has a colour of its own."""
    place = {category.id: number for number, category in enumerate(one.categories)}

    def key_of(found: Found) -> str:
        own = found.category_ids & place.keys()
        return str(min(own, key=place.__getitem__)) if own else ""

    return Colouring(f"scheme-{one.scheme.code}", scheme_label(one, language), category_heads(one, language), key_of)

"""The indicators of initiatives as the workbook of a round holds them: each has a place of its own, for good.

The first indicator that an initiative ever got has the first place, removed or not, so that a column of the sheet
means the same indicator whenever the workbook comes back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portfolio.core import history
from portfolio.core.language import N_, format_number, say
from portfolio.core.records import chunks
from portfolio.register.models import Indicator, IndicatorValue
from portfolio.reviews.models import Review, ReviewIndicator

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

Value: TypeAlias = Decimal | str
NAMED = N_("%(name)s (%(unit)s)")


@dataclass(frozen=True, slots=True)
class Measured:
    """The indicators of some initiatives by their places, what reviews tell of them, and what was measured before.

    ``indicators`` are by initiative, removed ones too. ``told`` is by review and indicator, ``before`` by indicator:
    the latest year before the period reported on, and its value.
    """

    indicators: Mapping[int, Sequence[Indicator]] = field(default_factory=dict)
    told: Mapping[int, Mapping[int, Value]] = field(default_factory=dict)
    before: Mapping[int, tuple[int, Value]] = field(default_factory=dict)

    @property
    def places(self) -> int:
        """Tell how many places the sheet has: those of the initiative that has most."""
        every = ([not one.removed for one in some] for some in self.indicators.values())
        return max((len(one) - one[::-1].index(True) for one in every if any(one)), default=0)

    def at(self, initiative_id: int, place: int) -> Indicator | None:
        """Give the indicator of a place, None where there is none, or none any more."""
        own = self.indicators.get(initiative_id, ())
        return own[place - 1] if place <= len(own) and not own[place - 1].removed else None

    def value(self, review: Review, place: int) -> Value | None:
        """Give what a review tells of the indicator of a place."""
        one = self.at(review.initiative_id, place)
        return None if one is None else self.told.get(review.id, {}).get(one.id)

    def name(self, initiative_id: int, place: int, language: str) -> str:
        """Name the indicator of a place, and what it is measured in."""
        one = self.at(initiative_id, place)
        if one is None:
            return ""
        return name_of(one, language)

    def last(self, initiative_id: int, place: int, language: str) -> str:
        """Say the latest value before the period, and its year."""
        one = self.at(initiative_id, place)
        if one is None or one.id not in self.before:
            return ""
        year, value = self.before[one.id]
        words = value if isinstance(value, str) else format_number(value.normalize() + 0, language)
        return f"{words} ({year})"


def measured_in(
    session: Session, municipality_id: int, reviews: Collection[Review], year: int, at: int | None
) -> Measured:
    """Read what a round's reviews tell of indicators, now or after a revision; ``year`` is that of its period."""
    items = frozenset(row.initiative_id for row in reviews)
    found = (
        history.few(session, Indicator, municipality_id, at, with_removed=True, initiative_id=items) if items else []
    )
    if not found:
        return Measured()
    indicators: dict[int, list[Indicator]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.id):
        indicators[one.initiative_id].append(one)
    told: dict[int, dict[int, Value]] = defaultdict(dict)
    ids = frozenset(row.id for row in reviews)
    for row in history.rows(session, ReviewIndicator, municipality_id, at, review_id=ids):
        if (value := value_of(row.number, row.words)) is not None:
            told[row.review_id][row.indicator_id] = value
    before: dict[int, tuple[int, Value]] = {}
    known = frozenset(one.id for one in found)
    values = history.few(session, IndicatorValue, municipality_id, at, indicator_id=known)
    for then in sorted(values, key=lambda then: then.year):
        if then.year < year and (value := value_of(then.number, then.words)) is not None:
            before[then.indicator_id] = then.year, value
    return Measured(dict(indicators), dict(told), before)


def name_of(one: Indicator, language: str) -> str:
    """Name an indicator, and what it is measured in."""
    name = one.name_sv if language == "sv" and one.name_sv else one.name_fi
    return say(NAMED, language, name=name, unit=one.measured_in) if one.measured_in else name


def names_by_place(session: Session, reviews: Iterable[int], language: str) -> dict[tuple[int, int], str]:
    """Name the indicators of the initiatives of reviews that are there, by review and place; two statements."""
    known = indicators_of(session, reviews)
    rows = session.scalars(select(Indicator).where(Indicator.id.in_(set(known.values())))) if known else ()
    names = {row.id: name_of(row, language) for row in rows}
    return {place: names[identity] for place, identity in known.items()}


def value_of(number: Decimal | None, words: str | None) -> Value | None:
    """Give an indicator's value as a cell holds it: the number, or the words."""
    return words or None if number is None else number


def places_of(session: Session, indicators: Iterable[int]) -> dict[int, int]:
    """Return the places of indicators among those of their initiatives."""
    found: dict[int, int] = {}
    for ids in chunks(sorted(set(indicators))):
        own, place = _placed()
        found |= dict(session.execute(select(own.id, place).where(own.id.in_(ids))).all())
    return found


def indicators_of(session: Session, reviews: Iterable[int]) -> dict[tuple[int, int], int]:
    """Return the indicators of the initiatives of reviews that are there, by review and place."""
    found: dict[tuple[int, int], int] = {}
    for ids in chunks(sorted(set(reviews))):
        own, place = _placed()
        of_reviews = select(Review.id, place, own.id).join(own, own.initiative_id == Review.initiative_id)
        rows = session.execute(of_reviews.where(Review.id.in_(ids), own.removed.is_(False)))
        found |= {(review, number): identity for review, number, identity in rows}
    return found


def told_places(owners: set[int | None]) -> Select[*tuple[Any, ...]]:
    """Select the values told in reviews with the places of their indicators."""
    own, place = _placed()
    found = select(ReviewIndicator.id, ReviewIndicator.review_id, place)
    return found.join(own, own.id == ReviewIndicator.indicator_id).where(ReviewIndicator.review_id.in_(owners))


def _placed() -> tuple[Any, Any]:
    """Give an alias of the indicators, and the place of each: how many its initiative had when it came."""
    own, other = aliased(Indicator), aliased(Indicator)
    counted = select(func.count()).where(other.initiative_id == own.initiative_id, other.id <= own.id)
    return own, counted.correlate(own).scalar_subquery()

"""Reading from the address which initiatives a page is to show; the register list and the roadmap ask the same way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.rights import Actor
from portfolio.register.forms.facets import Facet, FacetIds
from portfolio.register.forms.options import Options, load_options
from portfolio.register.forms.words import FILTER_LABELS, ONLY_WORDS
from portfolio.register.rules import InitiativeFilter, InitiativeKind, Publicity, Status

PARAMETERS = frozenset(
    {
        *("q", "portfolio", "unit", "status", "kind", "owner", "category"),
        *("year_from", "year_to", "only", "publicity"),
    }
)
"""The parameters of the address that this module reads; pages keep their others as they wish."""

UNKNOWN = N_('%(filter)s: "%(value)s" is not known here, so it was left out of the filter.')
NOT_A_YEAR = N_('"%(value)s" is not a year from 1900 to 2200, so it was left out of the filter.')
BACKWARDS = N_("The years %(first)s–%(last)s run backwards, so they were left out of the filter.")
TOO_LONG = N_("The text to find is longer than %(most)s characters, so it was left out of the filter.")
LONGEST_TEXT = 200
LONGEST_SHOWN = 40
YEARS = range(1900, 2201)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """What an address asks for.

    ``filter`` is for queries; ``asked`` holds the parameters that were understood, ready for ``url_for``; ``problems``
    tell what was left out; ``options`` is what may be chosen, beside the values of ``facets``.
    """

    filter: InitiativeFilter
    asked: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    options: Options
    facets: Sequence[Facet] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether every initiative is asked for."""
        return not self.asked

    def chosen(self, name: str) -> tuple[str, ...]:
        """Give the values of one parameter that were understood."""
        return self.asked.get(name, ())

    def without(self, *names: str, values: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
        """Give the parameters less those named, or less only these values of them."""
        kept = {
            name: tuple(one for one in found if name not in names or (values and one not in values))
            for name, found in self.asked.items()
        }
        return {name: found for name, found in kept.items() if found}


def read_filter(
    args: MultiDict[str, str],
    session: Session,
    municipality_id: int,
    actor: Actor,
    *,
    at: int | None = None,
    facets: Sequence[Facet] = (),
) -> FilterChoice:
    """Read the filter from an address, against what there is in the municipality now or after revision ``at``.

    What is not known here (a word, an id of another municipality) does not narrow, and is told in ``problems``.
    ``facets`` are what rooms above tell of initiatives; one costs a read only where it is asked for.
    """
    options = load_options(session, municipality_id, at=at)
    reader = _Reader(args)
    units = reader.ids("unit", (one.unit.id for one in options.units))
    classes = reader.ids("category", (category.id for one in options.schemes for category in one.categories))
    portfolios = reader.ids("portfolio", (one.id for one in options.portfolios))
    owners = reader.ids("owner", (one.id for one in options.posts))
    only = frozenset(reader.several("only", ONLY_WORDS))
    mine = "mine" in only
    posts = (owners & actor.post_ids if owners else actor.post_ids) if mine else owners
    publicity = reader.members("publicity", Publicity)
    told = FacetIds(frozenset() if mine and not posts else None)
    for facet in facets:
        if values := reader.several(facet.name, facet.words, facet.label):
            told = told.narrowed(facet.values_of(session, municipality_id, at), values)
    first, last = reader.years()
    chosen = InitiativeFilter(
        text=reader.text(),
        portfolio_ids=portfolios,
        kinds=reader.members("kind", InitiativeKind),
        statuses=reader.members("status", Status),
        unit_ids=options.units_below(units),
        owner_post_ids=posts,
        category_groups=options.category_groups(classes),
        publicity=next(iter(publicity)) if len(publicity) == 1 else None,
        spearhead="spearhead" in only or None,
        undated="undated" in only or None,
        late="late" in only or None,
        year_from=first,
        year_to=last,
        ids=told.ids,
        without=told.without,
    )
    return FilterChoice(chosen, reader.asked, tuple(reader.problems), options, facets)


class _Reader:
    """Takes up the parameters one by one: what is understood is gathered in ``asked``, what is not in ``problems``."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self._args = args
        self.asked: dict[str, tuple[str, ...]] = {}
        self.problems: list[Problem] = []

    def several(self, name: str, known: Collection[str], called: str | None = None) -> tuple[str, ...]:
        """Read the values of a parameter that are known, each once; ``called`` is its name (a msgid)."""
        given = dict.fromkeys(filter(None, map(str.strip, self._args.getlist(name))))
        label = Problem(called or FILTER_LABELS[name])
        self.problems += [
            Problem(UNKNOWN, {"filter": label, "value": _short(value)}) for value in given if value not in known
        ]
        return self._take(name, tuple(value for value in given if value in known))

    def ids(self, name: str, known: Iterable[int]) -> frozenset[int]:
        """Read ids of rows."""
        return frozenset(map(int, self.several(name, frozenset(map(str, known)))))

    def members(self, name: str, words: Callable[[str], T]) -> frozenset[T]:
        """Read members of a closed list."""
        known = frozenset(map(str, words))  # type: ignore[call-overload] # an enumeration is iterable
        return frozenset(words(value) for value in self.several(name, known))

    def text(self) -> str:
        """Read the words to look for."""
        text = " ".join(self._args.get("q", "").split())
        if len(text) > LONGEST_TEXT:
            self.problems.append(Problem(TOO_LONG, {"most": LONGEST_TEXT}))
            return ""
        self._take("q", (text,) if text else ())
        return text

    def years(self) -> tuple[int | None, int | None]:
        """Read the first and the last year, either of which may be open."""
        first, last = self._year("year_from"), self._year("year_to")
        if first is not None and last is not None and last < first:
            self.problems.append(Problem(BACKWARDS, {"first": str(first), "last": str(last)}))
            return None, None
        for name, year in (("year_from", first), ("year_to", last)):
            self._take(name, (str(year),) if year is not None else ())
        return first, last

    def _year(self, name: str) -> int | None:
        text = self._args.get(name, "").strip()
        if text.isascii() and text.isdigit() and len(text) == len("2026") and int(text) in YEARS:
            return int(text)
        if text:
            self.problems.append(Problem(NOT_A_YEAR, {"value": _short(text)}))
        return None

    def _take(self, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        if values:
            self.asked[name] = values
        return values


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"

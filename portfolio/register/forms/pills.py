"""The filter of initiatives as pills of a page, and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.register.forms.choice import FilterChoice
from portfolio.register.forms.options import indented
from portfolio.register.forms.words import FILTER_LABELS, ONLY_WORDS
from portfolio.register.rules.words import KIND_WORDS, PUBLICITY_WORDS, STATUS_WORDS
from portfolio.web.language import gettext, name_of, ngettext, title_of

WORDS_SHOWN = 3

Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be chosen in a pill; ``count`` None is not counted."""

    value: str
    label: str
    checked: bool
    count: int | None = None


def filter_pills(choice: FilterChoice, address: Address) -> list[dict[str, Any]]:
    """Give the pills as ``components/filters.html`` draws them, in the order of their use.

    ``address(**parameters)`` gives the page with only these parameters of the filter. ``key`` names a pill; one that is
    ``folded`` is rarely used, and nothing is chosen in it.
    """
    pills = [*_common(choice, address), *_rare(choice, address)]
    return [pill | {"folded": pill["rare"] and not pill["words"]} for pill in pills]


def filter_words(choice: FilterChoice) -> list[str]:
    """Say in words what narrows the list: "Tila: Käynnissä, Valmis"; empty when nothing does."""
    pills = filter_pills(choice, lambda **_parameters: "")
    said = [f"{pill['label']}: {pill['all_words']}" for pill in pills if pill["words"]]
    return [*said, *(f"{gettext(FILTER_LABELS['q'])}: {text}" for text in choice.chosen("q"))]


def _common(choice: FilterChoice, address: Address) -> Iterator[dict[str, Any]]:
    options = choice.options
    portfolios = ((str(one.id), name_of(one)) for one in options.portfolios)
    yield _pill(choice, address, "portfolio", portfolios)
    yield _pill(choice, address, "unit", ((str(one.unit.id), indented(one)) for one in options.units))
    yield _pill(choice, address, "status", _closed(STATUS_WORDS))
    schemes = _schemes(choice, address)
    yield from (pill | {"rare": place > 0} for place, pill in enumerate(schemes))
    yield _years(choice, address)
    yield _pill(choice, address, "only", _closed(ONLY_WORDS))


def _rare(choice: FilterChoice, address: Address) -> Iterator[dict[str, Any]]:
    posts = ((str(one.id), title_of(one)) for one in choice.options.posts)
    for pill in (
        _pill(choice, address, "kind", _closed(KIND_WORDS)),
        _pill(choice, address, "owner", posts),
        _pill(choice, address, "publicity", _closed(PUBLICITY_WORDS)),
        *(_pill(choice, address, one.name, _closed(one.words), label=gettext(one.label)) for one in choice.facets),
    ):
        yield pill | {"rare": True}


def _schemes(choice: FilterChoice, address: Address) -> Iterator[dict[str, Any]]:
    """Give a pill a classification: those of the portfolios shown, and those in which something is chosen."""
    used = {one.scheme.id for one in choice.options.schemes_of(choice.filter.portfolio_ids)}
    for one in choice.options.schemes:
        ids = [str(category.id) for category in one.categories]
        if one.scheme.id in used or set(ids) & set(choice.chosen("category")):
            rows = zip(ids, (name_of(category) for category in one.categories), strict=True)
            pill = _pill(choice, address, "category", rows, label=name_of(one.scheme))
            yield pill | {"key": f"scheme-{one.scheme.id}", "remove_url": _less(choice, address, ids)}


def _less(choice: FilterChoice, address: Address, category_ids: list[str]) -> str:
    return address(**choice.without("category", values=category_ids))


def _pill(
    choice: FilterChoice, address: Address, name: str, rows: Iterable[tuple[str, str]], *, label: str | None = None
) -> dict[str, Any]:
    chosen = choice.chosen(name)
    choices = [Choice(value, words, value in chosen) for value, words in rows]
    found = [one.label.strip() for one in choices if one.checked]
    return {
        "key": name,
        "name": name,
        "label": label or gettext(FILTER_LABELS[name]),
        "many": True,
        "choices": choices,
        "words": _in_short(found),
        "all_words": ", ".join(found),
        "remove_url": address(**choice.without(name)) if found else None,
        "rare": False,
    }


def _years(choice: FilterChoice, address: Address) -> dict[str, Any]:
    first, last = (next(iter(choice.chosen(name)), "") for name in ("year_from", "year_to"))
    words = first if first == last else f"{first}–{last}"
    label = FILTER_LABELS["years"]
    return {
        "key": "years",
        "label": gettext(label),
        "inputs": [
            {"name": "year_from", "label": gettext("From the year"), "value": first, "type": "number"},
            {"name": "year_to", "label": gettext("Until the year"), "value": last, "type": "number"},
        ],
        "words": words or None,
        "all_words": words,
        "remove_url": address(**choice.without("year_from", "year_to")) if words else None,
        "rare": False,
    }


def _closed(words: Mapping[Any, str]) -> Iterator[tuple[str, str]]:
    return ((str(value), gettext(msgid)) for value, msgid in words.items())


def _in_short(found: list[str]) -> str | None:
    """Name the first few that are chosen, and count the others."""
    if len(found) <= WORDS_SHOWN:
        return ", ".join(found) or None
    more = len(found) - WORDS_SHOWN + 1
    return ", ".join([*found[: WORDS_SHOWN - 1], ngettext("%(num)s more", "%(num)s more", more)])

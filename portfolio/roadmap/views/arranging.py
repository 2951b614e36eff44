"""How the roadmap is arranged, as pills beside the filter: lanes and the lanes within them, colour, order, money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from portfolio.core.language import N_
from portfolio.roadmap.bars import Order
from portfolio.roadmap.forms import STATUS
from portfolio.roadmap.queries.grouping import NOTHING
from portfolio.roadmap.views.shown import ShownRoadmap
from portfolio.web.language import gettext

ARRANGING = ("group", "inner", "colour", "order", "money")
"""The parameters that the pills here carry."""

ORDER_WORDS = {Order.START: N_("start"), Order.END: N_("end"), Order.TITLE: N_("title")}


def arranging_pills(shown: ShownRoadmap) -> Iterator[dict[str, Any]]:
    """Give the pills of lanes and of looks, each with its sets of choices."""
    asked = shown.asked
    ways = [(one.key, one.label, one) for one in shown.groupings]
    divided = [(NOTHING, gettext("not divided"), None), *(way for way in ways if way[0] != NOTHING)]
    yield _pill(
        gettext("Group by"),
        lanes_words(shown),
        _radios(gettext("Lanes"), "group", ways, shown.grouping),
        _radios(gettext("Lanes within lanes"), "inner", divided, asked.inner),
    )
    colours = [(STATUS, gettext("Status"), None), *((one.key, one.label, one) for one in shown.colours)]
    orders = [(order.value, gettext(words).capitalize(), order) for order, words in ORDER_WORDS.items()]
    yield _pill(
        gettext("Shown as"),
        look_words(shown) or gettext("as usual"),
        _radios(gettext("Colours tell"), "colour", colours, asked.colour),
        _radios(gettext("In order of"), "order", orders, asked.order),
        {
            "legend": gettext("In the bars' labels"),
            "kind": "checkbox",
            "choices": [_choice("money", "1", gettext("Money of the years shown"), checked=asked.with_money)],
        },
    )


def lanes_words(shown: ShownRoadmap) -> str:
    """Say how rows are grouped: "yksikkö, salkku"."""
    return ", ".join(one.label for one in (shown.grouping, shown.asked.inner) if one is not None)


def look_words(shown: ShownRoadmap) -> str:
    """Say what is not as usual: what colours tell, in which order rows stand, that labels tell money."""
    asked, words = shown.asked, []
    if asked.colour is not None:
        words.append(gettext("colour %(what)s", what=asked.colour.label.lower()))
    if asked.order is not Order.START:
        words.append(gettext("in order of %(what)s", what=gettext(ORDER_WORDS[asked.order])))
    if asked.with_money:
        words.append(gettext("with money"))
    return ", ".join(words)


def _pill(label: str, words: str, *sets: dict[str, Any]) -> dict[str, Any]:
    return {"label": label, "words": words, "folded": False, "sets": sets}


def _radios(legend: str, name: str, options: Iterable[tuple[str, str, object]], chosen: object) -> dict[str, Any]:
    choices = [_choice(name, value, label, checked=one is chosen) for value, label, one in options]
    return {"legend": legend, "kind": "radio", "choices": choices}


def _choice(name: str, value: str, label: str, *, checked: bool) -> dict[str, Any]:
    return {"name": name, "value": value, "label": label, "checked": checked}

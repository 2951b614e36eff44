"""What both faces put around the roadmap: words, filters, the time that is shown, the legend, what is not drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import request, url_for

from portfolio.register.forms import filter_pills, filter_words
from portfolio.reviews.forms.filtering import PARAMETERS as FILTER_PARAMETERS
from portfolio.roadmap import drawing
from portfolio.roadmap.bars import Scale, choose_window, neighbours, period, sentence
from portfolio.roadmap.bars.pages import ROWS_A_PAGE, part_of
from portfolio.roadmap.bars.row import OUTLINED
from portfolio.roadmap.bars.words import SIGN_WORDS, Sign, signs_of, tones_of
from portfolio.roadmap.queries.grouping import NOTHING
from portfolio.roadmap.views.arranging import ARRANGING, arranging_pills, lanes_words, look_words
from portfolio.roadmap.views.comparing import comparison_of
from portfolio.roadmap.views.downloads import offered
from portfolio.roadmap.views.moves import MoveLinks
from portfolio.roadmap.views.shown import ShownRoadmap
from portfolio.roadmap.views.texts import row_texts
from portfolio.web.current import current
from portfolio.web.language import gettext, ngettext, say_here
from portfolio.web.listing import address_with, kept_parameters, paging, same_list

PILLS = frozenset({"portfolio", "unit", "status"})
"""Filters that stand open beside the grouping."""


def page_of(shown: ShownRoadmap, *, hatched: bool = False, paged: bool = True) -> dict[str, Any]:
    """Give the templates' names; ``hatched`` where outlines are drawn so, as in the chart.

    ``roadmap`` is what this page lists, which is all of ``whole`` where it is not ``paged``.
    """
    whole, language = shown.roadmap, current.language
    pages = paging(whole.count, ROWS_A_PAGE) if paged else None
    roadmap = part_of(whole, pages["first"], pages["last"]) if pages else whole
    back = address_with(saved=None, page=request.args.get("page"))
    return {
        "roadmap": roadmap,
        "whole": whole,
        "pages": pages,
        "sentence": sentence(whole, language),
        "period": period(roadmap.window, language),
        "grouping": lanes_words(shown).lower(),
        "look": look_words(shown),
        "colour": shown.asked.colour.label if shown.asked.colour else None,
        "with_money": shown.asked.with_money,
        "folds": "/".join((current.municipality.code, *_lane_keys(shown))),
        "texts": row_texts(roadmap, language, money=shown.asked.with_money, moves=MoveLinks(back)),
        "pills": [*arranging_pills(shown), *_filter_pills(shown)],
        "keep": kept_parameters(*ARRANGING, *FILTER_PARAMETERS, "saved"),
        "clear_url": _address() if shown.choice.asked else None,
        "narrowed": filter_words(shown.choice),
        "scales": list(_scales(shown)),
        "neighbours": _neighbours(shown),
        "legend": list(_legend(shown, hatched=hatched)),
        "notices": list(map(say_here, shown.problems)),
        "comparison": comparison_of(shown),
        "meeting_url": same_list("roadmap.meeting"),
        "faces": {name: same_list(f"roadmap.{name}") for name in ("grid", "chart")},
        "list_url": _with_filter("pages.initiatives", shown),
        "files": [{"label": words, "url": same_list(endpoint)} for endpoint, words in offered()],
        "text": shown.choice.filter.text,
    }


def _with_filter(endpoint: str, shown: ShownRoadmap) -> str:
    """Give another page's address with this page's filter."""
    parameters: dict[str, Any] = dict(shown.choice.asked)
    return url_for(endpoint, **parameters)


def _address(**parameters: object) -> str:
    """Give this page with only these parameters of the filter, its grouping and time kept."""
    return address_with(**{**dict.fromkeys(FILTER_PARAMETERS), **parameters})


def _filter_pills(shown: ShownRoadmap) -> Iterator[dict[str, Any]]:
    """Give the register's pills, more of them folded: the years are what the time shown is for."""
    for one in filter_pills(shown.choice, _address):
        if one["words"] or one["key"] in PILLS:
            yield one
        elif one["key"] != "years":
            yield {**one, "folded": True}


def _scales(shown: ShownRoadmap) -> Iterator[dict[str, Any]]:
    words = {
        Scale.QUARTER: gettext("Quarter"),
        Scale.YEAR: gettext("Year"),
        Scale.YEARS: ngettext("%(num)s year", "%(num)s years", shown.years),
        Scale.TERM: gettext("Council term"),
        Scale.ALL: gettext("All"),
    }
    for scale, label in words.items():
        url = address_with(scale=None if scale is Scale.YEARS else scale, **{"from": None})
        yield {"label": label, "url": url, "current": scale is shown.asked.scale}


def _neighbours(shown: ShownRoadmap) -> list[dict[str, str] | None]:
    """Give the windows before and after, each with its words."""
    window, terms = shown.roadmap.window, current.context.council_terms
    found: list[dict[str, str] | None] = []
    for day in neighbours(window, terms=terms):
        if day is None:
            found.append(None)
            continue
        words = period(choose_window(window.scale, day, years=shown.years, terms=terms), current.language)
        found.append({"label": words, "url": address_with(**{"from": day.isoformat()})})
    return found


def _lane_keys(shown: ShownRoadmap) -> tuple[str, str]:
    """Name the grouping by which a browser remembers the lanes that are folded."""
    return shown.grouping.key, shown.asked.inner.key if shown.asked.inner else NOTHING


def _legend(shown: ShownRoadmap, *, hatched: bool) -> Iterator[dict[str, Any]]:
    roadmap, colour = shown.roadmap, shown.asked.colour
    if colour is not None:
        yield {"title": colour.label}
    for tone, words in tones_of(roadmap, current.language).items():
        yield {"picture": drawing.tone_sign(tone, filled=tone not in OUTLINED, hatched=hatched), "words": words}
    for sign in signs_of(roadmap):
        if not (hatched and sign is Sign.ROUGH):  # the chart tells it in words where one points
            yield {"picture": drawing.sign(sign, hatched=hatched), "words": gettext(SIGN_WORDS[sign])}

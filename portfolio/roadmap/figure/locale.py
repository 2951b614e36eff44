"""The names of months and days as Plotly registers them, since its own axes speak English."""

from __future__ import annotations

from typing import Any

from babel import Locale

from portfolio.core.language import month_name

WEEKDAYS = 7


def locale(language: str) -> dict[str, Any]:
    """Give a language as Plotly's module of kind "locale"."""
    months = [month_name(month, language) for month in range(1, 13)]
    days = Locale(language).days["stand-alone"]
    order = [(number - 1) % WEEKDAYS for number in range(WEEKDAYS)]  # Plotly's weeks begin on Sunday, Babel's on Monday
    return {
        "moduleType": "locale",
        "name": language,
        "dictionary": {},
        "format": {
            "days": [days["wide"][number] for number in order],
            "shortDays": [days["abbreviated"][number] for number in order],
            "months": months,
            "shortMonths": [month.removesuffix("kuu") if language == "fi" else month[:3] for month in months],
            "date": "%d.%m.%Y",
        },
    }

"""What the register list's page shows, put together from the address and the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from portfolio.core.money import format_money
from portfolio.core.problem import Problem
from portfolio.core.rights import Right
from portfolio.pages.forms.listing import PAGE_SIZES, ListChoice, budget_years, read_list
from portfolio.pages.queries.listing import Listing, WantedList, read_listing
from portfolio.pages.queries.values import Values
from portfolio.pages.rules import TITLE, USUAL, ListColumn
from portfolio.pages.views.cells import Cells
from portfolio.pages.views.undo import offered
from portfolio.register.forms import FilterChoice, filter_pills
from portfolio.reviews.forms.filtering import read_filter
from portfolio.web.current import current
from portfolio.web.filters import grey
from portfolio.web.language import gettext, name_of, ngettext, say_here
from portfolio.web.listing import paging

ENDPOINT = "pages.initiatives"


@dataclass(frozen=True, slots=True)
class AskedList:
    """What the address asks for: which initiatives, and how to show them."""

    filter: FilterChoice
    list: ListChoice

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Tell what of the address was not understood."""
        return (*self.filter.problems, *self.list.problems)

    def parameters(self, **changes: Any) -> dict[str, Any]:
        """Give the parameters of the same list, some of them changed; None takes one away."""
        return {**self.filter.asked, **self.list.asked, **changes}

    def address(self, **changes: Any) -> str:
        """Give the address of the same list, some of its parameters changed."""
        return url_for(ENDPOINT, **self.parameters(**changes))

    def address_with(self, **filters: Any) -> str:
        """Give the address of a list that is shown in the same way, with only these filters."""
        parameters: dict[str, Any] = {**self.list.asked, **filters}
        return url_for(ENDPOINT, **parameters)

    def read(self, *, whole: bool = False) -> Listing:
        """Read the page asked for, or everything that matches."""
        size = None if whole else self.list.per_page
        beside = frozenset(filter(None, (column.beside for column in self.list.columns)))
        wanted = WantedList(
            self.filter.filter, current.shown_day, self.list.year, self.list.sort, self.list.page, size, beside
        )
        return read_listing(current.session, current.municipality.id, wanted, at=current.at)


def asked_list() -> AskedList:
    """Read the address of this request."""
    chosen = read_filter(request.args, current.session, current.municipality.id, current.actor, at=current.at)
    return AskedList(chosen, read_list(request.args, chosen.options, current.shown_day.year))


def shown_time() -> list[tuple[str, str]]:
    """Give the parameter of the past that is shown, for a form's hidden fields."""
    return [current.past.query] if current.past else []


def flat(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give parameters one by one, for a form's hidden fields."""
    return [(name, one) for name, found in parameters.items() for one in found or ()]


def page_of(asked: AskedList, listing: Listing) -> dict[str, Any]:
    """Give what the template ``pages/initiatives.html`` needs."""
    values = Values(listing, current.shown_day, current.language)
    return {
        "asked": asked,
        "listing": listing,
        "sentence": sentence(asked, listing),
        "pills": filter_pills(asked.filter, asked.address_with),
        "clear_url": None if asked.filter.is_empty else asked.address_with(),
        "columns": [_heading(asked, column) for column in asked.list.columns],
        "rows": Cells(values, {one: heading_of(one, asked.list.year) for one in asked.list.columns}).rows(),
        "foot": _foot(asked, listing),
        "paging": paging(listing.page.total, asked.list.per_page, listing.page.page),
        "sizes": _sizes(asked, listing),
        "chooser": _chooser(asked),
        "keep": flat(asked.list.asked) + shown_time(),
        "bulk_keep": flat(asked.parameters()),
        "undoable": offered(),
        "problems": [say_here(problem) for problem in asked.problems],
        "may_choose": current.at is None and current.actor.may(Right.EDIT) and bool(listing.page.rows),
        "may_export": current.at is None and current.actor.may(Right.EDIT),
        "export_url": _export_url(asked),
        "may_propose": current.at is None and current.actor.may(Right.PROPOSE),
    }


def _export_url(asked: AskedList) -> str:
    """Give the way to take out what the filters leave, to be edited and brought back."""
    filters: dict[str, Any] = {**asked.filter.asked}
    return url_for("exchange.new_export", **filters)


def sentence(asked: AskedList, listing: Listing) -> str:
    """Say in one sentence what is shown: "Tarvesalkku · 8 kohdetta 46 kohteesta, 2 kohteen kustannus ei tiedossa"."""
    shown, total = listing.page.total, listing.everything
    if asked.filter.is_empty:
        words = ngettext("%(num)s initiative", "%(num)s initiatives", shown)
    else:
        words = ngettext("%(num)s initiative of %(all)s", "%(num)s initiatives of %(all)s", shown, all=total)
    if listing.total.without and shown:
        words = f"{words}, {_without(listing)}"
    chosen = [one for one in asked.filter.options.portfolios if one.id in asked.filter.filter.portfolio_ids]
    return f"{name_of(chosen[0])} · {words}" if len(chosen) == 1 else words


def heading_of(column: ListColumn, year: int) -> str:
    """Say what a column is called."""
    return column.label if column.named else gettext(column.label, year=str(year))


def _heading(asked: AskedList, column: ListColumn) -> dict[str, Any]:
    direction = (
        {column.sort: "ascending", f"-{column.sort}": "descending"}.get(asked.list.sort) if column.sort else None
    )
    turned = f"-{column.sort}" if direction == "ascending" else column.sort
    return {
        "key": column.key,
        "label": heading_of(column, asked.list.year),
        "num": column.number,
        "sort_url": asked.address(sort=turned) if column.sort else None,
        "sorted": direction,
    }


def _foot(asked: AskedList, listing: Listing) -> dict[str, Any] | None:
    """Give the sum of all that match, and how many of them it knows nothing of; None without the column of money."""
    if not asked.list.shows("budget"):
        return None
    words = [gettext("Together") if listing.page.pages == 1 else gettext("Together on all pages")]
    words += [_without(listing)] if listing.total.without else []
    known = listing.total.known
    return {
        "words": " · ".join(words),
        "sums": {"budget": grey(gettext("not known")) if known is None else format_money(known, current.language)},
    }


def _without(listing: Listing) -> str:
    return ngettext(
        "the cost of %(num)s initiative is not known",
        "the cost of %(num)s initiatives is not known",
        listing.total.without,
    )


def _sizes(asked: AskedList, listing: Listing) -> list[dict[str, Any]]:
    """Give the page sizes to choose from, where the list is long enough for it to matter."""
    if listing.page.total <= PAGE_SIZES[0]:
        return []
    return [
        {
            "label": size,
            "url": asked.address(per=size),
            "current": size == asked.list.per_page,
        }
        for size in PAGE_SIZES
    ]


def _chooser(asked: AskedList) -> Mapping[str, Any]:
    """Give the form in which columns and the budget year are chosen."""
    shown = {column.key for column in asked.list.columns}
    return {
        "columns": [
            {"key": one.key, "label": heading_of(one, asked.list.year), "checked": one.key in shown}
            for one in asked.list.offered
            if one is not TITLE
        ],
        "years": budget_years(current.shown_day.year),
        "year": asked.list.year,
        "title": TITLE.key,
        "usual": shown == set(USUAL),
        "usual_url": asked.address(columns=None, budget_year=None),
        "kept": flat(asked.parameters(columns=None, budget_year=None)) + shown_time(),
    }

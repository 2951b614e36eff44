"""What lists share: addresses that keep their filters, pages, pills and columns, as the components draw them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request, url_for

T = TypeVar("T")
NEIGHBOURS = 2
ASCENDING, DESCENDING = "ascending", "descending"


def address_with(**changes: object) -> str:
    """Give this page's address with some parameters changed; None takes one away, and paging starts again."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in {*changes, "page"}]
    new = [(name, str(one)) for name, value in changes.items() for one in _values(value)]
    query = urlencode([*kept, *new])
    return f"{request.path}?{query}" if query else request.path


def kept_parameters(*without: str) -> list[tuple[str, str]]:
    """Give what else the address holds, for a form's hidden fields."""
    return [(name, value) for name, value in request.args.items(multi=True) if name not in {*without, "page"}]


def plain_address(endpoint: str, query: str | Iterable[tuple[str, str]] = "", **values: Any) -> str:
    """Give an endpoint's address with this query and nothing else: links keep the time of their page, this does not."""
    path = url_for(endpoint, **values).partition("?")[0]
    words = query if isinstance(query, str) else urlencode(list(query))
    return f"{path}?{words}" if words else path


def same_list(endpoint: str, **values: Any) -> str:
    """Give another endpoint's address with this page's whole query: its workbook, its chart, its other faces."""
    return plain_address(endpoint, request.args.items(multi=True), **values)


def asked_page() -> int:
    """The page number asked for, 1 for anything that is none."""
    return max(1, request.args.get("page", 1, type=int))


def cut_page(items: Sequence[T], per_page: int) -> Sequence[T]:
    """Give the asked page of a list that is in memory."""
    last = max(1, -(-len(items) // per_page))
    page = min(asked_page(), last)
    return items[(page - 1) * per_page : page * per_page]


def paging(total: int, per_page: int, page: int | None = None) -> dict[str, Any] | None:
    """Give what the macro ``paging`` draws; None where one page holds everything."""
    last = max(1, -(-total // per_page))
    if last == 1:
        return None
    here = min(page or asked_page(), last)
    return {
        "first": (here - 1) * per_page + 1,
        "last": min(here * per_page, total),
        "total": total,
        "previous": address_with(page=here - 1) if here > 1 else None,
        "next": address_with(page=here + 1) if here < last else None,
        "pages": list(_page_links(here, last)),
    }


def pill(name: str, label: str, options: Iterable[tuple[object, str]], *, many: bool = False) -> dict[str, Any]:
    """Give one filter as the macro ``filters`` draws it, from (value, words); the address tells what is chosen."""
    chosen = request.args.getlist(name)
    choices = [{"value": str(value), "label": words, "checked": str(value) in chosen} for value, words in options]
    return {
        "name": name,
        "label": label,
        "choices": choices,
        "many": many,
        "words": ", ".join(str(choice["label"]).strip() for choice in choices if choice["checked"]) or None,
        "remove_url": address_with(**{name: None}),
    }


def column(key: str, label: str, *, sort: str | None = None, num: bool = False, quiet: bool = False) -> dict[str, Any]:
    """Give one column as the macro ``table`` draws it; ``sort`` is its ``?sort=``, "-" before it is descending."""
    asked = request.args.get("sort", "")
    direction = {sort: ASCENDING, f"-{sort}": DESCENDING}.get(asked) if sort else None
    turned = f"-{sort}" if direction == ASCENDING else sort
    return {
        "key": key,
        "label": label,
        "num": num,
        "quiet": quiet,
        "sort_url": address_with(sort=turned) if sort else None,
        "sorted": direction,
    }


def _values(value: object) -> Iterable[object]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple | set | frozenset) else (value,)


def _page_links(here: int, last: int) -> Iterable[dict[str, Any]]:
    """Link the first, the last and the neighbours of the present page, with a gap between what is not linked."""
    shown = [n for n in range(1, last + 1) if n in {1, last} or abs(n - here) <= NEIGHBOURS]
    before = 0
    for number in shown:
        if number > before + 1:
            yield {"label": None, "url": None, "current": False}
        yield {"label": number, "url": address_with(page=number), "current": number == here}
        before = number

"""The alarm for rows whose identities no longer stand beside their own cells: sorted without the identity column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import Key, norm

ENOUGH = 3
"""From how many rows that bear another row's name on the whole file stops."""

SHIFTED = N_(
    "At least %(count)s rows bear the name of another row, for example row %(row)s: the sheet was sorted or moved "
    "without its identity column. Nothing of the file can be used. Take a new export, or undo the sorting."
)


class NamedRow(NamedTuple):
    """A row of the sheet with whom it says it is, and by which code and title; those of the base beside them."""

    row: int
    key: Key
    code: str
    title: str
    base_code: str
    base_title: str


def shifted_rows(rows: Sequence[NamedRow]) -> list[NamedRow]:
    """Give the rows that bear the code or the title of another row: one that in the base is another's alone."""
    strange = [one for one in rows if _is_other(one.code, one.base_code) or _is_other(one.title, one.base_title)]
    if not strange:
        return []
    codes = _owners((one.key, one.base_code) for one in rows)
    titles = _owners((one.key, one.base_title) for one in rows)
    return [
        one
        for one in strange
        if _is_anothers(one, one.code, one.base_code, codes) or _is_anothers(one, one.title, one.base_title, titles)
    ]


def _is_other(text: str, base: str) -> bool:
    return bool(text) and text != base and norm(text) != norm(base)


def _is_anothers(one: NamedRow, text: str, base: str, owners: dict[str, Key]) -> bool:
    return _is_other(text, base) and owners.get(norm(text), one.key) != one.key


def _owners(pairs: Iterable[tuple[Key, str]]) -> dict[str, Key]:
    """Give whose a text is, of texts that only one row has."""
    known = {key: norm(text) for key, text in pairs if text}
    counts = Counter(known.values())
    return {text: key for key, text in known.items() if counts[text] == 1}


def alarm(strange: Sequence[NamedRow]) -> Problem | None:
    """Give the problem that stops the file; None while so few rows are strange that it may be chance."""
    if len(strange) < ENOUGH:
        return None
    return Problem(SHIFTED, {"count": len(strange), "row": strange[0].row})

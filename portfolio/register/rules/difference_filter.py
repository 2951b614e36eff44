"""What a difference is narrowed to by a filter: what matches it at either time, and what came to match it or ceased to.

Pure. Joined and left tell of the register itself; with a filter an initiative also comes into what is looked at, or
drops out of it, when its unit, status or time changes: such a one would else be missing without a word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from portfolio.core.timespan import Timespan
from portfolio.register.rules.difference import Aspect, ItemDifference
from portfolio.register.rules.filter import InitiativeFilter
from portfolio.register.rules.lists import is_undated

NO_TEXTS: Mapping[int, str] = {}


class Earlier:
    """An initiative as it was: columns that differ hold their old values, all others the row's."""

    def __init__(self, item: ItemDifference, search_text: str | None = None) -> None:
        """Take back what differs; ``search_text`` is what search looked in then, where that differs too."""
        self._row = item.row
        self._old = {name: old for name, (old, _new) in item.cells.items()}
        if search_text is not None:
            self._old["search_text"] = search_text
        if "timespan" in self._old:
            span: Timespan | None = self._old["timespan"]
            ends = {"starts_on": span.start if span else None, "ends_on": span.end if span else None}
            self._old |= {**ends, "undated": is_undated(span)}

    def __getattr__(self, name: str) -> Any:
        """Give a column as it was."""
        return self._old[name] if name in self._old else getattr(self._row, name)


def narrow(
    items: Iterable[ItemDifference],
    wanted: InitiativeFilter,
    classes: Mapping[int, Collection[int]],
    today: dt.date,
    texts: Mapping[int, str] = NO_TEXTS,
    before: InitiativeFilter | None = None,
) -> Iterator[ItemDifference]:
    """Give what the filter keeps at either time; what it keeps at one of them only gets the aspect that says so.

    ``classes`` are those of the later time, ``texts`` what search looked in at the earlier one, both by id; of what is
    missing there nothing differs. ``before`` is the filter as it reads at the earlier time, where that is another. What
    joined or left is judged as it is, or as it was removed.
    """
    tests = wanted.tests(today)
    tests_before = tests if before is None else before.tests(today)
    if not tests and not tests_before:
        yield from items
        return
    for item in items:
        own = frozenset(classes.get(item.row.id, ()))
        is_in = all(test(item.row, own) for test in tests)
        was_in = is_in
        if item.aspects.isdisjoint({Aspect.JOINED, Aspect.LEFT}):
            earlier, had = Earlier(item, texts.get(item.row.id)), _classes_before(item, own)
            was_in = all(test(earlier, had) for test in tests_before)
        if is_in and was_in:
            yield item
        elif is_in or was_in:
            turned = Aspect.ENTERED if is_in else Aspect.EXITED
            yield replace(item, aspects=item.aspects | {turned})


def _classes_before(item: ItemDifference, own: frozenset[int]) -> frozenset[int]:
    for left, got in item.parts.classes.values():
        own = (own - got) | left
    return own

"""Rows between the data: which unit or class they give to the rows below them, or that they only head them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import CATEGORY, Entity
from portfolio.exchange.guess.body import Body, first_text
from portfolio.exchange.guess.model import SectionGuess, Vocabulary
from portfolio.exchange.guess.names import heading_of, schemes
from portfolio.files.cells import Sheet

GIVES = N_('Rows between the data (%(rows)s) give the rows below them the field "%(field)s".')
HEADS_ONLY = N_("Rows between the data (%(rows)s) were taken as headings only: %(texts)s.")
NOT_KNOWN = N_('Rows between the data whose text is not known as "%(field)s": %(texts)s (%(rows)s).')

SHOWN = 8
FEW = 0.4
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+|[A-ZÅÄÖ])[.)]?\s+(?P<value>\S.*)$")
_LABELLED = re.compile(r"^(?P<label>[^\W\d][\w /-]{1,30}):\s*(?P<value>\S.*)$")


@dataclass(frozen=True, slots=True)
class SectionFinder:
    """Tells what the rows of a single cell are that stand between the rows of one table."""

    sheet: Sheet
    body: Body
    vocabulary: Vocabulary
    notices: list[Problem]

    def find(self, lone: list[int], titles: set[int], section: str | None) -> tuple[SectionGuess, ...]:
        """Tell what ``lone`` rows give; ``titles`` are the columns of titles, ``section`` is a person's own answer."""
        body = self.body
        between = frozenset((*lone, *body.totals))
        last = max((row for row in body.filled if row not in between), default=0)
        texts = {row: first_text(self.sheet, row, body.filled[row]) for row in lone if row < last}
        if not texts:
            return ()
        meant = _settled({row: list(_meanings(text, self.vocabulary)) for row, text in texts.items()})
        if section is not None:
            return (self._giving(section, texts, exact=False) if section else self._heading_only(texts),)
        if not any(meant.values()):
            return () if _are_items(body, texts, titles) else (self._heading_only(texts),)
        first = {field: row for row, field in reversed(meant.items()) if field}
        found = [
            self._giving(field, {row: texts[row] for row, one in meant.items() if one == field}, exact=True)
            for field in sorted(first, key=first.__getitem__)
        ]
        rest = {row: texts[row] for row, field in meant.items() if field is None}
        if rest and _stands_below(rest, meant):
            found.append(self._heading_only(rest))
        elif rest:
            shown = {
                "field": self._said(found[0].field or ""),
                "texts": listed(rest.values()),
                "rows": listed(map(str, rest)),
            }
            self.notices.append(Problem(NOT_KNOWN, shown, self.sheet.place(min(rest))))
        return tuple(found)

    def _giving(self, field: str, texts: dict[int, str], *, exact: bool) -> SectionGuess:
        shown = {"rows": listed(map(str, texts)), "field": self._said(field)}
        self.notices.append(Problem(GIVES, shown, self.sheet.place(min(texts))))
        return SectionGuess(_pattern(list(texts.values()), exact=exact), field, tuple(texts), tuple(texts.values()))

    def _heading_only(self, texts: dict[int, str]) -> SectionGuess:
        shown = {"rows": listed(map(str, texts)), "texts": listed(texts.values())}
        self.notices.append(Problem(HEADS_ONLY, shown, self.sheet.place(min(texts))))
        return SectionGuess(_pattern(list(texts.values()), exact=True), None, tuple(texts), tuple(texts.values()))

    def _said(self, field: str) -> Problem:
        return heading_of(field, Entity.INITIATIVE, self.vocabulary.registry)


def _are_items(body: Body, texts: dict[int, str], titles: set[int]) -> bool:
    """Tell whether the lone cells are items that have a title only: many of them, in the column of titles."""
    in_titles = all(body.filled[row][0] in titles for row in texts)
    return in_titles and len(texts) > FEW * (len(body.data) + len(texts))


def _stands_below(rest: dict[int, str], meant: dict[int, str | None]) -> bool:
    """Tell whether each unknown row follows at once upon a known one: a second level of headings."""
    return all(meant.get(row - 1) is not None for row in rest)


def _meanings(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Give the fields that a text may give: a unit, or a class of each classification that knows it."""
    registry = vocabulary.registry
    forms = list(_forms(text))
    if any(registry.knows(Entity.UNIT, form) for form in forms):
        yield "unit"
    for code in schemes(registry):
        if any(registry.knows(Entity.CATEGORY, form, code) for form in forms):
            yield f"{CATEGORY}{code}"


def _settled(meanings: dict[int, list[str]]) -> dict[int, str | None]:
    """Choose for each row one field, so that as few fields as can be explain all rows; a unit goes before a class."""
    found: dict[int, str | None] = dict.fromkeys(meanings)
    left = {row: fields for row, fields in meanings.items() if fields}
    while left:
        counts = Counter(field for fields in left.values() for field in fields)
        field = max(counts, key=lambda one: (counts[one], one == "unit"))
        found |= {row: field for row, fields in left.items() if field in fields}
        left = {row: fields for row, fields in left.items() if field not in fields}
    return found


def _forms(text: str) -> Iterator[str]:
    yield text
    for pattern in (_LABELLED, _NUMBERED):
        if match := pattern.match(text):
            yield match["value"]


def _pattern(texts: list[str], *, exact: bool) -> str:
    """Write a pattern that knows these texts: by the label before them, by their numbering, or one by one."""
    labels = {match["label"] for text in texts if (match := _LABELLED.match(text))}
    if len(labels) == 1 and all(_LABELLED.match(text) for text in texts):
        return rf"^{re.escape(labels.pop())}:\s*(?P<value>.+)$"
    if len(texts) > 1 and all(_NUMBERED.match(text) for text in texts):
        return r"^(?:\d+(?:\.\d+)*|[IVX]+|[A-ZÅÄÖ])[.)]?\s+(?P<value>\S.*)$"
    numbered = r"(?:(?:\d+(?:\.\d+)*|[IVX]+|[A-ZÅÄÖ])[.)]?\s+)?" if exact else ""
    values = dict.fromkeys(match["value"] if exact and (match := _NUMBERED.match(one)) else one for one in texts)
    return f"^{numbered}(?P<value>{'|'.join(re.escape(value) for value in values)})$"


def listed(texts: Iterable[str]) -> str:
    """Join a few texts; the others are a mere "…"."""
    some = list(texts)
    return ", ".join(some[:SHOWN]) + (" …" if len(some) > SHOWN else "")

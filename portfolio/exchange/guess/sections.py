"""Rows between the data: which unit or class they give to the rows below them, or that they only head them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import CATEGORY, Entity
from portfolio.exchange.guess.body import Body, first_text
from portfolio.exchange.guess.model import SectionGuess, Vocabulary
from portfolio.exchange.guess.names import schemes
from portfolio.files.cells import Sheet

GIVES = N_('Rows between the data (%(rows)s) give the rows below them the field "%(field)s".')
HEADS_ONLY = N_("Rows between the data (%(rows)s) were taken as headings only: %(texts)s.")
NOT_KNOWN = N_('Rows between the data whose text is not known as "%(field)s": %(texts)s (%(rows)s).')

SHOWN = 8
FEW = 0.4
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+|[A-ZÅÄÖ])[.)]?\s+(?P<value>\S.*)$")
_LABELLED = re.compile(r"^(?P<label>[^\W\d][\w /-]{1,30}):\s*(?P<value>\S.*)$")


def guess_sections(
    sheet: Sheet,
    body: Body,
    lone: list[int],
    titles: set[int],
    vocabulary: Vocabulary,
    section: str | None,
    notices: list[Problem],
) -> tuple[SectionGuess, ...]:
    """Tell what rows of a single cell are; ``section`` is a person's own answer, None where there is none."""
    texts = {row: first_text(sheet, row, body.filled[row]) for row in lone if _heads_rows(row, body, lone)}
    if not texts:
        return ()
    meant = {row: _meaning(text, vocabulary) for row, text in texts.items()}
    known = {field for field in meant.values() if field}
    if not known and section is None and _are_items(body, texts, titles):
        return ()
    if section == "":
        return (_heading_only(texts, notices),)
    if section:
        return (_giving(section, texts, notices, exact=False),)
    found = [
        _giving(field, {row: texts[row] for row, one in meant.items() if one == field}, notices, exact=True)
        for field in sorted(known, key=lambda field: min(row for row, one in meant.items() if one == field))
    ]
    rest = {row: texts[row] for row, field in meant.items() if field is None}
    if not rest:
        return tuple(found)
    if not found or _stands_below(rest, meant):
        return (*found, _heading_only(rest, notices))
    shown = {"field": found[0].field, "texts": _listed(rest.values()), "rows": _listed(map(str, rest))}
    notices.append(Problem(NOT_KNOWN, shown, sheet.place(min(rest))))
    return tuple(found)


def _heads_rows(row: int, body: Body, lone: list[int]) -> bool:
    """Tell whether data stands below, perhaps below further such rows."""
    after = next((one for one in body.filled if one > row and one not in lone and one not in body.totals), None)
    return after is not None


def _are_items(body: Body, texts: dict[int, str], titles: set[int]) -> bool:
    """Tell whether the lone cells are items that have a title only: many of them, in the column of titles."""
    in_titles = all(body.filled[row][0] in titles for row in texts)
    return in_titles and len(texts) > FEW * (len(body.data) + len(texts))


def _stands_below(rest: dict[int, str], meant: dict[int, str | None]) -> bool:
    """Tell whether each unknown row follows at once upon a known one: a second level of headings."""
    return all(meant.get(row - 1) is not None for row in rest)


def _meaning(text: str, vocabulary: Vocabulary) -> str | None:
    registry = vocabulary.registry
    for form in _forms(text):
        if registry.knows(Entity.UNIT, form):
            return "unit"
        for code in schemes(registry):
            if registry.knows(Entity.CATEGORY, form, code):
                return f"{CATEGORY}{code}"
    return None


def _forms(text: str) -> Iterator[str]:
    yield text
    for pattern in (_LABELLED, _NUMBERED):
        if match := pattern.match(text):
            yield match["value"]


def _giving(field: str, texts: dict[int, str], notices: list[Problem], *, exact: bool) -> SectionGuess:
    shown = {"rows": _listed(map(str, texts)), "field": field}
    notices.append(Problem(GIVES, shown))
    return SectionGuess(_pattern(list(texts.values()), exact=exact), field, tuple(texts), tuple(texts.values()))


def _heading_only(texts: dict[int, str], notices: list[Problem]) -> SectionGuess:
    notices.append(Problem(HEADS_ONLY, {"rows": _listed(map(str, texts)), "texts": _listed(texts.values())}))
    return SectionGuess(_pattern(list(texts.values()), exact=True), None, tuple(texts), tuple(texts.values()))


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


def _listed(texts: Iterable[str]) -> str:
    some = list(texts)
    return ", ".join(some[:SHOWN]) + (" …" if len(some) > SHOWN else "")
